/* delimited_text.h - tables with one cell after the other, separated by tabs or by commas (CSV, RFC 4180).
 *
 *     No.→項目→回答                     "→" is a tab: a row
 *     可用性                            a banner: no tab, short, no sentence
 *     1→サービス時間→"24時間
 *     365日"                            a quoted cell may contain line ends; "" is a quote in it
 *     2→復旧時間→2時間
 *     ただし計画停止を除きます。        no tab, a sentence: the rest of the cell above
 *
 * Both functions are asked at the line with index START. They append the block of a table that begins there and return
 * how many lines it took, 0 where none begins.
 */
#pragma once

#include "read/text/text_rows.h"

/* Tabs: what is copied from a spreadsheet or extracted from a PDF. Lines that are only indented by tabs become text. */
int text_take_tabs (TextParser *parser, int start);

/* Commas. Prose has commas too: a table has three rows or more, all of the same number of cells, three or more, and few
 * cells begin with a space, as the parts of a sentence do. */
int text_take_commas (TextParser *parser, int start);
