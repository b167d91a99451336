/* columns.h - what each column of a table is, told from its head and from what its cells hold.
 *
 *   | No.    | 種別     | 項目  | 規定内容    | 測定単位 | 設定例   | 対応可否 | 回答    | 備考   |
 *   | number | category | name  | definition | unit    | example | mark    | answer | other  |
 *
 * Heads are matched against patterns/columns.pattern. Heads in two rows are read as one: a merged head cell stands in
 * both. The cells' own words (METI's names, definitions and units) correct what the heads say, and stand in for heads
 * where there are none.
 */
#pragma once

#include "model/item.h"
#include "model/table.h"
#include "patterns/knowledge.h"

typedef struct {
  int count;
  ColumnKind *kinds;     /* one for each column; number to answer come once at most */
  char **heads;          /* the head as written, "" where there is none */
  gboolean run_together; /* two heads stood in one cell, and the rest one place to the left */
} Columns;

/* The columns that ROW, one of TABLE's, heads; NULL where it is no head. The caller frees. */
Columns *columns_from_head (const Knowledge *knowledge, const Table *table, const Row *row);

/* The columns of rows without a head, by what they hold; NULL where the cells do not tell. */
Columns *columns_from_cells (const Knowledge *knowledge, const Table *table);

/* Whether the heads of TABLE stand in its first column, above each other: a small table for one item. */
gboolean table_has_heads_at_left (const Knowledge *knowledge, const Table *table);

/* Sets right, by the cells of TABLE from row FIRST on, what the heads of COLUMNS leave open or say wrongly. */
void columns_settle (const Knowledge *knowledge, Columns *columns, const Table *table, int first);

Columns *columns_copy (const Columns *columns);
void columns_free (Columns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Columns, columns_free)

/* The column of that kind, or -1. */
int columns_find (const Columns *columns, ColumnKind kind);

const char *column_kind_name (ColumnKind kind);
