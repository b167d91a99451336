/* column_kinds.h - what each column of a table is, by its head, its cells and its place.
 *
 * One score decides, over all columns together: how well a column fits a kind is the sum of
 *
 *   its head    the words of it (head.h)
 *   its cells   the mean of how well each fits (cell_words.h), and for answers how many there are
 *   its place   which kinds are to its left
 *
 * and of all ways to give each kind but other and unknown to one column at most, the best is taken (dynamic programming
 * over the columns from the left and the set of kinds that are given). A table without names or without an answer is worth
 * less, so that a doubtful head (内容) is the answer where nothing else is. Where the cells of many rows are not under
 * their heads, the rows are aligned with the heads first (mend.h), and counted so if that is worth more.
 */
#pragma once

#include "items/columns.h"

/* What COLUMNS are, by their heads and by the cells of TABLE from row FIRST on. */
void columns_find_kinds (const Knowledge *knowledge, Columns *columns, const Table *table, int first);

/* The columns of a TABLE without heads, by their cells; NULL where these do not tell. The caller frees. */
Columns *columns_from_cells (const Knowledge *knowledge, const Table *table);
