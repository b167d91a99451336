/* text_layer.h - whether the text of a page can be what the page shows.
 *
 * Fonts of a PDF say which character each of their glyphs stands for (ToUnicode), and where they do not, or say it
 * wrongly, the text is letters without sense. Text that people have written has common words in it,
 * or pairs of letters that a language has (patterns/language.pattern).
 */
#pragma once

#include "model/page.h"

typedef enum { LETTERS_IDEOGRAPHS, LETTERS_LATIN, LETTERS_OTHER, LETTER_KINDS } LetterKind;

typedef struct {
  int letters;             /* letters and ideographs, as far as they are assigned */
  int kinds[LETTER_KINDS]; /* the same by kind; kana are with the ideographs */
  gboolean sensible;       /* those of the most frequent kind make the words or pairs of some language */
  int wrong;               /* private use, unassigned, controls, the replacement character */
  int all;                 /* glyphs */
} TextLayer;

/* GLYPHS: an array of Glyph. */
TextLayer text_layer_of (GArray *glyphs);

/* Whether there is enough text to judge, and it cannot be what is shown. */
gboolean text_layer_is_broken (const TextLayer *layer);
