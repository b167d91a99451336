/* picture_filters.h - pictures rotated and sharpened, by Leptonica. */
#pragma once

#include "read/picture/picture.h"

/* PICTURE rotated about its middle by ANGLE (radians; a line that falls to the right by that angle becomes horizontal),
 * of the same size. The caller frees. */
Picture *picture_rotated (const Picture *picture, double angle);

/* PICTURE rotated clockwise by a quarter turn. The caller frees. */
Picture *picture_rotated_clockwise (const Picture *picture);

/* Sharpens PICTURE, one line of text, where it is blurred. */
void picture_sharpen (Picture *picture);
