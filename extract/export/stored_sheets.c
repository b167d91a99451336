/* stored_sheets.c - see stored_sheets.h */
#include "export/stored_sheets.h"

#include <glib/gi18n.h>
#include <sqlite3.h>

#include "model/error.h"

static int
pragma_number (sqlite3 *database, const char *pragma)
{
  sqlite3_stmt *statement = NULL;
  int number = -1;
  if (sqlite3_prepare_v2 (database, pragma, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

/* It may come from anywhere: nothing of its schema is trusted. NULL: it cannot be opened. */
static sqlite3 *
open_to_read (const char *path)
{
  sqlite3 *database = NULL;
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
    sqlite3_close (database);
    return NULL;
  }
  sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return database;
}

gboolean
sheet_database_is (const char *path)
{
  sqlite3 *database = open_to_read (path);
  gboolean is = database && pragma_number (database, "pragma application_id") == SHEETS_APPLICATION_ID;
  sqlite3_close (database);
  return is;
}

static gboolean
check_version (sqlite3 *database, GError **error)
{
  int version = pragma_number (database, "pragma user_version");
  if (pragma_number (database, "pragma application_id") != SHEETS_APPLICATION_ID)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 _ ("is a database, but not one that checksheet export made; name that, or the sheets"));
  else if (version > SHEETS_VERSION)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 _ ("is a database of version %d, this program knows version %d; use the newer program"), version,
                 SHEETS_VERSION);
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_rows (sqlite3 *database, SheetRowTurn turn, gpointer data)
{
  sqlite3_stmt *statement = NULL;
  int status =
      sqlite3_prepare_v2 (database, "select name, vendor, json from documents order by document", -1, &statement, NULL);
  for (int number = 1; status == SQLITE_OK && (status = sqlite3_step (statement)) == SQLITE_ROW; number++) {
    const char *json = (const char *)sqlite3_column_text (statement, 2);
    gsize length = (gsize)sqlite3_column_bytes (statement, 2);
    status = SQLITE_OK;
    if (!turn ((const char *)sqlite3_column_text (statement, 0), (const char *)sqlite3_column_text (statement, 1),
               json ? json : "", length, number, data))
      status = SQLITE_DONE;
    if (status == SQLITE_DONE)
      break;
  }
  sqlite3_finalize (statement);
  return status == SQLITE_DONE;
}

gboolean
sheet_database_read (const char *path, SheetRowTurn turn, gpointer data, GError **error)
{
  sqlite3 *database = open_to_read (path);
  gboolean good = database && check_version (database, error);
  if (good && !read_rows (database, turn, data)) {
    good = FALSE;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("the database cannot be read: %s"),
                 sqlite3_errmsg (database));
  } else if (!database)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be opened"));
  sqlite3_close (database);
  return good;
}
