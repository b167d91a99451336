/* decoration.h - what is drawn on a page and is no part of a table: fills behind lines of text, and the lines around and
 * across the page.
 *
 *      ▄▄▄▄▄▄▄▄▄▄▄▄      +----------------------------+
 *      a line of text    | title                      |      a frame with a table in one of its cells is a table itself
 *      ▀▀▀▀▀▀▀▀▀▀▀▀      |  +------+-----+            |      where its other cells have text; else it is decoration
 *                        |  | item | yes |            |
 *                        |  +------+-----+            |
 *                        +----------------------------+
 */
#pragma once

#include "layout/evidence.h"
#include "layout/frame/frame.h"

/* Takes the fills that are as wide and as high as the line of text on them out of PAGE. */
void page_drop_text_fills (Page *page);

/* Of two of FRAMES one within the other, drops the inner one where it is a part of a cell's content, or the outer one
 * where it is decoration. */
void frames_drop_nested (GPtrArray *frames, const Page *page, const Weighing *weighing);

/* Drops those of FRAMES that are charts, or lines of the page. Glyphs for which TAKEN (one for each) is set are not
 * looked at; it is set for those in boxes that lines connect. */
void frames_drop_drawings (GPtrArray *frames, const Page *page, gboolean *taken, const Weighing *weighing);

/* Makes ruling lines of the rows of dashes that a page set in letters of one width draws its tables with. */
void page_rule_dashes (Page *page);
