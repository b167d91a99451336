/* sheet_database.h - sheets as an SQLite database, for other programs, and back.
 *
 * The tables, their views and what each column is are in sheets.sql, which is in the database too (table `columns`).
 * `documents.json` has the exact text of each sheet, so that nothing is lost.
 */
#pragma once

#include <glib.h>

/* Whether the file is such a database. */
gboolean sheet_database_is (const char *path);

/* Gives TURN each sheet's name for a file, its vendor, its JSON of LENGTH bytes and its number from 1, in their order,
 * until it says FALSE. Errors: UNSUPPORTED (another database, or of a newer program), DAMAGED. */
typedef gboolean (*SheetRowTurn) (const char *name, const char *vendor, const char *json, gsize length, int number,
                                  gpointer data);
gboolean sheet_database_read (const char *path, SheetRowTurn turn, gpointer data, GError **error);
