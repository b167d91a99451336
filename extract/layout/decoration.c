/* decoration.c - see decoration.h */
#include "layout/decoration.h"

#include "layout/cells.h"

#include "model/numbers.h"

#include <math.h>

/* Points: a frame within another one may reach over its border by this. */
#define TOUCH 2.5

/* Parts of the height of its glyphs: the ends of a fill behind a line of text are this near to the text's, and it is no
 * higher than this. */
#define END_NEAR 0.35
#define HEIGHT_MOST 1.7

/* More of them prove no more. */
#define PLACES_MOST 6
#define RATIO_MOST 3.0

/* Points: a frame that ends this near to the page's edge reaches it. */
#define PAGE_EDGE 3.0

/* One cell that has this part of the text has nearly all of it; this part of the cells is often empty; more cells with
 * text than these prove no more. */
#define ONE_SHARE 0.7
#define EMPTY_USUAL 0.6
#define CELLS_MOST 8

/* A head has at least this many cells. */
#define HEAD_CELLS 3

/* At least this many dashes are a line. */
#define DASHES_LEAST 10

/* Fills behind text */

typedef struct {
  double y;
  const Glyph *glyph;
} GlyphAt;

/* The glyphs of PAGE (GlyphAt) by the height of their middles. */
static GArray *
glyphs_downwards (const Page *page)
{
  GArray *glyphs = g_array_sized_new (FALSE, FALSE, sizeof (GlyphAt), page->glyphs->len);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    GlyphAt at = {(glyph->box.y0 + glyph->box.y1) / 2, glyph};
    g_array_append_val (glyphs, at);
  }
  g_array_sort (glyphs, order_numbers);
  return glyphs;
}

/* Whether BOX ends where the one line of text on it does. */
static gboolean
is_behind_text (Box box, GArray *glyphs)
{
  Box text = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  double height = 0;
  for (guint i = numbers_first_from (glyphs, box.y0); i < glyphs->len && g_array_index (glyphs, GlyphAt, i).y < box.y1;
       i++) {
    const Box *glyph = &g_array_index (glyphs, GlyphAt, i).glyph->box;
    double middle = (glyph->x0 + glyph->x1) / 2;
    if (middle < box.x0 || middle >= box.x1)
      continue;
    text = box_union (text, *glyph);
    height = MAX (height, glyph->y1 - glyph->y0);
  }
  return height > 0 && box.y1 - box.y0 <= HEIGHT_MOST * height && text.y1 - text.y0 <= 1.1 * height &&
         fabs (text.x0 - box.x0) <= END_NEAR * height && fabs (text.x1 - box.x1) <= END_NEAR * height;
}

void
page_drop_text_fills (Page *page)
{
  g_autoptr (GArray) glyphs = NULL; /* sorted where there is a fill at all */
  guint kept = 0;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    RulingLine ruling = g_array_index (page->ruling_lines, RulingLine, i);
    if (ruling.kind == RULING_FILL && !glyphs)
      glyphs = glyphs_downwards (page);
    if (ruling.kind != RULING_FILL || !is_behind_text (ruling.box, glyphs))
      g_array_index (page->ruling_lines, RulingLine, kept++) = ruling;
  }
  g_array_set_size (page->ruling_lines, kept);
}

/* Frames within frames */

static gboolean
is_within (const Frame *inner, const Frame *outer)
{
  return inner->box.x0 > outer->box.x0 - TOUCH && inner->box.x1 < outer->box.x1 + TOUCH &&
         inner->box.y0 > outer->box.y0 - TOUCH && inner->box.y1 < outer->box.y1 + TOUCH &&
         (outer->box.x1 - outer->box.x0) * (outer->box.y1 - outer->box.y0) >
             (inner->box.x1 - inner->box.x0) * (inner->box.y1 - inner->box.y0);
}

/* One byte for each place of FRAME, row by row: whether it has text. */
static guint8 *
places_filled (const Frame *frame, const Page *page)
{
  guint8 *filled = g_new0 (guint8, (gsize)frame_rows (frame) * frame_columns (frame) + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    int column = frame_column_at (frame, (box->x0 + box->x1) / 2), row = frame_row_at (frame, (box->y0 + box->y1) / 2);
    if (row >= 0 && column >= 0)
      filled[(gsize)row * frame_columns (frame) + column] = TRUE;
  }
  return filled;
}

