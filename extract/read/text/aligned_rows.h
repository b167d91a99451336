/* aligned_rows.h - the rows of a table in a text that is laid out with spaces, chosen together.
 *
 *        サービスを提供する  24時間365日       line 0 ─┐ one number; cells begin on the row's first line, or are
 *     1  時間帯              （計画停止を      1       │ centred in it, as is better for the table; text that ends
 *                            除く）            2      ─┘ at its column's edge goes on below
 *     2  稼働率              99.95%            3
 *
 *     best[j] = max over i of  best[i] + row (i .. j - 1)
 */
#pragma once

#include "read/text/aligned_table.h"

typedef struct {
  GArray *begin; /* int: the lines, indexes of the page, with which rows begin, ascending; the first is the table's */
  GPtrArray
      *cells; /* char *: the text of each row in each of the table's columns, by rows; wrapped lines are joined, and
                       what goes across the columns is in the first one. Never NULL */
  gboolean *goes_on; /* for each of them: it is part of the cell above, a label of several rows */
  int odd;           /* rows that hold several numbers or cells out of place */
} AlignedRows;

/* The rows of TABLE on LINES, those of its page, whose columns count so in WAY. */
AlignedRows *aligned_rows_from_table (const AlignedTable *table, const TextLine *lines, ColumnCount way,
                                      LineBreaks *breaks);
void aligned_rows_free (AlignedRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AlignedRows, aligned_rows_free)
