/* row_separators.c - see row_separators.h */
#include "layout/unruled/row_separators.h"

#include "model/numbers.h"

#include <math.h>

/* White space higher than that of the leading by this part of the em ends a row. */
#define ROW_GAP 0.22

/* A line or an edge that separates rows crosses this part of the table. */
#define CROSSING_SHARE 0.6

/* Points: nearer edges are at the same place. */
#define SAME_EDGE 0.1

/* A column is a key of the rows when this part of them have text in it. */
#define KEY_SHARE 0.8

/* A row begins on a line on which the text of at least this many columns begins. */
#define BEGIN_LEAST 2

/* At least this many such lines tell in which columns nearly all rows have text. */
#define ROWS_LEAST 4

/* Ems: text that ends nearer to the next column may be wrapped: a character and the cells' padding. */
#define FULL 1.7

/* Whether Y is within the characters of a line. */
static gboolean
is_within_text (const UnruledTable *table, double y)
{
  for (int i = table->candidate->start; i < table->candidate->end; i++)
    if (fabs (unruled_line (table, i)->y - y) < table->em * 0.35)
      return TRUE;
  return FALSE;
}

typedef struct {
  double y, x0, x1;
} RowEdge;

static int
order_edges (gconstpointer a, gconstpointer b)
{
  const RowEdge *one = a, *other = b;
  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;
  return one->x0 < other->x0 ? -1 : one->x0 > other->x0;
}

/* The horizontal ruling lines and the edges of fills that cross TABLE, downwards. */
static GArray *
edges_in_table (const UnruledTable *table, const Page *page)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (RowEdge));
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    RowEdge top = {ruling->box.y0, MAX (ruling->box.x0, table->box.x0), MIN (ruling->box.x1, table->box.x1)},
            bottom = top;
    bottom.y = ruling->box.y1;
    gboolean outside = top.x0 >= top.x1 || ruling->box.y1 < table->box.y0 || ruling->box.y0 > table->box.y1;
    if ((ruling->kind != RULING_HORIZONTAL && ruling->kind != RULING_FILL) || outside)
      continue;
    g_array_append_val (edges, top);
    g_array_append_val (edges, bottom);
  }
  g_array_sort (edges, order_edges);
  return edges;
}

/* Separates rows at a line, or at a fill in each cell of a row, which together cross the table. */
static void
separate_at_ruling_lines (UnruledTable *table, const Page *page)
{
  double least = CROSSING_SHARE * (table->box.x1 - table->box.x0);
  g_autoptr (GArray) edges = edges_in_table (table, page);
  for (guint first = 0, end; first < edges->len; first = end) {
    double y = g_array_index (edges, RowEdge, first).y, reached = table->box.x0, crossing = 0;
    for (end = first; end < edges->len && g_array_index (edges, RowEdge, end).y - y < SAME_EDGE; end++) {
      const RowEdge *edge = &g_array_index (edges, RowEdge, end);
      crossing += MAX (0, edge->x1 - MAX (edge->x0, reached));
      reached = MAX (reached, edge->x1);
    }
    if (crossing >= least && !is_within_text (table, y))
      unruled_add_separator (table, y);
  }
}

static void
separate_around_banners (UnruledTable *table)
{
  for (int i = table->candidate->start + 1; i < table->candidate->end; i++) {
    const SegmentLine *above = unruled_line (table, i - 1), *line = unruled_line (table, i);
    if (table->candidate->banner[i] != table->candidate->banner[i - 1])
      unruled_add_separator (table, (above->y + line->y) / 2);
  }
}

static gboolean
is_alone_in (const UnruledTable *table, int line, int column)
{
  return column >= 0 && !table->candidate->banner[line] && unruled_line (table, line)->segments->len == 1 &&
         unruled_has_segment_in (table, line, column);
}

/* Separates rows at white space between two lines that is higher than that between lines of one cell. */
static void
separate_at_white_space (UnruledTable *table)
{
  double clear = table->leading + ROW_GAP * table->em, above = unruled_line (table, table->candidate->start)->y;
  int sparse = unruled_sparse_column (table);
  for (int i = table->candidate->start + 1; i < table->candidate->end; i++) {
    double y = unruled_line (table, i)->y;
    if (is_alone_in (table, i, sparse))
      continue;
    if (y - above > clear && unruled_row_at (table, above) == unruled_row_at (table, y))
      unruled_add_separator (table, (above + y) / 2);
    above = y;
  }
}

