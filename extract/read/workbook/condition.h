/* condition.h - whether the formula of a conditional format holds (ECMA-376 part 1, 18.17): comparisons of cells and constants,
 * and the functions that such formulas are made of.
 *
 *     $G3="廃止"                        AND($A3<>"",LEFT($G3,2)="廃止")           NOT(ISERROR(SEARCH("旧",F3)))
 *
 * References are those of the first cell of the format's range; a "$" keeps a row or column as it is, else they move with the
 * cell that is asked about. Text compares without regard to case.
 */
#pragma once

#include "read/workbook/worksheet.h"

typedef enum { CONDITION_FAILS, CONDITION_HOLDS, CONDITION_UNKNOWN } ConditionResult;

/* FORMULA, with or without "=", for the cell DOWN rows below and ACROSS columns beside the range's first one. SHEET is complete.
 * UNKNOWN: it has what is not understood. */
ConditionResult condition_holds (const char *formula, const Worksheet *sheet, int down, int across);

/* How NUMBER or TEXT compares with what OPERAND, a formula, is: below 0, 0, above 0. FALSE: it is not understood. */
gboolean condition_compare (const char *text, const char *operand, const Worksheet *sheet, int down, int across,
                            int *order);
