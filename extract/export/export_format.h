/* export_format.h - the formats that sheets are exported in, one table (export_format.c).
 *
 * A format takes one sheet after the other and keeps none, so that memory does not grow with them. Until `commit`
 * nothing is at the path of the call.
 */
#pragma once

#include "export/sheet_stream.h"

typedef struct {
  const Knowledge *knowledge;
  const char *path; /* of -o; "-": standard output */
  gboolean bom;     /* CSV begins with U+FEFF */
  gboolean nested;  /* NDJSON: a line a sheet */
} ExportRequest;

/* What `open` returns goes to the others as EXPORT. Errors: CHECKSHEET_ERROR_IO. */
typedef struct {
  const char *name;    /* "csv", as --format takes it */
  const char *summary; /* one line for --help, not yet translated */
  gboolean folder;     /* -o is a folder, not a file */
  gboolean standard;   /* can go to standard output */
  gpointer (*open) (const ExportRequest *request, GError **error);
  gboolean (*add) (gpointer export, const StreamedSheet *sheet, GError **error);
  gboolean (*commit) (gpointer export, GError **error);
  void (*free) (gpointer export);
} ExportFormat;

/* Ended by one without a name. */
extern const ExportFormat export_formats[];

const ExportFormat *export_format_named (const char *name);

/* The parts of the table: csv_tables.c, ndjson_lines.c, json_folder.c, oscal_folder.c, sheet_database.c, xlsx_book.c. */
gpointer csv_tables_open (const ExportRequest *request, GError **error);
gboolean csv_tables_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean csv_tables_commit (gpointer export, GError **error);
void csv_tables_free (gpointer export);

gpointer ndjson_lines_open (const ExportRequest *request, GError **error);
gboolean ndjson_lines_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean ndjson_lines_commit (gpointer export, GError **error);
void ndjson_lines_free (gpointer export);

gpointer json_folder_open (const ExportRequest *request, GError **error);
gboolean json_folder_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean json_folder_commit (gpointer export, GError **error);
void json_folder_free (gpointer export);

gpointer oscal_folder_open (const ExportRequest *request, GError **error);
gboolean oscal_folder_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean oscal_folder_commit (gpointer export, GError **error);
void oscal_folder_free (gpointer export);

gpointer sheet_database_open (const ExportRequest *request, GError **error);
gboolean sheet_database_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean sheet_database_commit (gpointer export, GError **error);
void sheet_database_free (gpointer export);

gpointer xlsx_book_open (const ExportRequest *request, GError **error);
gboolean xlsx_book_add (gpointer export, const StreamedSheet *sheet, GError **error);
gboolean xlsx_book_commit (gpointer export, GError **error);
void xlsx_book_free (gpointer export);
