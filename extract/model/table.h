/* table.h - tables as their author saw them: rows, joined over page ends, without repeated heads.
 *
 * A Table is one or more grids that belong together. Each row has one field for each column.
 */
#pragma once

#include "model/grid.h"

typedef struct {
  char *text;          /* "" when empty; never NULL */
  int span;            /* how many columns it covers; 0: covered by a field to its left, text is "" */
  gboolean from_above; /* the cell began in a row above (merged over rows): text is its text again */
  gboolean head;       /* the format says that it is a head cell */
  gboolean full;       /* its last line reaches the right side (grid.h) */
} Field;

typedef struct {
  GArray *fields;         /* Field, one for each column of the table */
  GArray *places;         /* Place; two for a row over two pages */
  gboolean first_of_grid; /* the first row of a grid, heads that are repeated left out */
} Row;

typedef struct {
  int columns;
  GPtrArray *rows; /* Row, freed with it */
  Place place;     /* of its first grid */
  int first_block; /* index, in the list of blocks it was made from, of its first grid */
} Table;

void row_free (Row *row);
void table_free (Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)

/* A row of COLUMNS fields without text yet (NULL) and without a place. */
Row *row_new (int columns);

Row *table_row (const Table *table, int index); /* borrowed */
Field *row_field (const Row *row, int column);  /* borrowed */

/* TABLE with its rows as columns: one whose heads stand at the left, above each other. A new table; the caller frees.
 */
Table *table_turned (const Table *table);

/* Rows as tab-separated lines, "\n" and "\t" in fields written \n and \t; the caller frees. */
char *table_to_string (const Table *table);
