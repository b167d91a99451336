/* gap_rows.c - see gap_rows.h */
#include "layout/gap_rows.h"

#include <math.h>

/* A clear band wider than the leading's own by this part of the em ends a row. */
#define ROW_GAP 0.22

/* A line or an edge that parts rows crosses this much of the table. */
#define CROSSING_SHARE 0.6

/* A column is the rows' own when this part of the rows has it. */
#define KEY_SHARE 0.8

/* Text that ends nearer than this to the next column, in ems, may be wrapped: a character and the cells' padding. */
#define FULL 1.7

#define PADDING 2.0

typedef struct {
  const GapZone *zone;
  double em, leading;
  Box box;
  GArray *sides; /* double: of the columns */
  GArray *cuts;  /* double: of the rows, between the first and the last */
} GapTable;

static const ChunkLine *
line_at (const GapTable *table, int index)
{
  return g_ptr_array_index (table->zone->lines, index);
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

static double
quantile (GArray *numbers, double part, double otherwise)
{
  g_array_sort (numbers, order_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, (guint)(part * (numbers->len - 1))) : otherwise;
}

/* Which column X lies in, by the sides. */
static int
column_of (const GapTable *table, double x)
{
  int column = 0;
  while (column + 2 < (int)table->sides->len && x >= g_array_index (table->sides, double, column + 1))
    column++;
  return column;
}

static const Chunk *
chunk_in (const GapTable *table, int line, int column)
{
  const GArray *chunks = line_at (table, line)->chunks;
  for (guint i = 0; i < chunks->len; i++) {
    const Chunk *chunk = &g_array_index (chunks, Chunk, i);
    if (column_of (table, (chunk->x0 + chunk->x1) / 2) == column)
      return chunk;
  }
  return NULL;
}

static gboolean
has_chunk_in (const GapTable *table, int line, int column)
{
  return chunk_in (table, line, column) != NULL;
}

static void
measure (GapTable *table)
{
  g_autoptr (GArray) ems = g_array_new (FALSE, FALSE, sizeof (double));
  table->box = (Box){1e9, 1e9, -1e9, -1e9};
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const ChunkLine *line = line_at (table, i);
    g_array_append_val (ems, line->em);
    for (guint j = 0; j < line->chunks->len; j++) {
      Chunk chunk = g_array_index (line->chunks, Chunk, j);
      table->box = box_union (table->box, (Box){chunk.x0, line->y - line->em / 2, chunk.x1, line->y + line->em / 2});
    }
  }
  table->em = quantile (ems, 0.5, 10);
  table->box.x0 -= PADDING;
  table->box.x1 += PADDING;
  table->box.y0 -= PADDING;
  table->box.y1 += PADDING;
}

static void
find_sides (GapTable *table)
{
  table->sides = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (table->sides, table->box.x0);
  for (guint i = 0; i < table->zone->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (table->zone->gutters, Gutter, i);
    double middle = (gutter->left + gutter->right) / 2;
    g_array_append_val (table->sides, middle);
  }
  g_array_append_val (table->sides, table->box.x1);
}

/* On how many lines both columns have a chunk, and on how many each. */
static void
count_lines (const GapTable *table, int column, int *one, int *other, int *both)
{
  *one = *other = *both = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (table->zone->wide[i])
      continue;
    gboolean first = has_chunk_in (table, i, column), second = has_chunk_in (table, i, column + 1);
    *one += first;
    *other += second;
    *both += first && second;
  }
}

/* A short head in the middle of a column whose cells are shorter still stands beside them, as if it were a column of
 * its own: such two never stand on one line. */
static void
merge_lone_heads (GapTable *table)
{
  for (int column = 0; column + 2 < (int)table->sides->len;) {
    int one, other, both;
    count_lines (table, column, &one, &other, &both);
    if (both == 0 && MIN (one, other) <= 1)
      g_array_remove_index (table->sides, column + 1);
    else
      column++;
  }
}

/* The distance of lines in one cell: what most neighbours in a column have at least. Single characters may be upright
 * writing, which is set closer. */
static void
find_leading (GapTable *table)
{
  g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (double));
  for (int column = 0; column + 1 < (int)table->sides->len; column++) {
    double before = -1e9;
    for (int i = table->zone->start; i < table->zone->end; i++) {
      const Chunk *chunk = table->zone->wide[i] ? NULL : chunk_in (table, i, column);
      double distance = line_at (table, i)->y - before;
      if (!chunk || chunk->x1 - chunk->x0 < 1.5 * table->em)
        continue;
      if (distance > table->em * 0.7 && distance < table->em * 3)
        g_array_append_val (distances, distance);
      before = line_at (table, i)->y;
    }
  }
  table->leading = quantile (distances, 0.15, table->em * 1.5);
}

