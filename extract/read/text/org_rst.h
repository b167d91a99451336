/* org_rst.h - the headings of Org and reStructuredText, and the simple tables of the latter.
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
 */
#pragma once

#include "read/text/text_rows.h"

gboolean text_is_org (const TextLine *lines, int count); /* "#+TITLE:" and its like, or headings over tables of bars */
gboolean text_is_rst (const TextLine *lines, int count); /* a simple table, a directive, or two headings */

/* Each is called at a line; appends the blocks that begin there and returns how many lines they took, 0: none. */
int text_parse_org (TextParser *parser, int start);
int text_parse_rst (TextParser *parser, int start);
