/* unruled_gutters.h - what stays open between the columns of a table; private to the finder of tables without lines
 * (gaps.h).
 */
#pragma once

#include "layout/unruled/unruled_lines.h"

/* An x that no chunk of a table covers, from `left` to `right`. */
typedef struct {
  double left, right;
  int origin; /* which gap of the seed it is part of: one part at least must stay open */
} Gutter;

/* The gaps between the chunks of SEED. */
GArray *gutters_from_line (const ChunkLine *seed);

/* Takes LINE's chunks out of GUTTERS. FALSE, with GUTTERS as they were, where a gap of the seed would close. */
gboolean gutters_admit (GArray **gutters, const ChunkLine *line);

/* Whether LINE leaves part of the first of GUTTERS open: the one between the labels of the rows and their values. */
gboolean first_gutter_is_open (GArray *gutters, const ChunkLine *line);
