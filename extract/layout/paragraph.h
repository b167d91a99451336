/* paragraph.h - the text around the tables of a page: lines gathered into paragraphs, headings told by their size. */
#pragma once

#include "model/block.h"
#include "model/page.h"
#include "text/line_break.h"

/* Paragraphs of the glyphs of PAGE that TAKEN (one gboolean each) leaves free, from the top, as blocks of KIND.
 * Headings have a level by their size against the page's common size. Appended to BLOCKS, in no order with what it
 * holds. */
void paragraphs_from_page (const Page *page, const gboolean *taken, BlockKind kind, LineBreaks *breaks,
                           GPtrArray *blocks);
