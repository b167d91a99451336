/* sheet_tables.h - where the tables of a sheet begin and end: its visible cells as blocks, each a table (a grid) or a
 * line of text above or below one.
 *
 *        A        B           C       D         E
 *     1  サンプル セキュリティチェックシート              rows with one cell, above a table: lines
 *     2  作成日   2025/1/15                               narrow rows, above a table of more columns: lines; or,
 *     3                                                   if several, of three cells or more, a table of their own
 *     4  No.      種別        項目    測定単位  回答
 *     5  1        可用性      …                           the table: rows with one cell in it are banners
 *     6                                                   an empty row ends it …
 *     7  2        …                                       … unless the rows below have as many columns and no head
 *     8  ※ 2025年1月現在                                  rows with one cell, below a table: lines
 *
 * Rows without text are left out, and so are columns in which no cell of the table begins: cells that span them become
 * narrower. The place of a block or a cell is the tab with its row and its first column, both from 1.
 */
#pragma once

#include "model/block.h"
#include "read/workbook/worksheet.h"

/* What the grids of a workbook take in all, counted against limits. */
typedef struct {
  gint64 cells;   /* rows times columns */
  gsize repeated; /* text of merged cells, again for each row but their first; bytes */
} GridTotals;

/* MOST_CELLS: the number of cells in the row of the workbook that has most of them. Adds to TOTALS and HIDDEN. Gives a
 * list of Block, which frees them; NULL, with CHECKSHEET_ERROR_LIMIT_SIZE, where the totals are above the limits. */
GPtrArray *blocks_from_worksheet (const Worksheet *sheet, int most_cells, GridTotals *totals, HiddenCount *hidden,
                                  GError **error);
