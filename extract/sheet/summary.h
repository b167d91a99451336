/* summary.h - what was found in a document, in one line for people.
 *
 *     46 of 49 items, 2 more, 1 doubtful; missing: 21 バッチ処理時間, 22 カスタマイズ性, …
 *
 * and, where a check speaks, what it says first. In the user's language.
 */
#pragma once

#include "model/sheet.h"

/* The caller frees. */
char *sheet_summary (const Sheet *sheet);
