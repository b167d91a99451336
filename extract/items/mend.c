/* mend.c - see mend.h */
#include "items/mend.h"

/* A row is mended only if it then fits better by at least this score: one sure cell and a little more. */
#define MENDED_LEAD 3.0

/* Cells that are nothing else are short, up to SHORT_LENGTH characters, or long. */
enum { WORDS_SHORT = WORDS_OTHER, WORDS_LONG = WORDS_KINDS, FIT_KINDS, SHORT_LENGTH = 30 };

/* How well a cell with these words fits a column: +4 and more is proof, -4 and less speaks against it. */
static const double fit[COLUMN_KINDS][FIT_KINDS] = {
    /*                        empty number unit  name  definition category short long */
    [COLUMN_UNKNOWN] = {0, 0, 0, 0, 0, 0, 0, 0},
    [COLUMN_NUMBER] = {0, 4, -4, -6, -6, -4, -4, -6},
    [COLUMN_CATEGORY] = {0, -3, -2, -6, -6, 3, 0, -4},
    [COLUMN_NAME] = {-4, -2, -3, 6, -4, -1, 0.5, -1},
    [COLUMN_DEFINITION] = {0, -3, -3, -1, 6, -2, 0.5, 0.5},
    [COLUMN_UNIT] = {-0.5, -2, 4, -5, -6, -2, -0.5, -5},
    [COLUMN_ANSWER] = {-1, 0.5, -1, -4, -5, 0, 1, 1},
    [COLUMN_MARK] = {0, 0, 0, -4, -5, 0, 0, -2},
    [COLUMN_EXAMPLE] = {0, 0, 0, -4, -5, 0, 0, 0},
    [COLUMN_OTHER] = {0, 0, 0, -4, -5, 0, 0, 0},
};

#define SKIP_COLUMN -1.0
#define SKIP_EMPTY_CELL -0.3
#define SKIP_CELL -8.0
#define OWN_PLACE 0.5

static int
fit_kind_of (const Knowledge *knowledge, const char *text)
{
  CellWords words = words_of_cell (knowledge, text);
  return words == WORDS_OTHER && g_utf8_strlen (text, -1) > SHORT_LENGTH ? WORDS_LONG : (int)words;
}

typedef struct {
  const Columns *columns;
  int cells;
  const int *words; /* CellWords, or WORDS_LONG */
  double *score;    /* (columns + 1) * (cells + 1): the best for the first columns and cells */
} RowAlignment;

static double *
score_at (const RowAlignment *alignment, int column, int cell)
{
  return &alignment->score[(gsize)column * (alignment->cells + 1) + cell];
}

static double
fit_of (const RowAlignment *alignment, int column, int cell)
{
  return fit[alignment->columns->kinds[column]][alignment->words[cell]] + (column == cell ? OWN_PLACE : 0);
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
        best = MAX (best, *score_at (alignment, column - 1, cell) + SKIP_COLUMN);
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
    else if (here == *score_at (alignment, column - 1, cell) + SKIP_COLUMN)
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
    sum += i >= alignment->cells            ? SKIP_COLUMN
           : i >= alignment->columns->count ? skip_of (alignment, i)
                                            : fit_of (alignment, i, i);
  return sum;
}

int *
mend_row (const Knowledge *knowledge, const Columns *columns, const Row *row)
{
  int cells = (int)row->fields->len;
  g_autofree int *words = g_new (int, cells + 1);
  for (int i = 0; i < cells; i++)
    words[i] = fit_kind_of (knowledge, row_field (row, i)->text);
  g_autofree double *score = g_new (double, (gsize)(columns->count + 1) * (cells + 1));
  RowAlignment alignment = {columns, cells, words, score};
  align (&alignment);
  if (*score_at (&alignment, columns->count, cells) - score_unmoved (&alignment) < MENDED_LEAD)
    return NULL;
  return cells_of_columns (&alignment);
}
