/* mend.c - see mend.h */
#include "items/mend.h"

/* A row is mended only if it then fits better by at least this score: one sure cell and a little more. */
#define MENDED_LEAD 3.0

/* The same for what a row above was mended to; and by how much the best may fit better than that. */
#define MENDED_AGAIN_LEAD 1.0
#define MENDED_AGAIN_LESS 3.0

/* What it costs to leave a column without a cell: from EMPTY where no other row has one there to MISSING where all do. */
#define SKIP_EMPTY_COLUMN -0.2
#define SKIP_FILLED_COLUMN -1.0
#define EMPTY_ANSWER -3.0

/* And what it costs to put a cell of other words into a column of categories, units or numbers that all have their own. */
#define UNTYPICAL_CELL -1.5
#define SKIP_EMPTY_CELL -0.3
#define SKIP_CELL -8.0
#define OWN_PLACE 0.5

typedef struct {
  const Columns *columns;
  int cells;
  const CellWords *words;
  double *score; /* (columns + 1) * (cells + 1): the best for the first columns and cells */
} RowAlignment;

static double *
score_at (const RowAlignment *alignment, int column, int cell)
{
  return &alignment->score[(gsize)column * (alignment->cells + 1) + cell];
}

/* An empty cell speaks against a column of answers that are there in the other rows. */
static double
fit_of (const RowAlignment *alignment, int column, int cell)
{
  ColumnKind kind = alignment->columns->kinds[column];
  CellWords words = alignment->words[cell];
  double own = column == cell ? OWN_PLACE : 0;
  if (words == WORDS_EMPTY && (kind == COLUMN_ANSWER || kind == COLUMN_PLAN))
    own += EMPTY_ANSWER * alignment->columns->each[column].filled;
  if (words >= WORDS_MARK && (kind == COLUMN_CATEGORY || kind == COLUMN_UNIT || kind == COLUMN_NUMBER))
    own += UNTYPICAL_CELL * alignment->columns->each[column].typical;
  return cell_fit (kind, words) + own;
}

static double
skip_of_column (const RowAlignment *alignment, int column)
{
  double filled = alignment->columns->each[column].filled;
  return SKIP_EMPTY_COLUMN + (SKIP_FILLED_COLUMN - SKIP_EMPTY_COLUMN) * filled;
}

static double
skip_of (const RowAlignment *alignment, int cell)
{
  return alignment->words[cell] == WORDS_EMPTY ? SKIP_EMPTY_CELL : SKIP_CELL;
}

static void
align (RowAlignment *alignment)
{
  for (int column = 0; column <= alignment->columns->count; column++)
    for (int cell = 0; cell <= alignment->cells; cell++) {
      double best = column || cell ? -1e9 : 0;
      if (column > 0)
        best = MAX (best, *score_at (alignment, column - 1, cell) + skip_of_column (alignment, column - 1));
      if (cell > 0)
        best = MAX (best, *score_at (alignment, column, cell - 1) + skip_of (alignment, cell - 1));
      if (column > 0 && cell > 0)
        best = MAX (best, *score_at (alignment, column - 1, cell - 1) + fit_of (alignment, column - 1, cell - 1));
      *score_at (alignment, column, cell) = best;
    }
}

/* Traced back from the end: which cell belongs to each column. */
static int *
cells_of_columns (const RowAlignment *alignment)
{
  int *from = g_new (int, alignment->columns->count + 1);
  int column = alignment->columns->count, cell = alignment->cells;
  while (column > 0) {
    double here = *score_at (alignment, column, cell);
    if (cell > 0 && here == *score_at (alignment, column - 1, cell - 1) + fit_of (alignment, column - 1, cell - 1))
      from[--column] = --cell;
    else if (here == *score_at (alignment, column - 1, cell) + skip_of_column (alignment, column - 1))
      from[--column] = -1;
    else
      cell--;
  }
  return from;
}

/* The score of the row as it is: each cell in its own column. */
static double
score_unmoved (const RowAlignment *alignment)
{
  double sum = 0;
  for (int i = 0; i < MAX (alignment->columns->count, alignment->cells); i++)
    sum += i >= alignment->cells            ? skip_of_column (alignment, i)
           : i >= alignment->columns->count ? skip_of (alignment, i)
                                            : fit_of (alignment, i, i);
  return sum;
}

/* The score of the row with the cells FROM in the columns. */
static double
score_moved (const RowAlignment *alignment, const int *from)
{
  double sum = 0;
  int next = 0;
  for (int column = 0; column < alignment->columns->count; column++) {
    sum += from[column] < 0                   ? skip_of_column (alignment, column)
           : from[column] >= alignment->cells ? -G_MAXDOUBLE
                                              : fit_of (alignment, column, from[column]);
    for (; from[column] >= 0 && next < MIN (from[column], alignment->cells); next++)
      sum += skip_of (alignment, next);
    next = MAX (next, from[column] + 1);
  }
  for (; next < alignment->cells; next++)
    sum += skip_of (alignment, next);
  return sum;
}

/* Whether FROM does no more than put what is under another head that is known into the answer's column: that the answer
 * is empty is the sheet's own statement. */
static gboolean
takes_other_for_answer (const RowAlignment *alignment, const int *from)
{
  const Columns *columns = alignment->columns;
  gboolean known = FALSE;
  for (int i = 0; i < columns->count; i++) {
    ColumnKind kind = columns->kinds[i];
    if (kind != COLUMN_ANSWER && kind != COLUMN_MARK && kind != COLUMN_OTHER && kind != COLUMN_UNKNOWN && from[i] != i)
      return FALSE;
    int source = kind == COLUMN_ANSWER && from[i] != i && from[i] >= 0 && from[i] < columns->count ? from[i] : -1;
    known |= source >= 0 && columns->each[source].rule != HEAD_UNKNOWN;
  }
  return known;
}

int *
mend_row (const Knowledge *knowledge, const Columns *columns, const Row *row, const int *before)
{
  int cells = (int)row->fields->len;
  g_autofree CellWords *words = g_new (CellWords, cells + 1);
  for (int i = 0; i < cells; i++)
    words[i] = words_of_cell (knowledge, row_field (row, i)->text);
  g_autofree double *score = g_new (double, (gsize)(columns->count + 1) * (cells + 1));
  RowAlignment alignment = {columns, cells, words, score};
  align (&alignment);
  double unmoved = score_unmoved (&alignment), best = *score_at (&alignment, columns->count, cells);
  double again = before ? score_moved (&alignment, before) : -G_MAXDOUBLE;
  gboolean like_before = again - unmoved >= MENDED_AGAIN_LEAD && best - again <= MENDED_AGAIN_LESS;
  if (best - unmoved < MENDED_LEAD && !like_before)
    return NULL;
  g_autofree int *from =
      like_before ? g_memdup2 (before, columns->count * sizeof *before) : cells_of_columns (&alignment);
  return takes_other_for_answer (&alignment, from) ? NULL : g_steal_pointer (&from);
}
