/* pen_stroke.h - words crossed out by what is not a straight line along them.
 *
 *     5時間以内     a slanted or wavering stroke from end to end, as a pen makes it
 *     ╲5時間╱       two strokes across each other, over one line or several
 *     ―5時間―       dashes set over the words
 *
 * Straight lines along the text are struck.h's.
 */
#pragma once

#include "read/pdf/painted_fate.h"

/* Glyphs of SEEN that are crossed out get FATE_STRUCK, dashes that do it FATE_REPLACED. */
void pen_strokes_tell (SeenPage *seen);