static void
add_cut (GapTable *table, double y)
{
  if (y <= table->box.y0 + 1 || y >= table->box.y1 - 1)
    return;
  for (guint i = 0; i < table->cuts->len; i++)
    if (fabs (g_array_index (table->cuts, double, i) - y) <= DIVIDER_NEAR)
      return;
  g_array_append_val (table->cuts, y);
}

static double
crossing (const GapTable *table, const Rule *rule)
{
  return MIN (rule->box.x1, table->box.x1) - MAX (rule->box.x0, table->box.x0);
}

/* Whether Y runs through the characters of a line. */
static gboolean
strikes_text (const GapTable *table, double y)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    if (fabs (line_at (table, i)->y - y) < table->em * 0.35)
      return TRUE;
  return FALSE;
}

static void
cut_at_rules (GapTable *table, const Page *page)
{
  double least = CROSSING_SHARE * (table->box.x1 - table->box.x0);
  for (guint i = 0; i < page->rules->len; i++) {
    const Rule *rule = &g_array_index (page->rules, Rule, i);
    if ((rule->kind != RULE_HORIZONTAL && rule->kind != RULE_FILL) || crossing (table, rule) < least)
      continue;
    if (!strikes_text (table, rule->box.y0))
      add_cut (table, rule->box.y0);
    if (!strikes_text (table, rule->box.y1))
      add_cut (table, rule->box.y1);
  }
}

static void
cut_around_banners (GapTable *table)
{
  for (int i = table->zone->start + 1; i < table->zone->end; i++) {
    const ChunkLine *above = line_at (table, i - 1), *line = line_at (table, i);
    if (table->zone->wide[i] != table->zone->wide[i - 1])
      add_cut (table, (above->y + line->y) / 2);
  }
}

/* The cuts into which the lines fall, in order: which band a line is in. */
static int
band_of (const GapTable *table, double y)
{
  int band = 0;
  for (guint i = 0; i < table->cuts->len; i++)
    band += g_array_index (table->cuts, double, i) < y;
  return band;
}

static int
lines_in_column (const GapTable *table, int column)
{
  int count = 0;
  for (int i = table->zone->start; i < table->zone->end; i++)
    count += !table->zone->wide[i] && has_chunk_in (table, i, column);
  return count;
}

/* The column that has far fewer lines than its neighbours: merged cells, whose text may stand between two rows. -1:
 * there is none. */
static int
sparse_column (const GapTable *table)
{
  for (int column = 0; column < 2 && column + 2 < (int)table->sides->len; column++)
    if (lines_in_column (table, column) * 3 < lines_in_column (table, column + 1))
      return column;
  return -1;
}

static gboolean
is_alone_in (const GapTable *table, int line, int column)
{
  return column >= 0 && !table->zone->wide[line] && line_at (table, line)->chunks->len == 1 &&
         has_chunk_in (table, line, column);
}

/* A clear band between two lines that is wider than lines of one cell leave. */
static void
cut_at_gaps (GapTable *table)
{
  double clear = table->leading + ROW_GAP * table->em, above = line_at (table, table->zone->start)->y;
  int sparse = sparse_column (table);
  for (int i = table->zone->start + 1; i < table->zone->end; i++) {
    double y = line_at (table, i)->y;
    if (is_alone_in (table, i, sparse))
      continue;
    if (y - above > clear)
      add_cut (table, (above + y) / 2);
    above = y;
  }
}

typedef struct {
  int bands; /* into which the cuts part the lines */
  int keyed; /* those with a line in the column that is looked at */
  int keys;  /* lines in it */
} Keys;

static Keys
count_keys (const GapTable *table, int column)
{
  Keys count = {0};
  int last = -1, last_keyed = -1;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    int band = band_of (table, line_at (table, i)->y);
    gboolean key = table->zone->wide[i] || has_chunk_in (table, i, column);
    count.bands += band != last;
    count.keys += key;
    count.keyed += key && band != last_keyed;
    last = band;
    last_keyed = key ? band : last_keyed;
  }
  return count;
}

/* Whether the first column's text on LINE reaches so near to the second column that it may be wrapped. */
static gboolean
first_column_is_full (const GapTable *table, int line)
{
  const Gutter *gutter = &g_array_index (table->zone->gutters, Gutter, 0);
  return chunk_in (table, line, 0)->x1 + FULL * table->em > gutter->right;
}

static int
columns_with_chunk (const GapTable *table, int line)
{
  int count = 0;
  for (int column = 0; column + 1 < (int)table->sides->len; column++)
    count += has_chunk_in (table, line, column);
  return count;
}

/* Rows without any room between them: a line of the first column begins one when most columns have a line there, and
 * when it is not the rest of a wrapped line. */