/* How many places of OUTER have text that is in none of INNER (Frame). */
static int
places_with_text (const Frame *outer, GPtrArray *inner, const Page *page)
{
  g_autofree guint8 *filled = places_filled (outer, page);
  for (guint i = 0; i < inner->len; i++) {
    const Box *box = &((const Frame *)g_ptr_array_index (inner, i))->box;
    int last_row = frame_row_at (outer, box->y1 - TOUCH), last_column = frame_column_at (outer, box->x1 - TOUCH);
    for (int row = MAX (0, frame_row_at (outer, box->y0 + TOUCH)); row <= last_row; row++)
      for (int column = MAX (0, frame_column_at (outer, box->x0 + TOUCH)); column <= last_column; column++)
        filled[(gsize)row * frame_columns (outer) + column] = FALSE;
  }
  int count = 0;
  for (gsize i = 0; i < (gsize)frame_rows (outer) * frame_columns (outer) && count < PLACES_MOST; i++)
    count += filled[i];
  return count;
}

/* Whether OUTER, with the frames INNER in it, is a table. */
static gboolean
holds_content (const Frame *outer, GPtrArray *inner, const Page *page, const Weighing *weighing)
{
  double places = 0;
  for (guint i = 0; i < inner->len; i++) {
    const Frame *frame = g_ptr_array_index (inner, i);
    places += frame_rows (frame) * frame_columns (frame);
  }
  Evidence evidence = evidence_new (weighing);
  double own = frame_rows (outer) * frame_columns (outer);
  evidence_add (&evidence, EVIDENCE_NESTED_TEXT, places_with_text (outer, inner, page));
  evidence_add (&evidence, EVIDENCE_NESTED_PLACES, MIN (places / own, RATIO_MOST));
  return evidence_decides (&evidence, page->number, outer->box, "a table with frames in its cells",
                           "a frame around tables");
}

/* Tables within a cell whose lines touch those of the table around it */

/* A boundary of columns with borders in fewer rows than this part of them is local to some cells. */
#define LOCAL_SHARE 0.5

typedef struct {
  const Frame *frame;
  gboolean *local; /* one for each boundary of columns: it is local to some cells */
  guint8 *filled;  /* one for each place: it has text */
} LocalBorders;

static void
find_local_boundaries (LocalBorders *borders)
{
  const Frame *frame = borders->frame;
  borders->local = g_new0 (gboolean, frame_columns (frame) + 2);
  for (int boundary = 1; boundary < frame_columns (frame); boundary++) {
    int count = 0;
    for (int row = 0; row < frame_rows (frame); row++)
      count += frame_has_vertical_border (frame, boundary, row);
    borders->local[boundary] = count < LOCAL_SHARE * frame_rows (frame);
  }
}

/* The boundary after COLUMN that is not local. */
static int
next_boundary (const LocalBorders *borders, int column)
{
  do
    column++;
  while (borders->local[column]);
  return column;
}

/* Whether the row boundary has borders in the columns from FIRST to END alone. */
static gboolean
is_row_boundary_of (const LocalBorders *borders, int boundary, int first, int end)
{
  gboolean within = FALSE;
  for (int column = 0; column < frame_columns (borders->frame); column++) {
    gboolean own = column >= first && column < end;
    if (frame_has_horizontal_border (borders->frame, boundary, column) && !own)
      return FALSE;
    within = within || (own && frame_has_horizontal_border (borders->frame, boundary, column));
  }
  return within;
}

static gboolean
has_local_border (const LocalBorders *borders, int first, int end, int row)
{
  for (int boundary = first + 1; boundary < end; boundary++)
    if (frame_has_vertical_border (borders->frame, boundary, row))
      return TRUE;
  return FALSE;
}

/* Appends the boxes of the cells that are tables in the columns FIRST to END, which one cell of other rows covers. Where
 * all of the cell is divided, from its top to its bottom, and each part begins with text, they are rows of a form. */
static void
add_tables_of_columns (const LocalBorders *borders, int first, int end, GArray *boxes)
{
  const Frame *frame = borders->frame;
  for (int row = 0, last; row < frame_rows (frame); row = last) {
    gboolean any = FALSE, form = TRUE;
    for (last = row; last == row || (last < frame_rows (frame) && is_row_boundary_of (borders, last, first, end));
         last++) {
      gboolean local = has_local_border (borders, first, end, last);
      any = any || local;
      form = form && local && borders->filled[(gsize)last * frame_columns (frame) + first];
    }
    Box box = {frame_x (frame, first), frame_y (frame, row), frame_x (frame, end), frame_y (frame, last)};
    if (any && last > row + 1 && !form)
      g_array_append_val (boxes, box);
  }
}

