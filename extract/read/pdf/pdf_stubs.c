/* pdf_stubs.c - what MODULE_PDF is called for (modules/module.h): reading PDFs, the files in them, pictures and drawings of
 * pages. */
#include "modules/module.h"
#include "read/picture/page_pictures.h"
#include "read/reader.h"
#include "read/wrapping/attached_files.h"
#include "read/wrapping/wrapping.h"

GPtrArray *
pages_from_pdf (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  __typeof__ (&pages_from_pdf) function = MODULE_FUNCTION (MODULE_PDF, pages_from_pdf, error);
  return function ? function (source, options, notes, error) : NULL;
}

GPtrArray *
members_from_pdf (const Source *source, GError **error)
{
  __typeof__ (&members_from_pdf) function = MODULE_FUNCTION (MODULE_PDF, members_from_pdf, error);
  return function ? function (source, error) : NULL;
}

gboolean
pdf_is_dynamic_form (GBytes *bytes)
{
  return MODULE_FUNCTION (MODULE_PDF, pdf_is_dynamic_form, NULL) (bytes);
}

char *
page_pictures_from_pdf (GBytes *bytes, const gboolean *wanted, int count)
{
  return MODULE_FUNCTION (MODULE_PDF, page_pictures_from_pdf, NULL) (bytes, wanted, count);
}
