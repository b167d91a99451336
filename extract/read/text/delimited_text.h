/* delimited_text.h - tables with one cell after the other, separated by tabs, or by commas, semicolons or bars (CSV,
 * RFC 4180).
 *
 *     No.→項目→回答                     "→" is a tab: a row
 *     可用性                            a banner: short, no tab, not a sentence
 *     1→サービス時間→"24時間
 *     365日"                            a quoted cell may contain line ends; "" is a quote in it
 *     2→復旧時間→2時間
 *     ただし計画停止を除きます。        no tab, a sentence: the last cell above continues
 *
 * Both functions are called at each line, with its index START; they append the block of a table that begins there and
 * return how many lines it took, 0 where none begins.
 */
#pragma once

#include "read/text/text_rows.h"

/* Tabs: what is copied from a spreadsheet or extracted from a PDF. Lines that are only indented by tabs become text. */
int text_parse_tabs (TextParser *parser, int start);

/* Commas, semicolons, bars, carets, or runs of spaces (which must part all lines alike), whichever parts the lines best: into the most cells, and the most evenly. Prose
 * has commas too, but never so. A row with more cells than most keeps the rest in its last cell, and a note says so. */
int text_parse_delimited (TextParser *parser, int start);

/* Appends the rows of the lines from START to END, whose cells SEPARATOR parts, as a table. */
void text_add_delimited (TextParser *parser, int start, int end, char separator);
