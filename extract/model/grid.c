/* grid.c - see grid.h */
#include "model/grid.h"

#include <string.h>

static void
cell_free (gpointer data)
{
  Cell *cell = data;
  g_free (cell->text);
  g_free (cell->struck);
  g_free (cell);
}

char *
struck_text_joined (char *text, const char *more)
{
  if (!text || !more)
    return text ? text : g_strdup (more);
  char *joined = g_strconcat (text, "\n", more, NULL);
  g_free (text);
  return joined;
}

Grid *
grid_new (int rows, int columns, Place place)
{
  Grid *grid = g_new0 (Grid, 1);
  *grid = (Grid){.rows = rows, .columns = columns, .place = place};
  grid->cells = g_ptr_array_new_with_free_func (cell_free);
  return grid;
}

void
grid_free (Grid *grid)
{
  if (!grid)
    return;
  g_ptr_array_unref (grid->cells);
  g_clear_pointer (&grid->column_boundaries, g_array_unref);
  g_free (grid);
}

Cell *
grid_add_cell (Grid *grid, int row, int column, int row_span, int column_span, const char *text, Place place)
{
  Cell *cell = g_new0 (Cell, 1);
  *cell = (Cell){.row = row, .column = column, .row_span = row_span, .column_span = column_span};
  cell->text = g_strdup (text);
  cell->place = place;
  g_ptr_array_add (grid->cells, cell);
  return cell;
}

void
grid_copy_cell (Grid *grid, const Cell *cell, int row, int column, int column_span)
{
  Cell *copy = grid_add_cell (grid, row, column, cell->row_span, column_span, cell->text, cell->place);
  copy->struck = g_strdup (cell->struck);
  copy->head = cell->head;
  copy->full = cell->full;
}

/* The cell that covers the place; not NULL after grid_complete for a place inside. */
static const Cell *
cell_at (const Grid *grid, int row, int column)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    Cell *cell = g_ptr_array_index (grid->cells, i);
    if (row >= cell->row && row < cell->row + cell->row_span && column >= cell->column &&
        column < cell->column + cell->column_span)
      return cell;
  }
  return NULL;
}

static int
cell_order (gconstpointer a, gconstpointer b)
{
  const Cell *first = *(Cell *const *)a, *second = *(Cell *const *)b;
  return first->row != second->row ? first->row - second->row : first->column - second->column;
}

/* Which cell covers each place, for grid_complete. */
typedef struct {
  Grid *grid;
  Cell **holder; /* rows * columns */
} CellMap;

static Cell **
cell_slot (CellMap *map, int row, int column)
{
  return &map->holder[(gsize)row * map->grid->columns + column];
}

/* Reduces the spans of CELL to the free places to its right and below. */
static void
cell_limit_to_free_places (CellMap *map, Cell *cell)
{
  cell->row_span = CLAMP (cell->row_span, 1, map->grid->rows - cell->row);
  cell->column_span = CLAMP (cell->column_span, 1, map->grid->columns - cell->column);
  for (int column = cell->column; column < cell->column + cell->column_span; column++)
    if (*cell_slot (map, cell->row, column))
      cell->column_span = column - cell->column;
  for (int row = cell->row + 1; row < cell->row + cell->row_span; row++)
    for (int column = cell->column; column < cell->column + cell->column_span; column++)
      if (*cell_slot (map, row, column))
        cell->row_span = row - cell->row;
}

static void
text_append (Cell *cell, const char *more)
{
  if (!*more)
    return;
  char *joined = *cell->text ? g_strconcat (cell->text, "\n", more, NULL) : g_strdup (more);
  g_free (cell->text);
  cell->text = joined;
}

/* Enters CELL in MAP. FALSE: its first place is taken, or outside. */
static gboolean
map_cell (CellMap *map, Cell *cell)
{
  if (cell->row < 0 || cell->column < 0 || cell->row >= map->grid->rows || cell->column >= map->grid->columns)
    return FALSE;
  Cell *taken = *cell_slot (map, cell->row, cell->column);
  if (taken) {
    text_append (taken, cell->text);
    taken->struck = struck_text_joined (taken->struck, cell->struck);
    return FALSE;
  }
  cell_limit_to_free_places (map, cell);
  for (int row = cell->row; row < cell->row + cell->row_span; row++)
    for (int column = cell->column; column < cell->column + cell->column_span; column++)
      *cell_slot (map, row, column) = cell;
  return TRUE;
}

void
grid_complete (Grid *grid)
{
  g_autofree Cell **holder = g_new0 (Cell *, (gsize)grid->rows * grid->columns + 1);
  CellMap map = {grid, holder};
  g_ptr_array_sort (grid->cells, cell_order);
  for (guint i = 0; i < grid->cells->len;)
    if (map_cell (&map, g_ptr_array_index (grid->cells, i)))
      i++;
    else
      g_ptr_array_remove_index (grid->cells, i);
  Place nowhere = {.page = grid->place.page, .line = grid->place.line};
  for (int row = 0; row < grid->rows; row++)
    for (int column = 0; column < grid->columns; column++)
      if (!*cell_slot (&map, row, column))
        grid_add_cell (grid, row, column, 1, 1, "", nowhere);
  g_ptr_array_sort (grid->cells, cell_order);
}

/* The line above ROW, drawn over the cells that begin in it. */
static void
append_edge (GString *text, const Grid *grid, int row)
{
  for (int column = 0; column < grid->columns; column++) {
    const Cell *cell = cell_at (grid, row, column);
    g_string_append (text, cell->row == row ? "+-------" : cell->column == column ? "|       " : "        ");
  }
  g_string_append (text, "+\n");
}

static void
append_cells (GString *text, const Grid *grid, int row)
{
  for (int column = 0; column < grid->columns; column++) {
    const Cell *cell = cell_at (grid, row, column);
    g_string_append_c (text, cell->column == column ? '|' : ' ');
    if (cell->row == row && cell->column == column)
      g_string_append_printf (text, "%3d,%-3d", row, column);
    else
      g_string_append (text, "       ");
  }
  g_string_append (text, "|\n");
}

static void
append_text (GString *text, const Cell *cell)
{
  g_autoptr (GString) line = g_string_new (cell->text);
  g_string_replace (line, "\n", "\\n", 0);
  g_string_replace (line, "\t", "\\t", 0);
  g_string_append_printf (text, "%d,%d %s\n", cell->row, cell->column, line->str);
}

char *
grid_to_string (const Grid *grid)
{
  GString *text = g_string_new (NULL);
  for (int row = 0; row < grid->rows; row++) {
    append_edge (text, grid, row);
    append_cells (text, grid, row);
  }
  for (int column = 0; column < grid->columns; column++)
    g_string_append (text, "+-------");
  g_string_append (text, "+\n");
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (*cell->text)
      append_text (text, cell);
  }
  return g_string_free (text, FALSE);
}
