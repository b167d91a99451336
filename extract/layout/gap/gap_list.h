/* gap_list.h - what has gutters and is no table; private to the finder of tables without lines (gaps.h).
 *
 *      •  Lorem ipsum                       1   Introduction ............  3
 *      •  Dolor sit amet, consectetur       1.1   Lorem ................   5
 *         adipiscing                        2   Ipsum ..................  12
 *
 *      Name: ____________   Date: ______
 */
#pragma once

#include "layout/gap/gap_table.h"

/* Whether the words in TABLE's columns stand below each other, flush at a side or centred, and most of its rows have
 * more than one of them: what merely happens to have gaps does not. Ideographs stand in cells of one width, and prove
 * nothing. To be called when the rows are cut. */
gboolean words_make_table (const GapTable *table);

/* Whether TABLE is a list with its marks, a table of contents, or a form without anything in it. */
gboolean is_list (const GapTable *table);
