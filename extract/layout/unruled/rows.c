/* rows.c - see rows.h */
#include "layout/unruled/rows.h"

#include "model/numbers.h"

#include <math.h>

/* A row has no more lines than this. */
#define ROW_LINES_MOST 80

/* Ems: white space higher than that of the leading by less is nothing. What is higher counts this much, and more for
 * each em. No more than SPACE_MOST counts. */
#define SPACE_LEAST 0.22
#define SPACE_COUNTS 0.5
#define SPACE_MOST 1.5

/* Ems, or this part of the leading: lines that are nearer overlap. */
#define OVERLAP 0.75
#define OVERLAP_LEADING 0.6

/* A head has no more levels than this; ems: the lines of one heading are no farther apart. */
#define LEVELS_MOST 3
#define HEAD_LEADING 1.9

/* A line or an edge that separates rows crosses this part of the table. */
#define CROSSING_SHARE 0.6

/* Points: nearer edges are at the same place. */
#define SAME_EDGE 0.1

/* Ems: text that ends nearer to the next column may be wrapped: a character and the cells' padding. */
#define FULL 1.7

/* Ems: where no columns are drawn, their ends are those of their longest text, and shorter text than this is not wrapped:
 * 名称, 容量 and 料金 below each other are all as wide as their column. */
#define WRAPPED_LEAST 5

/* Ems: keys of a table that is not drawn are of different rows when they are farther apart. */
#define KEYS_APART 2

/* Two lines are compared column by column where this part of the columns, or more, has text on both. */
#define BOTH_LEAST 0.5

/* A column is usual where this part of the rows, or more, have text in it. */
#define USUAL 0.8

/* A column of figures has this many; where they are fewer than usual, more than words. */
#define FIGURES_LEAST 2
#define FIGURES_USUAL 3

/* The first column is of the rows' numbers where it has this many, and no more words than a head has. */
#define NUMBERS_LEAST 3
#define NUMBERS_HEADS 2

/* Several columns begin at once: this many. */
#define BEGIN_LEAST 2

/* Where so many lines are drawn between its rows, a table has them between others too; one does where the page before had
 * them. */
#define RULED_LEAST 3

typedef struct {
  const UnruledTable *table;
  const Weighing *weighing;
  RowPrior prior;
  int *lines; /* the lines that tell rows: their indexes in the candidate */
  int count;
  gboolean *ruled;    /* one for each line: a line is drawn below it */
  gboolean is_ruled;  /* so many rows have one that the others have too */
  double *usual;      /* one for each column: the part of the rows that has text in it */
  gboolean *figures;  /* one for each column: it is of figures; none is where few are */
  int key;            /* the first column that is usual; else 0 */
  int used;           /* the columns that some rows have text in, at least half of them */
  Evidence *evidence; /* of the separator after each line */
  double *separator;  /* its sum */
} RowSearch;

static gboolean
is_banner (const RowSearch *search, int index)
{
  return search->table->candidate->banner[search->lines[index]];
}

static const TextSegment *
text_in (const RowSearch *search, int index, int column)
{
  return unruled_segment_in (search->table, search->lines[index], column);
}

static double
y_of (const RowSearch *search, int index)
{
  return unruled_line (search->table, search->lines[index])->y;
}

/* Whether a line of TABLE above LINE has text in every column: a whole head. */
static gboolean
head_is_above (const UnruledTable *table, int line)
{
  for (int above = table->candidate->start; above < line; above++) {
    int column = 0;
    while (column < unruled_columns (table) && unruled_segment_in (table, above, column))
      column++;
    if (column == unruled_columns (table))
      return TRUE;
  }
  return FALSE;
}

/* Whether LINE, in the head, is text in the middle between the lines above and below it, which have none in its columns:
 * two levels of headings, or, in a table that is not drawn, the two lines of some. */