typedef struct {
  int rows;  /* between the separators */
  int keyed; /* those with a line in the column */
  int keys;  /* lines in the column */
} KeyCount;

static KeyCount
count_keys (const UnruledTable *table, int column)
{
  KeyCount count = {0};
  int last = -1, last_keyed = -1;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    int row = unruled_row_at (table, unruled_line (table, i)->y);
    gboolean key = table->candidate->banner[i] || unruled_has_segment_in (table, i, column);
    count.rows += row != last;
    count.keys += key;
    count.keyed += key && row != last_keyed;
    last = row;
    last_keyed = key ? row : last_keyed;
  }
  return count;
}

/* Whether most of the words on LINE begin with small letters, and so continue other text. */
static gboolean
begins_small (const UnruledTable *table, int line)
{
  const GArray *segments = unruled_line (table, line)->segments;
  int words = 0, small = 0;
  for (guint i = 0; i < segments->len; i++) {
    const TextSegment *segment = &g_array_index (segments, TextSegment, i);
    words += segment->kind == SEGMENT_WORDS;
    small += g_unichar_islower (segment->first) != 0;
  }
  return small * 2 > words;
}

/* Whether the first column's text on LINE comes so near to the second column that the text on NEXT may be the rest of
 * it. Ideographs are wrapped anywhere, words as a whole; words that begin with capitals in all columns at once
 * begin a row. */
static gboolean
first_column_is_full (const UnruledTable *table, int line, int next)
{
  double boundary = g_array_index (table->column_boundaries, double, 1);
  const Gutter drawn = {boundary, boundary, 0};
  const Gutter *gutter = table->candidate->gutters ? &g_array_index (table->candidate->gutters, Gutter, 0) : &drawn;
  const TextSegment *segment = unruled_segment_in (table, line, 0), *below = unruled_segment_in (table, next, 0);
  if (segment->wide_end)
    return segment->x1 + FULL * table->em > gutter->right;
  return segment->words > 1 && segment->x1 + 0.3 * table->em + below->first_word > gutter->left &&
         (begins_small (table, next) || unruled_columns_filled (table, next) < unruled_columns (table));
}

/* Whether several columns have text on LINE and none on the one above: cells that begin at the top begin there
 * together.
 *
 *      A-0   Lorem ipsum    Sed ut perspiciatis    yes
 *      7     dolor          unde
 *      A-0   Sit amet       Omnis iste                     no: "A-0" may be the rest of "7"
 *      8                    natus error sit
 *      A-0   Consectetur    Voluptatem             yes     "Consectetur" and "yes" begin
 */
static gboolean
columns_begin (const UnruledTable *table, int line)
{
  int count = 0;
  for (int column = 0; column < unruled_columns (table) && line > table->candidate->start; column++)
    count += unruled_has_segment_in (table, line, column) && !unruled_has_segment_in (table, line - 1, column);
  return count >= BEGIN_LEAST;
}

/* One for each column: whether nearly every row has text in it, by the lines on which columns begin together; NULL:
 * there are too few of those. The caller frees. */
static gboolean *
usual_columns (const UnruledTable *table)
{
  g_autofree int *counts = g_new0 (int, unruled_columns (table) + 1);
  int rows = 0;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    if (table->candidate->banner[i] || !unruled_has_segment_in (table, i, 0) || !columns_begin (table, i))
      continue;
    for (int column = 0; column < unruled_columns (table); column++)
      counts[column] += unruled_has_segment_in (table, i, column);
    rows++;
  }
  gboolean *usual = rows < ROWS_LEAST ? NULL : g_new0 (gboolean, unruled_columns (table) + 1);
  for (int column = 0; usual && column < unruled_columns (table); column++)
    usual[column] = counts[column] >= KEY_SHARE * rows;
  return usual;
}

