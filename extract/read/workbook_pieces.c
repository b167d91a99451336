/* workbook_pieces.c - see workbook.h: what can be seen of a sheet.
 *
 * A merged range shows the text of its first cell and no other. Where its first rows are hidden, the text stands in the
 * rest of it.
 */
#include "read/workbook.h"

typedef struct {
  const WorkbookSheet *sheet;
  GHashTable *merges; /* place of its first cell -> Merge */
  guint next_merge;
  int *covered_until; /* for each column: the last row of a merge that reaches into it */
  GArray *pieces;
} Sweep;

static gpointer
place_key (int row, int column)
{
  return GSIZE_TO_POINTER ((gsize)row * SHEET_COLUMNS + column);
}

static GHashTable *
merges_by_place (const WorkbookSheet *sheet)
{
  GHashTable *merges = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < sheet->merges->len; i++) {
    Merge *merge = &g_array_index (sheet->merges, Merge, i);
    g_hash_table_insert (merges, place_key (merge->rows.first, merge->columns.first), merge);
  }
  return merges;
}

/* Takes the merges that begin at ROW or above. */
static void
sweep_to (Sweep *sweep, int row)
{
  for (; sweep->next_merge < sweep->sheet->merges->len; sweep->next_merge++) {
    const Merge *merge = &g_array_index (sweep->sheet->merges, Merge, sweep->next_merge);
    if (merge->rows.first > row)
      return;
    for (int column = merge->columns.first; column <= merge->columns.last; column++)
      sweep->covered_until[column] = MAX (sweep->covered_until[column], merge->rows.last);
  }
}

static Range
seen_part (Range range, const GArray *hidden)
{
  return (Range){ranges_next_outside (hidden, range.first), range.last};
}

static gboolean
is_hidden (const GArray *hidden, int index)
{
  return ranges_next_outside (hidden, index) != index;
}

static void
add_piece (Sweep *sweep, const SheetCell *cell)
{
  const Merge *merge = g_hash_table_lookup (sweep->merges, place_key (cell->row, cell->column));
  sweep_to (sweep, cell->row);
  if (!merge && sweep->covered_until[cell->column] >= cell->row)
    return;
  Range row = {cell->row, cell->row}, column = {cell->column, cell->column};
  Piece piece = {.text = cell->text};
  piece.rows = seen_part (merge ? merge->rows : row, sweep->sheet->hidden_rows);
  piece.columns = seen_part (merge ? merge->columns : column, sweep->sheet->hidden_columns);
  if (piece.rows.first <= piece.rows.last && piece.columns.first <= piece.columns.last)
    g_array_append_val (sweep->pieces, piece);
}

/* Rows and columns that have text. */
static void
count_hidden (const WorkbookSheet *sheet, HiddenCount *hidden)
{
  int last_row = -1;
  g_autoptr (GHashTable) columns = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < sheet->cells->len; i++) {
    const SheetCell *cell = &g_array_index (sheet->cells, SheetCell, i);
    if (is_hidden (sheet->hidden_columns, cell->column))
      g_hash_table_add (columns, GINT_TO_POINTER (cell->column));
    if (cell->row == last_row || !is_hidden (sheet->hidden_rows, cell->row))
      continue;
    last_row = cell->row;
    hidden->rows++;
  }
  hidden->columns += (int)g_hash_table_size (columns);
}

static int
piece_order (gconstpointer a, gconstpointer b)
{
  const Piece *one = a, *other = b;
  return one->rows.first != other->rows.first ? one->rows.first - other->rows.first
                                              : one->columns.first - other->columns.first;
}

GArray *
pieces_from_sheet (const WorkbookSheet *sheet, HiddenCount *hidden)
{
  g_autoptr (GHashTable) merges = merges_by_place (sheet);
  g_autofree int *covered_until = g_new (int, SHEET_COLUMNS);
  for (int i = 0; i < SHEET_COLUMNS; i++)
    covered_until[i] = -1;
  Sweep sweep = {sheet, merges, 0, covered_until, g_array_new (FALSE, FALSE, sizeof (Piece))};
  for (guint i = 0; i < sheet->cells->len; i++)
    add_piece (&sweep, &g_array_index (sheet->cells, SheetCell, i));
  count_hidden (sheet, hidden);
  g_array_sort (sweep.pieces, piece_order);
  return sweep.pieces;
}
