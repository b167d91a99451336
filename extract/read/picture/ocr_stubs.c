/* ocr_stubs.c - what MODULE_OCR is called for (modules/module.h): lines of text in pictures. Where it cannot be opened,
 * tesseract_missing says so. */
#include "modules/module.h"
#include "read/picture/tesseract.h"

#include <glib/gi18n.h>

const char *
tesseract_missing (const OcrModel *model)
{
  g_autoptr (GError) fault = NULL;
  __typeof__ (&tesseract_missing) function = MODULE_FUNCTION (MODULE_OCR, tesseract_missing, &fault);
  if (function)
    return function (model);
  return OCR_CLOSED;
}

Tesseract *
tesseract_new (const OcrModel *model)
{
  return MODULE_FUNCTION (MODULE_OCR, tesseract_new, NULL) (model);
}

void
tesseract_free (Tesseract *tesseract)
{
  MODULE_FUNCTION (MODULE_OCR, tesseract_free, NULL) (tesseract);
}

GArray *
symbols_from_line (Tesseract *tesseract, const Picture *line, const char *alphabet)
{
  return MODULE_FUNCTION (MODULE_OCR, symbols_from_line, NULL) (tesseract, line, alphabet);
}

double
symbols_confidence (GArray *symbols)
{
  return MODULE_FUNCTION (MODULE_OCR, symbols_confidence, NULL) (symbols);
}
