/* seen_page.h - from what is painted on a page to what a person sees on it. */
#pragma once

#include "model/note.h"
#include "model/page.h"
#include "read/pdf/painted_page.h"

/* The page with number NUMBER (from 1) as it is seen: glyphs in paint order, ruling lines. What is not seen is said in
 * NOTES (Note). The caller frees. */
Page *page_from_painted (const PaintedPage *painted, int number, GPtrArray *notes);
