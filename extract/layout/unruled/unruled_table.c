/* unruled_table.c - see unruled_table.h */
#include "layout/unruled/unruled_table.h"

#include "layout/frame/divider.h"
#include "model/numbers.h"

#include <math.h>
#include <string.h>

/* Points: how far the box of a table is from its text. */
#define PADDING 2.0

/* Ems: lines of one cell are hardly farther apart. Points: two distances that differ by less are the same. */
#define LEADING_MOST 1.6
#define SAME_LEADING 0.3

/* Ems: no text is set with its lines farther apart. */
#define LEADING_OPEN 2.0

/* Leadings: two lines of a label are no farther apart. */
#define LABEL_LEADING 1.4

/* A column has merged cells where its lines, or its labels, are this many times fewer than those of the next column. */
#define SPARSE_LINES 3
#define SPARSE_LABELS 2

/* A head has no more lines than this; figures from YEAR_FIRST to YEAR_LAST may be years in it. */
#define HEAD_LINES_MOST 5
#define YEAR_FIRST 1900
#define YEAR_LAST 2100

/* Ems: a heading above several columns is this near to their middle. */
#define HEAD_OFFSET 1.0

/* Ems: that a column has headings of its own counts as much as being so far away. */
#define HEAD_DISTANCE 6.0

/* This part of the first column's lines, in a list, are marks, or consecutive numbers. */
#define MARKS_SHARE 0.8
#define COUNTING_SHARE 0.6

/* A scale has at least so many figures, whose distances differ by less than this, in ems. */
#define SCALE_LEAST 4
#define SCALE_EVEN 0.2

/* A table of contents has at least so many page numbers. */
#define CONTENTS_LEAST 4

/* A matrix has at most this many lines. */
#define MATRIX_LINES 4

/* Ems: a ruling line over or under a table is no farther from it. */
#define RULING_NEAR 2.0

/* Points: two of a column's lines are aligned when they are off by no more than this. */
#define SAME_EDGE 1.5

/* Points: lines of one cell begin no farther apart. */
#define SAME_LEFT 0.3

/* More lines than this are not compared. */
#define LINES_MOST 200

/* This part of a column's lines are aligned, and this part of the columns have such lines. */
#define ALIGNED_SHARE 0.6
#define COLUMNS_SHARE 0.5

/* A line fills its column where it is this part of its width; this part of the lines of running text do, of which there
 * are at least so many, and which are at least so many ems wide. */
#define FULL_LINE 0.9
#define FULL_SHARE 0.6
#define TEXT_LINES_LEAST 6
#define TEXT_WIDTH_LEAST 12.0

/* Measures */

const SegmentLine *
unruled_line (const UnruledTable *table, int index)
{
  return g_ptr_array_index (table->candidate->lines, index);
}

double
unruled_x (const UnruledTable *table, int boundary)
{
  return g_array_index (table->column_boundaries, double, boundary);
}

/* The column that X is in. */
static int
column_of (const UnruledTable *table, double x)
{
  int column = 0;
  while (column + 2 < (int)table->column_boundaries->len && x >= unruled_x (table, column + 1))
    column++;
  return column;
}

static void
index_cells (UnruledTable *table)
{
  int columns = unruled_columns (table);
  table->first_line = table->candidate->start;
  g_clear_pointer (&table->cells, g_ptr_array_unref);
  table->cells = g_ptr_array_new ();
  g_ptr_array_set_size (table->cells, (table->candidate->end - table->candidate->start) * columns);
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    const GArray *segments = unruled_line (table, i)->segments;
    for (guint j = 0; j < segments->len && !table->candidate->banner[i]; j++) {
      TextSegment *segment = &g_array_index (segments, TextSegment, j);
      gpointer *cell =
          &table->cells->pdata[(i - table->first_line) * columns + column_of (table, (segment->x0 + segment->x1) / 2)];
      *cell = *cell ? *cell : segment;
    }
  }
}

const TextSegment *
unruled_segment_in (const UnruledTable *table, int line, int column)
{
  return table->cells->pdata[(line - table->first_line) * unruled_columns (table) + column];
}