static void
cut_at_keys (GapTable *table)
{
  int last = -1, columns = (int)table->sides->len - 1;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (table->zone->wide[i] || !has_chunk_in (table, i, 0))
      continue;
    double y = line_at (table, i)->y;
    gboolean wrapped =
        last >= 0 && first_column_is_full (table, last) && y - line_at (table, last)->y < table->leading * 1.3;
    if (last >= 0 && !wrapped && columns_with_chunk (table, i) * 2 > columns &&
        band_of (table, y) == band_of (table, line_at (table, last)->y))
      add_cut (table, (line_at (table, i - 1)->y + y) / 2);
    last = i;
  }
}

static gboolean
band_has_key (const GapTable *table, int band)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    if (band_of (table, line_at (table, i)->y) == band && (table->zone->wide[i] || has_chunk_in (table, i, 0)))
      return TRUE;
  return FALSE;
}

/* A band without a line in the first column, where nearly all have one, is the rest of the row above. */
static void
drop_keyless_cuts (GapTable *table)
{
  g_array_sort (table->cuts, order_numbers);
  for (int band = (int)table->cuts->len; band > 0; band--)
    if (!band_has_key (table, band))
      g_array_remove_index (table->cuts, band - 1);
}

static void
find_cuts (GapTable *table, const Page *page)
{
  table->cuts = g_array_new (FALSE, FALSE, sizeof (double));
  cut_at_rules (table, page);
  gboolean ruled = table->cuts->len >= 3;
  cut_around_banners (table);
  Keys keys = count_keys (table, 0);
  if (ruled && keys.keys <= keys.bands * 1.5)
    return;
  cut_at_gaps (table);
  cut_at_keys (table);
  keys = count_keys (table, 0);
  if (keys.keyed >= KEY_SHARE * keys.bands)
    drop_keyless_cuts (table);
}

static gboolean
is_banner_band (const GapTable *table, int band)
{
  gboolean any = FALSE;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (band_of (table, line_at (table, i)->y) != band)
      continue;
    if (!table->zone->wide[i])
      return FALSE;
    any = TRUE;
  }
  return any;
}

/* Gutters become upright dividers, but not through banners; cuts and the two ends become level ones. */
static Frame *
frame_from_table (GapTable *table)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_array_append_val (table->cuts, table->box.y0);
  g_array_append_val (table->cuts, table->box.y1);
  g_array_sort (table->cuts, order_numbers);
  for (guint i = 0; i < table->cuts->len; i++) {
    Divider level = {g_array_index (table->cuts, double, i), table->box.x0, table->box.x1};
    g_array_append_val (horizontal, level);
  }
  for (guint band = 1; band < table->cuts->len; band++)
    for (guint side = 0; side < table->sides->len; side++) {
      Divider upright = {g_array_index (table->sides, double, side), g_array_index (table->cuts, double, band - 1),
                         g_array_index (table->cuts, double, band)};
      gboolean inner = side > 0 && side + 1 < table->sides->len;
      if (!inner || !is_banner_band (table, (int)band))
        g_array_append_val (vertical, upright);
    }
  return frame_from_dividers (horizontal, vertical);
}

Frame *
frame_from_gap_zone (const GapZone *zone, const Page *page)
{
  GapTable table = {.zone = zone};
  measure (&table);
  find_sides (&table);
  merge_lone_heads (&table);
  find_leading (&table);
  find_cuts (&table, page);
  Frame *frame = table.sides->len > 2 ? frame_from_table (&table) : NULL;
  g_array_unref (table.sides);
  g_array_unref (table.cuts);
  return frame;
}

/* Whether nearly each band has text in half of the columns: a row has, a part of an upright line has not. */
static gboolean
bands_are_rows (const GapTable *table)
{
  int columns = (int)table->sides->len - 1, rows = 0, bands = (int)table->cuts->len + 1;
  for (int band = 0; band < bands; band++) {
    int filled = 0;
    for (int column = 0; column < columns; column++)
      for (int i = table->zone->start; i < table->zone->end; i++)
        if (band_of (table, line_at (table, i)->y) == band && has_chunk_in (table, i, column)) {
          filled++;
          break;
        }
    rows += filled * 2 >= columns;
  }
  return rows >= KEY_SHARE * bands;
}

GArray *
cuts_between_sides (const GapZone *zone, GArray *sides)
{
  GapTable table = {.zone = zone, .sides = sides, .cuts = g_array_new (FALSE, FALSE, sizeof (double))};
  measure (&table);
  find_leading (&table);
  cut_at_gaps (&table);
  Keys keys = count_keys (&table, sparse_column (&table) == 0 ? 1 : 0);
  if (keys.keyed < KEY_SHARE * keys.bands || !bands_are_rows (&table))
    g_array_set_size (table.cuts, 0);
  return table.cuts;
}
