/* text_rows.c - see text_rows.h */
#include "read/text/text_rows.h"

#include <string.h>

gboolean
text_line_is_blank (const TextLine *line)
{
  return line->text[strspn (line->text, " \v")] == '\0';
}

/* TEXT without its struck-out words; *STRUCK: they, NULL where there are none. The caller frees both. */
static char *
without_struck (const char *text, char **struck)
{
  GString *kept = g_string_new (NULL), *taken = g_string_new (NULL);
  gboolean within = FALSE;
  for (; *text; text++) {
    if (*text == TEXT_STRUCK_BEGIN && taken->len > 0)
      g_string_append_c (taken, ' ');
    if (*text == TEXT_STRUCK_BEGIN || *text == TEXT_STRUCK_END)
      within = *text == TEXT_STRUCK_BEGIN;
    else
      g_string_append_c (within ? taken : kept, *text);
  }
  gboolean none = taken->len == 0;
  *struck = g_string_free (taken, none);
  *struck = none ? NULL : *struck;
  return g_strstrip (g_string_free (kept, FALSE));
}

void
text_parser_add (TextParser *parser, const char *text, int heading_level, int line_number)
{
  g_autofree char *struck = NULL;
  g_autofree char *seen = strchr (text, TEXT_STRUCK_BEGIN) ? without_struck (text, &struck) : g_strdup (text);
  Block *block = struck ? block_with_struck (BLOCK_TEXT, seen, struck, heading_level, (Place){.line = line_number})
                        : block_new (BLOCK_TEXT, seen, heading_level, (Place){.line = line_number});
  if (block)
    g_ptr_array_add (parser->blocks, block);
}

void
text_parser_add_term (TextParser *parser, const char *term, const char *text, int line_number)
{
  g_autofree char *whole = g_strconcat (term, *text ? "：" : "", text, NULL);
  text_parser_add (parser, whole, 0, line_number);
  if (strchr (whole, TEXT_STRUCK_BEGIN)) /* where the term ends is not told then */
    return;
  Block *block = g_ptr_array_index (parser->blocks, parser->blocks->len - 1);
  block->lead = strlen (term);
  block->make = g_strdup ("term");
}

TextRow *
text_row_new (int line)
{
  TextRow *row = g_new0 (TextRow, 1);
  *row = (TextRow){.cells = g_ptr_array_new_with_free_func (g_free), .line = line};
  return row;
}

void
text_row_free (TextRow *row)
{
  if (!row)
    return;
  g_ptr_array_unref (row->cells);
  g_free (row);
}

void
text_row_take_cell (TextRow *row, char *text)
{
  g_ptr_array_add (row->cells, g_strstrip (text));
}

static const char *
cell_text (const TextRow *row, guint index)
{
  return index < row->cells->len ? g_ptr_array_index (row->cells, index) : "";
}

gboolean
text_row_is_like (const TextRow *row, const TextRow *other)
{
  for (guint i = 0; i < MAX (row->cells->len, other->cells->len); i++)
    if (strcmp (cell_text (row, i), cell_text (other, i)))
      return FALSE;
  return TRUE;
}

TextRows *
text_rows_new (void)
{
  TextRows *rows = g_new0 (TextRows, 1);
  rows->list = g_ptr_array_new_with_free_func ((GDestroyNotify)text_row_free);
  return rows;
}

void
text_rows_free (TextRows *rows)
{
  if (!rows)
    return;
  g_ptr_array_unref (rows->list);
  g_free (rows);
}

TextRow *
text_rows_at (const TextRows *rows, int index)
{
  return g_ptr_array_index (rows->list, index);
}

int
text_rows_count (const TextRows *rows)
{
  return rows->list->len;
}

gboolean
text_rows_are_too_wide_for (const TextRows *rows, const TextRow *row)
{
  gint64 columns = MAX (rows->columns, (int)row->cells->len);
  return columns * (text_rows_count (rows) + 1) > 1000 + 4 * ((gint64)rows->cells + row->cells->len);
}

void
text_rows_take (TextRows *rows, TextRow *row)
{
  rows->columns = MAX (rows->columns, (int)row->cells->len);
  rows->cells += row->cells->len;
  g_ptr_array_add (rows->list, row);
}

int
text_row_filled (const TextRow *row)
{
  int filled = 0;
  for (guint i = 0; i < row->cells->len; i++)
    filled += *cell_text (row, i) != '\0';
  return filled;
}

/* "12", "1-3", "No.4", "①": the number of a row, not words. */
static gboolean
is_number (const char *text)
{
  if (g_ascii_strncasecmp (text, "no", 2) == 0)
    text += 2;
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* Of two columns the second may be empty: only a line that nothing parts is a banner. */
static gboolean
is_banner (const TextRow *row, int columns)
{
  return text_row_filled (row) == 1 && columns >= 2 && (columns > 2 || row->cells->len == 1) &&
         !is_number (cell_text (row, 0));
}

/* The columns up to the last that has words: lines may end in a separator. */
static int
columns_with_words (const TextRows *rows)
{
  int columns = 1;
  for (int i = 0; i < text_rows_count (rows); i++) {
    const TextRow *row = text_rows_at (rows, i);
    for (guint k = (guint)columns; k < row->cells->len; k++)
      columns = *cell_text (row, k) ? (int)k + 1 : columns;
  }
  return columns;
}

static void
add_cell (Grid *grid, int index, int column, int columns, const TextRow *row, CellHead head)
{
  char *struck;
  g_autofree char *text = without_struck (cell_text (row, column), &struck);
  Cell *cell = grid_add_cell (grid, index, column, 1, columns, text, (Place){.line = row->line});
  cell->head = head;
  cell->struck = struck;
}

static void
grid_add_row (Grid *grid, int index, const TextRow *row, CellHead head)
{
  if (is_banner (row, grid->columns)) {
    add_cell (grid, index, 0, grid->columns, row, head);
    return;
  }
  for (int column = 0; column < grid->columns; column++)
    add_cell (grid, index, column, 1, row, head);
}

Block *
block_from_rows (const TextRows *rows, int heads, CellHead head)
{
  Place place = {.line = text_rows_at (rows, 0)->line};
  Grid *grid = grid_new (text_rows_count (rows), columns_with_words (rows), place);
  for (int i = 0; i < text_rows_count (rows); i++)
    grid_add_row (grid, i, text_rows_at (rows, i), i < heads ? head : CELL_BODY);
  grid_complete (grid);
  return block_from_grid (grid);
}
