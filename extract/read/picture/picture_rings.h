/* picture_rings.h - rings that somebody drew round a word of a page that is a picture: 有・無 with a ring round 無.
 *
 * A ring is one connected component, larger than a letter, that goes all the way round its middle and has nothing in it but
 * letters that it does not touch. It is taken off the picture, as its sides would be read as brackets.
 */
#pragma once

#include "read/picture/picture.h"

/* The rings in AREA of PICTURE: an array of PixelBox; the caller frees. They are made white. EM: the height of most text
 * lines of the page, pixels. */
GArray *rings_take (Picture *picture, PixelBox area, double em);