static gboolean
is_between_lines (const RowSearch *search, int line)
{
  const UnruledTable *table = search->table;
  int start = table->candidate->start;
  if (line <= start || line > start + LEVELS_MOST || line + 1 >= table->candidate->end ||
      table->candidate->banner[line - 1] || table->candidate->banner[line + 1])
    return FALSE;
  double y = unruled_line (table, line)->y, before = unruled_line (table, line - 1)->y,
         after = unruled_line (table, line + 1)->y;
  if (after - before >= HEAD_LEADING * table->em || MAX (y - before, after - y) >= table->em ||
      head_is_above (table, line - 1))
    return FALSE;
  for (int column = 0; column < unruled_columns (table); column++)
    if (unruled_segment_in (table, line, column) &&
        (unruled_segment_in (table, line - 1, column) || unruled_segment_in (table, line + 1, column)))
      return FALSE;
  return search->prior.undrawn == 0 || unruled_heads_several (table, line - 1, line + 1, 0);
}

/* A line that is alone in a column of merged cells may be anywhere in its cell, and tells nothing. */
static void
find_lines (RowSearch *search)
{
  const UnruledTable *table = search->table;
  int sparse = unruled_sparse_column (table);
  search->lines = g_new (int, table->candidate->end - table->candidate->start + 1);
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    gboolean alone =
        sparse >= 0 && unruled_line (table, i)->segments->len == 1 && unruled_segment_in (table, i, sparse);
    if (!alone)
      search->lines[search->count++] = i;
  }
}

/* The lines of heads that are between two others; not where lines are drawn between the rows, which tell more. */
static void
drop_lines_between (RowSearch *search)
{
  int kept = 0;
  for (int i = 0; i < search->count; i++)
    if (search->is_ruled || !is_between_lines (search, search->lines[i]))
      search->lines[kept++] = search->lines[i];
  search->count = kept;
}

/* How many columns have text on line INDEX and none on the one above. */
static int
columns_that_begin (const RowSearch *search, int index)
{
  int count = 0;
  for (int column = 0; column < unruled_columns (search->table); column++)
    count += text_in (search, index, column) && (index == 0 || !text_in (search, index - 1, column));
  return count;
}

/* The end of the lines from FIRST on that no drawn line parts. */
static int
end_of_ruled (const RowSearch *search, int first)
{
  int end = first + 1;
  while (end < search->count && !search->ruled[end - 1])
    end++;
  return end;
}

/* Whether the lines FIRST to END, between two that are drawn, are one row: several columns begin on one of them. */
static gboolean
is_one_row (const RowSearch *search, int first, int end)
{
  int begun = 0;
  for (int i = first; i < end; i++)
    begun += columns_that_begin (search, i) >= BEGIN_LEAST && !is_banner (search, i);
  return search->is_ruled && begun == 1;
}

/* Whether a row surely begins on line INDEX. */
static gboolean
begins_surely (const RowSearch *search, int index)
{
  double least = search->table->leading + SPACE_LEAST * search->table->em;
  return index == 0 || y_of (search, index) - y_of (search, index - 1) > least ||
         columns_that_begin (search, index) >= BEGIN_LEAST;
}

static void
count_usual (RowSearch *search, int first, int end)
{
  for (int column = 0; column < unruled_columns (search->table); column++) {
    int i = first;
    while (i < end && !text_in (search, i, column))
      i++;
    search->usual[column] += i < end;
  }
}

/* What the rows have that are between drawn lines, and else the lines on which rows surely begin. */
static void
find_usual_columns (RowSearch *search)
{
  int columns = unruled_columns (search->table), rows = 0;
  search->usual = g_new0 (double, columns + 1);
  for (int first = 0, end; first < search->count; first = end) {
    end = end_of_ruled (search, first);
    if (is_one_row (search, first, end)) {
      count_usual (search, first, end);
      rows++;
      continue;
    }
    for (int i = first; i < end; i++)
      if (!is_banner (search, i) && begins_surely (search, i)) {
        count_usual (search, i, i + 1);
        rows++;
      }
  }
  search->key = -1;
  for (int column = 0; column < columns; column++) {
    search->usual[column] /= MAX (1, rows);
    search->used += search->usual[column] > 0;
    search->key = search->key < 0 && search->usual[column] >= USUAL ? column : search->key;
  }
  search->key = MAX (0, search->key);
  search->used = MAX ((columns + 1) / 2, search->used);
}

