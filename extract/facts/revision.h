/* revision.h - what a document says of its own revisions: a table of them, or lines that begin with a date.
 *
 *   | 版  | 日付      | 改訂内容          |        改訂履歴
 *   | 1.0 | 2023/4/3  | 初版              |        2024年9月1日　No.18 を更新しました。
 *   | 1.1 | 2024/6/10 | No.5、No.12を更新 |        2023年4月1日　公開しました。
 *
 * The forms of heads and lines are data: document.pattern.
 */
#pragma once

#include "model/document.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* Whether TABLE lists revisions: it has a head for dates and one for what changed. Such a table has no items. */
gboolean table_is_revisions (const Knowledge *knowledge, const Table *table);

/* Adds the revisions that TABLE lists, if any, to REVISIONS (Revision). Gives whether its numbers are the document's
 * versions. */
gboolean revisions_from_table (const Knowledge *knowledge, GPtrArray *revisions, const Table *table);

/* Adds the revisions that LINES (FactLine) list: under a heading that says so, or at least two in a row that have a
 * version each. */
void revisions_from_lines (const Knowledge *knowledge, GPtrArray *revisions, GPtrArray *lines);

/* The earliest, if its note says that it is the first; and the latest, if at least two have a full date. Borrowed;
 * NULL: there is none. */
const Revision *revision_first (const Knowledge *knowledge, GPtrArray *revisions);
const Revision *revision_latest (GPtrArray *revisions);
