/* page_columns.h - a page whose running text is set in columns; private to the finder of tables without lines
 * (gaps.h).
 *
 *      Table 1. Over both columns            What crosses a gutter, and what stands between two such lines with
 *      ==================================    no running text between them, is wide; all else belongs to one column
 *      State     2009     2010     2011      of the page, and has nothing to do with what stands beside it.
 *      ==================================
 *      Lorem ipsum dolor |  Table 2
 *      sit amet elit sed |  Item    2010
 *      do eiusmod tempor |  Rice     1.2
 */
#pragma once

#include "layout/unruled/unruled_gutters.h"

typedef struct {
  GArray *gutters; /* Gutter, from left to right; none: it is one column */
  GArray *wide;    /* double, in pairs: from which y to which the page is wide */
} PageColumns;

/* The columns of PAGE, LINES (ChunkLine) being all of it, RUNNING (Box) the lines of its running text. */
PageColumns page_columns_from_running (const Page *page, GPtrArray *lines, GArray *running);
void page_columns_clear (PageColumns *columns);

/* Which part of the page what stands in BOX belongs to: 0 what is wide, else a column, from 1. */
guint page_part_of (const PageColumns *columns, Box box);
guint page_parts (const PageColumns *columns);
