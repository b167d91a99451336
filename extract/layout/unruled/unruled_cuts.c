/* unruled_cuts.c - see unruled_cuts.h */
#include "layout/unruled/unruled_cuts.h"

#include "model/numbers.h"

#include <math.h>

/* A clear band wider than the leading's own by this part of the em ends a row. */
#define ROW_GAP 0.22

/* A line or an edge that parts rows crosses this much of the table. */
#define CROSSING_SHARE 0.6

/* Edges nearer than this, in points, are at one place. */
#define SAME_EDGE 0.1

/* A column is the rows' own when this part of the rows has it. */
#define KEY_SHARE 0.8

/* So many columns whose text begins on one line begin a row there. */
#define BEGIN_LEAST 2

/* So many such lines tell which columns nearly all rows have. */
#define ROWS_LEAST 4

/* Text that ends nearer than this to the next column, in ems, may be wrapped: a character and the cells' padding. */
#define FULL 1.7

/* Whether Y runs through the characters of a line. */
static gboolean
strikes_text (const GapTable *table, double y)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    if (fabs (gap_line (table, i)->y - y) < table->em * 0.35)
      return TRUE;
  return FALSE;
}

typedef struct {
  double y, x0, x1;
} Edge;

static int
order_edges (gconstpointer a, gconstpointer b)
{
  const Edge *one = a, *other = b;
  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;
  return one->x0 < other->x0 ? -1 : one->x0 > other->x0;
}

/* The level lines and the edges of fills that cross TABLE, downwards. */
static GArray *
edges_in_table (const GapTable *table, const Page *page)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *rule = &g_array_index (page->ruling_lines, RulingLine, i);
    Edge top = {rule->box.y0, MAX (rule->box.x0, table->box.x0), MIN (rule->box.x1, table->box.x1)}, bottom = top;
    bottom.y = rule->box.y1;
    gboolean outside = top.x0 >= top.x1 || rule->box.y1 < table->box.y0 || rule->box.y0 > table->box.y1;
    if ((rule->kind != RULING_HORIZONTAL && rule->kind != RULING_FILL) || outside)
      continue;
    g_array_append_val (edges, top);
    g_array_append_val (edges, bottom);
  }
  g_array_sort (edges, order_edges);
  return edges;
}

/* A line, or a fill of its own in each cell of a row, which together cross the table. */
static void
cut_at_rules (GapTable *table, const Page *page)
{
  double least = CROSSING_SHARE * (table->box.x1 - table->box.x0);
  g_autoptr (GArray) edges = edges_in_table (table, page);
  for (guint first = 0, end; first < edges->len; first = end) {
    double y = g_array_index (edges, Edge, first).y, reached = table->box.x0, crossing = 0;
    for (end = first; end < edges->len && g_array_index (edges, Edge, end).y - y < SAME_EDGE; end++) {
      const Edge *edge = &g_array_index (edges, Edge, end);
      crossing += MAX (0, edge->x1 - MAX (edge->x0, reached));
      reached = MAX (reached, edge->x1);
    }
    if (crossing >= least && !strikes_text (table, y))
      gap_add_cut (table, y);
  }
}

static void
cut_around_banners (GapTable *table)
{
  for (int i = table->zone->start + 1; i < table->zone->end; i++) {
    const ChunkLine *above = gap_line (table, i - 1), *line = gap_line (table, i);
    if (table->zone->wide[i] != table->zone->wide[i - 1])
      gap_add_cut (table, (above->y + line->y) / 2);
  }
}

static gboolean
is_alone_in (const GapTable *table, int line, int column)
{
  return column >= 0 && !table->zone->wide[line] && gap_line (table, line)->chunks->len == 1 &&
         gap_has_chunk_in (table, line, column);
}

/* A clear band between two lines that is wider than lines of one cell leave. */
static void
cut_at_gaps (GapTable *table)
{
  double clear = table->leading + ROW_GAP * table->em, above = gap_line (table, table->zone->start)->y;
  int sparse = gap_sparse_column (table);
  for (int i = table->zone->start + 1; i < table->zone->end; i++) {
    double y = gap_line (table, i)->y;
    if (is_alone_in (table, i, sparse))
      continue;
    if (y - above > clear && gap_band_of (table, above) == gap_band_of (table, y))
      gap_add_cut (table, (above + y) / 2);
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
    int band = gap_band_of (table, gap_line (table, i)->y);
    gboolean key = table->zone->wide[i] || gap_has_chunk_in (table, i, column);
    count.bands += band != last;
    count.keys += key;
    count.keyed += key && band != last_keyed;
    last = band;
    last_keyed = key ? band : last_keyed;
  }
  return count;
}

/* Whether most of the words on LINE begin small: they go on with something. */
static gboolean
begins_small (const GapTable *table, int line)
{
  const GArray *chunks = gap_line (table, line)->chunks;
  int words = 0, small = 0;
  for (guint i = 0; i < chunks->len; i++) {
    const Chunk *chunk = &g_array_index (chunks, Chunk, i);
    words += chunk->kind == CHUNK_WORDS;
    small += g_unichar_islower (chunk->first) != 0;
  }
  return small * 2 > words;
}

/* Whether the first column's text on LINE reaches so near to the second column that the one on NEXT may be the rest of
 * it. Ideographs are wrapped anywhere, words as a whole; and where these begin large, not in all columns at once. */
