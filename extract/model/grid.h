/* grid.h - a table in one place of the document: cells in rows and columns, some spanning several.
 *
 * Grids come from the drawing (layout/) or straight from a format that names its own tables (HTML, tab-separated text).
 * A page end ends a grid; grids that are one table over several pages are joined later (layout/join.h).
 */
#pragma once

#include "model/place.h"

/* What tells that a cell is a head. Markdown has no table without heads, and a frame with a rule under each row none with:
 * there the first row is a head by its place, whatever is in it. */
typedef enum {
  CELL_BODY,
  CELL_HEAD_BY_PLACE,
  CELL_HEAD_BY_MARK, /* the author's: an HTML th, a rule under this row alone, an option of the table */
} CellHead;

typedef struct {
  int row, column;           /* from 0, of the top left place that it covers */
  int row_span, column_span; /* at least 1 */
  char *text;                /* UTF-8; "" when empty; wrapped lines joined, "\n" only where the author broke */
  char *struck;              /* the words in it that are struck out, not in `text`; NULL: none */
  CellHead head;
  gboolean full; /* the last line of its text reaches the right edge: it may go on after a page end */
  Place place;
} Cell;

typedef struct {
  int rows, columns;
  GPtrArray *cells;          /* Cell, freed with it; by row, then column; they cover the grid without overlaps */
  GArray *column_boundaries; /* double: x in points, ascending, columns + 1 of them; NULL: the input is not drawn */
  Place place;
} Grid;

/* TEXT with MORE in a line below it; either may be NULL. Takes TEXT; the caller frees. */
char *struck_text_joined (char *text, const char *more);

Grid *grid_new (int rows, int columns, Place place);
void grid_free (Grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Grid, grid_free)

/* Appends a cell with a copy of TEXT (valid UTF-8) and returns it, borrowed. Cells may be added in any order. */
Cell *grid_add_cell (Grid *grid, int row, int column, int row_span, int column_span, const char *text, Place place);

/* Appends a copy of CELL at another place of the grid, which spans as many rows. */
void grid_copy_cell (Grid *grid, const Cell *cell, int row, int column, int column_span);

/* To be called when all cells are added: spans are reduced to the grid and to free places; a cell whose first place is
 * taken is dropped, its text appended to the cell there; a cell outside the grid is dropped; places that no cell covers
 * get an empty cell; and the cells are sorted. */
void grid_complete (Grid *grid);

/* The grid drawn with + - |, and the text of each cell below, for people and tests; the caller frees. */
char *grid_to_string (const Grid *grid);
