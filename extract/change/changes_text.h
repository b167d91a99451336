/* changes_text.h - changes for people: item by item what changed in it, then a summary.
 *
 *   changed: 5 サービス稼働率 (METI-CSL-05)
 *     ■サービス稼働率            │ ■サービス稼働率
 *     2023年 99.97%              │ 2024年 99.99%
 *                                │ 2023年 99.97%
 *
 * Without colours, or where the terminal is narrow, the two are not side by side. Without colours the changed words are
 * in brackets, and what is left out because it did not change is "…":
 *
 *   ■サービス稼働率 {+2024年稼働率 99.99%+} 2023年稼働率 …
 */
#pragma once

#include "change/changes.h"
#include "patterns/knowledge.h"

/* WIDTH: of the terminal, in cells (width.h); 0: lines have any length. COLOURED: with the terminal's colours, old and
 * new side by side, else the changed words in [-…-] and {+…+}. "" where the two sheets do not differ. The caller frees.
 */
char *text_from_changes (const Knowledge *knowledge, const Changes *changes, int width, gboolean coloured);
