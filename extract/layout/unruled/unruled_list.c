/* unruled_list.c - see unruled_list.h */
#include "layout/unruled/unruled_list.h"

#include <math.h>

/* A table of figures has so many lines with values. */
#define VALUE_LINES_LEAST 2

/* This part of the first column's lines are marks, in a list, or numbers that follow each other. */
#define MARKS_SHARE 0.8
#define COUNTING_SHARE 0.6

/* Of a table of contents' lines, this part at least has points that lead to the page's number. */
#define LEADER_SHARE 0.25
#define PAGE_NUMBER_MOST 999

/* So many lines with rising numbers make one without such points. */
#define CONTENTS_LEAST 6

/* This part of a form's words are labels, which end with a colon. */
#define LABELS_SHARE 0.7

/* A matrix has no more lines than this. */
#define MATRIX_LINES 4

/* A rule over or under a table is no farther from it, in ems. */
#define RULE_NEAR 2.0

/* Two of a column's lines stand alike when they are off by no more than this, in points. */
#define SAME_SIDE 1.5

/* More lines than this are not looked at. */
#define LINES_MOST 200

/* This part of a column's lines stands alike, and this part of the columns is so. */
#define ALIGNED_SHARE 0.6
#define COLUMNS_SHARE 0.5

/* This part of the rows has text in several columns. */
#define FILLED_SHARE 0.6

static double
side_of (const Chunk *chunk, int side)
{
  return side == 0 ? chunk->x0 : side == 1 ? chunk->x1 : (chunk->x0 + chunk->x1) / 2;
}

static const Chunk *
chunk_at (const GapTable *table, int line, int column)
{
  return table->zone->wide[line] || gap_line (table, line)->spans ? NULL : gap_chunk_in (table, line, column);
}

/* The most lines of COLUMN that stand alike at SIDE; ALL: how many it has. */
static int
lines_alike (const GapTable *table, int column, int side, int *all)
{
  int most = 0;
  *all = 0;
  for (int i = table->zone->start; i < MIN (table->zone->end, table->zone->start + LINES_MOST); i++) {
    const Chunk *chunk = chunk_at (table, i, column);
    int count = 0;
    for (int j = table->zone->start; chunk && j < MIN (table->zone->end, table->zone->start + LINES_MOST); j++) {
      const Chunk *other = chunk_at (table, j, column);
      count += other && fabs (side_of (other, side) - side_of (chunk, side)) <= SAME_SIDE;
    }
    *all += chunk != NULL;
    most = MAX (most, count);
  }
  return most;
}

static gboolean
has_ideographs (const GapTable *table)
{
  for (int i = table->zone->start; i < table->zone->end; i++)
    for (guint j = 0; j < gap_line (table, i)->chunks->len; j++)
      if (g_array_index (gap_line (table, i)->chunks, Chunk, j).wide_end)
        return TRUE;
  return FALSE;
}

gboolean
is_value_column (const GapTable *table, int column)
{
  int values = 0, words = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = table->zone->wide[i] || gap_line (table, i)->spans ? NULL : gap_chunk_in (table, i, column);
    values += chunk && chunk->kind == CHUNK_VALUE;
    words += chunk && chunk->kind == CHUNK_WORDS;
  }
  return values >= VALUE_LINES_LEAST && values >= words;
}

gboolean
is_table_of_figures (const GapTable *table)
{
  int count = 0;
  for (int column = 1; column < gap_columns (table); column++)
    count += is_value_column (table, column);
  return count > 0 && count * 2 >= gap_columns (table) - 1;
}

static gboolean
columns_are_aligned (const GapTable *table)
{
  int aligned = 0;
  for (int column = 1; column < gap_columns (table); column++) {
    gboolean any = FALSE;
    for (int side = 0; side < 3 && !any; side++) {
      int all, alike = lines_alike (table, column, side, &all);
      any = alike > 1 && alike >= ALIGNED_SHARE * all;
    }
    aligned += any;
  }
  return aligned >= COLUMNS_SHARE * (gap_columns (table) - 1);
}

/* Whether most bands between the cuts have text in several columns. The lines come from the top, as the bands do. */
static gboolean
rows_are_filled (const GapTable *table)
{
  int bands = 0, filled = 0, last = -1, first = -1;
  gboolean several = FALSE;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    int band = gap_band_of (table, gap_line (table, i)->y);
    if (band != last) {
      bands++;
      first = -1;
      several = FALSE;
    }
    for (int column = 0; column < gap_columns (table) && !several; column++) {
      gboolean text = chunk_at (table, i, column) != NULL;
      several = text && first >= 0 && first != column;
      first = text ? column : first;
      filled += several;
    }
    last = band;
  }
  return filled >= FILLED_SHARE * bands;
}

