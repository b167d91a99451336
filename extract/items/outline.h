/* outline.h - sheets without a table: headings with paragraphs, and running text in which names and answers follow each
 * other.
 *
 *   ## 可用性              a heading that is above item headings: the category
 *   ### サービス時間       a heading that is METI's name, or stands between such: an item
 *   24時間365日            what follows it: the answer
 *
 *   ... サービス時間 24時間365日です。 計画停止予定通知 7日前 ...      one line: each name that stands between white
 * space begins an item
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"
#include "patterns/knowledge.h"

/* The items that the headings among BLOCKS make. Never NULL. */
ItemList *items_from_headings (const Knowledge *knowledge, GPtrArray *blocks);

/* The items in the running text of BLOCKS. Never NULL. */
ItemList *items_from_running_text (const Knowledge *knowledge, GPtrArray *blocks);
