/* unruled_list.h - what kind of table it is, and what has gutters and is no table; private to the finder of tables without
 * lines (gaps.h).
 *
 *      •  Lorem ipsum                       1   Introduction ............  3
 *      •  Dolor sit amet, consectetur       1.1   Lorem ................   5
 *         adipiscing                        2   Ipsum ..................  12
 *
 *      Name: ____________   Date: ______      x + 2y = 3       Office of ...  |  Tel. 555-0100
 *                                             3x - y = 7       Main Street 5  |  Fax 555-0101
 *                                                                       the page's middle
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Whether most of TABLE's columns, that of the labels apart, hold figures; and whether COLUMN does. */
gboolean is_table_of_figures (const GapTable *table);
gboolean is_value_column (const GapTable *table, int column);

/* Whether the words in TABLE's columns stand below each other, flush at a side or centred, and most of its rows have
 * more than one of them: what merely happens to have gaps does not. Ideographs stand in cells of one width, and prove
 * nothing. To be called when the rows are cut. */
gboolean words_make_table (const GapTable *table);

/* Whether TABLE is a list with its marks, a table of contents, a form without anything in it, equations, or words in
 * two columns of the page. */
gboolean is_list (const GapTable *table, const Page *page);
