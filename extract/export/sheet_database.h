/* sheet_database.h - sheets as an SQLite database, for other programs, and back.
 *
 * The tables, their views and what each column is are in sheets.sql, which is in the database too (table `columns`).
 * `documents.json` has the exact text of each sheet, so that nothing is lost.
 */
#pragma once

#include "export/export_format.h"

/* An ExportFormat (export_format.h). */
gpointer sheet_database_open (const ExportRequest *request, GError **error);
gboolean sheet_database_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean sheet_database_commit (gpointer export, GError **error);
void sheet_database_free (gpointer export);
