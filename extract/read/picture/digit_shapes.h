/* digit_shapes.h - the digits of a number against the shapes of their ink.
 *
 * Tesseract may write one digit twice (99.92 as 99.929) or take 0 for 6, with high confidence. The number of pieces of
 * ink is that of the digits, and holes tell digits from each other:
 *
 *     0   one hole, nearly as high as the digit; where it is slashed two, side by side
 *     6   one in the lower half          9   one in the upper half
 *     8   two, one above the other          1 2 3 5 7   none
 */
#pragma once

#include "read/picture/tesseract.h"

/* Whether the digits among SYMBOLS from index FIRST up to END are what the ink of LINE from column FROM to column TO shows;
 * TRUE where digits touch or are broken, and it can't be told. Else a digit of several becomes the 0 that its holes tell, and the
 * character of one that the ink does not have becomes 0. PER_CENT: a per cent sign follows, before TO. */
gboolean digits_agree_with_ink (const Picture *line, double from, double to, gboolean per_cent, GArray *symbols,
                                guint first, guint end);
