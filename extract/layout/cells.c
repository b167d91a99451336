/* cells.c - see cells.h
 *
 * Places (one row of one column) without a border between them are gathered into rectangles, left to right, then
 * downwards. A glyph belongs to the cell that has its middle.
 */
#include "layout/cells.h"

#include "layout/rotation.h"
#include "layout/text_line.h"

#include <math.h>
#include <string.h>

/* Fewer steps from glyph to glyph down a cell are no vertical writing. */
#define STEPS_LEAST 4

/* Parts of a glyph's size: one that begins and ends farther from a border is on both sides of it; two that are nearer are
 * of one piece of text. */
#define STRADDLE 0.15

/* At least this many dots in a row lead the eye from one cell to the next. */
#define LEADER_LEAST 4
#define LAST_LEADER_LEAST 6

typedef struct {
  const Frame *frame;
  int rows, columns;
  int *cell;          /* rows * columns: the index of the rectangle each place belongs to; -1: none yet */
  GArray *rectangles; /* CellRectangle */
} CellPartition;

typedef struct {
  int row, column, row_span, column_span;
  GPtrArray *glyphs; /* const Glyph */
} CellRectangle;

static int *
place_of (CellPartition *partition, int row, int column)
{
  return &partition->cell[(gsize)row * partition->columns + column];
}

static int
span_rightwards (CellPartition *partition, int row, int column)
{
  int span = 1;
  while (column + span < partition->columns && *place_of (partition, row, column + span) < 0 &&
         !frame_has_vertical_border (partition->frame, column + span, row))
    span++;
  return span;
}

/* Whether the rectangle may grow into ROW below it. */
static gboolean
goes_on_in (CellPartition *partition, int row, int column, int column_span)
{
  for (int i = column; i < column + column_span; i++) {
    if (*place_of (partition, row, i) >= 0 || frame_has_horizontal_border (partition->frame, row, i))
      return FALSE;
    if (i > column && frame_has_vertical_border (partition->frame, i, row))
      return FALSE;
  }
  return TRUE;
}

static void
add_rectangle (CellPartition *partition, int row, int column)
{
  CellRectangle rectangle = {.row = row, .column = column, .row_span = 1, .glyphs = g_ptr_array_new ()};
  rectangle.column_span = span_rightwards (partition, row, column);
  while (row + rectangle.row_span < partition->rows &&
         goes_on_in (partition, row + rectangle.row_span, column, rectangle.column_span))
    rectangle.row_span++;
  for (int i = row; i < row + rectangle.row_span; i++)
    for (int j = column; j < column + rectangle.column_span; j++)
      *place_of (partition, i, j) = (int)partition->rectangles->len;
  g_array_append_val (partition->rectangles, rectangle);
}

static void
rectangle_clear (gpointer data)
{
  g_ptr_array_unref (((CellRectangle *)data)->glyphs);
}

