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

/* The TRACKS that SPAN of them from NUMBER on are, from *FIRST to *END (past the last): those that are not empty. */
static void
find_tracks (GArray *tracks, int number, int span, int *first, int *end)
{
  for (*first = 0; *first < (int)tracks->len && g_array_index (tracks, TaggedTrack, *first).number < number;)
    (*first)++;
  for (*end = *first; *end < (int)tracks->len && g_array_index (tracks, TaggedTrack, *end).number < number + span;)
    (*end)++;
}

static void
proposal_clear (TaggedProposal *proposal)
{
  g_clear_pointer (&proposal->rows, g_array_unref);
  g_clear_pointer (&proposal->columns, g_array_unref);
  g_clear_pointer (&proposal->x, g_array_unref);
  g_clear_pointer (&proposal->y, g_array_unref);
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
  return proposal->x && proposal->y;
}

/* Trust */

static gboolean
words_are_in_cells (const TaggedProposal *proposal, const Page *page)
{
  int inside = 0;
  for (guint i = 0; i < page->glyphs->len; i++)
    inside += box_has_middle (proposal->box, g_array_index (page->glyphs, Glyph, i).box);
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

/* Appends the edges of the cell from COLUMN to COLUMN_END and from ROW to ROW_END (past the last). */
static void
add_edges (const TaggedProposal *proposal, int column, int column_end, int row, int row_end, GArray *horizontal,
           GArray *vertical)
{
  const double *x = (const double *)(gpointer)proposal->x->data, *y = (const double *)(gpointer)proposal->y->data;
  Divider level[] = {{y[row], x[column], x[column_end]}, {y[row_end], x[column], x[column_end]}};
  Divider upright[] = {{x[column], y[row], y[row_end]}, {x[column_end], y[row], y[row_end]}};
  g_array_append_vals (horizontal, level, G_N_ELEMENTS (level));
  g_array_append_vals (vertical, upright, G_N_ELEMENTS (upright));
}

/* Appends the edges of all cells. Places without one are cells of their own. */
static void
add_cells (const TaggedProposal *proposal, GArray *horizontal, GArray *vertical)
{
  int rows = (int)proposal->rows->len, columns = (int)proposal->columns->len;
  g_autofree gboolean *owned = g_new0 (gboolean, (gsize)rows * columns + 1);
  for (guint i = 0; i < proposal->table->cells->len; i++) {
    const TaggedCell *cell = cell_at (proposal->table, i);
    int row, row_end, column, column_end;
    find_tracks (proposal->rows, cell->row, cell->row_span, &row, &row_end);
    find_tracks (proposal->columns, cell->column, cell->column_span, &column, &column_end);
    if (row < row_end && column < column_end)
      add_edges (proposal, column, column_end, row, row_end, horizontal, vertical);
    for (int place = row * columns; place < row_end * columns; place++)
      owned[place] = owned[place] || (place % columns >= column && place % columns < column_end);
  }
  for (int place = 0; place < rows * columns; place++)
    if (!owned[place])
      add_edges (proposal, place % columns, place % columns + 1, place / columns, place / columns + 1, horizontal,
                 vertical);
}

static void
take_proposal (const TaggedProposal *proposal, GPtrArray *frames)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  add_cells (proposal, horizontal, vertical);
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
    if (words_are_in_cells (&proposal, page) && !has_better_frame (&proposal, frames, drawn))
      take_proposal (&proposal, frames);
  }
}
