/* picture_ruling_lines.h - the ruling lines of a page that is a picture.
 *
 * Any line of 48 points and more counts, and shorter ones between two long ones that cross them. The edges of a dark
 * area, the head of a table, are lines too.
 */
#pragma once

#include "model/page.h"
#include "read/picture/picture.h"

/* The horizontal and vertical lines of PICTURE, which is deskewed: an array of RulingLine, in points; the caller frees.
 * They are painted over with the paper beside them in PICTURE, so that the text beside them can be recognised. */
GArray *ruling_lines_from_picture (Picture *picture);
