/* picture_marks.h - marks and signs that are told by their shape: ○ ◎ ● △ ▲ × ■ ☑ ÷ 〜 → ＋ ／.
 *
 * Tesseract's Japanese model reads × as メ, △ as ム, ■ as 一 and 〜 as て, and is sure of it. Their shapes are simpler
 * than any letter's. Those that a letter resembles (O, X, 口) count at the start of a line only, with a gap behind
 * them.
 */
#pragma once

#include "read/picture/picture.h"

typedef struct {
  gunichar character;
  int left, right; /* pixels in the picture */
} Mark;

/* The marks in a strip whose ink is INK, from left to right: an array of Mark. EM: how high a line of the page is,
 * pixels. */
GArray *marks_of_ink (const Ink *ink, double em);
