/* picture_strikes.h - lines that somebody drew through words of a page that is a picture.
 *
 *     ──9─9─.─5─%──  99.95%      one line of ink, which goes on from letter to letter where words have gaps, thin, with
 *                                strokes of letters across it and ink above and below it
 *
 * An underline and a border have nothing on their one side, a dash nothing on either. The line is taken off the picture,
 * as Tesseract reads other words where it runs, or none.
 */
#pragma once

#include "read/picture/picture.h"

/* The lines drawn through words in AREA of PICTURE: an array of PixelBox, two for a double line; the caller frees. They
 * are made white between the strokes that they cross. EM: the height of most text lines of the page, pixels. */
GArray *strikes_take (Picture *picture, PixelBox area, double em);
