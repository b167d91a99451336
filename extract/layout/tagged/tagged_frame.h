/* tagged_frame.h - frames that the document's own structure (read/tagged.h) proposes where geometry is in doubt.
 *
 *     tags                 places of their glyphs        frame
 *     <TR><TD><TD><TD>     [可用性] [1] [サービス時間]      y0 +-------+---+-----------+    a column's side stands in
 * the <TR>    <TD><TD>              [2] [計画停止]     →   y1 |       +---+-----------+    middle between what the
 * cells <TR><TD><TD><TD>     [信頼性] [3] [復旧時間]        y2 +-------+---+-----------+    of two columns reach, a
 * row's x0      x1  x2                  between two rows
 *
 * What is drawn is what readers saw, and wins: drawn lines that already have as many rows and columns, or that cross a
 * tagged cell, and gaps that prove more columns. And tags may lie: they are left alone where columns or rows overlap,
 * where most rows have one cell (a table for the layout, or a row for each line), or where words stand between the
 * cells that are in none.
 */
#pragma once

#include "layout/frame/frame.h"

/* Puts the frames that the tagged tables of PAGE between LEFT and RIGHT make in the place of those of FRAMES that know
 * less; the first DRAWN of FRAMES are drawn with lines, the others come from gaps. */
void frames_take_tagged (GPtrArray *frames, guint drawn, const Page *page, double left, double right);