/* Columns of figures, where most are, and a first one of numbers: a figure is never wrapped, and each line with one is a
 * row. */
static void
find_figures (RowSearch *search)
{
  int columns = unruled_columns (search->table), count = 0;
  search->figures = g_new0 (gboolean, columns + 1);
  for (int column = 1; column < columns; column++) {
    SegmentCount own = unruled_count (search->table, column);
    search->figures[column] = own.values >= FIGURES_LEAST && own.values >= own.words + (own.values < FIGURES_USUAL);
    count += search->figures[column];
  }
  gboolean few = count * 2 < columns - 1;
  for (int column = 1; column < columns && few; column++)
    search->figures[column] = FALSE;
  SegmentCount numbers = unruled_count (search->table, 0);
  search->figures[0] = numbers.values >= NUMBERS_LEAST && numbers.words <= NUMBERS_HEADS;
}

/* Where the text of COLUMN has to end. */
static double
end_of_column (const RowSearch *search, int column)
{
  const UnruledTable *table = search->table;
  double boundary = unruled_x (table, column + 1);
  if (search->prior.undrawn > 0 || !table->candidate->gutters)
    return boundary;
  for (guint i = 0; i < table->candidate->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (table->candidate->gutters, Gutter, i);
    if (gutter->left <= boundary && gutter->right >= boundary)
      return gutter->right;
  }
  return boundary;
}

/* Whether ABOVE comes so near to the end of COLUMN that BELOW may be the rest of it. Ideographs are wrapped anywhere,
 * words as a whole. */
static gboolean
is_full (const RowSearch *search, int column, const TextSegment *above, const TextSegment *below)
{
  double em = search->table->em, end = end_of_column (search, column);
  double room = end - unruled_x (search->table, column);
  if (search->prior.undrawn == 0 && above->x1 - above->x0 < WRAPPED_LEAST * em && above->wide_end)
    return FALSE;
  if (above->wide_end)
    return above->x1 + FULL * em > end && !(search->figures[column] && below->kind == SEGMENT_VALUE);
  gboolean words = above->kind == SEGMENT_WORDS && below->kind == SEGMENT_WORDS;
  double more = 0.3 * em + below->first_word;
  return words && (above->x1 + more > end - 0.5 * em || above->x1 - above->x0 + more > room - em);
}

/* Whether line ABOVE is the upper part of heads that all end on the line below:
 *
 *                   Surface     Population            the labels' head has one line, at the foot
 *      Country    (1000 km2)    (millions)
 */
static gboolean
is_head_at_foot (const RowSearch *search, int above)
{
  int heads = 0;
  if (search->prior.undrawn > 0 || above >= LEVELS_MOST || text_in (search, above, 0) ||
      !text_in (search, above + 1, 0))
    return FALSE;
  for (int column = 0; column < unruled_columns (search->table); column++) {
    const TextSegment *one = text_in (search, above, column), *other = text_in (search, above + 1, column);
    if (one && (one->kind != SEGMENT_WORDS || !other || (other->kind == SEGMENT_VALUE && other->first != '(')))
      return FALSE;
    if (!one && other && column > 0)
      return FALSE;
    heads += one != NULL;
  }
  return heads > 1;
}

/* Whether line INDEX and the one below are so near that they are side by side: in the middle of one row. */
static gboolean
overlaps_next (const RowSearch *search, int index)
{
  const UnruledTable *table = search->table;
  double least = MAX (OVERLAP * table->em, OVERLAP_LEADING * table->leading);
  return index + 1 < search->count && y_of (search, index + 1) - y_of (search, index) < least;
}

