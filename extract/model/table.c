/* table.c - see table.h */
#include "model/table.h"

#include "model/note.h"

static void
field_clear (gpointer data)
{
  g_free (((Field *)data)->text);
  g_free (((Field *)data)->struck);
}

Row *
row_new (int columns)
{
  Row *row = g_new0 (Row, 1);
  row->fields = g_array_sized_new (FALSE, TRUE, sizeof (Field), columns);
  g_array_set_size (row->fields, columns);
  g_array_set_clear_func (row->fields, field_clear);
  row->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return row;
}

void
row_free (Row *row)
{
  if (!row)
    return;
  g_array_unref (row->fields);
  g_array_unref (row->places);
  g_free (row);
}

void
table_free (Table *table)
{
  if (!table)
    return;
  g_ptr_array_unref (table->rows);
  g_free (table);
}

Row *
table_row (const Table *table, int index)
{
  return g_ptr_array_index (table->rows, index);
}

Field *
row_field (const Row *row, int column)
{
  return &g_array_index (row->fields, Field, column);
}

/* "12", "No.3", "(4)", "A-2", "１－２": digits with a little around them. */
static gboolean
is_counter (const char *text)
{
  gboolean digits = FALSE;
  for (; *text; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    digits = digits || g_unichar_isdigit (character);
    if (g_unichar_isalpha (character) && character > 'z')
      return FALSE;
  }
  return digits;
}

CellHead
row_head (const Row *row)
{
  CellHead weakest = CELL_HEAD_BY_MARK;
  for (guint i = 0; i < row->fields->len; i++)
    weakest = MIN (weakest, row_field (row, (int)i)->head);
  return weakest;
}

gboolean
row_is_empty (const Row *row)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (*row_field (row, (int)i)->text)
      return FALSE;
  return TRUE;
}

gboolean
row_is_struck (const Row *row)
{
  guint struck = 0, counters = 0;
  for (guint i = 0; i < row->fields->len; i++) {
    const Field *field = row_field (row, (int)i);
    if (field->from_above)
      continue;
    struck += field->struck && !*field->text;
    if (!*field->text)
      continue;
    if (!is_counter (field->text) || counters++ > 0)
      return FALSE;
  }
  return struck > counters;
}

char *
row_struck_words (const Row *row)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < row->fields->len; i++) {
    const Field *field = row_field (row, (int)i);
    g_autofree char *cut = field->struck ? note_words (field->struck) : NULL;
    if (cut)
      g_string_append_printf (words, "%s\"%s\"", words->len > 0 ? ", " : "", cut);
  }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

Table *
table_transposed (const Table *table)
{
  Table *transposed = g_new0 (Table, 1);
  *transposed = (Table){.columns = (int)table->rows->len, .place = table->place, .first_block = table->first_block};
  transposed->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  for (int column = 0; column < table->columns; column++) {
    Row *row = row_new (transposed->columns);
    for (int i = 0; i < transposed->columns; i++) {
      const Field *field = row_field (table_row (table, i), column);
      *row_field (row, i) =
          (Field){g_strdup (field->text), g_strdup (field->struck), 1, FALSE, field->head, FALSE, field->place};
    }
    g_array_append_val (row->places, table->place);
    g_ptr_array_add (transposed->rows, row);
  }
  return transposed;
}

/* The fields of ROW from column FIRST on, WIDTH of them, as a row. */
static Row *
part_of_row (const Row *row, int first, int width)
{
  Row *part = row_new (width);
  for (int i = 0; i < width; i++) {
    Field *field = row_field (part, i);
    *field = *row_field (row, first + i);
    field->text = g_strdup (field->text);
    field->struck = g_strdup (field->struck);
    field->span = MIN (field->span, width - i);
  }
  g_array_append_vals (part->places, row->places->data, row->places->len);
  part->first_of_grid = row->first_of_grid;
  return part;
}

Table *
table_stacked (const Table *table, TableCopies copies)
{
  Table *stacked = g_new0 (Table, 1);
  *stacked = (Table){.columns = copies.width, .place = table->place, .first_block = table->first_block};
  stacked->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  for (int copy = 0; copy < copies.copies; copy++)
    for (guint i = 0; i < table->rows->len; i++)
      g_ptr_array_add (stacked->rows,
                       part_of_row (table_row (table, (int)i), copies.first + copy * copies.step, copies.width));
  return stacked;
}

static void
append_field (GString *text, const Field *field)
{
  for (const char *next = field->text; *next; next++) {
    if (*next == '\n')
      g_string_append (text, "\\n");
    else if (*next == '\t')
      g_string_append (text, "\\t");
    else
      g_string_append_c (text, *next);
  }
}

char *
table_to_string (const Table *table)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < table->rows->len; i++)
    for (int column = 0; column < table->columns; column++) {
      append_field (text, row_field (table_row (table, (int)i), column));
      g_string_append_c (text, column + 1 < table->columns ? '\t' : '\n');
    }
  return g_string_free (text, FALSE);
}