/* The same without headings above several columns. */
static const TextSegment *
segment_at (const UnruledTable *table, int line, int column)
{
  return unruled_line (table, line)->spans ? NULL : unruled_segment_in (table, line, column);
}

static void
count_segment (SegmentCount *count, const TextSegment *segment)
{
  count->all++;
  count->words += segment->kind == SEGMENT_WORDS;
  count->values += segment->kind == SEGMENT_VALUE;
}

SegmentCount
unruled_count (const UnruledTable *table, int column)
{
  SegmentCount count = {0};
  for (int i = table->candidate->start; i < table->candidate->end; i++)
    if (segment_at (table, i, column))
      count_segment (&count, segment_at (table, i, column));
  return count;
}

static void
measure (UnruledTable *table)
{
  g_autoptr (GArray) ems = g_array_new (FALSE, FALSE, sizeof (double));
  table->box = (Box){1e9, 1e9, -1e9, -1e9};
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    const SegmentLine *line = unruled_line (table, i);
    g_array_append_val (ems, line->em);
    for (guint j = 0; j < line->segments->len; j++) {
      TextSegment segment = g_array_index (line->segments, TextSegment, j);
      table->box =
          box_union (table->box, (Box){segment.x0, line->y - line->em / 2, segment.x1, line->y + line->em / 2});
    }
  }
  table->em = numbers_quantile (ems, 0.5, 10);
  table->box.x0 -= PADDING;
  table->box.x1 += PADDING;
  table->box.y0 -= PADDING;
  table->box.y1 += PADDING;
}

static void
find_column_boundaries (UnruledTable *table)
{
  table->column_boundaries = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (table->column_boundaries, table->box.x0);
  for (guint i = 0; i < table->candidate->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (table->candidate->gutters, Gutter, i);
    double middle = (gutter->left + gutter->right) / 2;
    g_array_append_val (table->column_boundaries, middle);
  }
  g_array_append_val (table->column_boundaries, table->box.x1);
}

/* On how many lines COLUMN, OTHER, and both have a segment. */
static void
count_lines (const UnruledTable *table, int column, int other_column, int *one, int *other, int *both)
{
  *one = *other = *both = 0;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    gboolean first = unruled_segment_in (table, i, column) != NULL,
             second = unruled_segment_in (table, i, other_column) != NULL;
    *one += first;
    *other += second;
    *both += first && second;
  }
}

/* The first line below the head: it has values, and not only years. */
static int
first_line_of_body (const UnruledTable *table)
{
  int start = table->candidate->start, end = MIN (table->candidate->end, start + HEAD_LINES_MOST);
  for (int i = start; i < end; i++)
    for (int column = 1; column < unruled_columns (table); column++) {
      const TextSegment *segment = unruled_segment_in (table, i, column);
      if (segment && segment->kind == SEGMENT_VALUE && (segment->number < YEAR_FIRST || segment->number > YEAR_LAST))
        return i;
    }
  return start;
}

Box
unruled_extent (const UnruledTable *table, int column, int first, int end)
{
  Box box = {G_MAXDOUBLE, 0, -G_MAXDOUBLE, 0};
  for (int i = first; i < end; i++) {
    const TextSegment *segment = unruled_segment_in (table, i, column);
    box.x0 = segment ? MIN (box.x0, segment->x0) : box.x0;
    box.x1 = segment ? MAX (box.x1, segment->x1) : box.x1;
  }
  return box;
}

/* How much speaks against COLUMN, of headings that end above line BODY, being of OTHER beside it: the ems between them,
 * and that OTHER has headings of its own. G_MAXDOUBLE: they are on one line. */
static double
head_distance (const UnruledTable *table, int column, int other, int body)
{
  int one, lines, both, start = table->candidate->start, end = table->candidate->end;
  if (other < 0 || other >= unruled_columns (table))
    return G_MAXDOUBLE;
  count_lines (table, column, other, &one, &lines, &both);
  if (both > 0)
    return G_MAXDOUBLE;
  Box own = unruled_extent (table, column, start, end), beside = unruled_extent (table, other, start, end),
      head = unruled_extent (table, other, start, body);
  double apart = MAX (beside.x0 - own.x1, own.x0 - beside.x1) / table->em;
  return MAX (0, apart) + (head.x0 < head.x1 && body > start ? HEAD_DISTANCE : 0);
}