/* Appends those of DIVIDERS that are not within one of BOXES to KEPT. */
static void
keep_dividers_outside (GArray *dividers, gboolean horizontal, GArray *boxes, GArray *kept)
{
  for (guint i = 0; i < dividers->len; i++) {
    const Divider *divider = &g_array_index (dividers, Divider, i);
    gboolean within = FALSE;
    for (guint j = 0; j < boxes->len && !within; j++) {
      Box box = g_array_index (boxes, Box, j);
      double low = horizontal ? box.y0 : box.x0, high = horizontal ? box.y1 : box.x1;
      double from = horizontal ? box.x0 : box.y0, to = horizontal ? box.x1 : box.y1;
      within = divider->at > low + TOUCH && divider->at < high - TOUCH && divider->from > from - TOUCH &&
               divider->to < to + TOUCH;
    }
    if (!within)
      g_array_append_vals (kept, divider, 1);
  }
}

/* FRAME without the borders of tables within its cells; NULL: there are none. */
static Frame *
frame_without_nested (const Frame *frame, const Page *page, const Weighing *weighing)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  LocalBorders borders = {.frame = frame};
  find_local_boundaries (&borders);
  for (int first = 0, end; first < frame_columns (frame); first = end) {
    end = next_boundary (&borders, first);
    if (end - first < 2 || end - first == frame_columns (frame))
      continue;
    borders.filled = borders.filled ? borders.filled : places_filled (frame, page);
    add_tables_of_columns (&borders, first, end, boxes);
  }
  g_free (borders.local);
  g_free (borders.filled);
  if (boxes->len == 0)
    return NULL;
  Evidence evidence = evidence_new (weighing);
  for (guint i = 0; i < boxes->len; i++)
    evidence_say (&evidence, page->number, g_array_index (boxes, Box, i), "a table in a cell");
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  keep_dividers_outside (frame->horizontal, TRUE, boxes, horizontal);
  keep_dividers_outside (frame->vertical, FALSE, boxes, vertical);
  return frame_from_dividers (horizontal, vertical);
}

void
frames_drop_nested (GPtrArray *frames, const Page *page, const Weighing *weighing)
{
  for (guint i = 0; i < frames->len; i++) {
    const Frame *outer = g_ptr_array_index (frames, i);
    g_autoptr (GPtrArray) inner = g_ptr_array_new ();
    for (guint j = 0; j < frames->len; j++)
      if (j != i && is_within (g_ptr_array_index (frames, j), outer))
        g_ptr_array_add (inner, g_ptr_array_index (frames, j));
    if (inner->len == 0)
      continue;
    if (!holds_content (outer, inner, page, weighing)) {
      g_ptr_array_remove_index (frames, i--);
      continue;
    }
    for (guint j = frames->len; j-- > 0;)
      if (g_ptr_array_find (inner, g_ptr_array_index (frames, j), NULL)) {
        g_ptr_array_remove_index (frames, j);
        i -= j < i;
      }
  }
  for (guint i = 0; i < frames->len; i++) {
    Frame *frame = frame_without_nested (g_ptr_array_index (frames, i), page, weighing);
    if (!frame)
      continue;
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_insert (frames, (int)i, frame);
  }
}

/* Frames that are no tables */

/* For each column of FRAME the number of rows in which it has text. The caller frees. */
static int *
rows_with_text (const Frame *frame, GArray *fills)
{
  int *rows = g_new0 (int, frame_columns (frame) + 1);
  for (guint i = 0; i < fills->len; i++) {
    const CellFill *fill = &g_array_index (fills, CellFill, i);
    for (int column = fill->column; column < fill->column + fill->column_span && fill->glyphs > 0; column++)
      rows[column] += fill->row_span;
  }
  return rows;
}

/* The part of FRAME's rows in which the fullest column has text; ROWS is as above. */
static double
fullest_column (const Frame *frame, const int *rows)
{
  int most = 0;
  for (int column = 0; column < frame_columns (frame); column++)
    most = MAX (most, rows[column]);
  return (double)most / frame_rows (frame);
}

/* Whether each of several cells of the first row has text: the head of a form that is to be filled in. */
static gboolean
has_full_head (GArray *fills)
{
  guint cells = 0;
  for (; cells < fills->len && g_array_index (fills, CellFill, cells).row == 0; cells++)
    if (g_array_index (fills, CellFill, cells).glyphs == 0)
      return FALSE;
  return cells >= HEAD_CELLS;
}

/* The part of FRAME's columns that have neither text nor a level line: what is between boxes that lines connect. */
static double
apart_share (const Frame *frame, const int *rows)
{
  int apart = 0;
  for (int column = 0; column < frame_columns (frame); column++) {
    gboolean used = rows[column] > 0;
    for (int boundary = 0; boundary <= frame_rows (frame) && !used; boundary++)
      used = frame_has_horizontal_border (frame, boundary, column);
    apart += !used;
  }
  return (double)apart / frame_columns (frame);
}

