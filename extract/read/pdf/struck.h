/* struck.h - words with a line drawn across them: old words.
 *
 *     5時間以内      a line across the middle of the words, as long as they are      FATE_STRUCK
 *     ─────────
 *
 *     ───可─────     a border that runs on over its cell, and meets a label on its way: none
 *        用
 *
 * Where a line crosses the middle of glyphs, one score weighs the evidence: how much of the line is over words, how many
 * words apart from each other it crosses, whether it has another colour than the lines of the page, whether a StrikeOut
 * annotation draws it, whether it ends at borders.
 */
#pragma once

#include "read/pdf/painted_fate.h"

/* Tells which glyphs of SEEN are struck out by LINES (PaintedLine), and takes those lines out of LINES. */
void struck_tell (SeenPage *seen, GArray *lines);

/* Words over which letters are set again and again, X or /: they are struck out, and the letters are none of the text. */
void struck_by_letters_tell (SeenPage *seen);
