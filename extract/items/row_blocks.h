/* row_blocks.h - a table in which each item is a block of rows.
 *
 *   | 1 | サービス時間      |     | サービス時間                    |     | No.  | 1            |
 *   |   | 24時間365日       |     | 規定内容 | サービスを提供する…  |     | 項目 | サービス時間 |
 *   | 2 | 計画停止予定通知  |     | 回答     | 24時間365日          |     | 回答 | 24時間365日  |
 *   |   | 有 7日前に通知    |     | 計画停止予定通知                |     | No.  | 2            |
 *
 *   names in every second row       labels below each name                a label that begins each
 *
 *   | サービス時間 | 計画停止予定通知 |     cards, beside and below each other
 *   | 24時間365日  | 有 7日前に通知   |
 *   | 稼働率       | アップグレード…  |
 *   | 99.9%        | 毎月             |
 */
#pragma once

#include "model/table.h"
#include "patterns/knowledge.h"

/* TABLE with one row for each block, and the labels as the heads of its columns; NULL: its items are no blocks. A new
 * table; the caller frees. */
Table *table_from_row_blocks (const Knowledge *knowledge, const Table *table);
