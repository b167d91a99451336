/* unruled_merged.h - cells merged over rows in a table without drawn lines; private to its finder (gaps.h).
 *
 *     種別      No.  項目            A label in the middle of its merged cell tells how high the cell is: as far down
 *               1    サービス時間     from its middle as up. So, from the top of the table on, each label's cell begins
 * where 可用性    2    計画停止        the one before it ends, and ends as far below the label's middle as it begins
 * above it. 3    終了時の通知     Where such a chain does not end at cuts between rows, the labels do not stand in 4
 * 平均復旧時間     the middle, and nothing is merged. 信頼性    5    目標復旧時間
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* For each of TABLE's cuts, in order, whether a merged cell of COLUMN reaches over it; NULL: nothing is merged. The
 * caller frees. */
gboolean *merged_cuts (const GapTable *table, int column);
