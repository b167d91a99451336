/* tags.h - which glyphs stand in which cells of the tables that a tagged PDF names.
 *
 *   structure tree ──► cells and marks ┐
 *   page's content ──► places and marks ├──► box of the glyphs of each cell, page by page
 *   Poppler ─────────► glyphs           ┘
 *
 * Only pages whose tables are not drawn with lines both ways are looked at: there the tags have nothing to add.
 */
#pragma once

#include "model/page.h"

/* Fills in the `tagged` of those of PAGES that are in doubt. BYTES is the PDF they were read from, page N of PAGES
 * being its page `number`. Cannot fail: where there are no tags, or they cannot be read, there are none. */
void pages_read_tags (GPtrArray *pages, GBytes *bytes);
