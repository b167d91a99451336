/* shadow.h - words that are painted twice, a point off: bold that is faked, drop shadows. */
#pragma once

#include "read/pdf/painted_fate.h"

/* Of each glyph of SEEN that is almost where the same character is, the paler one gets FATE_SHADOW; of two alike
 * the later. */
void shadows_tell (SeenPage *seen);
