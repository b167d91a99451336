/* text_layer.h - whether the text of a page of a PDF can be what the page shows.
 *
 * Fonts map each of their glyphs to a character (ToUnicode); where the map is missing or wrong, the text is letters
 * without sense. It may be so for one font of a page only, or for one class of its letters (all kana, say). So letters
 * are counted by font and class:
 *
 *     hiragana, katakana, kanji    most of them are among a few that every text uses (patterns/language.pattern)
 *     Latin letters                words of four letters and more have pairs of letters that languages have; codes,
 *                                  abbreviations, addresses and numbers are not words, and prove nothing
 *     ó ý ú amid kanji             letters that have no business there
 *     private use, controls        letters that are none
 *
 * What cannot be right adds up to one number, `doubt`.
 *
 * A scan may have a layer too, of text that was recognised once and is painted unseen over the picture. All of its
 * letters may be those of a language and be wrong; it is judged by how much of it is common words. Or it is no more than
 * what was put on the scan later: a line above the page, its number, a signature.
 */
#pragma once

#include "model/page.h"
#include "read/pdf/painted_page.h"
#include "read/reader.h"

typedef struct {
  int all;          /* glyphs */
  int letters;      /* letters and ideographs */
  int wrong;        /* private use, unassigned, controls, the replacement character, and what the font does not name */
  double doubt;     /* how many letters cannot be right, for all that can be told */
  double words;     /* the share of its letters that are of common words; 1 where they are too few to judge */
  gboolean unseen;  /* it is recognised text over, or under, a picture of the page */
  gboolean partial; /* there is a picture of the page, and too little text for all that such a page shows */
  gboolean judged;  /* there are enough letters of some class to tell by them */
  GArray *fonts;    /* LayerFont; NULL: recognised text */
  GArray *
      shapes; /* guint (shape_votes.h), one for each glyph of the page; NULL: it is not broken, or is recognised text */
} TextLayer;

/* How many glyphs of a page are of a font. */
typedef struct {
  int object; /* PaintedFont */
  int glyphs;
} LayerFont;

/* For an element of an array: frees what LAYER has. */
void text_layer_clear (gpointer layer);

/* The text layer of the glyphs of PAINTED for which COUNTED is set. */
TextLayer text_layer_from_painted (const PaintedPage *painted, const gboolean *counted, const ReadOptions *options);

/* The text layer of GLYPHS (Glyph), which were recognised. */
TextLayer text_layer_from_glyphs (GArray *glyphs, const ReadOptions *options);

/* A page with too few letters to be judged is taken for what other pages are: where most of its glyphs are of fonts that
 * are on broken pages only, it is broken too. LAYERS: TextLayer, those of a document. */
void text_layers_judge_together (GArray *layers);

/* Whether there is enough text to judge it, and it cannot be what is shown. */
gboolean text_layer_is_broken (const TextLayer *layer);

/* Whether the text over a scan was recognised so poorly that reading its picture again is worth the time. */
gboolean text_layer_is_poor (const TextLayer *layer);

/* Whether what was recognised in the picture of a page makes more sense than its text. */
gboolean text_layer_is_better (const TextLayer *recognised, const TextLayer *text);
