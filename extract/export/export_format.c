/* export_format.c - see export_format.h */
#include "export/export_format.h"

#include <glib/gi18n.h>

const ExportFormat export_formats[] = {
    {"csv", N_ ("a line an item, values in a second file, CSVW beside them"), FALSE, TRUE, csv_tables_open,
     csv_tables_add, csv_tables_commit, csv_tables_free},
    {"ndjson", N_ ("a JSON object an item; with --nested a sheet, whole"), FALSE, TRUE, ndjson_lines_open,
     ndjson_lines_add, ndjson_lines_commit, ndjson_lines_free},
    {"sqlite", N_ ("a database with views and a full-text index"), FALSE, FALSE, sheet_database_open,
     sheet_database_add, sheet_database_commit, sheet_database_free},
    {"xlsx", N_ ("a workbook: side by side, all items, a tab a vendor"), FALSE, TRUE, xlsx_book_open, xlsx_book_add,
     xlsx_book_commit, xlsx_book_free},
    {"json", N_ ("a folder of sheets, as convert -o makes it"), TRUE, FALSE, json_folder_open, json_folder_add,
     json_folder_commit, json_folder_free},
    {"oscal", N_ ("a folder: OSCAL's catalog and component definitions"), TRUE, FALSE, oscal_folder_open,
     oscal_folder_add, oscal_folder_commit, oscal_folder_free},
    {NULL},
};

const ExportFormat *
export_format_named (const char *name)
{
  for (const ExportFormat *format = export_formats; format->name; format++)
    if (g_str_equal (format->name, name))
      return format;
  return NULL;
}
