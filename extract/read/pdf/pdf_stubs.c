/* pdf_stubs.c - what MODULE_PDF is called for (modules/module.h): reading PDFs. */
#include "modules/module.h"
#include "read/reader.h"

GPtrArray *
pages_from_pdf (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  __typeof__ (&pages_from_pdf) function = MODULE_FUNCTION (MODULE_PDF, pages_from_pdf, error);
  return function ? function (source, options, notes, error) : NULL;
}
