/* text_layer.h - whether the text of a page can be what the page shows.
 *
 * Fonts of a PDF say which character each of their glyphs stands for (ToUnicode), and where they do not, or say it
 * wrongly, the text is letters without sense. Text that people have written has common words in it
 * (patterns/language.pattern).
 */
#pragma once

#include "read/page.h"

typedef struct {
  int letters; /* letters and ideographs, as far as they are assigned */
  int common;  /* of them, those in common words */
  int wrong;   /* private use, unassigned, controls, the replacement character */
  int all;     /* glyphs */
} TextLayer;

/* GLYPHS: an array of Glyph. */
TextLayer text_layer_of (GArray *glyphs);

/* Which share of the letters stands in common words, 0 to 1. */
double text_layer_plausibility (const TextLayer *layer);

/* Whether there is enough text to judge, and it cannot be what is shown. */
gboolean text_layer_is_broken (const TextLayer *layer);
