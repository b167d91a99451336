/* page_columns.h - a page whose running text is set in two columns; private to the finder of tables without lines
 * (gaps.h).
 *
 *      Table 1. Over both columns            What crosses the middle, and what stands between two such lines with
 *      ==================================    no running text between them, is wide; all else belongs to one column
 *      State     2009     2010     2011      of the page, and has nothing to do with what stands beside it.
 *      ==================================
 *      Lorem ipsum dolor |  Table 2
 *      sit amet elit sed |  Item    2010
 *      do eiusmod tempor |  Rice     1.2
 */
#pragma once

#include "layout/gap/gap_lines.h"

typedef enum {
  PAGE_WIDE,
  PAGE_LEFT,
  PAGE_RIGHT,
  PAGE_PARTS,
} PagePart;

typedef struct {
  double left, right; /* the gutter between the two; alike where there is none */
  GArray *wide;       /* double, in pairs: from which y to which the page is wide */
} PageColumns;

/* The columns of PAGE, LINES (ChunkLine) being all of it, RUNNING (Box) the lines of its running text. */
PageColumns page_columns_from_running (const Page *page, GPtrArray *lines, GArray *running);
void page_columns_clear (PageColumns *columns);

gboolean page_has_columns (const PageColumns *columns);

/* Which part of the page what stands in BOX belongs to. */
PagePart page_part_of (const PageColumns *columns, Box box);
