/* picture_cells.h - the cells of a page that is a picture.
 *
 * The ruling lines between the cells of a dark head are often lost; those below it tell where they are:
 *
 *      ███ No. ██████ 項目 █████████ 回答 ████      one cell, as it seems
 *      +-------+---------------+--------------+
 *      |       |               |              |     but all lines below end at gaps between its words
 */
#pragma once

#include "model/page.h"
#include "read/picture/picture.h"

/* The cells that the ruling lines of PAGE make in PICTURE, a little smaller, so that no line is in them: an array of
 * PixelBox, each before those that it lies in; the caller frees. In PICTURE dark cells are inverted and specks made white. The lines that a dark head
 * hides are added to PAGE. */
GArray *cells_from_picture (Picture *picture, Page *page);

/* Makes the tables that the ruling lines of PAGE make white. */
void picture_clear_tables (Picture *picture, const Page *page);
