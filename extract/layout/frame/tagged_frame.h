/* tagged_frame.h - frames that the document's own structure (model/tagged_table.h) proposes where geometry is in doubt.
 *
 *      tags                  boxes of the cells' glyphs        frame
 *                                                              x0      x1  x2
 *      <TR><TD><TD><TD>      [可用性] [1] [サービス時間]    y0 +-------+---+-------------+
 *      <TR>    <TD><TD>               [2] [計画停止]     →  y1 |       +---+-------------+
 *      <TR><TD><TD><TD>      [信頼性] [3] [復旧時間]        y2 +-------+---+-------------+
 *                                                           y3 +-------+---+-------------+
 *
 * A column boundary is in the middle between the extents of the cells of two columns, a row separator between those of
 * two rows.
 *
 * What is drawn is what readers saw, and wins: drawn lines that already have as many rows and columns, and gutters that
 * prove more columns. And tags may be wrong: they are ignored where columns or rows
 * overlap, where most rows have one cell (a table for the layout, or a row for each line), or where words lie between
 * the cells that are in none.
 */
#pragma once

#include "layout/frame/frame.h"

/* Puts the frames that the tagged tables of PAGE between LEFT and RIGHT (points) make in the place of those of FRAMES
 * that know less; the first DRAWN of FRAMES are drawn with lines, the others were found without. */
void frames_take_tagged (GPtrArray *frames, guint drawn, const Page *page, double left, double right);
