/* bar_lines.h - rows of a text whose cells bars part, on one line each.
 *
 * A page that was saved as text has a cell's line breaks within its rows:
 *
 *     ログの取得 | 有
 *     1年間保管します |        one row; all others end with a bar
 */
#pragma once

#include "read/text/text_rows.h"

/* Joins the rows of LINES (TextLine) that are broken over several lines, where bars end most rows; "\n" in the text is
 * where they were. The texts of LINES follow each other in one buffer, as text.c splits it, which is changed. */
void text_join_bar_lines (GArray *lines);
