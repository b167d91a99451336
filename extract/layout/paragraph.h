/* paragraph.h - the text around the tables of a page: lines gathered into paragraphs, headings by their size.
 *
 * Other heads are told later (items/headings.h): how the letters of a block look (Glyph.style) is its make. */
#pragma once

#include "model/block.h"
#include "model/page.h"
#include "text/line_break.h"

/* Paragraphs of the glyphs of PAGE for which TAKEN (one gboolean each) is not set, from the top, as blocks of KIND. The
 * level of a heading is by its size relative to the page's most common one. Appended to BLOCKS, not in order with its
 * other members. */
void paragraphs_from_page (const Page *page, const gboolean *taken, BlockKind kind, LineBreaks *breaks,
                           GPtrArray *blocks);