/* Headings in the middle of a column, or at the other edge of it than its cells, that are shorter than the column are
 * beside the cells, as if they were a column of their own: such two are never on one line.
 *
 *      Land in farms    Average size           Item      Budget        Outcome
 *            169,640             325           Schools           1,200         1,180
 */
static void
merge_lone_heads (UnruledTable *table)
{
  for (int column = 0; column < unruled_columns (table); column++) {
    int body = first_line_of_body (table), end = table->candidate->end, one, other, both;
    Box below = unruled_extent (table, column, body, end);
    count_lines (table, column, column, &one, &other, &both);
    double left = head_distance (table, column, column - 1, body),
           right = head_distance (table, column, column + 1, body);
    if ((one > 1 && below.x0 <= below.x1) || MIN (left, right) == G_MAXDOUBLE)
      continue;
    g_array_remove_index (table->column_boundaries, (guint)(left <= right ? column : column + 1));
    index_cells (table);
    column = MAX (column - 2, -1);
  }
}

/* Whether HEAD is in the middle of what is from LEFT to RIGHT. */
static gboolean
is_in_middle (const UnruledTable *table, const TextSegment *head, double left, double right)
{
  return fabs (left + right - head->x0 - head->x1) <= 2 * HEAD_OFFSET * table->em;
}

/* Whether HEAD begins where the text of the column below it does, and ends within that column: it is a line of a cell, or
 * a head of that column alone. */
static gboolean
is_of_one_column (const UnruledTable *table, const TextSegment *head, int lower)
{
  int column = column_of (table, (head->x0 + head->x1) / 2);
  Box below = unruled_extent (table, column, lower, table->candidate->end);
  return fabs (head->x0 - below.x0) < SAME_LEFT && head->x1 <= unruled_x (table, column + 1);
}

gboolean
unruled_heads_several (const UnruledTable *table, int upper, int lower, double at)
{
  const GArray *above = unruled_line (table, upper)->segments, *below = unruled_line (table, lower)->segments;
  guint first = unruled_segment_in (table, upper, 0) ? 1 : 0, next = unruled_segment_in (table, lower, 0) ? 1 : 0;
  gboolean within = at == 0;
  for (guint i = first; i < above->len; i++) {
    const TextSegment *head = &g_array_index (above, TextSegment, i), *other = head + 1;
    double middle = (head->x0 + head->x1) / 2,
           end = i + 1 < above->len ? (middle + (other->x0 + other->x1) / 2) / 2 : G_MAXDOUBLE;
    Box parts = {0}, columns = {0};
    int count = 0;
    for (; next < below->len; next++, count++) {
      const TextSegment *part = &g_array_index (below, TextSegment, next);
      if ((part->x0 + part->x1) / 2 >= end)
        break;
      Box own = {part->x0, 0, part->x1, 0},
          column = unruled_extent (table, column_of (table, (part->x0 + part->x1) / 2), lower, table->candidate->end);
      parts = count == 0 ? own : box_union (parts, own);
      columns = count == 0 ? column : box_union (columns, column);
    }
    if (count < 2 || is_of_one_column (table, head, lower) ||
        (!is_in_middle (table, head, parts.x0, parts.x1) && !is_in_middle (table, head, columns.x0, columns.x1)))
      return FALSE;
    within = within || (at > parts.x0 && at < parts.x1);
  }
  return above->len > first && within;
}

/* Whose values the segments of COLUMN are signs of, where all are signs: 1: the next column's ("$"); -1: those of the
 * one before ("%", "*"); 0: they are not such signs. */
static int
owner_of_signs (const UnruledTable *table, int column)
{
  int owner = 0;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    const TextSegment *segment = segment_at (table, i, column);
    if (!segment)
      continue;
    gboolean currency = g_unichar_type (segment->first) == G_UNICODE_CURRENCY_SYMBOL;
    int own = currency ? 1 : segment->first < 0x80 && strchr ("%*)", (int)segment->first) ? -1 : 0;
    if (segment->kind != SEGMENT_SIGN || own == 0 || own == -owner)
      return 0;
    owner = own;
  }
  return owner;
}

