/* dashed_table.h - a table whose columns are the runs of dashes below its heads, as pandoc and the shells of databases write.
 *
 *     No.   項目            回答             a line is a row, up to a blank line
 *     ----  --------------  --------------
 *     1     サービス時間    24時間365日
 *
 *     ------------------------------------   between two whole lines of dashes blank lines part the rows, and the lines
 *     No.   項目            回答             of a row go on in their columns
 *     ----  --------------  --------------
 *     1     サービス時間    24時間365日（計
 *                           画停止を除く）
 *
 *     2     稼働率          99.9%
 *     ------------------------------------
 */
#pragma once

#include "read/text/text_rows.h"

/* Called at a line; appends the block that begins there and returns how many lines it took, 0: none. */
int text_parse_dashed (TextParser *parser, int start);
