/* css_colour.h - colours as style sheets write them (CSS Color 4): names, #rgb, rgb(), hsl(). */
#pragma once

#include <glib.h>

/* Text paler than this (0 to 1) is not seen on any ground. */
#define OPACITY_LEAST 0.05

/* A colour is 0xRRGGBB with COLOUR_KNOWN, or one of the others. */
enum {
  COLOUR_KNOWN = 1 << 24,
  COLOUR_CLEAR = 1 << 25,   /* nothing is painted */
  COLOUR_UNKNOWN = 1 << 26, /* a picture, or what is not understood */
  COLOUR_LINE = 1 << 27,    /* with COLOUR_UNKNOWN: a gradient that is a line across the middle */
};

/* The colour that TEXT, in lower case, says: COLOUR_KNOWN with 0xRRGGBB, COLOUR_CLEAR or COLOUR_UNKNOWN. */
guint32 css_colour_from_text (const char *text);
