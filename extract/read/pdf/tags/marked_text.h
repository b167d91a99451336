/* marked_text.h - where the pieces of a page's text begin, and under which mark they are drawn.
 *
 *   /P << /MCID 17 >> BDC  BT 1 0 0 1 72 700 Tm <0102> Tj 12 0 Td <03> Tj ET  EMC       17 at (72, 700) and (84, 700)
 *
 * Poppler tells glyphs and their boxes, and which marks an element of the structure has, but not which glyph is under
 * which mark. So the page's content is gone through for places only: no fonts, no widths. A glyph belongs to the piece
 * that begins nearest to its left on its line. (ISO 32000-1, 8.3.4, 9.4 and 14.6; forms are not gone into.)
 */
#pragma once

#include <glib.h>

/* No mark. */
#define MARK_NONE (-1)

typedef struct {
  double x, y; /* in the user space of the page */
  int mark;
} TextStart;

/* The beginnings in CONTENT, in the order of drawing. An array of TextStart; cannot fail. */
GArray *text_starts_from_content (const char *content, gsize size);
