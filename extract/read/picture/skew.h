/* skew.h - by how much a scanned page lies askew.
 *
 * Lines of text and drawn lines are level. Where the page is turned back by the right angle, the sums of ink along its
 * rows differ most from row to row (Postl 1986): the angle is looked for, first coarsely, then finely, up to 4°.
 */
#pragma once

#include "read/picture/picture.h"

/* Radians; above 0 where lines fall to the right. */
double skew_of_picture (const Picture *picture);

/* Whether lines run upright: the page was scanned lying on its side. */
gboolean picture_lies_on_its_side (const Picture *picture);
