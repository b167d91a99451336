/* record_text.h - records of labelled lines in a text, one row of a table each.
 *
 *     番号：1                      | 番号 | 項目         | 回答            |
 *     項目：サービス時間           | 1    | サービス時間 | 24時間365日     |
 *     回答：24時間365日            |      |              | （祝日を含む）  |
 *     　　　（祝日を含む）         | 2    | サービス稼働 | 99.9%           |
 *     ----
 *     番号：2                          a record begins where the first label comes again; blank lines and rules
 *     項目：サービス稼働率             part records; a line without a label goes on with the one above
 *     回答：99.9%
 */
#pragma once

#include "read/text/text_rows.h"

/* Three records or more with two labels or more from the line START on; the lines taken, 0: none begin there. */
int text_parse_records (TextParser *parser, int start);
