/* sheet_database.c - sheets as an SQLite database, for other programs, and back (stored_sheets.h).
 *
 * The tables, their views and what each column is are in sheets.sql; what the columns of items and values mean is in the
 * database too (table `columns`). `documents.json` has the exact text of each sheet, so that nothing is lost.
 */
#include "export/export_format.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <sqlite3.h>

#include "export/item_column.h"
#include "export/json_field.h"
#include "export/stored_sheets.h"
#include "model/document.h"
#include "model/error.h"
#include "run/output.h"

/* The first failure is kept by SQLite's transaction: what follows fails too, and nothing is committed. */

typedef struct {
  const char *table;
  const char *rows; /* the path of its rows, from the sheet or the item */
  const char *texts[8];
} RowTable;

#define TEXT_KEY(text) #text,

/* Columns after the owner and the position; a list or an object is written as its JSON. */
static const RowTable document_tables[] = {
    {"notes", "notes", {"code", "severity", "text", "place"}},
    {"checks", "checks", {"code", "severity", "text", "items"}},
    {"revisions", "document.revisions", {REVISION_TEXTS (TEXT_KEY) "items"}},
    {"certifications", "document.certifications", {CERTIFICATION_TEXTS (TEXT_KEY)}},
};
static const RowTable item_tables[] = {
    {"\"values\"", "answer.values", {"kind", "value", "=value", "unit", "bound", "target", "text", "about"}},
    {"choices", "answer.choices", {"text", "chosen"}},
    {"answers_by", "answer.by", {"head", "text", "status"}},
};

static const char *const document_texts[] = {
    "document.product",   "document.title",  "document.version",   "document.issued", "document.revised",
    "source.uri",         "source.member",   "source.media_type",  "source.sha256",   "source.bytes",
    "source.pages",       "source.text",     "confidence",         "coverage.mapped", "coverage.extensions",
    "coverage.catalogue", "made_by.program", "made_by.fingerprint"};
static const char *const item_texts[] = {"number",        "section", "category",    "name",
                                         "definition",    "unit",    "answer.text", "answer.status",
                                         "answer.detail", "other",   "struck",      "confidence"};
static const char *const place_texts[] = {"page", "line", "sheet", "cell"};
static const char *const match_texts[] = {"id", "no", "name", "how", "score"};

typedef struct {
  sqlite3 *database;
  const Catalogue *catalogue;
  Output *output;
  GHashTable *statements; /* const char * (static SQL or interned) -> sqlite3_stmt * */
  GHashTable *names;      /* of documents: char * */
  gint64 documents, items;
  char *fault; /* the first failure; NULL: none */
} SheetDatabase;

static void
statement_free (gpointer statement)
{
  sqlite3_finalize (statement);
}

void
sheet_database_free (gpointer export)
{
  SheetDatabase *base = export;
  if (!base)
    return;
  g_hash_table_unref (base->statements);
  g_hash_table_unref (base->names);
  sqlite3_close (base->database);
  output_close (base->output);
  g_free (base->fault);
  g_free (base);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SheetDatabase, sheet_database_free)

static void
keep_fault (SheetDatabase *base)
{
  if (!base->fault)
    base->fault = g_strdup (sqlite3_errmsg (base->database));
}

static void
run_script (SheetDatabase *base, const char *script)
{
  if (!base->fault && sqlite3_exec (base->database, script, NULL, NULL, NULL) != SQLITE_OK)
    keep_fault (base);
}

