/* formula.h - the text of a formula that needs no other cell (ECMA-376 part 1, 18.17).
 *
 * Some programs save formulas and leave it to the next one to calculate them. What is written in the formula itself can be
 * read without calculating:
 *
 *     HYPERLINK("https://example.org/sla","SLA")   SLA
 *     "有り"&CHAR(10)&"7日前"                      有り
 *                                                  7日前
 *     IF(A1="","","有り")                          not known
 */
#pragma once

#include <glib.h>

/* The text that FORMULA (with or without "=") shows; *NUMBER: it is a number, as written. NULL: it is not known without
 * other cells. The caller frees. */
char *text_from_formula (const char *formula, gboolean *number);
