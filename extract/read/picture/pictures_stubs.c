/* pictures_stubs.c - what MODULE_PICTURES is called for (modules/module.h): pictures of pages, for people and to be read. */
#include "modules/module.h"
#include "read/picture/page_pictures.h"
#include "read/picture/recognised_pages.h"

char *
page_pictures_from_pdf (GBytes *bytes, char *const *passwords, const gboolean *wanted, int count)
{
  return MODULE_FUNCTION (MODULE_PICTURES, page_pictures_from_pdf, NULL) (bytes, passwords, wanted, count);
}

void
pages_recognise (GPtrArray *pages, GBytes *bytes, const OcrModel *model, const ReadOptions *options)
{
  MODULE_FUNCTION (MODULE_PICTURES, pages_recognise, NULL) (pages, bytes, model, options);
}
