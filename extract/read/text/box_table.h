/* box_table.h - tables that are drawn with characters: + - |, or those of boxes (U+2500 to U+257F). Grid tables of
 * reStructuredText are such.
 *
 *     +-----+----------+--------+      ┌─────┬──────────┐    a rule; "=" or a double line below the heads
 *     | No. | 項目     | 回答   |      │ No. │ 項目     │
 *     +=====+==========+========+      ├─────┼──────────┤
 *     | 1   | 稼働率   | 99.9%  |
 *     +-----+----------+        |      a wall that a rule leaves open: one cell over two rows
 *     | 2   | 復旧時間 |        |
 *     +-----+----------+--------+
 *
 * Between two rules is one row, whose lines are wrapped; where a table has no rules between its rows, a row begins at
 * each line that is not the rest of the one above. Wide characters may take one column or two (aligned_cells.h), and a
 * line that is off the walls is parted at its own bars, or said in a note.
 */
#pragma once

#include "read/text/text_rows.h"

/* Called at a line; appends the block of a table that begins there and returns how many lines it took, 0: none. */
int text_parse_box (TextParser *parser, int start);
