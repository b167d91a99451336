/* columns.h - what each column of a table is, told from its head and from what its cells contain.
 *
 *   | No.    | 種別     | 項目 | 規定内容   | 測定単位 | 設定例  | 対応可否 | 回答   | 備考  |
 *   | number | category | name | definition | unit     | example | mark     | answer | other |
 *
 * Heads are matched against patterns/columns.pattern. Heads in two rows are read as one: a merged head cell is in both.
 * The cells' own words (the catalogue's names, definitions and units) correct what the heads say, and replace heads
 * where there are none.
 */
#pragma once

#include "model/item.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* What a cell can be told to be by its words alone: the catalogue's names, definitions and units (patterns/meti.json),
 * numbers and categories (patterns/rows.pattern). */
typedef enum {
  WORDS_EMPTY,
  WORDS_NUMBER,
  WORDS_UNIT,
  WORDS_NAME,
  WORDS_DEFINITION,
  WORDS_CATEGORY,
  WORDS_OTHER,
  WORDS_KINDS,
} CellWords;

/* The first of them that TEXT is. */
CellWords words_of_cell (const Knowledge *knowledge, const char *text);

typedef struct {
  int count;
  ColumnKind *kinds;     /* one for each column; number to mark come once at most */
  char **heads;          /* the head as written, "" where there is none */
  gboolean run_together; /* two heads were in one cell, and the rest one place to the left */
} Columns;

/* The columns of which ROW, one of TABLE's, has the heads; NULL where it has none. The caller frees. */
Columns *columns_from_head (const Knowledge *knowledge, const Table *table, const Row *row);

/* The columns of a TABLE without heads, by their cells; NULL where these do not tell. The caller frees. */
Columns *columns_from_cells (const Knowledge *knowledge, const Table *table);

/* Whether the heads of TABLE are in its first column, one below the other: a small table for one item. */
gboolean table_has_heads_at_left (const Knowledge *knowledge, const Table *table);

/* Corrects, by the cells of TABLE from row FIRST on, what the heads of COLUMNS leave open or say wrongly. */
void columns_settle (const Knowledge *knowledge, Columns *columns, const Table *table, int first);

Columns *columns_copy (const Columns *columns);
void columns_free (Columns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Columns, columns_free)

/* The column of that kind, or -1. */
int columns_find (const Columns *columns, ColumnKind kind);
