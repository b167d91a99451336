/* symbol_glyphs.h - the signs of symbol fonts (patterns/symbols.h) as characters: ☑ for U+F0FE in Wingdings. */
#pragma once

#include "model/note.h"
#include "patterns/knowledge.h"
#include "read/pdf/painted_page.h"

/* Gives the glyphs of PAGE, with the number NUMBER (from 1), that are set in symbol fonts their characters. What is
 * or stays a character for private use is said in NOTES (Note), once for each font. */
void painted_page_read_symbols (PaintedPage *page, int number, const Knowledge *knowledge, GPtrArray *notes);
