/* workbook_pieces.c - see workbook.h: what can be seen of a sheet.
 *
 * A merged range shows the text of its first cell and no other. Where its first rows are hidden, the text stands in the
 * rest of it.
 */
#include "read/workbook/workbook.h"

/* What of a column the merges take that began in the rows so far. */
typedef struct {
  int covered_until;  /* the last row that any of them reaches into; -1: none */
  const Merge *begun; /* the last that begins in this column */
} SweptColumn;

typedef struct {
  const WorkbookSheet *sheet;
  guint next_merge;
  SweptColumn *columns; /* SHEET_COLUMNS of them */
  GArray *pieces;
} Sweep;

/* Merges that lie over others are against the format; one that begins under another is left aside. */
static void
take_merge (Sweep *sweep, const Merge *merge)
{
  if (sweep->columns[merge->columns.first].covered_until >= merge->rows.first)
    return;
  sweep->columns[merge->columns.first].begun = merge;
  for (int column = merge->columns.first; column <= merge->columns.last; column++)
    sweep->columns[column].covered_until = MAX (sweep->columns[column].covered_until, merge->rows.last);
}

/* Takes the merges that begin in ROW or above. */
static void
sweep_to (Sweep *sweep, int row)
{
  for (; sweep->next_merge < sweep->sheet->merges->len; sweep->next_merge++) {
    const Merge *merge = &g_array_index (sweep->sheet->merges, Merge, sweep->next_merge);
    if (merge->rows.first > row)
      return;
    take_merge (sweep, merge);
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
  sweep_to (sweep, cell->row);
  SweptColumn swept = sweep->columns[cell->column];
  const Merge *merge = swept.begun && swept.begun->rows.first == cell->row ? swept.begun : NULL;
  if (!merge && swept.covered_until >= cell->row)
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
  g_autofree SweptColumn *columns = g_new (SweptColumn, SHEET_COLUMNS);
  for (int i = 0; i < SHEET_COLUMNS; i++)
    columns[i] = (SweptColumn){-1, NULL};
  Sweep sweep = {sheet, 0, columns, g_array_new (FALSE, FALSE, sizeof (Piece))};
  for (guint i = 0; i < sheet->cells->len; i++)
    add_piece (&sweep, &g_array_index (sheet->cells, SheetCell, i));
  count_hidden (sheet, hidden);
  g_array_sort (sweep.pieces, piece_order);
  return sweep.pieces;
}
