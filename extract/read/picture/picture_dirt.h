/* picture_dirt.h - what stands on a scanned page and is no writing: specks, and remains of lines. */
#pragma once

#include "read/picture/picture.h"

/* Makes white in AREA, a cell or the text around tables, specks that stand alone, and thin pieces along its sides that
 * are left of lines. EM: how high a line of the page is, pixels; 0: not known, only the smallest specks go. */
void picture_clean_part (Picture *picture, Part area, double em);
