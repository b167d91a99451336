/* columns.h - what each column of a table is.
 *
 *   | No.    | 種別     | 項目 | 規定内容   | 測定単位 | 設定例  | 対応可否 | 回答   | 備考  |
 *   | number | category | name | definition | unit     | example | mark     | answer | other |
 *
 *   | No.    | 項目 | 対応   | 一部対応 | 非対応 | 備考  |        | 項目 | 標準 | プレミアム |
 *   | number | name | choice | choice   | choice | other |        | name | plan | plan       |
 *
 * Here are the heads; what the cells say, and what each column is, is found by column_kinds.h.
 */
#pragma once

#include "items/cell_words.h"
#include "items/head.h"
#include "model/item.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* The rows below a head that its columns are judged by, at most: more say the same, and a long table may have heads again
 * and again. */
#define COLUMN_ROWS_MOST 200

typedef struct {
  HeadRule rule;
  char *head;           /* as written, "" where there is none */
  char *above;          /* the head that covers this one and others; NULL: none does */
  GPtrArray *legend;    /* LegendEntry (answer/choice.h); NULL: the head has none */
  gboolean translation; /* it says in another language what a column to its left says */
  double filled;        /* the share of the rows that have a cell here */
  double typical;       /* the share of its cells whose words alone say that they belong here */
} Column;

typedef struct {
  int count;
  ColumnKind *kinds;     /* one for each column; number to mark come once at most */
  Column *each;          /* one for each column */
  int head_rows;         /* how many rows the heads are in; 0: there are none */
  gboolean run_together; /* two heads were in one cell, and the rest one place to the left */
} Columns;

/* COUNT columns without heads, all unknown; the caller frees. */
Columns *columns_new (int count);

/* The columns of which the row INDEX of TABLE, and the next one where the heads are in two rows, has the heads; NULL where
 * it has none. Their kinds are unknown until columns_find_kinds (column_kinds.h). The caller frees. */
Columns *columns_from_head (const Knowledge *knowledge, const Table *table, int index);

/* Whether the heads of TABLE are in its first column, one below the other: a small table for one item. */
gboolean table_has_heads_at_left (const Knowledge *knowledge, const Table *table);

/* Whether the first row of TABLE has names of the catalogue beside each other: items across, a plan or a product a row. */
gboolean table_has_names_across (const Knowledge *knowledge, const Table *table);

/* Tables side by side in TABLE, 項目 | 回答 | 項目 | 回答, told by their heads, which are the same; `copies` is 0 where there
 * are none. */
TableCopies table_copies_side_by_side (const Knowledge *knowledge, const Table *table);

Columns *columns_copy (const Columns *columns);
void columns_free (Columns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Columns, columns_free)

/* The column of that kind, or -1: the first of several. */
int columns_find (const Columns *columns, ColumnKind kind);

/* Whether A and B have the same heads. */
gboolean columns_have_same_heads (const Columns *a, const Columns *b);
