/* picture_runs.h - the pieces that the level lines of a picture are made of, one row of pixels high; for
 * picture_rules.c.
 */
#pragma once

#include "read/picture/picture.h"

typedef struct {
  int y, from, to; /* pixels */
  guint line;      /* for the caller: index of the run that leads its line */
} Run;

/* The runs of PICTURE that are LEAST pixels long or longer, row by row: an array of Run. */
GArray *runs_from_picture (const Picture *picture, double least);

/* The grey of the paper beside a line that goes through the place: the lighter of its two sides. */
guchar paper_beside (const Picture *picture, int x, int y);
