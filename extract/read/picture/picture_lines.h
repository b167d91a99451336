/* picture_lines.h - the text lines in a part of a picture.
 *
 *     ____
 *                 two rows of ink, each much lower than a line of the page: together they are one line (二, ニ)
 *    ________
 *
 * Rows of pixels with ink that follow each other are a line. What is much higher than a line of the page is several
 * lines that touch.
 */
#pragma once

#include "read/picture/picture.h"

/* The height of a text line before that of the page is known, points. */
#define EM_USUAL 9.0

/* A text line. */
typedef struct {
  PixelBox part; /* the bounding box of its ink */
  PixelBox area; /* the cell that it is in */
} Strip;

/* Appends the lines of AREA, from the top, to STRIPS (an array of Strip). Outside of cells narrower gaps separate what
 * is side by side. EM: the height of most lines of the page, pixels; 0: not known yet, and nothing is joined or split
 * by its height. */
void strips_from_area (const Picture *picture, PixelBox area, gboolean cell, double em, GArray *strips);

/* The em for strips_from_area: the median height of the lines of STRIPS that are long and at least LEAST pixels high;
 * 0: there are none. */
double em_of_strips (GArray *strips, double least);

/* Whether the strips from FIRST on, all of one area, are one word written downwards, a character a line. */
gboolean strips_are_vertical (GArray *strips, guint first, double em);

/* The strips from FIRST on side by side on one horizontal line; in *STEP the width of each one's place. Margin and
 * ownership as in picture_from_strip. */
Picture *picture_from_vertical (const Picture *picture, GArray *strips, guint first, int margin, int *step);

/* The pixels of STRIP, on white, MARGIN pixels larger on all sides, with what is not ink made white, sharpened
 * where it is blurred. The caller frees. */
Picture *picture_from_strip (const Picture *picture, const Strip *strip, int margin);
