/* tabs.h - what the tabs of a workbook say of the items in them, where several tabs have items.
 *
 *     可用性 | 信頼性 | 性能       parts: no item comes twice, and the rows have no category     the tab is the category
 *     運用 | サポート              parts whose rows have categories of their own                 the tab is the section
 *     製品A | 製品B                the same items in each                                        the tab is the section
 *     Sheet1 | Sheet2              parts without names                                           nothing
 */
#pragma once

#include "patterns/knowledge.h"

/* LISTS: ItemList, those that are the sheet. Fills in the sections and categories of their items. */
void items_take_tabs (const Knowledge *knowledge, GPtrArray *lists);

/* The headings over tables of the same items, "ベーシックプラン" and "アドバンスプラン", are the sections of their items, and not
 * their categories. */
void items_take_headings (const Knowledge *knowledge, GPtrArray *lists);
