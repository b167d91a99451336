/* text_layer.h - whether the text of a page of a PDF can be what the page shows.
 *
 * Fonts map each of their glyphs to a character (ToUnicode); where the map is missing or wrong, the text is letters
 * without sense. Text that people have written contains common words, or pairs of letters that a language has
 * (patterns/language.pattern).
 */
#pragma once

#include "model/page.h"
#include "read/reader.h"

typedef enum { LETTERS_IDEOGRAPHS, LETTERS_LATIN, LETTERS_OTHER, LETTER_KINDS } LetterKind;

typedef struct {
  int letters;             /* assigned letters and ideographs */
  int kinds[LETTER_KINDS]; /* the same by kind; kana are with the ideographs */
  gboolean sensible;       /* those of the most frequent kind make the words or pairs of some language */
  int wrong;               /* private use, unassigned, controls, the replacement character */
  int all;                 /* glyphs */
} TextLayer;

/* The text layer of GLYPHS (an array of Glyph). */
TextLayer text_layer_from_glyphs (GArray *glyphs, const ReadOptions *options);

/* Whether there is enough text to judge it, and it cannot be what is shown. */
gboolean text_layer_is_broken (const TextLayer *layer);
