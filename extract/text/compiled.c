/* compiled.c - see compiled.h */
#include "text/compiled.h"

GVariant *
compiled_rows (const char *type, const GArray *rows)
{
  gsize size = g_array_get_element_size ((GArray *)rows);
  return g_variant_new_fixed_array (G_VARIANT_TYPE (type), rows->data, rows->len, size);
}

GVariant *
compiled_text (const GString *text)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text->str, text->len, 1);
}

gconstpointer
rows_of_compiled (GVariant *compiled, gsize child, gsize size, gsize *count)
{
  gsize ignored;
  g_autoptr (GVariant) rows = g_variant_get_child_value (compiled, child);
  return g_variant_get_fixed_array (rows, count ? count : &ignored, size);
}

GArray *
array_of_compiled (GVariant *compiled, gsize child, guint size)
{
  gsize count;
  gconstpointer rows = rows_of_compiled (compiled, child, size, &count);
  GArray *array = g_array_sized_new (FALSE, FALSE, size, (guint)count);
  return count ? g_array_append_vals (array, rows, (guint)count) : array;
}
