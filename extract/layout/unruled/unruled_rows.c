/* unruled_rows.c - see unruled_rows.h */
#include "layout/unruled/unruled_rows.h"

#include "layout/unruled/unruled_cuts.h"
#include "layout/unruled/unruled_figures.h"
#include "layout/unruled/unruled_list.h"
#include "layout/unruled/unruled_merged.h"
#include "model/numbers.h"

/* A line that is this part of its column's width fills it; a column in which this part of the lines do so is set as
 * prose. */
#define FULL_LINE 0.88
#define PROSE_SHARE 0.55

static gboolean
is_banner_band (const GapTable *table, int band)
{
  gboolean any = FALSE;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (gap_band_of (table, gap_line (table, i)->y) != band)
      continue;
    if (!table->zone->wide[i])
      return FALSE;
    any = TRUE;
  }
  return any;
}

/* Whether a head in BAND stands over SIDE of the columns. */
static gboolean
is_spanned (const GapTable *table, int band, double side)
{
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const ChunkLine *line = gap_line (table, i);
    if (!line->spans || gap_band_of (table, line->y) != band)
      continue;
    for (guint j = 0; j < line->chunks->len; j++) {
      const Chunk *chunk = &g_array_index (line->chunks, Chunk, j);
      if (chunk->x0 < side - 1 && chunk->x1 > side + 1)
        return TRUE;
    }
  }
  return FALSE;
}

/* A level divider, left out where COLUMN's cells are merged over it. */
static void
add_level (GArray *horizontal, const GapTable *table, double y, int column)
{
  Divider whole = {y, table->box.x0, table->box.x1};
  if (column < 0) {
    g_array_append_val (horizontal, whole);
    return;
  }
  Divider before = {y, whole.from, g_array_index (table->sides, double, column)};
  Divider after = {y, g_array_index (table->sides, double, column + 1), whole.to};
  if (before.to > before.from)
    g_array_append_val (horizontal, before);
  if (after.to > after.from)
    g_array_append_val (horizontal, after);
}

static void
add_levels (GArray *horizontal, const GapTable *table)
{
  int sparse = gap_sparse_column (table);
  g_autofree gboolean *merged = sparse < 0 ? NULL : merged_cuts (table, sparse);
  for (guint i = 0; i < table->cuts->len; i++)
    add_level (horizontal, table, g_array_index (table->cuts, double, i), merged && merged[i] ? sparse : -1);
  add_level (horizontal, table, table->box.y0, -1);
  add_level (horizontal, table, table->box.y1, -1);
}

/* Gutters become upright dividers, but not through banners; cuts and the two ends become level ones. */
static Frame *
frame_from_table (GapTable *table)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_array_sort (table->cuts, order_numbers);
  add_levels (horizontal, table);
  for (guint band = 0; band <= table->cuts->len; band++)
    for (guint side = 0; side < table->sides->len; side++) {
      Divider upright = {g_array_index (table->sides, double, side),
                         band > 0 ? g_array_index (table->cuts, double, band - 1) : table->box.y0,
                         band < table->cuts->len ? g_array_index (table->cuts, double, band) : table->box.y1};
      gboolean inner = side > 0 && side + 1 < table->sides->len;
      if (!inner || (!is_banner_band (table, (int)band) && !is_spanned (table, (int)band, upright.at)))
        g_array_append_val (vertical, upright);
    }
  return frame_from_dividers (horizontal, vertical);
}

/* How many of COLUMN's lines reach from side to side of it, as a part of them. */
static double
full_share (const GapTable *table, int column)
{
  double left = 1e9, right = -1e9;
  int lines = 0, full = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = gap_chunk_in (table, i, column);
    left = chunk ? MIN (left, chunk->x0) : left;
    right = chunk ? MAX (right, chunk->x1) : right;
  }
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = gap_chunk_in (table, i, column);
    lines += chunk != NULL;
    full += chunk && chunk->x1 - chunk->x0 >= FULL_LINE * (right - left);
  }
  return lines > 0 ? (double)full / lines : 0;
}

/* Text set in columns is no table: its lines fill all of its columns. */
static gboolean
is_prose (const GapTable *table)
{
  for (int column = 0; column + 1 < (int)table->sides->len; column++)
    if (full_share (table, column) < PROSE_SHARE)
      return FALSE;
  return TRUE;
}

static gboolean
cut_rows (GapTable *table, const Page *page, gboolean figures)
{
  if (figures)
    return figures_cut (table, page);
  find_cuts (table, page);
  return !is_prose (table) && words_make_table (table);
}

Frame *
frame_from_gap_zone (GapZone *zone, const Page *page)
{
  GapTable table = gap_table_from_zone (zone);
  gboolean figures = gap_columns (&table) > 1 && is_table_of_figures (&table);
  if (figures && figures_trim (zone, &table, page)) {
    gap_table_clear (&table);
    table = gap_table_from_zone (zone);
  }
  gboolean cut = gap_columns (&table) > 1 && !is_list (&table, page) && cut_rows (&table, page, figures);
  Frame *frame = cut ? frame_from_table (&table) : NULL;
  gap_table_clear (&table);
  return frame;
}
