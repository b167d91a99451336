/* picture_lines.h - the lines of writing in a part of a picture.
 *
 * Rows of pixels with ink in them that follow each other are a line. Those that are much lower than a line of the page
 * belong together (二, ニ), those that are much higher are lines that touch.
 */
#pragma once

#include "read/picture/picture.h"

typedef struct {
  Part part; /* as near as the ink goes */
  Part area; /* of the cell it stands in */
} Strip;

/* The lines of AREA, from the top, appended to STRIPS (an array of Strip). Outside of cells what stands side by side is
 * parted at narrower gaps. EM: how high a line of the page is, pixels; 0: not known yet, and nothing is joined or
 * parted by its height. */
void strips_from_area (const Picture *picture, Part area, gboolean cell, double em, GArray *strips);

/* How high most lines are: what strips_from_area wants to know; 0 where there are none. What is lower than LEAST pixels
 * is no line. */
double em_of_strips (GArray *strips, double least);

/* Whether the strips from FIRST on, all of one area, are one word written downwards, a character a line. */
gboolean strips_are_upright (GArray *strips, guint first, double em);

/* The strips from FIRST on, put side by side on one line; *STEP is how wide a place each takes. As picture_from_strip.
 */
Picture *picture_from_upright (const Picture *picture, GArray *strips, guint first, int margin, int *step);

/* The pixels of STRIP, on white, with a margin around, what is not ink made white. The caller frees. */
Picture *picture_from_strip (const Picture *picture, const Strip *strip, int margin);
