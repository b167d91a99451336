/* catalogue_fill.h - METI's own words, where they were seen nearly as they are.
 *
 * Sheets repeat METI's names and definitions word by word. A character that was not read surely, and stands between
 * two characters and two others that occur so in METI's words, with one and the same character between them, is that
 * one: ビス乏働率 is ビス稼働率. At the ends of a line the four characters on the one side tell it.
 */
#pragma once

#include "read/picture/tesseract.h"

/* SYMBOLS: an array of Symbol, one line of text. */
void symbols_expect (GArray *symbols);
