/* picture.h - a page as a picture: grey values, and what in them is ink.
 *
 * Pixels count from 0 at the top left; `scale` pixels are one point. 0 is black, 255 white.
 */
#pragma once

#include "model/place.h"

#include <poppler.h>

typedef struct {
  int width, height; /* pixels, at least 1 */
  double scale;      /* pixels in a point */
  guchar *grey;      /* width * height, row by row */
} Picture;

/* A part of a picture, in pixels; the right and lower sides are not in it. */
typedef struct {
  int x0, y0, x1, y1;
} Part;

/* The ink of a part: 1 where there is some. */
typedef struct {
  Part part;
  int width, height;
  guchar *bits; /* width * height */
} Ink;

Picture *picture_new (int width, int height, double scale); /* all white */

/* PAGE as it is shown, 300 dots to the inch; fewer where the page is so large that it would not fit into memory. NULL:
 * it cannot be drawn. */
Picture *picture_from_pdf_page (PopplerPage *page);

/* PICTURE turned about its middle by ANGLE (radians; a line that falls to the right by that angle becomes level), of
 * the same size. */
Picture *picture_turned (const Picture *picture, double angle);

/* PICTURE turned by a quarter, clockwise. */
Picture *picture_turned_right (const Picture *picture);

void picture_free (Picture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* The part of PICTURE that BOX (points) covers, cut to the picture. */
Part picture_part (const Picture *picture, Box box);
Box picture_box (const Picture *picture, Part part);
gboolean part_is_empty (Part part);

/* Makes the part white. */
void picture_clear_part (Picture *picture, Part part);

/* White words on a dark ground become dark on white; FALSE: the ground is not dark. */
gboolean picture_invert_dark_part (Picture *picture, Part part);

/* What is darker than its neighbourhood (a threshold against the mean around each pixel: Bradley and Roth 2007). */
Ink *ink_from_part (const Picture *picture, Part part);

/* Takes the piece that hangs together with the inked place X, Y off the ink: gives its box, and in PIXELS (an array of
 * guint) where in `bits` it was. Both count from the ink's own corner. */
Part ink_take_piece (Ink *ink, int x, int y, GArray *pixels);

void ink_free (Ink *ink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ink, ink_free)