/* Whether LINE, right after the first line of a row, continues it: no column begins, and some have ended. */
static gboolean
columns_continue (const UnruledTable *table, const gboolean *usual, int line)
{
  gboolean ended = FALSE;
  for (int column = 0; column < unruled_columns (table) && usual; column++)
    ended = ended || (usual[column] && !unruled_has_segment_in (table, line, column));
  return ended && !columns_begin (table, line);
}

/* Separates rows without white space between them: a line of the first column begins one when most columns have a line
 * there, and when it is not the rest of a wrapped line. USUAL: the usual columns, or NULL. */
static void
separate_at_keys (UnruledTable *table, const gboolean *usual)
{
  int last = -1, columns = (int)table->column_boundaries->len - 1;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    if (table->candidate->banner[i] || !unruled_has_segment_in (table, i, 0))
      continue;
    double y = unruled_line (table, i)->y;
    gboolean near = last >= 0 && y - unruled_line (table, last)->y < table->leading * 1.3;
    gboolean full = near && first_column_is_full (table, last, i) && !columns_begin (table, i);
    gboolean wrapped = full || (near && columns_continue (table, usual, i));
    if (last >= 0 && !wrapped && unruled_columns_filled (table, i) * 2 > columns &&
        unruled_row_at (table, y) == unruled_row_at (table, unruled_line (table, last)->y))
      unruled_add_separator (table, (unruled_line (table, i - 1)->y + y) / 2);
    last = i;
  }
}

static gboolean
row_has_key (const UnruledTable *table, int row)
{
  for (int i = table->candidate->start; i < table->candidate->end; i++)
    if (unruled_row_at (table, unruled_line (table, i)->y) == row &&
        (table->candidate->banner[i] || unruled_has_segment_in (table, i, 0)))
      return TRUE;
  return FALSE;
}

/* A row without a line in the first column, where nearly all have one, is the rest of the row above; but under the
 * first row, which may be a repeated head, it is the rest of a row on the page before. */
static void
drop_keyless_separators (UnruledTable *table)
{
  g_array_sort (table->row_separators, order_numbers);
  for (int row = (int)table->row_separators->len; row > 1; row--)
    if (!row_has_key (table, row))
      g_array_remove_index (table->row_separators, row - 1);
}

void
separate_rows_of_words (UnruledTable *table, const Page *page)
{
  separate_at_ruling_lines (table, page);
  gboolean ruled = table->row_separators->len >= 3;
  separate_around_banners (table);
  KeyCount keys = count_keys (table, 0);
  if (ruled && keys.keys <= keys.rows * 2.5)
    return;
  separate_at_white_space (table);
  g_autofree gboolean *usual = usual_columns (table);
  separate_at_keys (table, usual);
  keys = count_keys (table, 0);
  if (keys.keyed >= KEY_SHARE * keys.rows)
    drop_keyless_separators (table);
}

/* Whether nearly each row has text in half of the columns; a part of a line of vertical writing has not. */
static gboolean
rows_have_text (const UnruledTable *table)
{
  int columns = (int)table->column_boundaries->len - 1, good = 0, rows = (int)table->row_separators->len + 1;
  for (int row = 0; row < rows; row++) {
    int filled = 0;
    for (int column = 0; column < columns; column++)
      for (int i = table->candidate->start; i < table->candidate->end; i++)
        if (unruled_row_at (table, unruled_line (table, i)->y) == row && unruled_has_segment_in (table, i, column)) {
          filled++;
          break;
        }
    good += filled * 2 >= columns;
  }
  return good >= KEY_SHARE * rows;
}

GArray *
row_separators_between_boundaries (const TableCandidate *candidate, GArray *boundaries)
{
  g_auto (UnruledTable) table = unruled_table_between_boundaries (candidate, boundaries);
  separate_at_white_space (&table);
  g_autofree gboolean *usual = usual_columns (&table);
  if (usual)
    separate_at_keys (&table, usual);
  KeyCount keys = count_keys (&table, unruled_sparse_column (&table) == 0 ? 1 : 0);
  if (keys.keyed < KEY_SHARE * keys.rows || !rows_have_text (&table))
    g_array_set_size (table.row_separators, 0);
  return g_steal_pointer (&table.row_separators);
}
