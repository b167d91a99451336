/* aligned_text.h - text whose columns are kept apart by runs of spaces, as "pdftotext -layout" writes it.
 *
 *     No.  種別      項目           回答
 *     1    可用性    サービス時間   24時間365日（計画停止・定期
 *                                   保守を除く）
 *     2    可用性    サービス稼働   99.95%以上
 *                    率
 *
 * The columns are found (aligned_table.h), then the rows (aligned_rows.h). They are drawn on a page, in frames, and layout/
 * reads it as any: page headers, tables that go on, words that were wrapped. Places are lines of the text again afterwards.
 */
#pragma once

#include "read/text/text_rows.h"

/* The blocks of the COUNT lines if they hold such a table, of three rows and two columns or more; NULL: they hold none, or
 * one that does not have more than ROWS lines in line, as were told as rows in another way. Notes are added to NOTES. The
 * caller frees. */
GPtrArray *blocks_from_aligned_text (const TextLine *lines, int count, int rows, GPtrArray *notes);
