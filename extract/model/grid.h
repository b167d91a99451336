/* grid.h - a table as it stands in one place of the document: cells in rows and columns, some spanning several.
 *
 * Grids come from the drawing (layout/) or straight from a format that names its own tables (HTML, tab-separated text).
 * A page end ends a grid; what belongs together over pages is joined later (row.h).
 */
#pragma once

#include "model/place.h"

typedef struct {
  int row, column;           /* from 0, of the top left place it covers */
  int row_span, column_span; /* at least 1 */
  char *text;                /* UTF-8; "" when empty; wrapped lines joined, "\n" only where the author broke */
  gboolean head;             /* the format says that it is a head cell (HTML th) */
  gboolean full;             /* the last line of its text reaches the right side: it may go on over a page end */
  Place place;
} Cell;

typedef struct {
  int rows, columns;
  GPtrArray *cells; /* Cell, freed with it; by row, then column; no two overlap, together they cover the grid */
  GArray *sides;    /* double: the x of the columns' sides, columns + 1 of them; NULL where the input is not drawn */
  Place place;
} Grid;

Grid *grid_new (int rows, int columns, Place place);
void grid_free (Grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Grid, grid_free)

/* Appends a cell with a copy of TEXT (valid UTF-8) and gives it back, borrowed. Cells may come in any order. */
Cell *grid_add_cell (Grid *grid, int row, int column, int row_span, int column_span, const char *text, Place place);

/* To be called when all cells are in: spans are cut to the grid, a cell on a taken place is moved away or dropped,
 * places that no cell covers get an empty cell, and the cells are sorted. Nothing but the text of a wholly covered cell
 * can be lost, and that is appended to the cell that covers it. */
void grid_complete (Grid *grid);

/* The cell that covers the place; borrowed, never NULL after grid_complete for a place inside. */
Cell *grid_cell_at (const Grid *grid, int row, int column);

/* The grid drawn in + - |, for eyes and tests; the caller frees. */
char *grid_to_string (const Grid *grid);