/* Signs that are set apart from their values are not a column. */
static void
merge_signs (UnruledTable *table)
{
  for (int column = 0; column < unruled_columns (table); column++) {
    int owner = owner_of_signs (table, column), boundary = owner > 0 ? column + 1 : column;
    if (owner != 0 && boundary > 0 && boundary < unruled_columns (table)) {
      g_array_remove_index (table->column_boundaries, (guint)boundary);
      index_cells (table);
    }
  }
}

/* The smallest of DISTANCES, which are sorted, where there are two of it and it is less than MOST: few cells have two
 * lines. */
static double
least_of_few (GArray *distances, double most, double otherwise)
{
  if (distances->len < 2)
    return otherwise;
  double first = g_array_index (distances, double, 0), second = g_array_index (distances, double, 1);
  return first < most && second - first < SAME_LEADING ? second : otherwise;
}

/* The distance of lines in one cell: what most neighbours in a column have at least. Single characters may be vertical
 * writing, which is set closer. */
static void
find_leading (UnruledTable *table)
{
  g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (double));
  for (int column = 0; column + 1 < (int)table->column_boundaries->len; column++) {
    double before = -1e9;
    for (int i = table->candidate->start; i < table->candidate->end; i++) {
      const TextSegment *segment = unruled_segment_in (table, i, column);
      double distance = unruled_line (table, i)->y - before;
      if (!segment || segment->x1 - segment->x0 < 1.5 * table->em)
        continue;
      if (distance > table->em * 0.7 && distance < table->em * 3)
        g_array_append_val (distances, distance);
      before = unruled_line (table, i)->y;
    }
  }
  table->leading = numbers_quantile (distances, 0.15, table->em * 1.5);
  if (table->leading > LEADING_MOST * table->em)
    table->leading = least_of_few (distances, LEADING_MOST * table->em, table->leading);
  table->leading = MIN (table->leading, LEADING_OPEN * table->em);
}

GArray *
unruled_labels_in (const UnruledTable *table, int column)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (ColumnLabel));
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    if (!unruled_segment_in (table, i, column))
      continue;
    double y = unruled_line (table, i)->y;
    ColumnLabel *last = labels->len > 0 ? &g_array_index (labels, ColumnLabel, labels->len - 1) : NULL;
    ColumnLabel label = {y, y};
    if (last && y - last->bottom <= table->leading * LABEL_LEADING)
      last->bottom = y;
    else
      g_array_append_val (labels, label);
  }
  return labels;
}

int
unruled_sparse_column (const UnruledTable *table)
{
  for (int column = 0; column < 2 && column + 2 < (int)table->column_boundaries->len; column++) {
    g_autoptr (GArray) labels = unruled_labels_in (table, column), beside = unruled_labels_in (table, column + 1);
    int one, other, both;
    count_lines (table, column, column + 1, &one, &other, &both);
    if (one * SPARSE_LINES < other || (labels->len * SPARSE_LABELS < beside->len && both * 2 <= other))
      return column;
  }
  return -1;
}

int
unruled_columns (const UnruledTable *table)
{
  return (int)table->column_boundaries->len - 1;
}

UnruledTable
unruled_table_from_candidate (const TableCandidate *candidate)
{
  UnruledTable table = {.candidate = candidate, .row_separators = g_array_new (FALSE, FALSE, sizeof (double))};
  measure (&table);
  find_column_boundaries (&table);
  index_cells (&table);
  merge_lone_heads (&table);
  merge_signs (&table);
  find_leading (&table);
  return table;
}

UnruledTable
unruled_table_between_boundaries (const TableCandidate *candidate, GArray *boundaries)
{
  UnruledTable table = {.candidate = candidate,
                        .column_boundaries = g_array_copy (boundaries),
                        .row_separators = g_array_new (FALSE, FALSE, sizeof (double))};
  measure (&table);
  index_cells (&table);
  find_leading (&table);
  return table;
}

