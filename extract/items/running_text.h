/* running_text.h - a sheet in running text, in which names and answers follow each other.
 *
 *   ... サービス時間 24時間365日です。 計画停止予定通知 7日前 ...
 *       |            |                 |                each name of the catalogue between white space begins an item,
 *       name         answer            name             and what follows it, up to the next one, is the answer
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"

/* The items in the running text of BLOCKS (Block); both arguments are borrowed. Never NULL, and empty where the text
 * only mentions names; the caller frees. */
ItemList *items_from_running_text (const Knowledge *knowledge, GPtrArray *blocks);
