/* skew.h - the angle by which a scanned page is askew.
 *
 * Text lines and most ruling lines are horizontal. On a page rotated back by the right angle the sums of ink along its
 * rows of pixels differ most from row to row (projection profiles: Postl 1986). The angle is searched up to 4°, first
 * coarsely, then finely.
 */
#pragma once

#include "read/picture/picture.h"

/* Radians; above 0 where lines fall to the right. */
double skew_of_picture (const Picture *picture);

/* Whether lines are vertical: the page was scanned lying on its side. */
gboolean picture_lies_on_its_side (const Picture *picture);
