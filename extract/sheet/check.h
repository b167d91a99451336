/* check.h - a sheet checked against what sheets are: where it is not like one, it was probably read wrongly.
 *
 * No check knows how a sheet was read. Each looks at what came out, asks one thing of every item, and speaks where more
 * items fail it than right sheets have: an answer is empty and another column has the words, a definition is among the
 * answers, every second number is missing. The table in check.c has them all, each with what it was measured on.
 *
 * What they find is in the JSON as `checks`, with one note that says so, warns whoever converts (`ok-with-warnings`), and lowers the confidence
 * (confidence.h).
 */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

/* Fills in the `findings` of SHEET, whose text is accounted for (text_coverage.h). KNOWLEDGE is borrowed. */
void sheet_check (const Knowledge *knowledge, Sheet *sheet);

/* What FINDING says, for people, in the user's language. The caller frees. */
char *check_sentence (const Finding *finding);
