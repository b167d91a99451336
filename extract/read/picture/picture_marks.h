/* picture_marks.h - marks and signs that are recognised by their shape: ○ ◎ ● △ ▲ × ■ ☑ ÷ 〜 → ＋ ／.
 *
 * Tesseract's Japanese model reads × as メ, △ as ム, ■ as 一 and 〜 as て, with high confidence. Their shapes are simpler
 * than any letter's. Those that resemble a letter (O, X, 口) count only at the start of a line, with a gap behind them.
 */
#pragma once

#include "read/picture/picture.h"

typedef struct {
  gunichar character;
  int left, right; /* columns of pixels in the picture; the right one is not in it */
} Mark;

/* The marks in a text line whose ink is INK, from left to right: an array of Mark; the caller frees. EM: the height of
 * most lines of the page, pixels. */
GArray *marks_of_ink (const Ink *ink, double em);

/* The mark that all of INK is, a drawn shape or a small picture by itself: ○ ◎ ◉ ● △ ▲ × ✓ レ ☐ ☑ ☒ ■; 0: none. A sign cut
 * out of a disc or a block counts as the sign. */
gunichar mark_from_ink (const Ink *ink);