static gboolean
first_column_is_full (const GapTable *table, int line, int next)
{
  double side = g_array_index (table->sides, double, 1);
  const Gutter drawn = {side, side, 0};
  const Gutter *gutter = table->zone->gutters ? &g_array_index (table->zone->gutters, Gutter, 0) : &drawn;
  const Chunk *chunk = gap_chunk_in (table, line, 0), *below = gap_chunk_in (table, next, 0);
  if (chunk->wide_end)
    return chunk->x1 + FULL * table->em > gutter->right;
  return chunk->words > 1 && chunk->x1 + 0.3 * table->em + below->first_word > gutter->left &&
         (begins_small (table, next) || gap_columns_filled (table, next) < gap_columns (table));
}

/* Whether several columns have text on LINE and none on the one above: cells that begin at the top begin there
 * together.
 *
 *      A-0   Lorem ipsum    Sed ut perspiciatis
 *      7     dolor          unde
 *      A-0   Sit amet       Omnis iste             no: "A-0" may be the rest of "7"
 *      8                    natus error sit
 *      A-0   Consectetur    Voluptatem             "Consectetur" and "yes" begin
 */
static gboolean
columns_begin (const GapTable *table, int line)
{
  int count = 0;
  for (int column = 0; column < gap_columns (table) && line > table->zone->start; column++)
    count += gap_has_chunk_in (table, line, column) && !gap_has_chunk_in (table, line - 1, column);
  return count >= BEGIN_LEAST;
}

/* One a column: whether nearly every row has text in it, by the lines on which columns begin together; NULL: there are
 * too few of those. The caller frees. */
static gboolean *
usual_columns (const GapTable *table)
{
  g_autofree int *counts = g_new0 (int, gap_columns (table) + 1);
  int rows = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (table->zone->wide[i] || !gap_has_chunk_in (table, i, 0) || !columns_begin (table, i))
      continue;
    for (int column = 0; column < gap_columns (table); column++)
      counts[column] += gap_has_chunk_in (table, i, column);
    rows++;
  }
  gboolean *usual = rows < ROWS_LEAST ? NULL : g_new0 (gboolean, gap_columns (table) + 1);
  for (int column = 0; usual && column < gap_columns (table); column++)
    usual[column] = counts[column] >= KEY_SHARE * rows;
  return usual;
}

/* Whether LINE, which follows a row's first line at once, goes on with it: no column begins, and some have ended. */
static gboolean
columns_go_on (const GapTable *table, const gboolean *usual, int line)
{
  gboolean ended = FALSE;
  for (int column = 0; column < gap_columns (table) && usual; column++)
    ended = ended || (usual[column] && !gap_has_chunk_in (table, line, column));
  return ended && !columns_begin (table, line);
}

/* Rows without any room between them: a line of the first column begins one when most columns have a line there, and
 * when it is not the rest of a wrapped line. USUAL: the usual columns, or NULL. */
static void
cut_at_keys (GapTable *table, const gboolean *usual)
{
  int last = -1, columns = (int)table->sides->len - 1;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    if (table->zone->wide[i] || !gap_has_chunk_in (table, i, 0))
      continue;
    double y = gap_line (table, i)->y;
    gboolean near = last >= 0 && y - gap_line (table, last)->y < table->leading * 1.3;
    gboolean full = near && first_column_is_full (table, last, i) && !columns_begin (table, i);
    gboolean wrapped = full || (near && columns_go_on (table, usual, i));
    if (last >= 0 && !wrapped && gap_columns_filled (table, i) * 2 > columns &&
        gap_band_of (table, y) == gap_band_of (table, gap_line (table, last)->y))
      gap_add_cut (table, (gap_line (table, i - 1)->y + y) / 2);
    last = i;
  }
}

static gboolean
band_has_key (const GapTable *table, int band)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    if (gap_band_of (table, gap_line (table, i)->y) == band && (table->zone->wide[i] || gap_has_chunk_in (table, i, 0)))
      return TRUE;
  return FALSE;
}

/* A band without a line in the first column, where nearly all have one, is the rest of the row above; but under the
 * first band, which may be a repeated head, it is the rest of a row on the page before. */
static void
drop_keyless_cuts (GapTable *table)
{
  g_array_sort (table->cuts, order_numbers);
  for (int band = (int)table->cuts->len; band > 1; band--)
    if (!band_has_key (table, band))
      g_array_remove_index (table->cuts, band - 1);
}

void
find_cuts (GapTable *table, const Page *page)
{
  cut_at_rules (table, page);
  gboolean ruled = table->cuts->len >= 3;
  cut_around_banners (table);
  Keys keys = count_keys (table, 0);
  if (ruled && keys.keys <= keys.bands * 2.5)
    return;
  cut_at_gaps (table);
  g_autofree gboolean *usual = usual_columns (table);
  cut_at_keys (table, usual);
  keys = count_keys (table, 0);
  if (keys.keyed >= KEY_SHARE * keys.bands)
    drop_keyless_cuts (table);
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
        if (gap_band_of (table, gap_line (table, i)->y) == band && gap_has_chunk_in (table, i, column)) {
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
  GapTable table = gap_table_between_sides (zone, sides);
  cut_at_gaps (&table);
  g_autofree gboolean *usual = usual_columns (&table);
  if (usual)
    cut_at_keys (&table, usual);
  Keys keys = count_keys (&table, gap_sparse_column (&table) == 0 ? 1 : 0);
  if (keys.keyed < KEY_SHARE * keys.bands || !bands_are_rows (&table))
    g_array_set_size (table.cuts, 0);
  GArray *cuts = g_array_ref (table.cuts);
  gap_table_clear (&table);
  return cuts;
}