/* Whether COLUMN has text on the line below line INDEX, beside it. */
static gboolean
has_text_beside (const RowSearch *search, int index, int column)
{
  return overlaps_next (search, index) && text_in (search, index + 1, column);
}

static void
weigh_columns (const RowSearch *search, int above, Evidence *evidence)
{
  int columns = unruled_columns (search->table), both = 0, full = 0, ended = 0, filled = 0, small = 0, values = 0;
  gboolean repeats = FALSE;
  const TextSegment *label_above = text_in (search, above, search->key),
                    *label_below = text_in (search, above + 1, search->key);
  gboolean goes_on = label_above && label_below && g_unichar_islower (label_below->first);
  gboolean key = label_below != NULL;
  for (int column = 0; column < columns; column++) {
    const TextSegment *one = text_in (search, above, column), *other = text_in (search, above + 1, column);
    filled += other != NULL;
    small += other && g_unichar_islower (other->first);
    both += one && other;
    ended += one && !other && search->usual[column] >= USUAL && !search->figures[column] &&
             !has_text_beside (search, above + 1, column);
    values += one && other && one->kind == SEGMENT_VALUE && other->kind == SEGMENT_VALUE;
    gboolean same = one && other && one->kind == SEGMENT_WORDS && one->hash == other->hash;
    repeats = repeats || same;
    gboolean is_rest = one && other && !same && is_full (search, column, one, other);
    full += is_rest;
    key = key && !(column == search->key && is_rest);
  }
  int begin = columns_that_begin (search, above + 1);
  evidence_add (evidence, EVIDENCE_ROW_HEAD, is_head_at_foot (search, above));
  key = key && !goes_on;
  evidence_add (evidence, EVIDENCE_ROW_VALUES, (double)values / search->used);
  evidence_add (evidence, EVIDENCE_ROW_REPEATS, repeats);
  evidence_add (evidence, EVIDENCE_ROW_KEY, key && filled * 2 > search->used);
  evidence_add (evidence, EVIDENCE_ROW_BEGIN, begin >= BEGIN_LEAST);
  evidence_add (evidence, EVIDENCE_ROW_FEWER, ended > 0 && begin < BEGIN_LEAST);
  double continues = small * 2 >= filled && filled > 0 ? (double)small / filled : 0;
  evidence_add (evidence, EVIDENCE_ROW_CONTINUES, goes_on ? 1 : continues);
  evidence_add (evidence, EVIDENCE_ROW_GOES_ON, (double)full / search->used);
  if (both >= BOTH_LEAST * search->used) {
    evidence_add (evidence, EVIDENCE_ROW_BOTH, (double)both / search->used);
    evidence_add (evidence, EVIDENCE_ROW_ENDS, (double)(both - full) / search->used);
  } else if (label_above && label_below && key)
    evidence_add (evidence, EVIDENCE_ROW_ENDS, 1.0 / search->used);
}

/* The evidence for a separator after each line but for the ruling lines. */
static void
weigh_separators (RowSearch *search)
{
  search->evidence = g_new0 (Evidence, search->count + 1);
  for (int i = 0; i + 1 < search->count; i++) {
    Evidence *evidence = &search->evidence[i];
    *evidence = evidence_new (search->weighing);
    double em = search->table->em;
    double space = (y_of (search, i + 1) - y_of (search, i) - search->table->leading) / em - SPACE_LEAST;
    if (space > 0)
      evidence_add (evidence, EVIDENCE_ROW_SPACE, SPACE_COUNTS + MIN (space, SPACE_MOST));
    evidence_add (evidence, search->ruled[i] ? EVIDENCE_ROW_RULED : EVIDENCE_ROW_UNRULED,
                  search->ruled[i] || search->is_ruled);
    evidence_add (evidence, EVIDENCE_ROW_OVERLAP, overlaps_next (search, i));
    evidence_add (evidence, EVIDENCE_ROW_UNDRAWN, search->prior.undrawn);
    evidence_add (evidence, EVIDENCE_ROW_SELDOM, search->prior.seldom);
    evidence_add (evidence, EVIDENCE_ROW_LEVELS,
                  i < LEVELS_MOST && !is_banner (search, i) && !is_banner (search, i + 1) &&
                      unruled_heads_several (search->table, search->lines[i], search->lines[i + 1], 0));
    if (!is_banner (search, i) && !is_banner (search, i + 1))
      weigh_columns (search, i, evidence);
  }
}

