/* aligned_table.h - the columns of tables in a text that is laid out with spaces.
 *
 * A column boundary is a path down the lines: on each line, the text column where the cells right of it begin. It may move
 * from line to line, as what pdftotext writes of proportional letters does, but that costs:
 *
 *     No.  項目           回答              + words begin at it after a gap, or it is within a gap
 *     1    サービス時間   24時間365日       + the wrapped cell goes on under its column
 *                         （保守を除く）
 *     2     サービス稼働率   99.95%         - it moves
 *     この表は例である。続きは次のページ    - it cuts words
 *
 * The path with the highest score from its first line to its last is a boundary, then the best beside it, as long as
 * they are worth it. Boundaries on the same lines make a table. Columns of the text count from 0, lines of an AlignedTable
 * are indexes.
 */
#pragma once

#include "read/text/aligned_cells.h"
#include "read/text/text_rows.h"

/* A boundary is never further right. */
#define ALIGNED_COLUMNS_MOST 1000

/* A table never has more columns. */
#define ALIGNED_TABLE_COLUMNS_MOST 31

typedef struct {
  int first, last;  /* its lines */
  int columns;      /* 2 or more */
  int *starts;      /* COLUMNS for each line: where each column begins; the first of each is 0 */
  gboolean *across; /* for each line: words run across the columns all along it: a line of its own */
  int torn;         /* lines whose words are cut by a boundary nevertheless */
  int gaps, strays; /* words after gaps of two spaces and more; of these, those in line with no others near */
} AlignedTable;

/* AlignedTable, by line: those on the COUNT lines, which are one page. The caller frees. */
GPtrArray *aligned_tables_from_lines (const TextLine *lines, int count, ColumnCount way);

/* Where the columns of TABLE begin on LINE, the table's COLUMNS of them; NULL: the line is outside it, or words run
 * across the columns. Borrowed. */
const int *aligned_table_starts (const AlignedTable *table, int line);
