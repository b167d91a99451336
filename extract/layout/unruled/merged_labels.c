/* merged_labels.c - see merged_labels.h */
#include "layout/unruled/merged_labels.h"

#include <math.h>

/* Ems: a cell's end may be this far from a row separator. */
#define NEAR_CUT 1.3

/* ... or by this part of the highest row, whose text may be at its top. */
#define NEAR_PART 0.4

/* The end of a row, or of the table, nearest to Y. */
static double
nearest_end (const UnruledTable *table, double y)
{
  double best = fabs (table->box.y0 - y) < fabs (table->box.y1 - y) ? table->box.y0 : table->box.y1;
  for (guint i = 0; i < table->row_separators->len; i++) {
    double separator = g_array_index (table->row_separators, double, i);
    best = fabs (separator - y) < fabs (best - y) ? separator : best;
  }
  return best;
}

/* The height of the highest row: the last one may be as high, below its text. */
static double
row_height (const UnruledTable *table)
{
  double height = 0, above = table->box.y0;
  for (guint i = 0; i < table->row_separators->len; i++) {
    height = MAX (height, g_array_index (table->row_separators, double, i) - above);
    above = g_array_index (table->row_separators, double, i);
  }
  return height;
}

/* The tops and bottoms of the labels' cells, downwards, where labels are in the middle of their cells; NULL where the
 * chain breaks before the end of the table. Banners end a cell. */
static GArray *
cells_around_labels (const UnruledTable *table, GArray *labels)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));
  double begin = table->box.y0, near = MAX (NEAR_CUT * table->em, NEAR_PART * row_height (table));
  for (guint i = 0; i < labels->len; i++) {
    const ColumnLabel *label = &g_array_index (labels, ColumnLabel, i);
    for (int line = table->candidate->start; line < table->candidate->end; line++)
      if (table->candidate->banner[line] && unruled_line (table, line)->y > begin &&
          unruled_line (table, line)->y < label->top)
        begin = nearest_end (table, unruled_line (table, line)->y + table->em);
    double end = label->top + label->bottom - begin, separator = nearest_end (table, end);
    gboolean last = end > table->box.y1 && end <= table->box.y1 + row_height (table);
    if ((fabs (separator - end) > near && !last) || separator <= label->bottom)
      return NULL;
    g_array_append_val (ends, begin);
    g_array_append_val (ends, separator);
    begin = separator;
  }
  return begin >= table->box.y1 - 1 ? g_steal_pointer (&ends) : NULL;
}

gboolean *
merged_separators (const UnruledTable *table, int column)
{
  g_autoptr (GArray) labels = unruled_labels_in (table, column);
  if (labels->len < 2)
    return NULL;
  g_autoptr (GArray) ends = cells_around_labels (table, labels);
  gboolean *merged = g_new0 (gboolean, table->row_separators->len + 1);
  for (guint i = 0; i < table->row_separators->len; i++)
    for (guint j = 0; ends && j < ends->len; j += 2) {
      double separator = g_array_index (table->row_separators, double, i);
      merged[i] = merged[i] || (separator > g_array_index (ends, double, j) + 1 &&
                                separator < g_array_index (ends, double, j + 1) - 1);
    }
  return merged;
}
