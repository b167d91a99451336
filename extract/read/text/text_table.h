/* text_table.h - a table that a text's markup writes cell by cell, with spans: AsciiDoc, MediaWiki, Textile, Jira ...
 *
 * Cells are added from left to right, rows from the top; a cell goes to the next place of its row that no cell spans
 * from above (HTML Standard, section 4.9.12, has the same rule).
 */
#pragma once

#include "model/block.h"

typedef struct TextTable TextTable;

/* The spans and the kind of one cell; all 0: one place, and no head. */
typedef struct {
  int row_span, column_span; /* 0 is 1; held within 1000 rows and 200 columns */
  CellHead head;
} TextSpan;

TextTable *text_table_new (void);
void text_table_free (TextTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextTable, text_table_free)

void text_table_begin_row (TextTable *table);

/* The column of the next cell; -1 before the first row. */
int text_table_next_column (TextTable *table);

/* Takes TEXT and trims it; LINE is its number. */
void text_table_take_cell (TextTable *table, char *text, TextSpan span, int line);

/* The last cell of the row goes on with TEXT, parted by BETWEEN; FALSE: the row has none yet. */
gboolean text_table_append (TextTable *table, const char *between, const char *text);

/* The table as a block; in three columns or more a row with words in its first cell alone spans them all. NULL: it has
 * no cells, or more than a million places. The caller frees. */
Block *block_from_text_table (const TextTable *table);