static void
partition_clear (CellPartition *partition)
{
  g_clear_pointer (&partition->cell, g_free);
  g_clear_pointer (&partition->rectangles, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CellPartition, partition_clear)

static CellPartition
partition_from_frame (const Frame *frame)
{
  CellPartition partition = {.frame = frame, .rows = frame_rows (frame), .columns = frame_columns (frame)};
  partition.cell = g_new (int, (gsize)partition.rows *partition.columns);
  partition.rectangles = g_array_new (FALSE, FALSE, sizeof (CellRectangle));
  g_array_set_clear_func (partition.rectangles, rectangle_clear);
  for (int i = 0; i < partition.rows * partition.columns; i++)
    partition.cell[i] = -1;
  for (int row = 0; row < partition.rows; row++)
    for (int column = 0; column < partition.columns; column++)
      if (*place_of (&partition, row, column) < 0)
        add_rectangle (&partition, row, column);
  return partition;
}

/* Whether GLYPH goes on with the text of the glyph before it, over the right border X of that one's cell: an office
 * program shows text that is too long for its cell over the free ones beside it. */
static gboolean
runs_over (const Glyph *before, const Glyph *glyph, double x, gboolean over)
{
  double width = glyph->box.x1 - glyph->box.x0, height = glyph->box.y1 - glyph->box.y0;
  gboolean straddles = over || (glyph->box.x0 < x - STRADDLE * width && glyph->box.x1 > x + STRADDLE * width);
  return straddles && glyph->direction == before->direction && !glyph->space_before &&
         fabs (glyph->box.y0 - before->box.y0) < STRADDLE * height &&
         fabs (glyph->box.x0 - before->box.x1) < STRADDLE * width;
}

static void
hand_out_glyphs (CellPartition *partition, const Page *page, gboolean *taken)
{
  const Glyph *before = NULL;
  int last = -1;         /* the rectangle of the glyph before, */
  gboolean over = FALSE; /* which is over its right border */
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    int column = frame_column_at (partition->frame, (glyph->box.x0 + glyph->box.x1) / 2);
    int row = frame_row_at (partition->frame, (glyph->box.y0 + glyph->box.y1) / 2);
    int index = row < 0 || column < 0 ? -1 : *place_of (partition, row, column);
    if (taken[i]) {
      last = -1;
      continue;
    }
    const CellRectangle *cell = last < 0 ? NULL : &g_array_index (partition->rectangles, CellRectangle, last);
    over = cell && index != last &&
           runs_over (before, glyph, frame_x (partition->frame, cell->column + cell->column_span), over);
    last = over ? last : index;
    before = glyph;
    if (last < 0)
      continue;
    taken[i] = TRUE;
    g_ptr_array_add (g_array_index (partition->rectangles, CellRectangle, last).glyphs, (gpointer)glyph);
  }
}

/* Text that runs up the page, as heads of narrow columns do, or down, as vertical writing does, is rotated before it is
 * read: its columns from right to left are then lines from the top. */
static char *
text_of_rectangle (const CellRectangle *rectangle, Box box, LineBreaks *breaks, gboolean *full, char **struck)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  g_autoptr (GPtrArray) rotated = g_ptr_array_new ();
  Rotation rotation = rotation_of_glyphs (rectangle->glyphs);
  if (rotation == ROTATION_NONE && glyphs_are_stacked (rectangle->glyphs, STEPS_LEAST))
    rotation = ROTATION_LEFT;
  if (rotation != ROTATION_NONE) {
    for (guint i = 0; i < rectangle->glyphs->len; i++)
      g_array_append_vals (glyphs, g_ptr_array_index (rectangle->glyphs, i), 1);
    for (guint i = 0; i < glyphs->len; i++) {
      Glyph *glyph = &g_array_index (glyphs, Glyph, i);
      glyph->box = box_rotated (glyph->box, rotation, 0, 0);
      g_ptr_array_add (rotated, glyph);
    }
    box = box_rotated (box, rotation, 0, 0);
  }
  g_autoptr (GPtrArray) lines = lines_from_glyphs (rotated->len > 0 ? rotated : rectangle->glyphs);
  return text_from_lines (lines, box.x0, box.x1, breaks, full, struck);
}

/* The number of dots in TEXT from FROM on in steps of STEP, spaces among them skipped; *END: what follows them. */
static int
leader_dots (const char *text, const char *from, int step, const char **end)
{
  int dots = 0;
  for (*end = from; *end >= text && (**end == '.' || **end == ' '); *end += step)
    dots += **end == '.';
  return dots;
}

/* Dots at the end of a cell lead the eye to the next one, which has TEXT. */
static void
drop_last_leader (Cell *cell, const char *text)
{
  const char *end;
  if (!cell->text || !text || !*text || !*cell->text)
    return;
  if (leader_dots (cell->text, cell->text + strlen (cell->text) - 1, -1, &end) >= LAST_LEADER_LEAST &&
      end >= cell->text)
    cell->text[end + 1 - cell->text] = '\0';
}