/* An edge of a ruling line or a fill. */
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

/* Whether a boundary of TABLE's columns is between X0 and X1. Where columns are drawn, what keeps within one and does not
 * end at its walls is in a cell: a table in it, or a line below a word. */
static gboolean
crosses_columns (const UnruledTable *table, double x0, double x1)
{
  for (int column = 1; column < unruled_columns (table); column++) {
    double x = unruled_x (table, column);
    if (x > x0 && x < x1)
      return TRUE;
  }
  return FALSE;
}

/* The y of the lines, or the fills in each cell of a row, that together cross the table. An array of double. */
static GArray *
ruled_places (const UnruledTable *table, const Page *page, gboolean drawn)
{
  double least = CROSSING_SHARE * (table->box.x1 - table->box.x0);
  g_autoptr (GArray) edges = edges_in_table (table, page);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint first = 0, end; first < edges->len; first = end) {
    double y = g_array_index (edges, RowEdge, first).y, reached = table->box.x0, crossing = 0, left = G_MAXDOUBLE;
    for (end = first; end < edges->len && g_array_index (edges, RowEdge, end).y - y < SAME_EDGE; end++) {
      const RowEdge *edge = &g_array_index (edges, RowEdge, end);
      crossing += MAX (0, edge->x1 - MAX (edge->x0, reached));
      reached = MAX (reached, edge->x1);
      left = MIN (left, edge->x0);
    }
    if (crossing >= least && (!drawn || crosses_columns (table, left, reached)))
      g_array_append_val (places, y);
  }
  return places;
}

static void
find_ruled (RowSearch *search, GArray *places)
{
  guint next = 0;
  int count = 0;
  for (int i = 0; i + 1 < search->count; i++) {
    while (next < places->len && g_array_index (places, double, next) <= y_of (search, i))
      next++;
    search->ruled[i] = next < places->len && g_array_index (places, double, next) < y_of (search, i + 1);
    count += search->ruled[i];
  }
  search->is_ruled = count >= (search->prior.ruled ? 1 : RULED_LEAST);
}

/* The evidence of the row that begins with line FIRST. FILLED: how many lines of it have text in each column; FIGURES:
 * how many have figures, in the column of figures that has most; KEYS: how many keys are far below another. */
static Evidence
weigh_row (const RowSearch *search, int first, const int *filled, int figures, int keys)
{
  Evidence evidence = evidence_new (search->weighing);
  int columns = unruled_columns (search->table), count = 0;
  for (int column = 0; column < columns; column++)
    count += filled[column] > 0;
  double keyed = CLAMP ((search->usual[search->key] - 0.5) * 2, 0, 1);
  gboolean keyless = !is_banner (search, first) && !filled[search->key] && first > 0;
  evidence_add (&evidence, EVIDENCE_ROW_KEYLESS, keyless ? keyed : 0);
  evidence_add (&evidence, EVIDENCE_ROW_KEYS, search->prior.undrawn == 0 ? keys : 0);
  evidence_add (&evidence, EVIDENCE_ROW_FIGURES, MAX (0, figures - 1));
  evidence_add (&evidence, EVIDENCE_ROW_SPARSE, search->prior.undrawn > 0 && count * 2 < search->used);
  return evidence;
}

