/* csv_tables.c - sheets as CSV (RFC 4180): a line an item, a second file with a line a value, and a third that says what
 * the columns are (CSV on the Web, https://www.w3.org/TR/tabular-metadata/).
 *
 *     x.csv     x.values.csv     x.csv-metadata.json
 *
 * On standard output there is the first alone. Texts that a spreadsheet would take for formulas are guarded
 * (write/csv_field.h says how that is undone).
 */
#include "export/export_format.h"

#include <string.h>

#include "export/item_column.h"
#include "export/json_field.h"
#include "run/output.h"
#include "write/csv_field.h"
#include "write/json_text.h"

#define BOM "\xEF\xBB\xBF"

typedef struct {
  const Catalogue *catalogue;
  Output *items, *values, *metadata; /* the last two: NULL on standard output */
  char *items_name, *values_name;
  gboolean bom;
  guint sheets;
} CsvTables;

void
csv_tables_free (gpointer export)
{
  CsvTables *tables = export;
  if (!tables)
    return;
  output_close (tables->items);
  output_close (tables->values);
  output_close (tables->metadata);
  g_free (tables->items_name);
  g_free (tables->values_name);
  g_free (tables);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsvTables, csv_tables_free)

static gboolean
write_line (Output *output, GString *line, GError **error)
{
  g_string_append (line, "\r\n");
  return output_write (output, line->str, line->len, error);
}

static gboolean
write_head (Output *output, const ItemColumn *columns, const CsvTables *tables, GError **error)
{
  if (!output)
    return TRUE;
  g_autoptr (GString) line = g_string_new (NULL);
  for (const ItemColumn *column = columns; column->name; column++) {
    g_autofree char *name = column_name (column, tables->catalogue);
    csv_append (line, name);
  }
  if (tables->bom)
    g_string_prepend (line, BOM);
  return write_line (output, line, error);
}

static gboolean
write_row (Output *output, const ItemColumn *columns, const RowSource *source, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (const ItemColumn *column = columns; column->name; column++) {
    g_autofree char *text = column_text (column, source);
    gboolean guarded = column->type == CELL_TEXT || column->type == CELL_DATE;
    if (column == columns)
      g_string_append (line, text);
    else if (guarded)
      csv_append_guarded (line, text);
    else
      csv_append (line, text);
  }
  return write_line (output, line, error);
}

/* "x.csv" → "x". */
static char *
path_without_ending (const char *path)
{
  return g_str_has_suffix (path, ".csv") ? g_strndup (path, strlen (path) - strlen (".csv")) : g_strdup (path);
}

static gboolean
open_files (CsvTables *tables, const char *path, GError **error)
{
  g_autofree char *stem = path_without_ending (path);
  g_autofree char *values = g_strconcat (stem, ".values.csv", NULL);
  g_autofree char *metadata = g_strconcat (stem, ".csv-metadata.json", NULL);
  tables->items_name = g_path_get_basename (path);
  tables->values_name = g_path_get_basename (values);
  tables->items = output_open (path, error);
  tables->values = tables->items ? output_open (values, error) : NULL;
  tables->metadata = tables->values ? output_open (metadata, error) : NULL;
  return tables->metadata != NULL;
}

gpointer
csv_tables_open (const ExportRequest *request, GError **error)
{
  g_autoptr (CsvTables) tables = g_new0 (CsvTables, 1);
  tables->catalogue = request->knowledge->catalogue;
  tables->bom = request->bom;
  if (g_str_equal (request->path, "-"))
    tables->items = output_standard ();
  else if (!open_files (tables, request->path, error))
    return NULL;
  if (!write_head (tables->items, item_columns, tables, error) ||
      !write_head (tables->values, value_columns, tables, error))
    return NULL;
  return g_steal_pointer (&tables);
}

static gboolean
add_values (CsvTables *tables, RowSource *source, GError **error)
{
  source->value_number = 0;
  for (const cJSON *value = json_first_at (source->item, "answer.values"); value && tables->values;
       value = value->next) {
    source->value = value;
    source->value_number++;
    if (!write_row (tables->values, value_columns, source, error))
      return FALSE;
  }
  source->value = NULL;
  return TRUE;
}

