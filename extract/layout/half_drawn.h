/* half_drawn.h - frames whose drawing leaves out borders, completed from their text.
 *
 *      +------+--------+--------+     +------+--------+--------+     +------+--------+--------+
 *      | No.  | 項目   | 回答   |     | No.  | 項目   | 回答   |     | No.  | 項目   | 回答   |
 *      +------+--------+--------+     +------+--------+--------+     +------+--------+--------+
 *      | 1      時間     24時間 |     | 1    | 時間   | 24時間 |     | 1    | 時間   | 24時間 |
 *      +------------------------+     | 2    | 通知   | 7日前  |     +------+ 通知   +--------+
 *      | 2      通知     7日前  |     | 3    | 確率   | 99.9%  |     | 2    | 確率   | 7日前  |
 *      +------------------------+     +------+--------+--------+     +------+--------+--------+
 *       columns in the head alone      columns, and no rows           a column without rows
 *
 * What is not drawn is mostly left out on purpose: the cells are merged. So the text has to say more against it than one
 * line can (evidence.h: the borders, the merged cells, the rows).
 */
#pragma once

#include "layout/evidence.h"
#include "layout/frame/frame.h"

/* Completes FRAMES on PAGE. Glyphs for which TAKEN (one for each glyph) is set are left out. */
void frames_complete (GPtrArray *frames, const Page *page, const gboolean *taken, const Weighing *weighing);
