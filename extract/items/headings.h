/* headings.h - a sheet without a table: headings, and paragraphs under them.
 *
 *   ## 可用性              a heading above the headings of items: their category
 *   ### サービス時間       a heading that is a name of the catalogue, or is between such: an item
 *   24時間365日            what follows it: the answer
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"

/* The items under the headings among BLOCKS (Block); both arguments are borrowed. Never NULL, and empty where fewer
 * than three headings are names of the catalogue; the caller frees. */
ItemList *items_from_headings (const Knowledge *knowledge, GPtrArray *blocks);
