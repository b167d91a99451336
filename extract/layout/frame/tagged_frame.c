/* tagged_frame.c - see tagged_frame.h */
#include "layout/frame/tagged_frame.h"

#include "model/tagged_table.h"

/* Points: how far neighbours may overlap, and how far the outer boundaries are from the glyphs. */
#define OVERLAP 2.0
#define MARGIN 3.0

/* At most this part of the glyphs in the frame may be in no cell. */
#define STRAY_SHARE 0.03

/* The extent of a row or a column, and its number in the tags. */
typedef struct {
  int number;
  double from, to;
} TaggedTrack;

typedef struct {
  const TaggedTable *table;
  GArray *rows, *columns; /* TaggedTrack: those that are not empty */
  GArray *x, *y;          /* double: their boundaries */
  int *owner;             /* rows * columns: the index of the table's cell, or -1 */
  Box box;
} TaggedProposal;

static const TaggedCell *
cell_at (const TaggedTable *table, guint index)
{
  return &g_array_index (table->cells, TaggedCell, index);
}

static int
order_of_tracks (gconstpointer a, gconstpointer b)
{
  return ((const TaggedTrack *)a)->number - ((const TaggedTrack *)b)->number;
}

static TaggedTrack *
track_numbered (GArray *tracks, int number)
{
  for (guint i = tracks->len; i > 0; i--)
    if (g_array_index (tracks, TaggedTrack, i - 1).number == number)
      return &g_array_index (tracks, TaggedTrack, i - 1);
  TaggedTrack track = {number, G_MAXDOUBLE, -G_MAXDOUBLE};
  g_array_append_val (tracks, track);
  return &g_array_index (tracks, TaggedTrack, tracks->len - 1);
}

/* Only cells that span one row tell its height. */
static GArray *
rows_of (const TaggedTable *table)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (TaggedTrack));
  for (guint i = 0; i < table->cells->len; i++) {
    const TaggedCell *cell = cell_at (table, i);
    if (cell->row_span > 1 || box_is_empty (cell->box))
      continue;
    TaggedTrack *row = track_numbered (rows, cell->row);
    row->from = MIN (row->from, cell->box.y0);
    row->to = MAX (row->to, cell->box.y1);
  }
  g_array_sort (rows, order_of_tracks);
  return rows;
}

static GArray *
columns_of (const TaggedTable *table)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (TaggedTrack));
  for (guint i = 0; i < table->columns->len; i++) {
    const TaggedColumn *column = &g_array_index (table->columns, TaggedColumn, i);
    TaggedTrack track = {(int)i, column->from, column->to};
    if (column->from <= column->to)
      g_array_append_val (columns, track);
  }
  return columns;
}

/* The boundaries between TRACKS, and LOW and HIGH around them; NULL: two of them overlap, or there is only one. */
static GArray *
boundaries_of (GArray *tracks, double low, double high)
{
  g_autoptr (GArray) boundaries = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (boundaries, low);
  for (guint i = 1; i < tracks->len; i++) {
    const TaggedTrack *before = &g_array_index (tracks, TaggedTrack, i - 1), *track = before + 1;
    double middle = (before->to + track->from) / 2;
    if (before->to > track->from + OVERLAP || middle - g_array_index (boundaries, double, i - 1) <= DIVIDER_NEAR)
      return NULL;
    g_array_append_val (boundaries, middle);
  }
  g_array_append_val (boundaries, high);
  return tracks->len >= 2 ? g_steal_pointer (&boundaries) : NULL;
}

static void
own_cells (TaggedProposal *proposal)
{
  int rows = (int)proposal->rows->len, columns = (int)proposal->columns->len;
  proposal->owner = g_new (int, (gsize)rows *columns);
  for (int i = 0; i < rows * columns; i++)
    proposal->owner[i] = -1;
  for (guint index = 0; index < proposal->table->cells->len; index++) {
    const TaggedCell *cell = cell_at (proposal->table, index);
    for (int i = 0; i < rows * columns; i++) {
      int row = g_array_index (proposal->rows, TaggedTrack, i / columns).number - cell->row;
      int column = g_array_index (proposal->columns, TaggedTrack, i % columns).number - cell->column;
      if (row >= 0 && row < cell->row_span && column >= 0 && column < cell->column_span)
        proposal->owner[i] = (int)index;
    }
  }
}

static void
proposal_clear (TaggedProposal *proposal)
{
  g_clear_pointer (&proposal->rows, g_array_unref);
  g_clear_pointer (&proposal->columns, g_array_unref);
  g_clear_pointer (&proposal->x, g_array_unref);
  g_clear_pointer (&proposal->y, g_array_unref);
  g_free (proposal->owner);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaggedProposal, proposal_clear)

