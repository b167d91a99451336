/* running_text.h - the running text of a page, and the columns of the page that it is set in.
 *
 *      Table 1. Over both columns
 *      ==================================    What crosses a gutter of the page, and what lies between two such lines
 *      State     2009     2010     2011      with no running text between them, is wide. All else belongs to one
 *      ==================================    column of the page, and is unrelated to what is beside it.
 *      Lorem ipsum dolor |  Table 2
 *      sit amet elit sed |  Item    2010     Running text fills its column, line after line; only its last line is
 *      do eiusmod tempor |  Rice     1.2     short. It is set aside before the search for tables: what is left
 *      incididunt.       |                   beside, above and below it is easily told apart.
 *
 * Long cells look the same; but they begin beside another cell and go on beside nothing, while the columns of a page
 * have text beside all of their lines, or beside none. Nor is running text what lies in a table with horizontal ruling
 * lines alone, as books have them: at least three of one width, the first two with a head of several columns between
 * them:
 *
 *      ------------------------------
 *      Variable    Definition
 *      ------------------------------
 *      GDPPC       Gross domestic ...
 *      ------------------------------
 */
#pragma once

#include "layout/unruled/segment.h"

typedef struct {
  GArray *lines;   /* Box, points: each line of running text, or that column's part of one */
  GArray *gutters; /* Gutter between the columns of the page, from left to right; none: it has one column */
  GArray *wide;    /* double, in pairs: from which y to which the page is wide */
} RunningText;

/* LINES (SegmentLine, not aligned) are all lines of PAGE. */
RunningText running_text_from_lines (const Page *page, GPtrArray *lines);
void running_text_clear (RunningText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunningText, running_text_clear)

/* The part of the page that BOX belongs to: 0 where the page is wide, else its column, from 1; and how many parts there
 * are. */
guint running_text_part_of (const RunningText *text, Box box);
guint running_text_parts (const RunningText *text);