gboolean
csv_tables_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  CsvTables *tables = export;
  RowSource source = {.catalogue = tables->catalogue, .sheet = sheet, .sheet_number = ++tables->sheets};
  for (source.item = json_first_at (sheet->tree, "items"); source.item; source.item = source.item->next) {
    source.item_number++;
    if (!write_row (tables->items, item_columns, &source, error) || !add_values (tables, &source, error))
      return FALSE;
  }
  return TRUE;
}

/* The metadata. */

static const char *
csvw_type (CellType type)
{
  static const char *const types[] = {
      [CELL_TEXT] = "string",   [CELL_DATE] = "string", [CELL_INTEGER] = "integer", [CELL_NUMBER] = "number",
      [CELL_TRUTH] = "boolean", [CELL_LIST] = "json",   [CELL_OBJECT] = "json"};
  return types[type];
}

static cJSON *
json_of_texts (const char *first, const char *second, const char *third)
{
  const char *texts[] = {first, second, third};
  cJSON *list = cJSON_CreateArray ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts) && texts[i]; i++)
    cJSON_AddItemToArray (list, cJSON_CreateString (texts[i]));
  return list;
}

/* RESOURCE: the table that a row's sheet and item are in; NULL: it is that table. */
static cJSON *
json_of_table (const CsvTables *tables, const char *name, const ItemColumn *columns, const char *resource)
{
  cJSON *table = cJSON_CreateObject (), *schema = cJSON_CreateObject (), *list = cJSON_CreateArray ();
  for (const ItemColumn *column = columns; column->name; column++) {
    g_autofree char *title = column_name (column, tables->catalogue);
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddStringToObject (object, "name", title);
    cJSON_AddStringToObject (object, "titles", title);
    cJSON_AddStringToObject (object, "datatype", csvw_type (column->type));
    cJSON_AddStringToObject (object, "dc:description", column->meaning);
    cJSON_AddItemToArray (list, object);
  }
  cJSON_AddItemToObject (schema, "columns", list);
  cJSON_AddItemToObject (schema, "primaryKey", json_of_texts ("sheet", "item", resource ? "position" : NULL));
  if (resource) {
    cJSON *key = cJSON_CreateObject (), *reference = cJSON_CreateObject (), *keys = cJSON_CreateArray ();
    cJSON_AddItemToObject (key, "columnReference", json_of_texts ("sheet", "item", NULL));
    cJSON_AddStringToObject (reference, "resource", resource);
    cJSON_AddItemToObject (reference, "columnReference", json_of_texts ("sheet", "item", NULL));
    cJSON_AddItemToObject (key, "reference", reference);
    cJSON_AddItemToArray (keys, key);
    cJSON_AddItemToObject (schema, "foreignKeys", keys);
  }
  cJSON_AddStringToObject (table, "url", name);
  cJSON_AddItemToObject (table, "tableSchema", schema);
  return table;
}

static gboolean
write_metadata (const CsvTables *tables, GError **error)
{
  cJSON *tree = cJSON_CreateObject (), *list = cJSON_CreateArray (), *dialect = cJSON_CreateObject ();
  cJSON_AddStringToObject (tree, "@context", "http://www.w3.org/ns/csvw");
  cJSON_AddStringToObject (dialect, "encoding", "utf-8");
  cJSON_AddStringToObject (dialect, "lineTerminators", "\r\n");
  cJSON_AddBoolToObject (dialect, "doubleQuote", TRUE);
  cJSON_AddItemToObject (tree, "dialect", dialect);
  cJSON_AddStringToObject (tree, "dc:description",
                           "A text that matches ^'+[=+@\\t\\r-] has one ' in front that is not the vendor's, "
                           "so that no spreadsheet takes it for a formula; without it the text is the vendor's.");
  cJSON_AddItemToArray (list, json_of_table (tables, tables->items_name, item_columns, NULL));
  cJSON_AddItemToArray (list, json_of_table (tables, tables->values_name, value_columns, tables->items_name));
  cJSON_AddItemToObject (tree, "tables", list);
  g_autofree char *text = json_text_for_eyes (tree);
  cJSON_Delete (tree);
  return output_write (tables->metadata, text, strlen (text), error);
}

gboolean
csv_tables_commit (gpointer export, GError **error)
{
  CsvTables *tables = export;
  if (!tables->metadata)
    return TRUE;
  return write_metadata (tables, error) && output_commit (tables->values, error) &&
         output_commit (tables->metadata, error) && output_commit (tables->items, error);
}
