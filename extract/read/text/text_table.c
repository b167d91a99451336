/* text_table.c - see text_table.h */
#include "read/text/text_table.h"

#include <string.h>

#define ROW_SPAN_MOST 1000
#define COLUMNS_MOST 200
#define PLACES_MOST (1000 * 1000)

typedef struct {
  int row, column;
  TextSpan span;
  char *text;
  int line;
} PlacedText;

struct TextTable {
  GArray *cells; /* PlacedText */
  GArray *below; /* int: for each column, how many rows from this one on a cell of an earlier row covers */
  int row, column, columns;
};

static void
placed_text_clear (gpointer data)
{
  g_free (((PlacedText *)data)->text);
}

TextTable *
text_table_new (void)
{
  TextTable *table = g_new0 (TextTable, 1);
  *table = (TextTable){.cells = g_array_new (FALSE, FALSE, sizeof (PlacedText)),
                       .below = g_array_new (FALSE, TRUE, sizeof (int)),
                       .row = -1};
  g_array_set_clear_func (table->cells, placed_text_clear);
  return table;
}

void
text_table_free (TextTable *table)
{
  if (!table)
    return;
  g_array_unref (table->cells);
  g_array_unref (table->below);
  g_free (table);
}

static int *
rows_below (TextTable *table, int column)
{
  if ((int)table->below->len <= column)
    g_array_set_size (table->below, column + 1);
  return &g_array_index (table->below, int, column);
}

void
text_table_begin_row (TextTable *table)
{
  for (guint i = 0; i < table->below->len; i++)
    *rows_below (table, i) = MAX (0, *rows_below (table, i) - 1);
  table->row++;
  table->column = 0;
}

int
text_table_next_column (TextTable *table)
{
  if (table->row < 0)
    return -1;
  while (table->column<COLUMNS_MOST && * rows_below (table, table->column)> 0)
    table->column++;
  return table->column;
}

void
text_table_take_cell (TextTable *table, char *text, TextSpan span, int line)
{
  g_strstrip (text);
  if (table->row < 0)
    text_table_begin_row (table);
  int column = text_table_next_column (table);
  if (column >= COLUMNS_MOST) {
    text_table_append (table, "\n", text);
    g_free (text);
    return;
  }
  span.row_span = CLAMP (span.row_span, 1, ROW_SPAN_MOST);
  span.column_span = CLAMP (span.column_span, 1, COLUMNS_MOST - column);
  for (int i = column; i < column + span.column_span; i++)
    *rows_below (table, i) = span.row_span;
  PlacedText cell = {table->row, column, span, text, line};
  g_array_append_val (table->cells, cell);
  table->column = column + span.column_span;
  table->columns = MAX (table->columns, table->column);
}

gboolean
text_table_append (TextTable *table, const char *between, const char *text)
{
  PlacedText *last = table->cells->len ? &g_array_index (table->cells, PlacedText, table->cells->len - 1) : NULL;
  if (!last || last->row != table->row)
    return FALSE;
  char *joined = g_strconcat (last->text, *last->text ? between : "", text, NULL);
  g_free (last->text);
  last->text = g_strstrip (joined);
  return TRUE;
}

/* Whether the cell at INDEX is the first of its row, has words, and none of the others has. */
static gboolean
is_alone (const TextTable *table, guint index)
{
  const PlacedText *cell = &g_array_index (table->cells, PlacedText, index);
  gboolean words = FALSE;
  for (const char *at = cell->text; *at && !words; at = g_utf8_next_char (at))
    words = g_unichar_isalpha (g_utf8_get_char (at));
  if (table->columns < 3 || cell->column > 0 || cell->span.row_span > 1 || !words)
    return FALSE;
  for (guint i = index + 1; i < table->cells->len; i++) {
    const PlacedText *other = &g_array_index (table->cells, PlacedText, i);
    if (other->row != cell->row)
      return TRUE;
    if (*other->text || other->span.row_span > 1)
      return FALSE;
  }
  return TRUE;
}

/* Whether a cell from a row above covers a place of ROW. */
static gboolean
is_covered (const TextTable *table, int row)
{
  for (guint i = 0; i < table->cells->len; i++) {
    const PlacedText *cell = &g_array_index (table->cells, PlacedText, i);
    if (cell->row < row && cell->row + cell->span.row_span > row)
      return TRUE;
  }
  return FALSE;
}

Block *
block_from_text_table (const TextTable *table)
{
  if (table->cells->len == 0 || (gint64)(table->row + 1) * table->columns > PLACES_MOST)
    return NULL;
  Place place = {.line = g_array_index (table->cells, PlacedText, 0).line};
  Grid *grid = grid_new (table->row + 1, table->columns, place);
  for (guint i = 0; i < table->cells->len; i++) {
    const PlacedText *cell = &g_array_index (table->cells, PlacedText, i);
    gboolean alone = is_alone (table, i) && !is_covered (table, cell->row);
    Cell *added =
        grid_add_cell (grid, cell->row, cell->column, cell->span.row_span,
                       alone ? table->columns : cell->span.column_span, cell->text, (Place){.line = cell->line});
    added->head = cell->span.head;
    while (alone && i + 1 < table->cells->len && g_array_index (table->cells, PlacedText, i + 1).row == cell->row)
      i++;
  }
  grid_complete (grid);
  return block_from_grid (grid);
}