void
unruled_table_clear (UnruledTable *table)
{
  g_clear_pointer (&table->column_boundaries, g_array_unref);
  g_clear_pointer (&table->row_separators, g_array_unref);
  g_clear_pointer (&table->cells, g_ptr_array_unref);
}

/* What is not a table */

static double
edge_of (const TextSegment *segment, int edge)
{
  return edge == 0 ? segment->x0 : edge == 1 ? segment->x1 : (segment->x0 + segment->x1) / 2;
}

/* The most lines of COLUMN that are aligned at EDGE (0: left, 1: right, 2: their middle); *ALL: how many it has. */
static int
aligned_lines (const UnruledTable *table, int column, int edge, int *all)
{
  int most = 0;
  *all = 0;
  for (int i = table->candidate->start; i < MIN (table->candidate->end, table->candidate->start + LINES_MOST); i++) {
    const TextSegment *segment = segment_at (table, i, column);
    int count = 0;
    for (int j = table->candidate->start;
         segment && j < MIN (table->candidate->end, table->candidate->start + LINES_MOST); j++) {
      const TextSegment *other = segment_at (table, j, column);
      count += other && fabs (edge_of (other, edge) - edge_of (segment, edge)) <= SAME_EDGE;
    }
    *all += segment != NULL;
    most = MAX (most, count);
  }
  return most;
}

static gboolean
has_ideographs (const UnruledTable *table)
{
  for (int i = table->candidate->start; i < table->candidate->end; i++)
    for (guint j = 0; j < unruled_line (table, i)->segments->len; j++)
      if (g_array_index (unruled_line (table, i)->segments, TextSegment, j).wide_end)
        return TRUE;
  return FALSE;
}

/* The part of the columns but the first whose lines are aligned. */
static double
aligned_share (const UnruledTable *table)
{
  int aligned = 0;
  for (int column = 1; column < unruled_columns (table); column++) {
    gboolean any = FALSE;
    for (int edge = 0; edge < 3 && !any; edge++) {
      int all, alike = aligned_lines (table, column, edge, &all);
      any = alike > 1 && alike >= ALIGNED_SHARE * all;
    }
    aligned += any;
  }
  return (double)aligned / MAX (1, unruled_columns (table) - 1);
}

static SegmentCount
count_segments (const UnruledTable *table)
{
  SegmentCount count = {0};
  for (int i = table->candidate->start; i < table->candidate->end; i++)
    for (guint j = 0; j < unruled_line (table, i)->segments->len; j++)
      count_segment (&count, &g_array_index (unruled_line (table, i)->segments, TextSegment, j));
  return count;
}

/* A few figures without a word, as in a matrix. */
static gboolean
is_matrix (const UnruledTable *table, SegmentCount count)
{
  return table->candidate->end - table->candidate->start <= MATRIX_LINES && count.words == 0;
}

/* Whether a ruling line or the edge of a fill as long as half of TABLE crosses it or is near its ends. */
static gboolean
is_ruled (const UnruledTable *table, const Page *page)
{
  const Box *box = &table->box;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    gboolean near =
        ruling->box.y1 > box->y0 - RULING_NEAR * table->em && ruling->box.y0 < box->y1 + RULING_NEAR * table->em;
    if ((ruling->kind == RULING_HORIZONTAL || ruling->kind == RULING_FILL) && near &&
        MIN (ruling->box.x1, box->x1) - MAX (ruling->box.x0, box->x0) >= (box->x1 - box->x0) / 2)
      return TRUE;
  }
  return FALSE;
}

/* Whether the first column is of marks, or of numbers that count the entries. */
static gboolean
has_marks (const UnruledTable *table, gboolean ruled)
{
  int lines = 0, marks = 0, counting = 0, before = -1;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    const TextSegment *segment = unruled_segment_in (table, i, 0);
    if (!segment)
      continue;
    lines++;
    marks += segment->mark;
    counting += segment->number >= 0 && segment->number == before + 1;
    before = segment->number;
  }
  return lines > 0 && (marks >= MARKS_SHARE * lines || (!ruled && counting >= COUNTING_SHARE * lines));
}

