/* running_text.h - the running text of a page.
 *
 *      Lorem ipsum dolor    Table 2
 *      sit amet elit sed    Item    2010     Running text fills its column, line after line; only its last line is
 *      do eiusmod tempor    Rice     1.2     short. It is set aside before the search for tables: what is left
 *      incididunt.                           beside, above and below it is easily told apart.
 */
#pragma once

#include "layout/unruled/segment.h"

typedef struct {
  double y; /* its middle */
  Box box;
} BoxAt;

/* BoxAt, downwards: each line of running text among LINES (SegmentLine, not aligned; those in columns are marked), or that
 * column's part of one. The caller frees. */
GArray *running_text_from_lines (GPtrArray *lines);
