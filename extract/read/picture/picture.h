/* picture.h - a page as a picture: grey values, and which of its pixels are ink.
 *
 * Pixels count from 0 at the top left; `scale` pixels are one point. 0 is black, 255 white.
 */
#pragma once

#include "model/place.h"

typedef struct {
  int width, height; /* pixels, at least 1 */
  double scale;      /* pixels in a point */
  guchar *grey;      /* width * height, row by row */
} Picture;

/* A rectangle of pixels, without its right column x1 and its lower row y1. */
typedef struct {
  int x0, y0, x1, y1;
} PixelBox;

/* The ink of a part of a picture: 1 where a pixel is ink. */
typedef struct {
  PixelBox part; /* of the picture */
  int width, height;
  guchar *bits; /* width * height, row by row */
} Ink;

/* All white. The caller frees. */
Picture *picture_new (int width, int height, double scale);

void picture_free (Picture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* The pixels that BOX (points) touches, clipped to PICTURE; and the box of PART in points. */
PixelBox picture_pixel_box (const Picture *picture, Box box);
Box box_of_pixels (const Picture *picture, PixelBox part);
gboolean pixel_box_is_empty (PixelBox part);

/* Makes PART white. */
void picture_clear_part (Picture *picture, PixelBox part);

/* Inverts PART where its background is dark, so that white words become dark on white; FALSE: it is not. */
gboolean picture_invert_dark_part (Picture *picture, PixelBox part);

/* Inverts PICTURE where most of the page is dark; the light paper around the dark area, dark now, is made white. */
void picture_lighten_dark_page (Picture *picture);

/* The pixels of PART that are darker than their neighbourhood (a threshold against the mean around each pixel: Bradley
 * and Roth 2007, "Adaptive thresholding using the integral image"). The caller frees. */
Ink *ink_from_part (const Picture *picture, PixelBox part);

/* Removes the connected component (of eight neighbours) of the inked pixel X, Y from INK. Returns its bounding box, and
 * in PIXELS (an array of guint) its indices in `bits`. X, Y and the box count from the corner of INK. */
PixelBox ink_take_piece (Ink *ink, int x, int y, GArray *pixels);

void ink_free (Ink *ink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ink, ink_free)
