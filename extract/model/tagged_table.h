/* tagged_table.h - a table as the document's own structure names it, with the places of its text.
 *
 *   <Table>                                      column  0     1        2
 *    <TR> <TD>可用性</TD> <TD>1</TD> <TD>…      row 0    可用性   1   サービス時間      box of the glyphs of each cell
 *    <TR>                 <TD>2</TD> <TD>…          1            2   計画停止予定
 *
 * Evidence, not proof: tags may be wrong, and what is drawn is what readers saw (layout/frame/tagged_frame.h).
 */
#pragma once

#include "model/place.h"

typedef struct {
  int row, column, row_span, column_span;
  Box box; /* of its glyphs on this page, as high as the letters, in points; empty: it has none here */
} TaggedCell;

/* The extent of the cells of a column, on all pages, in points; from > to: it is empty. */
typedef struct {
  double from, to;
} TaggedColumn;

typedef struct {
  GArray *cells;   /* TaggedCell: of the rows that have text on this page, from the top */
  GArray *columns; /* TaggedColumn */
  int glyphs;      /* the number of the page's glyphs in its cells */
} TaggedTable;

TaggedTable *tagged_table_new (void);
void tagged_table_free (TaggedTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaggedTable, tagged_table_free)
