/* picture_specks.h - removes what is on a scanned page and is not writing: specks, frames drawn round words, and remains
 * of ruling lines.
 *
 * A speck is as small as a full stop or a bullet. But a full stop is right behind a letter, and a bullet, a middle dot
 * or a colon not far in front of one: a small connected component is a speck where it is neither.
 */
#pragma once

#include "read/picture/picture.h"

/* Makes white in AREA, a cell or the text around tables, specks, and thin components along its edges that remain of
 * lines. EM: the height of most text lines of the page, pixels; 0: not known, and only the smallest specks go. */
void picture_clean_part (Picture *picture, PixelBox area, double em);
