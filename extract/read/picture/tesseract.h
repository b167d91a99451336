/* tesseract.h - recognises one line of text in a picture, with Tesseract and its Japanese model.
 *
 * The program can be built without Tesseract, and be run where the model is not installed: then there is no Tesseract
 * to be made, and tesseract_missing says why.
 */
#pragma once

#include "read/picture/ocr_model.h"
#include "read/picture/picture.h"

typedef struct {
  gunichar character;
  double left, right; /* pixels in the picture of the line, as near as Tesseract can tell */
  double confidence;  /* 0 to 1; of the word it is in, which tells right from wrong better than its own */
} Symbol;

typedef struct Tesseract Tesseract;

/* What is missing where MODULE_OCR cannot be opened. */
#define OCR_CLOSED                                                                                                     \
  N_ ("the part of checksheet that recognises pages from their pictures (checksheet-ocr.so) cannot be opened; "        \
      "install "                                                                                                       \
      "checksheet again, whole")

/* What is missing to make a Tesseract with MODEL, in English, to be translated; NULL: nothing. Static. */
const char *tesseract_missing (const OcrModel *model);

/* For use by one thread at a time. MODEL is borrowed; NULL: Tesseract looks for it by itself. Returns NULL where
 * something is missing. The caller frees. */
Tesseract *tesseract_new (const OcrModel *model);
void tesseract_free (Tesseract *tesseract);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tesseract, tesseract_free)

/* The text of LINE, a picture of one line, dark on white: an array of Symbol from left to right. ALPHABET: the only
 * characters (ASCII) to choose from; NULL: any. The caller frees. */
GArray *symbols_from_line (Tesseract *tesseract, const Picture *line, const char *alphabet);

/* The mean of the symbols' confidences; 0 where there are none. */
double symbols_confidence (GArray *symbols);