/* *APART: what speaks against it as in apart_share. */
static gboolean
is_table (const Frame *frame, const Page *page, const gboolean *taken, double *apart, const Weighing *weighing)
{
  g_autoptr (GArray) fills = cell_fills_from_frame (frame, page, taken);
  g_autofree int *rows = rows_with_text (frame, fills);
  int filled = 0, most = 0, all = 0;
  for (guint i = 0; i < fills->len; i++) {
    int glyphs = g_array_index (fills, CellFill, i).glyphs;
    filled += glyphs > 0;
    most = MAX (most, glyphs);
    all += glyphs;
  }
  gboolean level = frame->box.x0 < PAGE_EDGE && frame->box.x1 > page->width - PAGE_EDGE;
  gboolean upright = frame->box.y0 < PAGE_EDGE && frame->box.y1 > page->height - PAGE_EDGE;
  Evidence evidence = evidence_new (weighing);
  evidence_add (&evidence, EVIDENCE_FRAME, 1);
  evidence_add (&evidence, EVIDENCE_FRAME_CELLS, MIN (filled, CELLS_MOST));
  evidence_add (&evidence, EVIDENCE_FRAME_EDGE, level || upright);
  evidence_add (&evidence, EVIDENCE_FRAME_ONE, most > ONE_SHARE * all);
  double empty = 1 - (double)filled / fills->len;
  evidence_add (&evidence, EVIDENCE_FRAME_EMPTY, MAX (0, (empty - EMPTY_USUAL) / (1 - EMPTY_USUAL)));
  evidence_add (&evidence, EVIDENCE_FRAME_KEY, 1 - fullest_column (frame, rows));
  *apart = apart_share (frame, rows);
  evidence_add (&evidence, EVIDENCE_FRAME_APART, *apart);
  evidence_add (&evidence, EVIDENCE_FRAME_HEAD, has_full_head (fills));
  return evidence_decides (&evidence, page->number, frame->box, "a drawn table", "a drawing");
}

void
frames_drop_drawings (GPtrArray *frames, const Page *page, gboolean *taken, const Weighing *weighing)
{
  for (guint i = frames->len; i-- > 0;) {
    double apart;
    const Frame *frame = g_ptr_array_index (frames, i);
    if (is_table (frame, page, taken, &apart, weighing))
      continue;
    for (guint j = 0; j < page->glyphs->len && apart > 0; j++)
      taken[j] = taken[j] || box_has_middle (frame->box, g_array_index (page->glyphs, Glyph, j).box);
    g_ptr_array_remove_index (frames, i);
  }
}

/* Lines of dashes */

static gboolean
is_dash (gunichar character)
{
  return character == '-' || character == '=' || character == 0x2500 || character == 0x2501 || character == 0x2015;
}

/* The end of the glyphs from START on that are the same dash, one beside the other. */
static guint
dashes_end (const Page *page, guint start)
{
  const Glyph *first = &g_array_index (page->glyphs, Glyph, start);
  guint end = start + 1;
  for (; is_dash (first->character) && end < page->glyphs->len; end++) {
    const Glyph *before = &g_array_index (page->glyphs, Glyph, end - 1), *glyph = before + 1;
    double width = glyph->box.x1 - glyph->box.x0;
    if (glyph->character != first->character || glyph->direction != 0 || fabs (glyph->box.y0 - first->box.y0) > 1 ||
        glyph->box.x0 - before->box.x1 > width / 2 || glyph->box.x0 < before->box.x0)
      break;
  }
  return end;
}

void
page_rule_dashes (Page *page)
{
  guint kept = 0;
  for (guint i = 0, end; i < page->glyphs->len; i = end) {
    end = dashes_end (page, i);
    const Glyph *first = &g_array_index (page->glyphs, Glyph, i), *last = &g_array_index (page->glyphs, Glyph, end - 1);
    double y = (first->box.y0 + first->box.y1) / 2;
    RulingLine line = {RULING_HORIZONTAL, {first->box.x0, y, last->box.x1, y}, 0.5, 0, 0, 0};
    if (end - i >= DASHES_LEAST)
      g_array_append_val (page->ruling_lines, line);
    else
      for (guint j = i; j < end; j++)
        g_array_index (page->glyphs, Glyph, kept++) = g_array_index (page->glyphs, Glyph, j);
  }
  g_array_set_size (page->glyphs, kept);
}
