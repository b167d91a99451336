/* spreadsheet_frame.c - see spreadsheet_frame.h */
#include "layout/spreadsheet_frame.h"

#include "model/block.h"

#include <stdlib.h>
#include <string.h>

/* Fewer letters, or rows with a number, are heads of their own by chance. */
#define LETTERS_LEAST 3
#define NUMBERS_LEAST 3

/* The number of the column that TEXT names, "A" 1, "Z" 26, "AA" 27; 0: it names none. */
static int
column_of_letters (const char *text)
{
  int column = 0;
  gsize length = strlen (text);
  for (; g_ascii_isupper (*text) && length <= 2; text++)
    column = column * 26 + *text - 'A' + 1;
  return *text ? 0 : column;
}

/* The number of the row that TEXT is; 0: it is none. */
static int
row_of_digits (const char *text)
{
  gsize length = strlen (text);
  return length > 0 && length <= 6 && strspn (text, "0123456789") == length ? atoi (text) : 0;
}

/* Whether the first row is letters that count up, but for empty cells at its ends. */
static gboolean
has_letters (const Grid *grid)
{
  int last = 0, letters = 0;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (cell->row > 0)
      break;
    int column = column_of_letters (cell->text);
    if (cell->row_span > 1 || (*cell->text && (column == 0 || (last > 0 && column <= last))))
      return FALSE;
    letters += column > 0;
    last = column > 0 ? column : last;
  }
  return letters >= LETTERS_LEAST;
}

/* Whether the first column, below the first row, is numbers that count up; rows may be hidden. */
static gboolean
has_numbers (const Grid *grid)
{
  int last = 0, numbers = 0;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (cell->row == 0 || cell->column > 0)
      continue;
    int row = row_of_digits (cell->text);
    if (cell->row_span > 1 || row <= last)
      return FALSE;
    last = row;
    numbers++;
  }
  return numbers >= NUMBERS_LEAST;
}

/* GRID without its first row and column, and without the empty columns at its end; a banner, which has the row's only
 * words, runs over the whole row. */
static Grid *
grid_within_frame (const Grid *grid)
{
  g_autofree int *filled = g_new0 (int, grid->rows);
  int columns = 1;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (cell->row == 0 || cell->column == 0 || (!*cell->text && !cell->struck))
      continue;
    filled[cell->row]++;
    columns = MAX (columns, cell->column + cell->column_span - 1);
  }
  Grid *within = grid_new (grid->rows - 1, columns, grid->place);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    gboolean banner = cell->column == 1 && *cell->text && filled[cell->row] == 1;
    if (cell->row > 0 && cell->column > 0 && cell->column <= columns)
      grid_copy_cell (within, cell, cell->row - 1, cell->column - 1, banner ? columns : cell->column_span);
  }
  if (grid->column_boundaries && (int)grid->column_boundaries->len > columns + 1)
    within->column_boundaries = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (double)),
                                                     (double *)grid->column_boundaries->data + 1, columns + 1);
  grid_complete (within);
  return within;
}

/* The letters and the numbers, which are no content. */
static Block *
header_from_frame (const Grid *grid)
{
  g_autoptr (GString) frame = g_string_new (NULL);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if ((cell->row == 0 || cell->column == 0) && *cell->text)
      g_string_append_printf (frame, "%s%s", frame->len > 0 ? " " : "", cell->text);
  }
  return block_new (BLOCK_HEADER_FOOTER, frame->str, 0, grid->place);
}

void
blocks_drop_spreadsheet_frames (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    Block *block = g_ptr_array_index (blocks, i);
    if (block->kind != BLOCK_GRID || !has_letters (block->grid) || !has_numbers (block->grid))
      continue;
    g_ptr_array_insert (blocks, (int)i++, header_from_frame (block->grid));
    Grid *within = grid_within_frame (block->grid);
    grid_free (block->grid);
    block->grid = within;
  }
}
