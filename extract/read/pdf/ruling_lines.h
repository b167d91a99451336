/* ruling_lines.h - the ruling lines and filled areas of a page, from a cairo script of it.
 *
 * Poppler-glib has no call for drawn lines. Rendering a page to a cairo *script* surface in ASCII mode writes every
 * drawing operation as text. Paths in it are in device units; the pen of a stroke has its own matrix, set between path
 * and stroke:
 *
 *     n 274.5 634.8 210.6 4.8 rectangle        a thin rectangle ...
 *     fill+                                    ... filled: a line
 *     n 230.0 590.2 m 230.0 4311.0 l           a segment
 *     8 -8 scale 0.5 set-line-width stroke+    drawn half a point wide at scale 8
 *     n 0 0 100 100 rectangle clip+ ... paint  a painted clip: a filled area
 *
 * Glyph shapes are inside { }, font data and images inside <~ ~> or <| ~>; both are skipped.
 */
#pragma once

#include "model/page.h"

/* A filled area up to this thick is a line, in points: the thickest border Excel draws is 2.25. */
#define LINE_THICKNESS_LIMIT 2.6

/* The ruling lines of the page whose script is DATA, drawn SCALE times larger than in points. An array of RulingLine;
 * the caller frees. Cannot fail: what is not understood is skipped. */
GArray *ruling_lines_from_script (const char *data, gsize size, double scale);
