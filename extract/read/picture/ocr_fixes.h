/* ocr_fixes.h - sets right what Tesseract gets wrong for certain (patterns/seen.pattern). */
#pragma once

#include "read/picture/tesseract.h"

/* SYMBOLS: an array of Symbol, one line of text. */
void symbols_mend (GArray *symbols);
