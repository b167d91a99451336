/* ocr_fixes.h - corrects what Tesseract is known to read wrongly, one line of text at a time.
 *
 *   digit check       27991        → 27001         a number is recognised again with nothing but digits to choose from
 *   fixes             セキュリテイ → セキュリティ  mistakes that can be told from their neighbours alone
 *                                                  (patterns/ocr_fixes.pattern)
 *   catalogue fill    ビス乏働率   → ビス稼働率    a character that is the only one between its neighbours in METI's words
 *
 * Sheets repeat METI's names and definitions word by word. A character with little confidence, whose two neighbours on
 * either side occur so in METI's words with always the same character between them, is that one. At the ends of a line
 * the four characters on the one side tell it.
 */
#pragma once

#include "read/picture/tesseract.h"
#include "read/reader.h"

/* What the corrections know. One may serve several threads. */
typedef struct OcrFixes OcrFixes;

/* OPTIONS is borrowed. The caller frees. */
OcrFixes *ocr_fixes_new (const ReadOptions *options);
void ocr_fixes_free (OcrFixes *fixes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcrFixes, ocr_fixes_free)

/* Corrects SYMBOLS (Symbol), which TESSERACT recognised in LINE; some may go. MIDDLES: the middle of each symbol,
 * pixels in LINE, in ascending order. */
void symbols_correct (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract,
                      OcrFixes *fixes);
