/* row.c - see row.h */
#include "layout/row.h"

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
