/* picture_cells.h - the cells of a page that is a picture, and what stands around them. */
#pragma once

#include "model/page.h"
#include "read/picture/picture.h"

/* The cells that the rules of PAGE make in its PICTURE, a little smaller, so that no line is in them: an array of Part.
 * Dark cells are made light in the picture, and specks white. Rules that a dark head hides are added to PAGE. */
GArray *cells_from_picture (Picture *picture, Page *page);

/* Makes the tables white. */
void picture_clear_tables (Picture *picture, const Page *page);
