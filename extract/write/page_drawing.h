/* page_drawing.h - the pages of a document with what was found on them drawn over them, for eyes.
 *
 *      grey    ruling lines and fills        blue      the cells of tables, a table with a thick line
 *      black   letters, where they are       green     text outside of tables; dotted: page headers and footers
 *      red     letters in none of these      orange    the items of the sheet, each with its number
 *
 * The pages are below each other; only drawn ones (PDF) can be shown.
 */
#pragma once

#include "model/page.h"
#include "model/sheet.h"

typedef enum { DRAWING_SVG, DRAWING_PNG } DrawingFormat;

/* PAGES as they were read, BLOCKS that were found on them, SHEET or NULL. NULL: no page is drawn. */
GBytes *drawing_from_pages (GPtrArray *pages, GPtrArray *blocks, const Sheet *sheet, DrawingFormat format);
