/* recognised_pages.h - pages of a PDF recognised from their pictures, which Poppler-glib draws, in several threads. */
#pragma once

#include "model/page.h"
#include "read/picture/ocr_model.h"
#include "read/reader.h"

typedef struct {
  int number;          /* of the page, from 1 */
  gboolean unreadable; /* it cannot be drawn */
  Page *recognised;    /* what its picture shows; NULL: it is blank or unreadable. The caller frees (page_free). */
} RecognisedPage;

/* Fills in PAGES (RecognisedPage, borrowed), which are those of the PDF in BYTES, not encrypted. MODEL may be NULL.
 * MODULE_OCR must be open, and Tesseract there (tesseract.h). */
void pages_recognise (GPtrArray *pages, GBytes *bytes, const OcrModel *model, const ReadOptions *options);
