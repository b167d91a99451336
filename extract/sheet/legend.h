/* legend.h - a legend that is printed outside the table: what the signs in its cells mean.
 *
 *     | No. | 項目         | 回答 |          ※1：対応 2：一部対応 3：非対応       a line above or below, or several,
 *     | 1   | サービス時間 | 2    |          A | 実施している                    or rows of two cells
 *
 * The legend in a column's head is choice.h's and goes before it.
 */
#pragma once

#include "model/note.h"
#include "patterns/knowledge.h"

/* Fills in the choices of the items of LISTS (ItemList) whose answer or mark is a key of a legend among BLOCKS (Block), and
 * says so in NOTES (Note). All are borrowed. */
void items_take_legend (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *lists, GPtrArray *notes);
