/* gap_list.h - what has gutters and is no table; private to the finder of tables without lines (gaps.h).
 *
 *      •  Lorem ipsum                       1   Introduction ............  3
 *      •  Dolor sit amet, consectetur       1.1   Lorem ................   5
 *         adipiscing                        2   Ipsum ..................  12
 */
#pragma once

#include "layout/gap/gap_table.h"

/* Whether TABLE is a list with its marks, or a table of contents. */
gboolean is_list (const GapTable *table);
