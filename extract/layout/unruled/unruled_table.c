/* unruled_table.c - see unruled_table.h */
#include "layout/unruled/unruled_table.h"

#include <math.h>
#include <string.h>

#define PADDING 2.0

/* Lines of a cell are hardly farther apart than this, in ems; two distances that differ by less than this, in points,
 * are one. */
#define LEADING_MOST 1.6
#define SAME_LEADING 0.3

/* A space between two words is no wider than this, in ems. */
#define WORD_SPACE 0.5

const ChunkLine *
gap_line (const GapTable *table, int index)
{
  return g_ptr_array_index (table->zone->lines, index);
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

const Chunk *
gap_chunk_in (const GapTable *table, int line, int column)
{
  const GArray *chunks = gap_line (table, line)->chunks;
  for (guint i = 0; i < chunks->len; i++) {
    const Chunk *chunk = &g_array_index (chunks, Chunk, i);
    if (column_of (table, (chunk->x0 + chunk->x1) / 2) == column)
      return chunk;
  }
  return NULL;
}

gboolean
gap_has_chunk_in (const GapTable *table, int line, int column)
{
  return gap_chunk_in (table, line, column) != NULL;
}

int
gap_columns_filled (const GapTable *table, int line)
{
  int count = 0;
  for (int column = 0; column < gap_columns (table); column++)
    count += gap_has_chunk_in (table, line, column);
  return count;
}

static void
measure (GapTable *table)
{
  g_autoptr (GArray) ems = g_array_new (FALSE, FALSE, sizeof (double));
  table->box = (Box){1e9, 1e9, -1e9, -1e9};
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const ChunkLine *line = gap_line (table, i);
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
    gboolean first = gap_has_chunk_in (table, i, column), second = gap_has_chunk_in (table, i, column + 1);
    *one += first;
    *other += second;
    *both += first && second;
  }
}

/* Whether the chunks of COLUMN and the next, where both have one, are but a word's space apart. */
static gboolean
are_words_of_one_head (const GapTable *table, int column)
{
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *left = table->zone->wide[i] ? NULL : gap_chunk_in (table, i, column);
    const Chunk *right = left ? gap_chunk_in (table, i, column + 1) : NULL;
    if (left && right && right->x0 - left->x1 > WORD_SPACE * table->em)
      return FALSE;
  }
  return TRUE;
}

/* A short head in the middle of a column whose cells are shorter still stands beside them, as if it were a column of
 * its own: such two never stand on one line. Nor is the first word of a head a column, where the others stand flush
 * with the cells below:
 *
 *      Land in farms    Average size
 *            169,640             325
 */
static void
merge_lone_heads (GapTable *table)
{
  for (int column = 0; column + 2 < (int)table->sides->len;) {
    int one, other, both;
    count_lines (table, column, &one, &other, &both);
    if (MIN (one, other) <= 1 && (both == 0 || are_words_of_one_head (table, column)))
      g_array_remove_index (table->sides, column + 1);
    else
      column++;
  }
}

/* Which neighbour's values the chunks of COLUMN belong to, where all are such signs: 1 the next one's ("$"), -1 the
 * one's before ("%", "*"); 0: they are no such signs. */
static int
owner_of_signs (const GapTable *table, int column)
{
  int owner = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = table->zone->wide[i] || gap_line (table, i)->spans ? NULL : gap_chunk_in (table, i, column);
    if (!chunk)
      continue;
    gboolean currency = g_unichar_type (chunk->first) == G_UNICODE_CURRENCY_SYMBOL;
    int own = currency ? 1 : chunk->first < 0x80 && strchr ("%*)", (int)chunk->first) ? -1 : 0;
    if (chunk->kind != CHUNK_SIGN || own == 0 || own == -owner)
      return 0;
    owner = own;
  }
  return owner;
}

/* Signs that are set apart from their values are no column. */
static void
merge_signs (GapTable *table)
{
  for (int column = 0; column < gap_columns (table); column++) {
    int owner = owner_of_signs (table, column), side = owner > 0 ? column + 1 : column;
    if (owner != 0 && side > 0 && side < gap_columns (table))
      g_array_remove_index (table->sides, (guint)side);
  }
}

/* The smallest of DISTANCES, which are sorted, where it comes twice and is less than MOST: few cells have two lines. */
static double
least_of_few (GArray *distances, double most, double otherwise)
{
  if (distances->len < 2)
    return otherwise;
  double first = g_array_index (distances, double, 0), second = g_array_index (distances, double, 1);
  return first < most && second - first < SAME_LEADING ? second : otherwise;
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
      const Chunk *chunk = table->zone->wide[i] ? NULL : gap_chunk_in (table, i, column);
      double distance = gap_line (table, i)->y - before;
      if (!chunk || chunk->x1 - chunk->x0 < 1.5 * table->em)
        continue;
      if (distance > table->em * 0.7 && distance < table->em * 3)
        g_array_append_val (distances, distance);
      before = gap_line (table, i)->y;
    }
  }
  table->leading = quantile (distances, 0.15, table->em * 1.5);
  if (table->leading > LEADING_MOST * table->em)
    table->leading = least_of_few (distances, LEADING_MOST * table->em, table->leading);
}

static int
lines_in_column (const GapTable *table, int column)
{
  int count = 0;
  for (int i = table->zone->start; i < table->zone->end; i++)
    count += !table->zone->wide[i] && gap_has_chunk_in (table, i, column);
  return count;
}

/* The column that has far fewer lines than its neighbours: merged cells, whose text may stand between two rows. -1:
 * there is none. */
int
gap_sparse_column (const GapTable *table)
{
  for (int column = 0; column < 2 && column + 2 < (int)table->sides->len; column++)
    if (lines_in_column (table, column) * 3 < lines_in_column (table, column + 1))
      return column;
  return -1;
}

/* The cuts into which the lines fall, in order: which band a line is in. */
int
gap_band_of (const GapTable *table, double y)
{
  int band = 0;
  for (guint i = 0; i < table->cuts->len; i++)
    band += g_array_index (table->cuts, double, i) < y;
  return band;
}

void
gap_add_cut (GapTable *table, double y)
{
  if (y <= table->box.y0 + 1 || y >= table->box.y1 - 1)
    return;
  for (guint i = 0; i < table->cuts->len; i++)
    if (fabs (g_array_index (table->cuts, double, i) - y) <= DIVIDER_NEAR)
      return;
  g_array_append_val (table->cuts, y);
}

int
gap_columns (const GapTable *table)
{
  return (int)table->sides->len - 1;
}

GapTable
gap_table_from_zone (const GapZone *zone)
{
  GapTable table = {.zone = zone, .cuts = g_array_new (FALSE, FALSE, sizeof (double))};
  measure (&table);
  find_sides (&table);
  merge_lone_heads (&table);
  merge_signs (&table);
  find_leading (&table);
  return table;
}

GapTable
gap_table_between_sides (const GapZone *zone, GArray *sides)
{
  GapTable table = {.zone = zone, .sides = g_array_copy (sides), .cuts = g_array_new (FALSE, FALSE, sizeof (double))};
  measure (&table);
  find_leading (&table);
  return table;
}

void
gap_table_clear (GapTable *table)
{
  g_array_unref (table->sides);
  g_array_unref (table->cuts);
}