/* Adds line INDEX to the lines of a row with text in COLUMN; *FIGURES: the most with figures in one column. */
static void
count_text (const RowSearch *search, int index, int column, int *filled, int *values, int *figures)
{
  const TextSegment *segment = text_in (search, index, column);
  *filled += segment != NULL;
  *values += segment && search->figures[column] && segment->kind == SEGMENT_VALUE;
  *figures = MAX (*figures, *values);
}

/* The best rows: *FROM, one for each line and one more: where the row that ends before it begins. */
static void
choose_rows (const RowSearch *search, int *from)
{
  int columns = unruled_columns (search->table);
  g_autofree double *best = g_new (double, search->count + 1);
  g_autofree int *filled = g_new0 (int, columns + 1), *values = g_new0 (int, columns + 1);
  best[0] = 0;
  for (int end = 1; end <= search->count; end++) {
    best[end] = -G_MAXDOUBLE;
    int figures = 0, keys = 0, last_key = -1;
    for (int column = 0; column < columns; column++)
      filled[column] = values[column] = 0;
    for (int first = end - 1; first >= MAX (0, end - ROW_LINES_MOST); first--) {
      for (int column = 0; column < columns; column++)
        count_text (search, first, column, &filled[column], &values[column], &figures);
      if (text_in (search, first, 0)) {
        keys += last_key >= 0 && y_of (search, last_key) - y_of (search, first) > KEYS_APART * search->table->em;
        last_key = first;
      }
      Evidence row = weigh_row (search, first, filled, figures, keys);
      double sum = best[first] + (first > 0 ? search->separator[first - 1] : 0) + evidence_sum (&row);
      if (sum >= best[end] - 1e-9) {
        best[end] = sum;
        from[end] = first;
      }
    }
  }
}

static void
say_rows (const RowSearch *search, const gboolean *chosen, const Page *page)
{
  for (int i = 0; i + 1 < search->count && search->weighing->why; i++) {
    Box box = search->table->box;
    box.y0 = box.y1 = (y_of (search, i) + y_of (search, i + 1)) / 2;
    evidence_say (&search->evidence[i], page->number, box, chosen[i] ? "row separator" : "no row separator");
  }
}

GArray *
rows_from_evidence (const UnruledTable *table, const Page *page, RowPrior prior, const Weighing *weighing,
                    gboolean *ruled)
{
  GArray *separators = g_array_new (FALSE, FALSE, sizeof (double));
  RowSearch search = {.table = table, .weighing = weighing, .prior = prior};
  find_lines (&search);
  search.ruled = g_new0 (gboolean, search.count + 1);
  g_autoptr (GArray) places = ruled_places (table, page, prior.undrawn > 0);
  find_ruled (&search, places);
  drop_lines_between (&search);
  find_ruled (&search, places);
  find_usual_columns (&search);
  find_figures (&search);
  weigh_separators (&search);
  g_autofree int *from = g_new0 (int, search.count + 1);
  g_autofree gboolean *chosen = g_new0 (gboolean, search.count + 1);
  search.separator = g_new0 (double, search.count + 1);
  for (int i = 0; i + 1 < search.count; i++)
    search.separator[i] = evidence_sum (&search.evidence[i]);
  choose_rows (&search, from);
  for (int end = search.count; end > 0; end = from[end])
    if (from[end] > 0)
      chosen[from[end] - 1] = TRUE;
  for (int i = 0; i + 1 < search.count; i++) {
    double y = (y_of (&search, i) + y_of (&search, i + 1)) / 2;
    if (chosen[i])
      g_array_append_val (separators, y);
  }
  say_rows (&search, chosen, page);
  if (ruled)
    *ruled = search.is_ruled;
  g_free (search.lines);
  g_free (search.ruled);
  g_free (search.usual);
  g_free (search.figures);
  g_free (search.evidence);
  g_free (search.separator);
  return separators;
}
