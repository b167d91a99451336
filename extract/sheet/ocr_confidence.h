/* ocr_confidence.h - what a sheet says of text that was recognised in pictures of its pages. */
#pragma once

#include "model/sheet.h"

/* Sets the sheet's `text` ("ocr", "mixed") and adds a note with the mean confidence of its glyphs, 0 to 1, for each
 * item on a page of PAGES (Page) that was read from its picture, whose `recognition` it is. Does nothing where no page was. PAGES is borrowed. */
void sheet_note_recognition (Sheet *sheet, GPtrArray *pages);