/* An insert into TABLE of COLUMNS columns, made once. NULL: a failure. */
static sqlite3_stmt *
insert_into (SheetDatabase *base, const char *table, gsize columns)
{
  sqlite3_stmt *statement = g_hash_table_lookup (base->statements, table);
  if (statement || base->fault)
    return base->fault ? NULL : statement;
  g_autoptr (GString) sql = g_string_new ("insert into ");
  g_string_append_printf (sql, "%s values (?", table);
  for (gsize i = 1; i < columns; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  if (sqlite3_prepare_v3 (base->database, sql->str, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    keep_fault (base);
  else
    g_hash_table_insert (base->statements, (char *)table, statement);
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

static void
bind_json (sqlite3_stmt *statement, int column, const cJSON *value)
{
  if (!statement || !value)
    return;
  if (cJSON_IsString (value))
    bind_text (statement, column, value->valuestring);
  else if (cJSON_IsNumber (value) && value->valuedouble == floor (value->valuedouble) &&
           fabs (value->valuedouble) < 1e15)
    sqlite3_bind_int64 (statement, column, (gint64)value->valuedouble);
  else if (cJSON_IsNumber (value))
    sqlite3_bind_double (statement, column, value->valuedouble);
  else if (cJSON_IsBool (value))
    sqlite3_bind_int (statement, column, cJSON_IsTrue (value));
  else {
    char *json = cJSON_PrintUnformatted (value);
    bind_text (statement, column, json);
    cJSON_free (json);
  }
}

static void
finish_row (SheetDatabase *base, sqlite3_stmt *statement)
{
  if (!statement)
    return;
  if (!base->fault && sqlite3_step (statement) != SQLITE_DONE)
    keep_fault (base);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

static void
add_rows (SheetDatabase *base, const RowTable *table, gint64 owner, const cJSON *tree)
{
  gsize columns = 0;
  while (columns < G_N_ELEMENTS (table->texts) && table->texts[columns])
    columns++;
  gint64 position = 0;
  for (const cJSON *row = json_first_at (tree, table->rows); row; row = row->next) {
    sqlite3_stmt *statement = insert_into (base, table->table, columns + 2);
    sqlite3_bind_int64 (statement, 1, owner);
    sqlite3_bind_int64 (statement, 2, ++position);
    for (gsize i = 0; i < columns; i++) {
      gboolean amount = table->texts[i][0] == '=';
      const cJSON *value = json_at (row, table->texts[i] + amount);
      if (!amount || cJSON_IsNumber (value))
        bind_json (statement, (int)i + 3, value);
    }
    finish_row (base, statement);
  }
}

static int
bind_texts (sqlite3_stmt *statement, int column, const cJSON *tree, const char *const *paths, gsize count)
{
  for (gsize i = 0; i < count; i++)
    bind_json (statement, column++, json_at (tree, paths[i]));
  return column;
}

static void
add_item (SheetDatabase *base, const cJSON *item, gint64 position)
{
  const cJSON *match = json_at (item, base->catalogue->key), *place = json_first_at (item, "place");
  sqlite3_stmt *statement = insert_into (base, "items", 25);
  sqlite3_bind_int64 (statement, 1, ++base->items);
  sqlite3_bind_int64 (statement, 2, base->documents);
  sqlite3_bind_int64 (statement, 3, position);
  int column = bind_texts (statement, 4, match, match_texts, G_N_ELEMENTS (match_texts));
  column = bind_texts (statement, column, item, item_texts, G_N_ELEMENTS (item_texts));
  column = bind_texts (statement, column, place, place_texts, G_N_ELEMENTS (place_texts));
  bind_json (statement, column, json_at (item, "place"));
  finish_row (base, statement);
  for (gsize i = 0; i < G_N_ELEMENTS (item_tables); i++)
    add_rows (base, &item_tables[i], base->items, item);
}

/* The caller frees. */
static char *
new_document_name (SheetDatabase *base, const char *file)
{
  char *name = g_strdup (file);
  for (guint number = 2; g_hash_table_contains (base->names, name); number++) {
    g_free (name);
    name = g_strdup_printf ("%s-%u", file, number);
  }
  g_hash_table_add (base->names, g_strdup (name));
  return name;
}

static gboolean
succeed (const SheetDatabase *base, GError **error)
{
  if (!base->fault)
    return TRUE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("the database cannot be written: %s"), base->fault);
  return FALSE;
}

gboolean
sheet_database_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  SheetDatabase *base = export;
  g_autofree char *name = new_document_name (base, sheet->file);
  sqlite3_stmt *statement = insert_into (base, "documents", 22);
  sqlite3_bind_int64 (statement, 1, ++base->documents);
  bind_text (statement, 2, name);
  bind_text (statement, 3, sheet->vendor);
  int column = bind_texts (statement, 4, sheet->tree, document_texts, G_N_ELEMENTS (document_texts));
  sqlite3_bind_text64 (statement, column, sheet->text, sheet->length, SQLITE_TRANSIENT, SQLITE_UTF8);
  finish_row (base, statement);
  for (gsize i = 0; i < G_N_ELEMENTS (document_tables); i++)
    add_rows (base, &document_tables[i], base->documents, sheet->tree);
  gint64 position = 0;
  for (const cJSON *item = json_first_at (sheet->tree, "items"); item; item = item->next)
    add_item (base, item, ++position);
  return succeed (base, error);
}

static void
add_catalogue (SheetDatabase *base)
{
  for (int i = 0; i < base->catalogue->count; i++) {
    const CatalogueItem *item = &base->catalogue->items[i];
    sqlite3_stmt *statement = insert_into (base, "catalogue", 6);
    const char *texts[] = {item->id, item->category, item->name, item->definition, item->unit};
    sqlite3_bind_int (statement, 1, item->no);
    for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
      bind_text (statement, (int)k + 2, texts[k]);
    finish_row (base, statement);
  }
}

/* What items and values have in common with the other formats; the rest is named in sheets.sql. */
static void
add_meanings (SheetDatabase *base, const char *table, const ItemColumn *columns)
{
  for (const ItemColumn *column = columns; column->name; column++) {
    g_autofree char *name = column_name (column, base->catalogue);
    sqlite3_stmt *statement = insert_into (base, "columns", 3);
    bind_text (statement, 1, table);
    bind_text (statement, 2, name);
    bind_text (statement, 3, column->meaning);
    finish_row (base, statement);
  }
}

/* The tables, with the key of the catalogue in the names of its columns. */
static void
make_tables (SheetDatabase *base)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/export/sheets.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GString) script = g_string_new (g_bytes_get_data (bytes, NULL));
  g_autofree char *key = g_strconcat (base->catalogue->key, "_", NULL);
  g_autofree char *numbers =
      g_strdup_printf ("pragma application_id = %d; pragma user_version = %d;", SHEETS_APPLICATION_ID, SHEETS_VERSION);
  g_string_replace (script, "meti_", key, 0);
  run_script (base, "pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = on;");
  run_script (base, numbers);
  run_script (base, "begin");
  run_script (base, script->str);
  add_catalogue (base);
  add_meanings (base, "items", item_columns);
  add_meanings (base, "values", value_columns);
}

gpointer
sheet_database_open (const ExportRequest *request, GError **error)
{
  g_autoptr (SheetDatabase) base = g_new0 (SheetDatabase, 1);
  base->catalogue = request->knowledge->catalogue;
  base->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  base->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  base->output = output_open_named (request->path, error);
  if (!base->output)
    return NULL;
  if (sqlite3_open (base->output->part, &base->database) != SQLITE_OK)
    keep_fault (base);
  make_tables (base);
  return succeed (base, error) ? g_steal_pointer (&base) : NULL;
}

gboolean
sheet_database_commit (gpointer export, GError **error)
{
  SheetDatabase *base = export;
  run_script (base, "insert into search (search) values ('rebuild')");
  run_script (base, "commit");
  run_script (base, "pragma optimize");
  return succeed (base, error) && output_commit (base->output, error);
}
