/* page_columns.c - see page_columns.h */
#include "layout/gap/page_columns.h"

/* Each column has so many lines of running text. */
#define LINES_LEAST 4

/* The gutter is wider than this, in points. */
#define GUTTER_LEAST 6.0

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

/* The gutter that the running text leaves open about its middle. */
static void
find_gutter (PageColumns *columns, GArray *running)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
  int count_left = 0, count_right = 0;
  for (guint i = 0; i < running->len; i++) {
    left = MIN (left, g_array_index (running, Box, i).x0);
    right = MAX (right, g_array_index (running, Box, i).x1);
  }
  double middle = (left + right) / 2;
  *columns = (PageColumns){.left = left, .right = right};
  for (guint i = 0; i < running->len; i++) {
    Box box = g_array_index (running, Box, i);
    gboolean at_left = box.x1<middle + CROSSING, at_right = box.x0> middle - CROSSING;
    count_left += at_left;
    count_right += at_right;
    columns->left = at_left ? MAX (columns->left, box.x1) : columns->left;
    columns->right = at_right ? MIN (columns->right, box.x0) : columns->right;
  }
  if (count_left < LINES_LEAST || count_right < LINES_LEAST || columns->right - columns->left < GUTTER_LEAST)
    columns->left = columns->right = 0;
}

gboolean
page_has_columns (const PageColumns *columns)
{
  return columns->right > columns->left;
}

static gboolean
crosses (const PageColumns *columns, double x0, double x1)
{
  return x0 < columns->left - CROSSING && x1 > columns->right + CROSSING;
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
  for (guint i = 0; i < page->rules->len; i++) {
    const Rule *rule = &g_array_index (page->rules, Rule, i);
    if (rule->kind != RULE_VERTICAL && crosses (columns, rule->box.x0, rule->box.x1)) {
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
  PageColumns columns;
  find_gutter (&columns, running);
  if (page_has_columns (&columns))
    find_wide (&columns, page, lines, running);
  return columns;
}

void
page_columns_clear (PageColumns *columns)
{
  g_clear_pointer (&columns->wide, g_array_unref);
}

PagePart
page_part_of (const PageColumns *columns, Box box)
{
  double y = (box.y0 + box.y1) / 2;
  for (guint i = 0; i < columns->wide->len; i += 2)
    if (y > g_array_index (columns->wide, double, i) && y < g_array_index (columns->wide, double, i + 1))
      return PAGE_WIDE;
  return (box.x0 + box.x1) / 2 < (columns->left + columns->right) / 2 ? PAGE_LEFT : PAGE_RIGHT;
}