/* The part of the entries of a table of contents that dots lead from to their page numbers; 0: it is none. */
static double
led_share (const UnruledTable *table)
{
  int numbers = 0, led = 0, before = -1;
  for (int i = table->candidate->start; i < table->candidate->end && unruled_columns (table) == 2; i++) {
    const TextSegment *segment = segment_at (table, i, 1);
    if (segment && segment->number < before)
      return 0;
    before = segment ? segment->number : before;
    numbers += segment && segment->number >= 0; /* the first may be Roman */
    led += segment && segment->led;
  }
  return numbers >= CONTENTS_LEAST ? (double)led / numbers : 0;
}

/* Whether the lines of each column fill it, as those of an article do that is set in columns. */
static gboolean
is_full_of_text (const UnruledTable *table)
{
  for (int column = 0; column < unruled_columns (table); column++) {
    Box own = unruled_extent (table, column, table->candidate->start, table->candidate->end);
    int lines = 0, full = 0;
    for (int i = table->candidate->start; i < table->candidate->end; i++) {
      const TextSegment *segment = segment_at (table, i, column);
      lines += segment != NULL;
      full += segment && segment->kind == SEGMENT_WORDS && segment->x1 - segment->x0 >= FULL_LINE * (own.x1 - own.x0);
    }
    if (own.x1 - own.x0 < TEXT_WIDTH_LEAST * table->em || full < FULL_SHARE * lines)
      return FALSE;
  }
  return table->candidate->end - table->candidate->start >= TEXT_LINES_LEAST;
}

/* Two columns of words on either side of the page's middle: two addresses, an index, a page set in columns. */
static gboolean
is_page_columns (const UnruledTable *table, const Page *page, SegmentCount count)
{
  const Gutter *gutters = &g_array_index (table->candidate->gutters, Gutter, 0);
  double middle = page->width / 2, left = gutters[0].left, right = gutters[table->candidate->gutters->len - 1].right;
  return count.values * 3 < count.all && (!has_ideographs (table) || is_full_of_text (table)) &&
         left <= middle + table->em && right >= middle - table->em && !is_ruled (table, page);
}

/* Whether COLUMN is the scale of a chart: figures as far from each other, and beside most of them nothing. */
static gboolean
is_scale (const UnruledTable *table, int column)
{
  int figures = 0, alone = 0, last = -1;
  double step = 0;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    const TextSegment *segment = segment_at (table, i, column);
    double distance = last < 0 ? 0 : unruled_line (table, i)->y - unruled_line (table, last)->y;
    if (!segment)
      continue;
    if (segment->kind != SEGMENT_VALUE || (figures > 1 && fabs (distance - step) > SCALE_EVEN * table->em))
      break;
    step = distance;
    last = i;
    figures++;
    alone += unruled_line (table, i)->segments->len == 1;
  }
  return figures >= SCALE_LEAST && alone * 2 >= figures;
}

gboolean
unruled_is_table (const UnruledTable *table, const Page *page, gboolean figures, const Weighing *weighing)
{
  SegmentCount count = count_segments (table);
  gboolean ideographs = has_ideographs (table);
  int columns = unruled_columns (table);
  Evidence evidence = evidence_new (weighing);
  evidence_add (&evidence, EVIDENCE_TABLE, 1);
  evidence_add (&evidence, EVIDENCE_TABLE_FORMULA, is_matrix (table, count));
  evidence_add (&evidence, EVIDENCE_TABLE_SCALE, is_scale (table, 0) || is_scale (table, columns - 1));
  evidence_add (&evidence, EVIDENCE_TABLE_CONTENTS, led_share (table));
  evidence_add (&evidence, EVIDENCE_TABLE_MARKS,
                columns == 2 && has_marks (table, is_ruled (table, page) || ideographs));
  evidence_add (&evidence, EVIDENCE_TABLE_PAGE, columns == 2 && is_page_columns (table, page, count));
  if (!figures && !ideographs)
    evidence_add (&evidence, EVIDENCE_TABLE_UNALIGNED, MAX (0, 1 - aligned_share (table) / COLUMNS_SHARE));
  return evidence_decides (&evidence, page->number, table->box, "a table without ruling lines", "no table");
}
