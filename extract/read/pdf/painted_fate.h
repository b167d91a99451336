/* painted_fate.h - what becomes of each glyph and path of a painted page, on the way to the page as seen (seen_page.h).
 *
 * The steps (visible.h, overlay.h, shadow.h, struck.h) look at what is still seen, and change what becomes of it.
 */
#pragma once

#include "read/pdf/painted_page.h"

typedef enum {
  FATE_SEEN,
  FATE_HIDDEN,
  FATE_OVERLAY,
  FATE_STRUCK, /* seen, and kept apart: a glyph of the page that says so */
  FATE_REPLACED,
  FATE_RUBY,
  FATE_SHADOW,
} PaintedFate;

typedef struct {
  const PaintedPage *painted;
  int number;          /* of the page, from 1 */
  guint8 *glyph_fates; /* PaintedFate, one for each glyph */
  guint8 *path_fates;  /* the same for each path */
  GArray *added;       /* PaintedGlyph: those that stand for replaced glyphs, paths and images; a space parts words */
  GArray *covers;      /* Cover, in paint order (covers.h) */
} SeenPage;

/* A place on a text line of the page for a sign in BOX: as high as the glyphs beside it on that line, and as wide as
 * BOX; where there are none, as high as EM about its middle. */
Box box_on_line (const SeenPage *seen, Box box, double em);

/* The size of most glyphs of the page, points; 10 where there are none. */
double usual_size (const PaintedPage *page);

/* Adds CHARACTER in BOX: it replaces what is there. */
void seen_page_add (SeenPage *seen, gunichar character, Box box);
