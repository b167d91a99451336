/* seen_page.h - from what is painted on a page to what a person sees on it.
 *
 *     PaintedPage ─► what becomes of each glyph and path ─► Page: glyphs, ruling lines
 *                    seen                                    └─► notes: what is left out, its words and its place
 *                    hidden    painted, and not to be seen (visible.h)
 *                    overlay   over the page, not in it: watermarks, stamps (overlay.h)
 *                    struck    a line is drawn across it: old words (struck.h)
 *                    replaced  other glyphs stand for it: of a form field (field.h), of a shape that is a mark (mark.h)
 *                    ruby      small kana beside a word (ruby.h)
 *                    shadow    the same glyph once more, a little off
 *
 * Each step looks at the glyphs and paths that are still seen, and changes what becomes of them.
 */
#pragma once

#include "model/note.h"
#include "model/page.h"
#include "read/pdf/painted_fate.h"
#include "read/reader.h"

/* The page with number NUMBER (from 1) as it is seen: glyphs in paint order, ruling lines. What is not seen is said in
 * NOTES (Note). The caller frees. */
Page *page_from_painted (const PaintedPage *painted, int number, const ReadOptions *options, GPtrArray *notes);
