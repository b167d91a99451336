/* fact_line.h - the text around a sheet, line by line: where a document says what it is, whose, and of when.
 *
 *   クラウドサービスレベルのチェックリスト   FACT_HEAD   text before the sheet, rows of small tables there, and the
 *   | サービス名 | ミホン販売 | 版 | 3 |                 sheet's own rows above its head. This row is the line
 *                                                        "サービス名：ミホン販売　版：3"
 *   | No. | 項目 | 回答 |                                (the sheet itself is left out)
 *
 *   お問い合わせ：サンプル株式会社           FACT_TAIL   text after it, and tables there
 *   © サンプル株式会社                       FACT_PAGE   page headers and footers
 *
 * Where a sheet that is not a table ends cannot be told: it has no FACT_TAIL.
 */
#pragma once

#include "items/item_list.h"
#include "model/block.h"
#include "patterns/knowledge.h"

typedef enum { FACT_HEAD, FACT_PAGE, FACT_TAIL } FactZone;

typedef struct {
  char *text;       /* without white space around it, never empty */
  char *made_plain; /* NULL: the text is plain as it is */
  FactZone zone;
  const char *plain; /* the text in plain characters; borrowed from one of the two */
} FactLine;

/* The blocks that the sheet begins and ends with; indices. */
typedef struct {
  int first;
  int last; /* of its last table the first block; -1: not known */
} SheetExtent;

/* Where the sheet is that LISTS (ItemList, at least one) are, and whether TABLE is part of it. */
SheetExtent sheet_extent (GPtrArray *lists);
gboolean table_is_of_sheet (const Table *table, GPtrArray *lists);

/* The lines of BLOCKS and TABLES around the sheet that LISTS (ItemList) are, in order. TABLES: those of BLOCKS, in
 * their order, without any that are read by themselves (revision.h, certification.h). All are borrowed. A list of
 * FactLine, which frees them; the caller frees. */
GPtrArray *fact_lines_from (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists);
