/* merged_labels.h - labels in the middle of cells that are merged over rows.
 *
 *      種別       No.   項目
 *                  1    サービス時間       A label in the middle of its merged cell tells how high the cell is: it
 *      可用性      2    計画停止           reaches as far down from its middle as up. So, from the top of the table
 *                  3    終了時の通知       on, each label's cell begins where the one above it ends, and ends as far
 *                  4    平均復旧時間       below the label's middle as it begins above it. Where such a chain does not
 *      信頼性      5    目標復旧時間       end at row separators, the labels are not in the middle of their cells, and
 *                  6    障害通知           nothing is merged.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* For each row separator of TABLE, in order, whether a merged cell of COLUMN reaches over it; NULL: none does. The caller
 * frees. */
gboolean *merged_separators (const UnruledTable *table, int column);