gboolean
words_make_table (const GapTable *table)
{
  return has_ideographs (table) || (columns_are_aligned (table) && rows_are_filled (table));
}

/* Page numbers hardly ever fall, and have three digits at most. */
static gboolean
is_contents (const GapTable *table)
{
  int lines = 0, leaders = 0, before = 0, falls = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *last = gap_chunk_in (table, i, gap_columns (table) - 1);
    if (table->zone->wide[i] || !last)
      continue;
    if (last->number < 0 || last->number > PAGE_NUMBER_MOST)
      return FALSE;
    falls += last->number < before;
    before = last->number;
    lines++;
    leaders += gap_line (table, i)->leader;
  }
  gboolean told = leaders >= LEADER_SHARE * lines || lines >= CONTENTS_LEAST;
  return told && lines > 2 && falls <= lines / CONTENTS_LEAST;
}

/* What the chunks of a table are, counted. */
typedef struct {
  int all, words, values, labels, equations;
} Count;

static Count
count_chunks (const GapTable *table)
{
  Count count = {0};
  for (int i = table->zone->start; i < table->zone->end; i++)
    for (guint j = 0; j < gap_line (table, i)->chunks->len; j++) {
      const Chunk *chunk = &g_array_index (gap_line (table, i)->chunks, Chunk, j);
      count.all++;
      count.words += chunk->kind == CHUNK_WORDS;
      count.values += chunk->kind == CHUNK_VALUE;
      count.labels += chunk->last == ':';
      count.equations += chunk->equates;
    }
  return count;
}

/* Labels with room to write on, and no values. */
static gboolean
is_form (const GapTable *table, Count count)
{
  int lines = table->zone->end - table->zone->start, leaders = 0;
  for (int i = table->zone->start; i < table->zone->end; i++)
    leaders += gap_line (table, i)->leader;
  return count.values == 0 && (leaders * 2 >= lines || count.labels >= LABELS_SHARE * count.all);
}

/* Equations below each other, or a few figures without a word, as in a matrix. */
static gboolean
is_formula (const GapTable *table, Count count)
{
  gboolean few = table->zone->end - table->zone->start <= MATRIX_LINES;
  return count.equations * 2 >= count.all || (few && count.words == 0);
}

/* Whether a line or the edge of a fill as long as half of TABLE crosses it or stands near its ends. */
static gboolean
is_ruled (const GapTable *table, const Page *page)
{
  const Box *box = &table->box;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *rule = &g_array_index (page->ruling_lines, RulingLine, i);
    gboolean near = rule->box.y1 > box->y0 - RULE_NEAR * table->em && rule->box.y0 < box->y1 + RULE_NEAR * table->em;
    if ((rule->kind == RULING_HORIZONTAL || rule->kind == RULING_FILL) && near &&
        MIN (rule->box.x1, box->x1) - MAX (rule->box.x0, box->x0) >= (box->x1 - box->x0) / 2)
      return TRUE;
  }
  return FALSE;
}

/* Marks, or numbers that count the entries. */
static gboolean
has_marks (const GapTable *table, gboolean ruled)
{
  int lines = 0, marks = 0, counting = 0, before = -1;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = table->zone->wide[i] ? NULL : gap_chunk_in (table, i, 0);
    if (!chunk)
      continue;
    lines++;
    marks += chunk->mark;
    counting += chunk->number >= 0 && chunk->number == before + 1;
    before = chunk->number;
  }
  return lines > 0 && (marks >= MARKS_SHARE * lines || (!ruled && counting >= COUNTING_SHARE * lines));
}

/* Two columns of words at either side of the page's middle: two addresses, an index, a page set in columns. */
static gboolean
is_page_columns (const GapTable *table, const Page *page, Count count)
{
  const Gutter *gutters = &g_array_index (table->zone->gutters, Gutter, 0);
  double middle = page->width / 2, left = gutters[0].left, right = gutters[table->zone->gutters->len - 1].right;
  return count.values * 3 < count.all && !has_ideographs (table) && left <= middle + table->em &&
         right >= middle - table->em && !is_ruled (table, page);
}

gboolean
is_list (const GapTable *table, const Page *page)
{
  Count count = count_chunks (table);
  if (is_form (table, count) || is_formula (table, count))
    return TRUE;
  if (gap_columns (table) == 2)
    return is_page_columns (table, page, count) || is_contents (table) ||
           has_marks (table, is_ruled (table, page) || has_ideographs (table));
  return gap_columns (table) == 3 && is_contents (table);
}
