/* headings.h - a sheet without a table: heads, and the text under them.
 *
 *   ## 可用性              a heading above those of items: their category
 *   ### サービス時間       a head that is a name of the catalogue, or is made as such are: an item
 *   24時間365日            what follows it: the answer
 *
 * A head is a whole block (a heading, a bold paragraph, the first line after a blank one), or the beginning of one: bold
 * words, its first line, what is before a colon or a wide space. Heads of one make (Block.make, the mark before
 * them, on a drawn page their indent and the space above them) are heads together, whatever they say. Which make is that of the items, the names of the catalogue tell: each make
 * that has three is tried, and the list with most of the items and answers is taken. In a text that has lost all marks a
 * phrase above a sentence, or one that is a name of the catalogue, is a brief line; a list of these must be worth more
 * (ItemList.guessed), and what may be another head among its answers is a note, `heading-doubtful`.
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"

/* The items under the heads among BLOCKS (Block); both arguments are borrowed. Never NULL, and empty where fewer than
 * three heads are names of the catalogue; the caller frees. */
ItemList *items_from_headings (const Knowledge *knowledge, GPtrArray *blocks);
