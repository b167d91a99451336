/* type_style.h - how letters look, as far as headings are told by it: weight, kind of face, size, colour.
 *
 * A reader tells a heading from the text under it where it is bold, in a Gothic face above a Mincho one, or coloured.
 * The font itself says too much: the Latin letters of a Japanese line often have another one. So of a font only the
 * weight and the kind of face count, both by its name, as PDF producers write it (ISO 32000-1, 9.6.2 and 9.7.4):
 *
 *     ABCDEF+NotoSansCJKjp-Bold    bold, without serifs
 *     MS-Mincho,Bold               bold, with serifs
 *     HiraMinProN-W3               with serifs
 *     CIDFont+F2                   neither is known: of a usual weight, without serifs
 *
 * Letters that are filled and stroked (render mode 2) are bold too: so programs embolden a font that has no bold.
 */
#pragma once

#include "read/pdf/painted_page.h"

/* What the names of PAGE's fonts say, for type_style. The caller frees (g_free). */
guint8 *type_faces (const PaintedPage *page);

/* The style of GLYPH of PAGE, whose fonts are FACES, as Glyph.style has it: never 0. */
guint type_style (const PaintedPage *page, const guint8 *faces, const PaintedGlyph *glyph);
