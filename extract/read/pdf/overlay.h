/* overlay.h - words over the page that are not in it: watermarks, stamps, the lines that say who fetched a copy.
 *
 * A run is glyphs painted one after the other along one line, alike in direction, size and colour. One score weighs the
 * evidence for each (OVERLAY_WEIGHTS in overlay.c):
 *
 *     the file says so: an /Artifact of type Watermark, an annotation that is a stamp or watermark
 *     turned against the page's text, but by no quarter; far larger; paler; over other words
 *     the same run in many places of the page; in a small drawn circle or box of its own colour, which few words have
 *
 * What holds of one run holds of all that have its words and its looks: tiles lie over words in one place only.
 */
#pragma once

#include "model/note.h"
#include "read/pdf/painted_fate.h"

/* Tells which glyphs and paths of SEEN lie over the page. Their words are said in NOTES. */
void overlays_tell (SeenPage *seen, GPtrArray *notes);
