/* tags.h - the tables that a tagged PDF names, and where the glyphs of their cells are.
 *
 *   structure tree ──► cells and marks  ┐
 *                                       ├──► box of the glyphs of each cell, page by page
 *   painted page ────► glyphs and marks ┘
 *
 * A mark is the number (MCID) of a marked-content sequence of a page. (ISO 32000-1, 14.6 to 14.8.)
 */
#pragma once

#include "model/page.h"

/* Fills in the `tagged` of PAGES (Page). BYTES is the PDF they were read from, in which a
 * page has the number `number`. Cannot fail: where there are no tags, or they cannot be read, there are none. */
void pages_read_tags (GPtrArray *pages, GBytes *bytes);