/* Dots that lead the eye from a cell to the next one are not text of the latter: "Rice . . . ." ". . 1.2". One right
 * before a figure (".5") is its own. */
static void
drop_leader (const Cell *before, Cell *cell)
{
  const char *end, *rest;
  if (!before || !before->text || !cell->text || cell->text[0] != '.' || !*before->text)
    return;
  int dots = leader_dots (cell->text, cell->text, 1, &rest);
  int led = leader_dots (before->text, before->text + strlen (before->text) - 1, -1, &end);
  if (led + dots < LEADER_LEAST || !*rest)
    return;
  rest -= rest[-1] == '.' && g_ascii_isdigit (*rest) && !strchr (rest, '.');
  char *text = g_strdup (rest);
  g_free (cell->text);
  cell->text = text;
}

static void
drop_leaders (Grid *grid)
{
  for (guint i = 1; i < grid->cells->len; i++) {
    Cell *before = g_ptr_array_index (grid->cells, i - 1), *cell = g_ptr_array_index (grid->cells, i);
    if (before->row != cell->row || before->column >= cell->column)
      continue;
    drop_leader (before, cell);
    drop_last_leader (before, cell->text);
  }
}

static Box
box_of_rectangle (const CellRectangle *rectangle, const Frame *frame)
{
  return (Box){frame_x (frame, rectangle->column), frame_y (frame, rectangle->row),
               frame_x (frame, rectangle->column + rectangle->column_span),
               frame_y (frame, rectangle->row + rectangle->row_span)};
}

static void
add_cell (Grid *grid, const CellRectangle *rectangle, const Frame *frame, int page, LineBreaks *breaks)
{
  Box box = box_of_rectangle (rectangle, frame);
  gboolean full;
  char *struck;
  g_autofree char *text = text_of_rectangle (rectangle, box, breaks, &full, &struck);
  Cell *cell = grid_add_cell (grid, rectangle->row, rectangle->column, rectangle->row_span, rectangle->column_span,
                              text, (Place){.page = page, .box = box});
  cell->full = full;
  cell->struck = struck;
}

GArray *
cell_boxes_from_frame (const Frame *frame)
{
  g_auto (CellPartition) partition = partition_from_frame (frame);
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < partition.rectangles->len; i++) {
    Box box = box_of_rectangle (&g_array_index (partition.rectangles, CellRectangle, i), frame);
    g_array_append_val (boxes, box);
  }
  return boxes;
}

GArray *
cell_fills_from_frame (const Frame *frame, const Page *page, const gboolean *taken)
{
  g_auto (CellPartition) partition = partition_from_frame (frame);
  GArray *fills = g_array_new (FALSE, FALSE, sizeof (CellFill));
  for (guint i = 0; i < partition.rectangles->len; i++) {
    const CellRectangle *cell = &g_array_index (partition.rectangles, CellRectangle, i);
    CellFill fill = {cell->row, cell->column, cell->row_span, cell->column_span, 0};
    g_array_append_val (fills, fill);
  }
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    int column = frame_column_at (frame, (box->x0 + box->x1) / 2), row = frame_row_at (frame, (box->y0 + box->y1) / 2);
    if (!taken[i] && row >= 0 && column >= 0)
      g_array_index (fills, CellFill, *place_of (&partition, row, column)).glyphs++;
  }
  return fills;
}

Grid *
grid_from_frame (const Frame *frame, const Page *page, LineBreaks *breaks, gboolean *taken)
{
  g_auto (CellPartition) partition = partition_from_frame (frame);
  hand_out_glyphs (&partition, page, taken);
  Grid *grid = grid_new (partition.rows, partition.columns, (Place){.page = page->number, .box = frame->box});
  for (guint i = 0; i < partition.rectangles->len; i++)
    add_cell (grid, &g_array_index (partition.rectangles, CellRectangle, i), frame, page->number, breaks);
  drop_leaders (grid);
  grid->column_boundaries = g_array_copy (frame->x);
  grid_complete (grid);
  return grid;
}
