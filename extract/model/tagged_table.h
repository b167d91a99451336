/* tagged_table.h - a table as the document's own structure names it, with the places of what stands in it.
 *
 *   <Table>                                      column  0     1        2
 *    <TR> <TD>可用性</TD> <TD>1</TD> <TD>…      row 0    可用性   1   サービス時間      box of the glyphs of each cell
 *    <TR>                 <TD>2</TD> <TD>…          1            2   計画停止予定
 *
 * A witness, no more: tags may be wrong, and what is drawn is what readers saw (layout/tagged_frame.h).
 */
#pragma once

#include "model/place.h"

typedef struct {
  int row, column, row_span, column_span;
  Box box; /* of its glyphs on this page, as high as the letters are; empty: it has none here */
} TaggedCell;

/* How far the cells of a column reach, on all pages; from > to: nothing stands in it. */
typedef struct {
  double from, to;
} TaggedColumn;

typedef struct {
  GArray *cells;   /* TaggedCell: of the rows that have something on this page, from the top */
  GArray *columns; /* TaggedColumn */
  int glyphs;      /* how many of the page's glyphs are in its cells */
} TaggedTable;

TaggedTable *tagged_table_new (void);
void tagged_table_free (TaggedTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaggedTable, tagged_table_free)
