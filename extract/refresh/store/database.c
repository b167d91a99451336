/* database.c - see database.h */
#include "refresh/store/database.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/error.h"

enum { SCHEMA_VERSION = 2, APPLICATION = 0x63737374, WAIT_MILLISECONDS = 10000 };

static void
keep_fault (Database *database)
{
  if (!database->fault)
    database->fault = g_strdup_printf ("corpus.db: %s", sqlite3_errmsg (database->connection));
}

static gboolean
fail (const Database *database, GError **error)
{
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, database->fault);
  return FALSE;
}

static void
run_script (Database *database, const char *script)
{
  if (!database->fault && sqlite3_exec (database->connection, script, NULL, NULL, NULL) != SQLITE_OK)
    keep_fault (database);
}

static void
run_script_named (Database *database, const char *name)
{
  g_autoptr (GBytes) script = g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  run_script (database, g_bytes_get_data (script, NULL));
}

static int
number_of (Database *database, const char *sql)
{
  sqlite3_stmt *statement = database_ask (database, sql, "");
  int number = 0;
  while (database_row (database, statement))
    number = sqlite3_column_int (statement, 0);
  return number;
}

/* Before anything is written: whether the tables are ours, or the file is empty. */
static gboolean
check_tables (Database *database, GError **error)
{
  int version = number_of (database, "pragma user_version");
  int tables = number_of (database, "select count (*) from sqlite_master");
  int application = number_of (database, "pragma application_id");
  if (database->fault)
    return fail (database, error);
  if (tables > 0 && application != APPLICATION) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("corpus.db: belongs to another program; move it away, or name another folder"));
    return FALSE;
  }
  if (version <= SCHEMA_VERSION)
    return TRUE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
               _ ("corpus.db: has version %d, this program supports version %d; use a newer program"), version,
               SCHEMA_VERSION);
  return FALSE;
}

static gboolean
make_tables (Database *database, GError **error)
{
  run_script (database, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
  int version = number_of (database, "pragma user_version");
  if (version == SCHEMA_VERSION || database->fault)
    return !database->fault || fail (database, error);
  database_begin (database);
  if (version == 1)
    run_script_named (database, "/refresh/store/corpus-2.sql");
  run_script_named (database, "/refresh/store/corpus.sql");
  return database_commit (database, error);
}

static void
statement_free (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* A folder that cannot be written to (another's, a copy on a disc) cannot hold what readers of a write-ahead log share.
 * Without a log the file is whole, and SQLite may treat it as immutable. */
static char *
name_for_sqlite (const Corpus *corpus, int flags)
{
  g_autofree char *path = corpus_path (corpus, "corpus.db"), *log = corpus_path (corpus, "corpus.db-wal");
  g_autofree char *address = g_uri_escape_string (path, "/", FALSE);
  gboolean still =
      (flags & SQLITE_OPEN_READONLY) && g_access (corpus->folder, W_OK) != 0 && !g_file_test (log, G_FILE_TEST_EXISTS);
  return g_strconcat ("file:", address, still ? "?immutable=1" : "", NULL);
}

static Database *
open_with (const Corpus *corpus, int flags, GError **error)
{
  g_autofree char *path = name_for_sqlite (corpus, flags);
  g_autofree char *file = corpus_path (corpus, "corpus.db");
  g_autoptr (Database) database = g_new0 (Database, 1);
  if (g_file_test (file, G_FILE_TEST_EXISTS) && !g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("corpus.db: is not a regular file"));
    return NULL;
  }
  database->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  if (sqlite3_open_v2 (path, &database->connection, flags | SQLITE_OPEN_URI, NULL) != SQLITE_OK) {
    keep_fault (database);
    return fail (database, error), NULL;
  }
  sqlite3_busy_timeout (database->connection, WAIT_MILLISECONDS);
  return g_steal_pointer (&database);
}

Database *
database_open (const Corpus *corpus, GError **error)
{
  g_autoptr (Database) database = open_with (corpus, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (!database || !check_tables (database, error) || !make_tables (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

Database *
database_open_to_read (const Corpus *corpus, GError **error)
{
  g_autofree char *path = corpus_path (corpus, "corpus.db");
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("there is no corpus.db; checksheet refresh makes it"));
    return NULL;
  }
  g_autoptr (Database) database = open_with (corpus, SQLITE_OPEN_READONLY, error);
  if (!database || !check_tables (database, error))
    return NULL;
  int version = number_of (database, "pragma user_version");
  if (version == SCHEMA_VERSION)
    return g_steal_pointer (&database);
  if (version == 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("corpus.db: has no tables; checksheet refresh makes them"));
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("corpus.db: is of an older program (version %d); checksheet refresh brings it up to date"),
                 version);
  return NULL;
}

static sqlite3_stmt *
statement_for (Database *database, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (database->statements, sql);
  if (statement)
    return statement;
  if (sqlite3_prepare_v3 (database->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
    keep_fault (database);
    return NULL;
  }
  g_hash_table_insert (database->statements, (char *)sql, statement);
  return statement;
}

static void
bind (sqlite3_stmt *statement, const char *types, va_list values)
{
  for (int i = 1; *types; types++, i++) {
    if (*types == 't') {
      sqlite3_bind_text (statement, i, va_arg (values, const char *), -1, SQLITE_TRANSIENT);
      continue;
    }
    gint64 number = va_arg (values, gint64);
    if (*types == 'n' && number == 0)
      sqlite3_bind_null (statement, i);
    else
      sqlite3_bind_int64 (statement, i, number);
  }
}

static sqlite3_stmt *
ask (Database *database, const char *sql, const char *types, va_list values)
{
  sqlite3_stmt *statement = database->fault ? NULL : statement_for (database, sql);
  if (statement)
    bind (statement, types, values);
  return statement;
}

sqlite3_stmt *
database_ask (Database *database, const char *sql, const char *types, ...)
{
  va_list values;
  va_start (values, types);
  sqlite3_stmt *statement = ask (database, sql, types, values);
  va_end (values);
  return statement;
}

gboolean
database_row (Database *database, sqlite3_stmt *statement)
{
  if (!statement)
    return FALSE;
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    keep_fault (database);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return FALSE;
}

void
database_do (Database *database, const char *sql, const char *types, ...)
{
  va_list values;
  va_start (values, types);
  sqlite3_stmt *statement = ask (database, sql, types, values);
  va_end (values);
  while (database_row (database, statement))
    ;
}

char *
database_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

gint64
database_new_row (Database *database)
{
  return sqlite3_last_insert_rowid (database->connection);
}

void
database_begin (Database *database)
{
  run_script (database, "begin immediate");
}

gboolean
database_commit (Database *database, GError **error)
{
  run_script (database, "commit");
  if (!database->fault)
    return TRUE;
  sqlite3_exec (database->connection, "rollback", NULL, NULL, NULL);
  return fail (database, error);
}

void
database_free (Database *database)
{
  if (!database)
    return;
  g_clear_pointer (&database->statements, g_hash_table_unref);
  sqlite3_close (database->connection);
  g_free (database->fault);
  g_free (database);
}
