/* page_columns.c - see page_columns.h */
#include "layout/unruled/page_columns.h"

/* Each column has so many lines of running text. */
#define LINES_LEAST 4

/* The gutter is wider than this, in points; and there are no more than so many. */
#define GUTTER_LEAST 6.0
#define GUTTERS_MOST 6

/* Lines begin at one side when they are off by no more than this, in points. */
#define SAME_SIDE 20.0

/* What crosses the gutter by more than this, in points, is wide; and so is all that is as near to it up and down. */
#define CROSSING 6.0
#define WIDE_NEAR 6.0

typedef struct {
  double y;
  gboolean wide; /* else it is a line of a column */
} Mark;

static int
order_marks (gconstpointer a, gconstpointer b)
{
  double first = ((const Mark *)a)->y, second = ((const Mark *)b)->y;
  return first < second ? -1 : first > second;
}

static int
order_lefts (gconstpointer a, gconstpointer b)
{
  double first = ((const Box *)a)->x0, second = ((const Box *)b)->x0;
  return first < second ? -1 : first > second;
}

/* The left sides (double) at which many of RUNNING, in their order, begin. */
static GArray *
left_sides (GArray *running)
{
  GArray *lefts = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint first = 0, end; first < running->len; first = end) {
    double left = g_array_index (running, Box, first).x0;
    for (end = first + 1; end < running->len && g_array_index (running, Box, end).x0 - left <= SAME_SIDE;)
      end++;
    if (end - first >= LINES_LEAST)
      g_array_append_val (lefts, left);
  }
  return lefts;
}

/* The gutter before RIGHT_SIDE that most of the lines which begin at LEFT_SIDE leave open; FALSE: there is none. */
static gboolean
gutter_between (GArray *running, double left_side, double right_side, Gutter *gutter)
{
  guint lines = 0, open = 0;
  *gutter = (Gutter){left_side, right_side, 0};
  for (guint i = 0; i < running->len; i++) {
    Box box = g_array_index (running, Box, i);
    if (box.x0 < left_side - SAME_SIDE || box.x0 > left_side + SAME_SIDE)
      continue;
    lines++;
    if (box.x1 > right_side - GUTTER_LEAST)
      continue;
    open++;
    gutter->left = MAX (gutter->left, box.x1);
  }
  return open >= LINES_LEAST && open * 2 >= lines;
}

static void
find_gutters (PageColumns *columns, GArray *running)
{
  g_autoptr (GArray) sorted = g_array_copy (running);
  g_array_sort (sorted, order_lefts);
  g_autoptr (GArray) lefts = left_sides (sorted);
  columns->gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint left = 0, right = 1; right < lefts->len && columns->gutters->len < GUTTERS_MOST; right++) {
    Gutter gutter;
    if (!gutter_between (running, g_array_index (lefts, double, left), g_array_index (lefts, double, right), &gutter))
      continue;
    g_array_append_val (columns->gutters, gutter);
    left = right;
  }
}

static gboolean
crosses (const PageColumns *columns, double x0, double x1)
{
  for (guint i = 0; i < columns->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (columns->gutters, Gutter, i);
    if (x0 < gutter->left - CROSSING && x1 > gutter->right + CROSSING)
      return TRUE;
  }
  return FALSE;
}

static void
mark (GArray *marks, double y, gboolean wide)
{
  Mark mark = {y, wide};
  g_array_append_val (marks, mark);
}

static GArray *
marks_of_page (const PageColumns *columns, const Page *page, GPtrArray *lines, GArray *running)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  for (guint i = 0; i < lines->len; i++) {
    const ChunkLine *line = g_ptr_array_index (lines, i);
    for (guint j = 0; j < line->chunks->len; j++)
      if (crosses (columns, g_array_index (line->chunks, Chunk, j).x0, g_array_index (line->chunks, Chunk, j).x1))
        mark (marks, line->y, TRUE);
  }
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *rule = &g_array_index (page->ruling_lines, RulingLine, i);
    if (rule->kind != RULING_VERTICAL && crosses (columns, rule->box.x0, rule->box.x1)) {
      mark (marks, rule->box.y0, TRUE);
      mark (marks, rule->box.y1, TRUE);
    }
  }
  for (guint i = 0; i < running->len; i++) {
    Box box = g_array_index (running, Box, i);
    if (!crosses (columns, box.x0, box.x1))
      mark (marks, (box.y0 + box.y1) / 2, FALSE);
  }
  g_array_sort (marks, order_marks);
  return marks;
}

static void
find_wide (PageColumns *columns, const Page *page, GPtrArray *lines, GArray *running)
{
  g_autoptr (GArray) marks = marks_of_page (columns, page, lines, running);
  columns->wide = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0, end; i < marks->len; i = end) {
    end = i + 1;
    if (!g_array_index (marks, Mark, i).wide)
      continue;
    while (end < marks->len && g_array_index (marks, Mark, end).wide)
      end++;
    double from = g_array_index (marks, Mark, i).y - WIDE_NEAR, to = g_array_index (marks, Mark, end - 1).y + WIDE_NEAR;
    g_array_append_val (columns->wide, from);
    g_array_append_val (columns->wide, to);
  }
}

PageColumns
page_columns_from_running (const Page *page, GPtrArray *lines, GArray *running)
{
  PageColumns columns = {NULL};
  find_gutters (&columns, running);
  find_wide (&columns, page, lines, running);
  return columns;
}

void
page_columns_clear (PageColumns *columns)
{
  g_clear_pointer (&columns->gutters, g_array_unref);
  g_clear_pointer (&columns->wide, g_array_unref);
}

guint
page_part_of (const PageColumns *columns, Box box)
{
  double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
  for (guint i = 0; i < columns->wide->len; i += 2)
    if (y > g_array_index (columns->wide, double, i) && y < g_array_index (columns->wide, double, i + 1))
      return 0;
  guint column = 1;
  for (guint i = 0; i < columns->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (columns->gutters, Gutter, i);
    column += x > (gutter->left + gutter->right) / 2;
  }
  return column;
}

guint
page_parts (const PageColumns *columns)
{
  return columns->gutters->len + 2;
}
