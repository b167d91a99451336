/* rows.h - the rows of a table, chosen together: the row separators whose evidence, with that of the rows between them,
 * has the largest sum (dynamic programming over the lines of text).
 *
 *      可用性    サービス時間    24時間365日    line 0 ─┐ row evidence: a key, enough text
 *                                ・計画停止を除く    1 ─┘
 *      ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─        separator evidence: a ruling line, white space, a key, columns
 *      可用性    計画停止予定    7日前             2        that begin; against it: text that goes on
 *
 *      best[j] = max over i of  best[i] + separator (i - 1, i) + row (i .. j - 1)
 */
#pragma once

#include "layout/evidence.h"
#include "layout/unruled/unruled_table.h"

/* What is known of the table before its text is looked at. */
typedef struct {
  double undrawn; /* 0 to 1: its columns are drawn, and how much it counts that a separator is not */
  double seldom;  /* 0 to 1: how seldom separators that are not drawn are found in it */
  gboolean ruled; /* it goes on from a page on which lines are drawn between its rows */
} RowPrior;

/* The row separators of TABLE on PAGE: an array of double, downwards, which the caller frees. *RULED becomes whether lines
 * are drawn between its rows; NULL: not asked for. */
GArray *rows_from_evidence (const UnruledTable *table, const Page *page, RowPrior prior, const Weighing *weighing,
                            gboolean *ruled);
