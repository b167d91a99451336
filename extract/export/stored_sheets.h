/* stored_sheets.h - the sheets in a database that export made (sheet_database.c), read back. */
#pragma once

#include <glib.h>

enum {
  SHEETS_APPLICATION_ID = 0x63687368, /* "chsh", of the file's head */
  SHEETS_VERSION = 1                  /* of the tables */
};

/* Whether the file is such a database. */
gboolean sheet_database_is (const char *path);

/* Gives TURN each sheet's name for a file, its vendor, its JSON of LENGTH bytes and its number from 1, in their order,
 * until it says FALSE. Errors: UNSUPPORTED (another database, or of a newer program), DAMAGED. */
typedef gboolean (*SheetRowTurn) (const char *name, const char *vendor, const char *json, gsize length, int number,
                                  gpointer data);
gboolean sheet_database_read (const char *path, SheetRowTurn turn, gpointer data, GError **error);
