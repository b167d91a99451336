/* ndjson_lines.c - sheets as NDJSON: an object an item, with every column of item_column.h always there and always of
 * one type (or null); or nested, the whole sheet on a line, each of its tokens as it was written. */
#include "export/export_format.h"

#include <string.h>

#include "export/item_column.h"
#include "export/json_field.h"
#include "run/output.h"
#include "write/json_text.h"

typedef struct {
  const Catalogue *catalogue;
  Output *output;
  gboolean nested;
  guint sheets;
} NdjsonLines;

void
ndjson_lines_free (gpointer export)
{
  NdjsonLines *lines = export;
  if (lines)
    output_close (lines->output);
  g_free (lines);
}

gpointer
ndjson_lines_open (const ExportRequest *request, GError **error)
{
  Output *output = g_str_equal (request->path, "-") ? output_standard () : output_open (request->path, error);
  if (!output)
    return NULL;
  NdjsonLines *lines = g_new (NdjsonLines, 1);
  *lines = (NdjsonLines){request->knowledge->catalogue, output, request->nested, 0};
  return lines;
}

static gboolean
add_nested (NdjsonLines *lines, const StreamedSheet *sheet, GError **error)
{
  gsize length;
  g_autofree char *line = json_squeezed (sheet->text, sheet->length, &length);
  return output_write (lines->output, line, length, error) && output_write (lines->output, "\n", 1, error);
}

gboolean
ndjson_lines_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  NdjsonLines *lines = export;
  if (lines->nested)
    return add_nested (lines, sheet, error);
  RowSource source = {.catalogue = lines->catalogue, .sheet = sheet, .sheet_number = ++lines->sheets};
  for (source.item = json_first_at (sheet->tree, "items"); source.item; source.item = source.item->next) {
    source.item_number++;
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddStringToObject (object, "format", "checksheet-item/1");
    for (const ItemColumn *column = item_columns; column->name; column++) {
      g_autofree char *name = column_name (column, lines->catalogue);
      cJSON_AddItemToObject (object, name, column_cell (column, &source));
    }
    g_autofree char *line = json_text_of_one_line (object);
    cJSON_Delete (object);
    if (!output_write (lines->output, line, strlen (line), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
ndjson_lines_commit (gpointer export, GError **error)
{
  return output_commit (((NdjsonLines *)export)->output, error);
}
