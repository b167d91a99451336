/* ocr_confidence.h - what a sheet says of text that was seen in pictures of its pages. */
#pragma once

#include "model/sheet.h"

/* Sets the sheet's `text` ("ocr", "mixed"), and adds a note with the confidence for each item that stands on a page of
 * PAGES (Page) that was read from its picture. */
void sheet_note_recognition (Sheet *sheet, GPtrArray *pages);
