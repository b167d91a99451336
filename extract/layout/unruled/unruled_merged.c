/* unruled_merged.c - see unruled_merged.h */
#include "layout/unruled/unruled_merged.h"

#include <math.h>

/* Labels whose first line is this near to the first line of a row, in ems, stand at its top. */
#define AT_TOP 0.5

/* Where most labels stand at the top of a row, none is in the middle of several. */
#define TOP_SHARE 0.6

/* A cell's end may be this far from a cut between rows, in ems. */
#define NEAR_CUT 1.3

typedef struct {
  double top, bottom; /* the middles of its first and last line */
} Label;

/* The labels of COLUMN: its lines, those that follow each other closely taken together. */
static GArray *
labels_of_column (const GapTable *table, int column)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (table->zone->wide[i] || !gap_has_chunk_in (table, i, column))
      continue;
    double y = gap_line (table, i)->y;
    Label *last = labels->len > 0 ? &g_array_index (labels, Label, labels->len - 1) : NULL;
    Label label = {y, y};
    if (last && y - last->bottom <= table->leading * 1.4)
      last->bottom = y;
    else
      g_array_append_val (labels, label);
  }
  return labels;
}

static double
first_line_of_band (const GapTable *table, int band)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    if (gap_band_of (table, gap_line (table, i)->y) == band && gap_line (table, i)->chunks->len > 1)
      return gap_line (table, i)->y;
  return -1e9;
}

static gboolean
stand_at_tops (const GapTable *table, GArray *labels)
{
  guint count = 0;
  for (guint i = 0; i < labels->len; i++) {
    double top = g_array_index (labels, Label, i).top;
    count += fabs (first_line_of_band (table, gap_band_of (table, top)) - top) <= AT_TOP * table->em;
  }
  return count >= TOP_SHARE * labels->len;
}

/* The end of a row, or of the table, nearest to Y. */
static double
nearest_end (const GapTable *table, double y)
{
  double best = fabs (table->box.y0 - y) < fabs (table->box.y1 - y) ? table->box.y0 : table->box.y1;
  for (guint i = 0; i < table->cuts->len; i++) {
    double cut = g_array_index (table->cuts, double, i);
    best = fabs (cut - y) < fabs (best - y) ? cut : best;
  }
  return best;
}

/* The ends of the labels' cells, downwards; NULL where the chain breaks. Banners end a cell. */
static GArray *
ends_of_cells (const GapTable *table, GArray *labels)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));
  double begin = table->box.y0;
  for (guint i = 0; i < labels->len; i++) {
    const Label *label = &g_array_index (labels, Label, i);
    for (int line = table->zone->start; line < table->zone->end; line++)
      if (table->zone->wide[line] && gap_line (table, line)->y > begin && gap_line (table, line)->y < label->top)
        begin = nearest_end (table, gap_line (table, line)->y + table->em);
    double end = label->top + label->bottom - begin, cut = nearest_end (table, end);
    if (fabs (cut - end) > NEAR_CUT * table->em || cut <= label->bottom)
      return NULL;
    g_array_append_val (ends, begin);
    g_array_append_val (ends, cut);
    begin = cut;
  }
  return g_steal_pointer (&ends);
}

gboolean *
merged_cuts (const GapTable *table, int column)
{
  g_autoptr (GArray) labels = labels_of_column (table, column);
  if (labels->len < 2 || stand_at_tops (table, labels))
    return NULL;
  g_autoptr (GArray) ends = ends_of_cells (table, labels);
  if (!ends)
    return NULL;
  gboolean *merged = g_new0 (gboolean, table->cuts->len + 1);
  for (guint i = 0; i < table->cuts->len; i++)
    for (guint j = 0; j < ends->len; j += 2) {
      double cut = g_array_index (table->cuts, double, i);
      merged[i] =
          merged[i] || (cut > g_array_index (ends, double, j) + 1 && cut < g_array_index (ends, double, j + 1) - 1);
    }
  return merged;
}
