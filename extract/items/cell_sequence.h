/* cell_sequence.h - a table whose cells follow each other in a text, each a paragraph, as plain "pdftotext" writes them.
 *
 *     No.                    the heads of the columns
 *
 *     項目
 *
 *     回答
 *
 *     1                      the rows' numbers, which count up, say where a row begins
 *
 *     サービス時間           its cells; lines of one paragraph were wrapped
 *
 *     24時間365日
 *
 * Where a row has as many cells as there are heads, they go under them; else each goes where its words fit best, and a
 * note says in how many rows that was so.
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"

/* The items in such a sequence among BLOCKS (Block), lines of a text; both arguments are borrowed. Never NULL, and empty
 * where there are no heads, or fewer than five numbered rows; the caller frees. */
ItemList *items_from_cell_sequence (const Knowledge *knowledge, GPtrArray *blocks);

/* Whether the heads of a table's columns, three or more, are lines of their own among BLOCKS: the text has lost a table,
 * whatever else is found in it. */
gboolean blocks_have_lost_heads (const Knowledge *knowledge, GPtrArray *blocks);
