/* declared.h - what a document declares: the items that the new revisions of its table name, compared with what
 * changed.
 *
 *   | 2 | 2025-02-20 | <No5.サービス稼働率>を更新、No.50〜52を追加 |   declared: 5, 50, 51, 52
 *
 * A revision is new where OLD's table has none of that date and number (and note, where one of these is missing); where
 * OLD has no table, where it is dated after the day of issue or revision that OLD gives. An item is named by the
 * sheet's number, by its name, or both: then the name decides, since a note may keep the numbers of its time. "…を削除"
 * is looked up among the removed items first. Numbers: facts/number_mention.h; the spelling of notes is data:
 * changes.pattern.
 */
#pragma once

#include "change/changes.h"
#include "patterns/knowledge.h"

/* Fills in `declares`, `declared`, `undeclared` and `unfounded` of CHANGES, and the `declared` of each change in it. To
 * be called when all items are compared. KNOWLEDGE and the sheets are borrowed. */
void changes_compare_declared (const Knowledge *knowledge, Changes *changes, const Sheet *old, const Sheet *new);

/* A sheet's number without the ways to write it: "No.05" and "5." are "5". The caller frees. */
char *item_number_key (const Knowledge *knowledge, const char *number);
