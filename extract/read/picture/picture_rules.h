/* picture_rules.h - the drawn lines of a page that is a picture. */
#pragma once

#include "model/page.h"
#include "read/picture/picture.h"

/* The lines of PICTURE, which lies straight: level and upright, and the edges of dark areas, in points. An array of
 * RulingLine. They are made white in the picture, so that what stands beside them can be read. */
GArray *rules_from_picture (Picture *picture);
