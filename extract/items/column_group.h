/* column_group.h - columns that are one answer together, told by their heads.
 *
 *   choices   対応 | 一部対応 | 非対応     the heads are answers, and the cells are ticks
 *   plans     標準 | プレミアム            the heads are plans or products, and each cell is an answer:
 *                                          words for plans, heads with a part in common (アケビ在庫 | アケビ会計), heads under
 *                                          one that says 回答, or unknown heads whose cells are the same in many rows
 *
 * How long the cells are never tells.
 */
#pragma once

#include "items/columns.h"

/* Sets the kinds of those of COLUMNS, whose heads are known, to COLUMN_CHOICE and COLUMN_PLAN. TABLE has their cells from
 * row FIRST on. */
void column_groups_find (const Knowledge *knowledge, Columns *columns, const Table *table, int first);
