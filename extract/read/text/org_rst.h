/* org_rst.h - the headings of Org and reStructuredText; simple, list and CSV tables and fields of the latter.
 *
 *     * 可用性            Org: a heading of level 1, ** of 2
 *
 *     可用性              reStructuredText: a line with a line of signs below it, or between two of them, as long as the
 *     ------              text; the first kind of sign met is the highest level
 *
 *     ====  ======  =====  a simple table: the runs of "=" are its columns. A line whose first column is empty goes on
 *     No.   項目    回答   with the row above. East Asian wide characters take two columns
 *     ====  ======  =====
 *     1     稼働率  99.9%
 *     ====  ======  =====
 *
 *     :稼働率: 99.9%    a field: a name, and what is said of it, in the lines below too where they are further in
 *
 *     .. list-table::   a list table: "* -" begins a row, "-" a cell; a CSV table (.. csv-table::) has a cell after the other
 *        :header-rows: 1
 *
 *        * - No.
 *          - 項目
 */
#pragma once

#include "read/text/text_rows.h"

gboolean text_is_org (const TextLine *lines, int count); /* "#+TITLE:" and its like, or headings over tables of bars */
gboolean text_is_rst (const TextLine *lines,
                      int count); /* a simple table, a directive, two headings, or three fields */

/* Whether the line at INDEX has the underline of a heading below it. */
gboolean text_line_is_underlined (const TextLine *lines, int count, int index);

/* Each is called at a line; appends the blocks that begin there and returns how many lines they took, 0: none. */
int text_parse_org (TextParser *parser, int start);
int text_parse_rst (TextParser *parser, int start);
