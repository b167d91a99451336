/* certification.h - the certifications that a document claims around its sheet.
 *
 * They stand in a sentence with lines of facts under it, or in a table whose heads are the facts' names:
 *
 *   株式会社サンプルは、プライバシーマークを取得しています。      | 認証の名称     | 登録番号 | 有効期限   |
 *   <登録番号>20000000                                      | ISO/IEC 27001 | S-1234  | 2026/7/10 |
 *   <有効期限満了日>2026年7月10日
 *
 *   ・プライバシーマーク　登録番号：第20000000(01)号            | 規格     | ISO/IEC 27001 |
 *   ・ISO/IEC 27001（S-1234）、ISO/IEC 27017                 | 登録番号 | S-1234        |
 *
 * What such lines and heads look like is data: certifications.pattern.
 */
#pragma once

#include "model/block.h"
#include "model/document.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* Those in BLOCKS and TABLES around the sheet that LISTS (ItemList) are, in order. A list of Certification; the caller
 * frees. */
GPtrArray *certifications_from (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists);

/* Whether TABLE tells of certifications. */
gboolean table_is_certifications (const Knowledge *knowledge, const Table *table);
