/* workbook_blocks.c - see workbook.h: the chunks of a sheet as blocks. */
#include "read/workbook/workbook.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define PLACES_LIMIT (1000 * 1000)

/* The text of a merged cell is said again in each of its rows (row.h); bytes. */
#define REPEATED_LIMIT (64 * 1024 * 1024)

static Place
row_place (const SheetRow *row)
{
  return (Place){.line = row->number + 1};
}

static int
width_of (const Piece *piece)
{
  return piece->columns.last - piece->columns.first + 1;
}

/* Whether two cells are a label and what it says: they stand side by side, and are no title with something at its
 * right.
 */
static gboolean
are_label_and_value (const Piece *first, const Piece *second, gboolean first_line)
{
  return second->columns.first == first->columns.last + 1 && !(first_line && width_of (first) > width_of (second));
}

/* "作成日" with "2025/1/15" at its side reads "作成日：2025/1/15"; other cells are lines of their own. The first line
 * of a sheet is its title. */
static void
add_line (const Cutting *cutting, const SheetRow *row, GPtrArray *blocks)
{
  const Piece *first = cutting_piece (cutting, row->first), *second = row_cells (row) == 2 ? first + 1 : NULL;
  if (second && are_label_and_value (first, second, blocks->len == 0)) {
    gboolean colon = g_str_has_suffix (first->text, "：") || g_str_has_suffix (first->text, ":");
    g_autofree char *text = g_strconcat (first->text, colon ? "" : "：", second->text, NULL);
    g_ptr_array_add (blocks, block_new (BLOCK_TEXT, text, 0, row_place (row)));
    return;
  }
  for (guint i = row->first; i < row->end; i++)
    g_ptr_array_add (
        blocks, block_new (BLOCK_TEXT, cutting_piece (cutting, i)->text, blocks->len == 0 ? 1 : 0, row_place (row)));
}

/* The index of the first of the sorted NUMBERS that is not below NUMBER. */
static int
index_from (const GArray *numbers, int number)
{
  guint low = 0, high = numbers->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (numbers, int, middle) < number)
      low = middle + 1;
    else
      high = middle;
  }
  return (int)low;
}

static int
number_order (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* The columns in which pieces of the chunk begin, in order. */
static GArray *
columns_of_chunk (const Cutting *cutting, const Chunk *chunk)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int)), *columns = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = cutting_row (cutting, chunk->first)->first; i < cutting_row (cutting, chunk->end - 1)->end; i++)
    g_array_append_val (all, cutting_piece (cutting, i)->columns.first);
  g_array_sort (all, number_order);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, int, i) != g_array_index (all, int, i - 1))
      g_array_append_val (columns, g_array_index (all, int, i));
  g_array_unref (all);
  return columns;
}

static GArray *
rows_of_chunk (const Cutting *cutting, const Chunk *chunk)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = chunk->first; i < chunk->end; i++)
    g_array_append_val (rows, cutting_row (cutting, i)->number);
  return rows;
}

static Grid *
grid_from_chunk (const Cutting *cutting, const Chunk *chunk, const GArray *rows, const GArray *columns)
{
  Grid *grid = grid_new (rows->len, columns->len, row_place (cutting_row (cutting, chunk->first)));
  for (guint i = cutting_row (cutting, chunk->first)->first; i < cutting_row (cutting, chunk->end - 1)->end; i++) {
    const Piece *piece = cutting_piece (cutting, i);
    int row = index_from (rows, piece->rows.first), column = index_from (columns, piece->columns.first);
    grid_add_cell (grid, row, column, index_from (rows, piece->rows.last + 1) - row,
                   index_from (columns, piece->columns.last + 1) - column, piece->text,
                   (Place){.line = piece->rows.first + 1});
  }
  grid_complete (grid);
  return grid;
}

static gsize
repeated_text (const Grid *grid)
{
  gsize sum = 0;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    sum += strlen (cell->text) * (cell->row_span - 1);
  }
  return sum;
}

static gboolean
fail_at_limit (GError **error, const char *message, int limit)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE, message, limit, limit);
  return FALSE;
}

static gboolean
add_grid (const Cutting *cutting, const Chunk *chunk, GPtrArray *blocks, WorkbookReading *reading, GError **error)
{
  g_autoptr (GArray) columns = columns_of_chunk (cutting, chunk);
  g_autoptr (GArray) rows = rows_of_chunk (cutting, chunk);
  reading->places += (gint64)columns->len * rows->len;
  if (reading->places > PLACES_LIMIT)
    return fail_at_limit (
        error, _ ("tables of more than %d places, the limit is %d; save only the part with the sheet"), PLACES_LIMIT);
  Grid *grid = grid_from_chunk (cutting, chunk, rows, columns);
  g_ptr_array_add (blocks, block_from_grid (grid));
  reading->repeated += repeated_text (grid);
  if (reading->repeated <= REPEATED_LIMIT)
    return TRUE;
  return fail_at_limit (
      error, _ ("merged cells of more than %d bytes of text, the limit is %d; save only the part with the sheet"),
      REPEATED_LIMIT);
}

static gboolean
add_blocks (const Cutting *cutting, const Chunk *chunk, GPtrArray *blocks, WorkbookReading *reading, GError **error)
{
  for (guint i = chunk->first; !chunk->grid && i < chunk->end; i++)
    add_line (cutting, cutting_row (cutting, i), blocks);
  return !chunk->grid || add_grid (cutting, chunk, blocks, reading, error);
}

GPtrArray *
blocks_from_sheet (const WorkbookSheet *sheet, WorkbookReading *reading, HiddenCount *hidden, GError **error)
{
  g_autoptr (GArray) pieces = pieces_from_sheet (sheet, hidden);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SheetRow));
  g_autoptr (GArray) chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_autoptr (GPtrArray) blocks = blocks_new ();
  Cutting cutting = {sheet, pieces, rows, chunks, reading->most_cells};
  cutting_find_chunks (&cutting);
  for (guint i = 0; i < chunks->len; i++)
    if (!add_blocks (&cutting, &g_array_index (chunks, Chunk, i), blocks, reading, error))
      return NULL;
  return g_steal_pointer (&blocks);
}