/* FALSE: the cells do not form rows and columns. */
static gboolean
proposal_fill (TaggedProposal *proposal, const TaggedTable *table)
{
  proposal->table = table;
  for (guint i = 0; i < table->cells->len; i++) {
    const Box *box = &cell_at (table, i)->box;
    if (!box_is_empty (*box))
      proposal->box = box_is_empty (proposal->box) ? *box : box_union (proposal->box, *box);
  }
  proposal->rows = rows_of (table);
  proposal->columns = columns_of (table);
  if (proposal->columns->len < 2)
    return FALSE;
  Box *box = &proposal->box;
  const TaggedTrack *first = &g_array_index (proposal->columns, TaggedTrack, 0);
  const TaggedTrack *last = &g_array_index (proposal->columns, TaggedTrack, proposal->columns->len - 1);
  *box =
      (Box){MIN (box->x0, first->from) - MARGIN, box->y0 - MARGIN, MAX (box->x1, last->to) + MARGIN, box->y1 + MARGIN};
  proposal->x = boundaries_of (proposal->columns, box->x0, box->x1);
  proposal->y = boundaries_of (proposal->rows, box->y0, box->y1);
  if (!proposal->x || !proposal->y)
    return FALSE;
  own_cells (proposal);
  return TRUE;
}

static int
owner_of (const TaggedProposal *proposal, int row, int column)
{
  return proposal->owner[row * (int)proposal->columns->len + column];
}

/* Trust */

/* A table that only lays out a page, or has a row for each line, has mostly one cell in a row. */
static gboolean
rows_have_cells (const TaggedProposal *proposal)
{
  int good = 0;
  for (int row = 0; row < (int)proposal->rows->len; row++) {
    int full = 0, before = -1;
    for (int column = 0; column < (int)proposal->columns->len; column++) {
      int owner = owner_of (proposal, row, column);
      full += owner >= 0 && owner != before && !box_is_empty (cell_at (proposal->table, owner)->box);
      before = owner;
    }
    good += full >= 2;
  }
  return 2 * good >= (int)proposal->rows->len;
}

static gboolean
words_are_in_cells (const TaggedProposal *proposal, const Page *page)
{
  int inside = 0;
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    inside += box_has (proposal->box, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2);
  }
  return inside - proposal->table->glyphs <= STRAY_SHARE * inside;
}

static gboolean
meets (const Frame *frame, const TaggedProposal *proposal)
{
  return !box_is_empty (box_intersection (frame->box, proposal->box));
}

/* Whether one of FRAMES has more columns, or, if it is one of the DRAWN, as many and at least as many rows. */
static gboolean
has_better_frame (const TaggedProposal *proposal, GPtrArray *frames, guint drawn)
{
  for (guint i = 0; i < frames->len; i++) {
    const Frame *frame = frames->pdata[i];
    int more_rows = frame_rows (frame) - (int)proposal->rows->len;
    int more_columns = frame_columns (frame) - (int)proposal->columns->len;
    if (meets (frame, proposal) && (more_columns > 0 || (i < drawn && more_rows >= 0 && more_columns == 0)))
      return TRUE;
  }
  return FALSE;
}

/* The frame */

static void
add_divider (GArray *dividers, double at, double from, double to)
{
  Divider divider = {at, from, to};
  g_array_append_val (dividers, divider);
}

static void
add_horizontal (const TaggedProposal *proposal, GArray *dividers)
{
  int rows = (int)proposal->rows->len, columns = (int)proposal->columns->len;
  for (int boundary = 0; boundary <= rows; boundary++)
    for (int column = 0; column < columns; column++) {
      int above = boundary > 0 ? owner_of (proposal, boundary - 1, column) : -1;
      if (boundary == 0 || boundary == rows || above < 0 || above != owner_of (proposal, boundary, column))
        add_divider (dividers, g_array_index (proposal->y, double, boundary),
                     g_array_index (proposal->x, double, column), g_array_index (proposal->x, double, column + 1));
    }
}

static void
add_vertical (const TaggedProposal *proposal, GArray *dividers)
{
  int rows = (int)proposal->rows->len, columns = (int)proposal->columns->len;
  for (int boundary = 0; boundary <= columns; boundary++)
    for (int row = 0; row < rows; row++) {
      int left = boundary > 0 ? owner_of (proposal, row, boundary - 1) : -1;
      if (boundary == 0 || boundary == columns || left < 0 || left != owner_of (proposal, row, boundary))
        add_divider (dividers, g_array_index (proposal->x, double, boundary), g_array_index (proposal->y, double, row),
                     g_array_index (proposal->y, double, row + 1));
    }
}

static void
take_proposal (const TaggedProposal *proposal, GPtrArray *frames)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  add_horizontal (proposal, horizontal);
  add_vertical (proposal, vertical);
  for (guint i = frames->len; i-- > 0;) {
    if (meets (frames->pdata[i], proposal))
      g_ptr_array_remove_index (frames, i);
  }
  g_ptr_array_add (frames, frame_from_dividers (horizontal, vertical));
}

void
frames_take_tagged (GPtrArray *frames, guint drawn, const Page *page, double left, double right)
{
  for (guint i = 0; page->tagged && i < page->tagged->len; i++) {
    g_auto (TaggedProposal) proposal = {NULL};
    if (!proposal_fill (&proposal, page->tagged->pdata[i]) || proposal.box.x0 < left || proposal.box.x1 > right)
      continue;
    if (rows_have_cells (&proposal) && words_are_in_cells (&proposal, page) &&
        !has_better_frame (&proposal, frames, drawn))
      take_proposal (&proposal, frames);
  }
}
