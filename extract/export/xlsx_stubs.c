/* xlsx_stubs.c - what MODULE_XLSX is called for (modules/module.h): workbooks, written. */
#include "export/export_format.h"
#include "export/xlsx_book.h"
#include "modules/module.h"

gpointer
xlsx_book_open (const ExportRequest *request, GError **error)
{
  __typeof__ (&xlsx_book_open) function = MODULE_FUNCTION (MODULE_XLSX, xlsx_book_open, error);
  return function ? function (request, error) : NULL;
}

gboolean
xlsx_book_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  return MODULE_FUNCTION (MODULE_XLSX, xlsx_book_add, NULL) (export, sheet, error);
}

gboolean
xlsx_book_commit (gpointer export, GError **error)
{
  return MODULE_FUNCTION (MODULE_XLSX, xlsx_book_commit, NULL) (export, error);
}

void
xlsx_book_free (gpointer export)
{
  MODULE_FUNCTION (MODULE_XLSX, xlsx_book_free, NULL) (export);
}

gboolean
xlsx_write_matrix (const Matrix *matrix, const GPtrArray *rows, const char *path, GError **error)
{
  __typeof__ (&xlsx_write_matrix) function = MODULE_FUNCTION (MODULE_XLSX, xlsx_write_matrix, error);
  return function && function (matrix, rows, path, error);
}
