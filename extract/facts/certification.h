/* certification.h - the certifications that a document claims around its sheet.
 *
 * They are in a sentence with lines of facts under it, or in a table whose heads are the facts' names:
 *
 *   株式会社サンプルは、プライバシーマークを取得しています。   | 認証の名称    | 登録番号 | 有効期限  |
 *   <登録番号>20000000                                         | ISO/IEC 27001 | S-1234   | 2026/7/10 |
 *   <有効期限満了日>2026年7月10日
 *
 *   ・プライバシーマーク　登録番号：第20000000(01)号           | 規格     | ISO/IEC 27001 |
 *   ・ISO/IEC 27001（S-1234）、ISO/IEC 27017                   | 登録番号 | S-1234        |
 *
 * The forms of such lines and heads are data: certifications.pattern.
 */
#pragma once

#include "model/block.h"
#include "model/document.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* Those in BLOCKS (Block) and TABLES (Table) around the sheet that LISTS (ItemList, at least one) are, in order. All
 * are borrowed. A list of Certification, which frees them; never NULL, the caller frees. */
GPtrArray *certifications_from (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists);

/* Whether TABLE has heads for facts of certifications, the scheme among them. */
gboolean table_is_certifications (const Knowledge *knowledge, const Table *table);
