/* table.h - a table as its author wrote it: rows, joined over page ends, without repeated heads.
 *
 * A Table is one or more grids that belong together. Each row has one field for each column.
 */
#pragma once

#include "model/grid.h"

typedef struct {
  char *text;          /* "" when empty; never NULL */
  char *struck;        /* the words that are struck out, not in `text`; NULL: none */
  int span;            /* the number of columns it covers; 0: covered by a field to its left, text is "" */
  gboolean from_above; /* the cell began in a row above (merged over rows), and its text is repeated */
  CellHead head;
  gboolean full; /* its last line reaches the right edge (grid.h) */
  Place place;   /* of its cell; all 0: it has none of its own */
} Field;

typedef struct {
  GArray *fields;         /* Field, one for each column of the table */
  GArray *places;         /* Place; two for a row over two pages */
  gboolean first_of_grid; /* the first row of a grid, without repeated heads */
} Row;

typedef struct {
  int columns;
  GPtrArray *rows; /* Row, freed with it */
  Place place;     /* of its first grid */
  int first_block; /* index of its first grid in the list of blocks it was made from */
} Table;

void row_free (Row *row);
void table_free (Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)

/* A row of COLUMNS fields without text yet (NULL) and without a place. */
Row *row_new (int columns);

Row *table_row (const Table *table, int index); /* borrowed */
Field *row_field (const Row *row, int column);  /* borrowed */

gboolean row_is_empty (const Row *row); /* no cell has text */
CellHead row_head (const Row *row);     /* the weakest sign of its cells: what tells that all are heads */

/* Whether ROW is struck out whole, and so is no row any more: some of its own cells (not those merged from above) have
 * nothing but struck words, and none has text. The counter of a row may be left: it is where the line ends, or begins. */
gboolean row_is_struck (const Row *row);

/* The struck words of ROW for a note, '"5時間", "毎日"', the text of each cell cut after some words; NULL: there are none.
 * The caller frees. */
char *row_struck_words (const Row *row);

/* TABLE with its rows as columns, for one whose heads are at the left, one above the other. A new table; the caller
 * frees. */
Table *table_transposed (const Table *table);

/* Tables that stand side by side in one: COPIES of WIDTH columns, the first from column FIRST on, each STEP columns after
 * the one before. */
typedef struct {
  int first, width, step, copies;
} TableCopies;

/* A new table with the rows of each of COPIES in TABLE below those of the one before; the caller frees. */
Table *table_stacked (const Table *table, TableCopies copies);

/* Rows as tab-separated lines, "\n" and "\t" in fields written \n and \t; the caller frees. */
char *table_to_string (const Table *table);
