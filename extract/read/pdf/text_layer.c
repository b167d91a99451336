/* text_layer.c - see text_layer.h */
#include "read/pdf/text_layer.h"

#include <string.h>

/* Fewer letters of a font and class are not judged, and less doubt is none. */
#define LETTERS_LEAST 60
#define KANA_LEAST 40

/* The classes of letters; for each a rule of language.pattern, and the least share of its letters that it matches where
 * the text is right. Measured on 30 sheets: hiragana .76 to .88, katakana .65 to .86, kanji .8 and more; on lists of
 * names and addresses .6. Letters that are mixed up have about .2 of each. */
typedef enum { CLASS_HIRAGANA, CLASS_KATAKANA, CLASS_KANJI, CLASS_LATIN, CLASSES, CLASS_OTHER = CLASSES } LetterClass;

static const struct {
  const char *rule;
  double least;
  int letters_least;
} classes[CLASSES] = {
    [CLASS_HIRAGANA] = {"hiragana", 0.45, KANA_LEAST},
    [CLASS_KATAKANA] = {"katakana", 0.4, KANA_LEAST},
    [CLASS_KANJI] = {"kanji", 0.3, LETTERS_LEAST},
    [CLASS_LATIN] = {"latin", 0.3, LETTERS_LEAST},
};

/* The share of katakana that stand where none can: .02 of invented names, .1 of letters that are mixed up. */
#define NEVER_MOST 0.05

/* English words are a tenth of English text; text in capitals alone has hardly any, and pairs all the same. */
#define ENGLISH_LEAST 0.05

/* The share of Chinese text that the rule `chinese` takes. */
#define CHINESE_LEAST 0.25

/* Shorter runs of letters are abbreviations and units; so are capitals up to ABBREVIATION. */
#define WORD_LEAST 4
#define ABBREVIATION 5

/* Codes are letters by chance: any two of them are the same with a probability of .04. In a language it is .065
 * (Friedman's index of coincidence), whatever its letters are changed for. */
#define LANGUAGE_COINCIDENCE 0.05

/* U+FFFD, the replacement character: a program that did not know a glyph's character wrote it for each. */
#define UNKNOWN 0xFFFD

/* A few kanji, again and again, are a column of marks or units, and may be any. */
#define KANJI_KINDS 20

/* European languages have fewer letters with accents; Vietnamese has a fourth. */
#define ACCENTS_MOST 0.35

/* A letter out of place means a class of letters that are all wrong, most of which cannot be told: it counts as
 * this many. A bullet of a symbol font may be called ü: there are few different ones. */
#define OUT_OF_PLACE 10
#define OUT_OF_PLACE_KINDS 4

/* A font with fewer different characters that are none is one of symbols. */
#define WRONG_KINDS 12
#define WRONG_SHARE 0.3

/* The share of letters in common words: in sheets .33 to .52, in a layer that is two thirds wrong .06. */
#define WORDS_LEAST 0.2

/* An image that covers this share of the page is a scan of it. */
#define PAGE_WIDE 0.6

/* A line above the page, its number and a signature are 20 to 130 letters; three rows of a sheet are 200. Recognised text
 * is more than those where it is this many times as long. */
#define PARTIAL_MOST 150
#define MORE_TEXT 2

typedef struct {
  gunichar character; /* 0: the font does not say */
  guint code;
  int font;
  int whole_font; /* the first font of the page that is a subset of the same font */
  gboolean space_before;
} LayerGlyph;

/* The letters of one font with all its subsets, or of all fonts; the rest of one subset. */
typedef struct {
  GString *letters[CLASSES]; /* Latin ones: words, with spaces between them */
  int counts[CLASSES];
  int accents;                       /* Latin letters that are not ASCII */
  int wrong, all;                    /* glyphs */
  int out_of_place;                  /* letters */
  GHashTable *wrong_kinds, *foreign; /* different codes, characters */
  gboolean sense[CLASSES];           /* what doubt_of found of its letters */
} FontLetters;

static void
font_letters_free (gpointer data)
{
  FontLetters *font = data;
  for (int i = 0; i < CLASSES; i++)
    g_string_free (font->letters[i], TRUE);
  g_hash_table_unref (font->wrong_kinds);
  g_hash_table_unref (font->foreign);
  g_free (font);
}

static FontLetters *
font_letters_new (void)
{
  FontLetters *font = g_new0 (FontLetters, 1);
  for (int i = 0; i < CLASSES; i++)
    font->letters[i] = g_string_new (NULL);
  font->wrong_kinds = g_hash_table_new (NULL, NULL);
  font->foreign = g_hash_table_new (NULL, NULL);
  return font;
}

static gboolean
is_wrong (gunichar character)
{
  switch (g_unichar_type (character)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_UNASSIGNED:
    return TRUE;
  default:
    return character == 0 || character == UNKNOWN;
  }
}

static LetterClass
class_of_letter (gunichar character)
{
  switch (g_unichar_get_script (character)) {
  case G_UNICODE_SCRIPT_HAN:
    return CLASS_KANJI;
  case G_UNICODE_SCRIPT_HIRAGANA:
    return CLASS_HIRAGANA;
  case G_UNICODE_SCRIPT_KATAKANA:
    return CLASS_KATAKANA;
  case G_UNICODE_SCRIPT_LATIN:
    return CLASS_LATIN;
  default:
    return CLASS_OTHER;
  }
}

static gboolean
is_japanese (gunichar character)
{
  return class_of_letter (character) < CLASS_LATIN;
}

/* ó, ý: a letter that no Japanese sentence has but in foreign words. Greek letters and those of full width it has. */
static gboolean
is_foreign (gunichar character)
{
  GUnicodeScript script = g_unichar_get_script (character);
  return character >= 0xC0 && g_unichar_isalpha (character) && !is_japanese (character) &&
         script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_INHERITED &&
         script != G_UNICODE_SCRIPT_GREEK && script != G_UNICODE_SCRIPT_CYRILLIC &&
         !(character >= 0xFF00 && character <= 0xFFEF) && !(character >= 0x2100 && character <= 0x218F);
}

/* What makes a token a code or an address: a letter beside it is not of a word. */
static gboolean
is_of_code (gunichar character)
{
  return g_unichar_isdigit (character) ||
         (character < 128 && character && strchr ("_@/:\\#&=+%.-~?*$<>^|{}[]", (int)character));
}

typedef struct {
  const LayerGlyph *glyphs;
  guint count;
  GPtrArray *fonts;  /* FontLetters by index; NULL: none of that font yet */
  FontLetters *page; /* all of them */
} LetterCount;

static FontLetters *
font_of (LetterCount *count, int index)
{
  if ((guint)index >= count->fonts->len)
    g_ptr_array_set_size (count->fonts, index + 1);
  if (!count->fonts->pdata[index])
    count->fonts->pdata[index] = font_letters_new ();
  return count->fonts->pdata[index];
}

/* The end of the token that begins at FROM: glyphs without a space, Latin and other letters apart. */
static guint
end_of_token (const LetterCount *count, guint from)
{
  guint to = from + 1;
  while (to < count->count && !count->glyphs[to].space_before && !is_japanese (count->glyphs[to].character) &&
         !is_wrong (count->glyphs[to].character))
    to++;
  return to;
}

/* A token ends with the marks of a sentence; what is in it is a word where it is letters, in one case after the
 * first. */
static gboolean
is_word (const LetterCount *count, guint from, guint to)
{
  guint letters = 0, accents = 0, capitals = 0, later_capitals = 0;
  for (guint i = from; i < to; i++) {
    gunichar character = count->glyphs[i].character;
    gboolean ends = i + 1 == to && (character == '.' || character == ':' || character == '?');
    if (is_of_code (character) && !ends)
      return FALSE;
    if (!g_unichar_isalpha (character))
      continue;
    letters++;
    accents += character >= 0xC0;
    capitals += g_unichar_isupper (character) != 0;
    later_capitals += letters > 1 && g_unichar_isupper (character);
  }
  if (letters == capitals && letters <= ABBREVIATION)
    return FALSE;
  return letters >= WORD_LEAST && (later_capitals == 0 || capitals == letters || accents * 2 > letters);
}

static gboolean
touches_japanese (const LetterCount *count, guint from, guint to)
{
  return (from > 0 && !count->glyphs[from].space_before && is_japanese (count->glyphs[from - 1].character)) ||
         (to < count->count && !count->glyphs[to].space_before && is_japanese (count->glyphs[to].character));
}

static void
add_letter (LetterCount *count, const LayerGlyph *glyph, LetterClass class)
{
  FontLetters *both[] = {font_of (count, glyph->whole_font), count->page};
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++) {
    g_string_append_unichar (both[i]->letters[class], glyph->character);
    both[i]->counts[class]++;
    both[i]->accents += class == CLASS_LATIN && glyph->character >= 0xC0;
  }
}

static void
end_word (LetterCount *count, const LayerGlyph *glyph)
{
  g_string_append_c (font_of (count, glyph->whole_font)->letters[CLASS_LATIN], ' ');
  g_string_append_c (count->page->letters[CLASS_LATIN], ' ');
}

/* Foreign letters without a Latin one beside them, amid kanji and kana. */
static void
add_foreign (LetterCount *count, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    gunichar character = count->glyphs[i].character;
    FontLetters *font = font_of (count, count->glyphs[i].font);
    if (!is_foreign (character))
      continue;
    font->out_of_place++;
    g_hash_table_add (font->foreign, GUINT_TO_POINTER (character));
  }
}

static void
add_token (LetterCount *count, guint from, guint to)
{
  gboolean ascii = FALSE;
  for (guint i = from; i < to; i++)
    ascii = ascii || g_ascii_isalpha ((int)MIN (count->glyphs[i].character, 127));
  if (!ascii && touches_japanese (count, from, to))
    add_foreign (count, from, to);
  if (!is_word (count, from, to))
    return;
  for (guint i = from; i < to; i++)
    if (class_of_letter (count->glyphs[i].character) == CLASS_LATIN)
      add_letter (count, &count->glyphs[i], CLASS_LATIN);
  end_word (count, &count->glyphs[from]);
}

/* A character that is none may stand for any letter: then the glyphs are told apart by their font and code. */
static void
add_wrong (LetterCount *count, const LayerGlyph *glyph)
{
  gboolean named = glyph->character != 0 && glyph->character != UNKNOWN;
  guint kind = named ? glyph->character : (guint)glyph->font << 16 ^ (glyph->code + 1);
  FontLetters *both[] = {font_of (count, glyph->font), count->page};
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    both[i]->wrong++;
    g_hash_table_add (both[i]->wrong_kinds, GUINT_TO_POINTER (kind));
  }
}

static void
count_letters (LetterCount *count, TextLayer *layer)
{
  for (guint i = 0, to; i < count->count; i = to) {
    const LayerGlyph *glyph = &count->glyphs[i];
    to = i + 1;
    if (is_wrong (glyph->character)) {
      add_wrong (count, glyph);
      layer->wrong++;
    } else if (is_japanese (glyph->character))
      add_letter (count, glyph, class_of_letter (glyph->character));
    else
      add_token (count, i, to = end_of_token (count, i));
    for (guint j = i; j < to; j++) {
      font_of (count, count->glyphs[j].font)->all++;
      layer->letters += g_unichar_isalpha (count->glyphs[j].character) != 0;
    }
  }
}

/* Judging */

/* Whether ENOUGH letters of TEXT are in matches of RULE; text has them in its first lines. */
static gboolean
has_letters_of (const char *text, const char *rule, double enough, const Patterns *patterns)
{
  return patterns_letters (patterns, rule, text, enough) >= enough;
}

/* The probability that two of the letters are the same. */
static double
coincidence (const FontLetters *font)
{
  double counts[26] = {0}, all = 0, same = 0;
  for (const char *next = font->letters[CLASS_LATIN]->str; *next; next++)
    if (g_ascii_isalpha (*next)) {
      counts[g_ascii_tolower (*next) - 'a']++;
      all++;
    }
  for (int i = 0; i < 26; i++)
    same += counts[i] * (counts[i] - 1);
  return all > 1 ? same / (all * (all - 1)) : 0;
}

static guint
kinds_in (const char *text)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new (NULL, NULL);
  for (const char *next = text; *next; next = g_utf8_next_char (next))
    g_hash_table_add (kinds, GUINT_TO_POINTER (g_utf8_get_char (next)));
  return g_hash_table_size (kinds);
}

static gboolean
makes_sense (const FontLetters *font, LetterClass class, const Patterns *patterns)
{
  const char *text = font->letters[class]->str;
  int count = font->counts[class];
  if (count < classes[class].letters_least ||
      has_letters_of (text, classes[class].rule, classes[class].least * count, patterns))
    return TRUE;
  if (class == CLASS_KATAKANA)
    return !has_letters_of (text, "katakana-never", NEVER_MOST * count, patterns);
  if (class == CLASS_KANJI)
    return kinds_in (text) < KANJI_KINDS || has_letters_of (text, "chinese", CHINESE_LEAST * count, patterns);
  if (class != CLASS_LATIN)
    return FALSE;
  if (has_letters_of (text, "english", ENGLISH_LEAST * count, patterns))
    return TRUE;
  return font->accents <= ACCENTS_MOST * count && coincidence (font) < LANGUAGE_COINCIDENCE;
}

/* As makes_sense, of FONT or of one of JUDGED with the same letters: all of a page are often of one font. */
static gboolean
makes_sense_again (const FontLetters *font, const GPtrArray *judged, LetterClass class, const Patterns *patterns)
{
  for (guint i = 0; i < judged->len; i++) {
    const FontLetters *other = judged->pdata[i];
    if (other->counts[class] == font->counts[class] && g_string_equal (other->letters[class], font->letters[class]))
      return other->sense[class];
  }
  return makes_sense (font, class, patterns);
}

/* JUDGED: FontLetters, to which FONT is added. */
static double
doubt_of (FontLetters *font, GPtrArray *judged, const Patterns *patterns)
{
  double doubt = 0;
  for (LetterClass class = 0; class < CLASSES; class ++) {
    font->sense[class] = makes_sense_again (font, judged, class, patterns);
    doubt += font->sense[class] ? 0 : font->counts[class];
  }
  g_ptr_array_add (judged, font);
  if (font->wrong > WRONG_SHARE * font->all && g_hash_table_size (font->wrong_kinds) >= WRONG_KINDS)
    doubt += font->wrong;
  if (g_hash_table_size (font->foreign) >= OUT_OF_PLACE_KINDS)
    doubt += OUT_OF_PLACE * font->out_of_place;
  return doubt;
}

/* The share of letters in common words, those of all fonts in the order of the page. */
static double
share_of_words (const LetterCount *count, const Patterns *patterns)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int japanese = 0, latin = 0;
  for (guint i = 0; i < count->count; i++) {
    const LayerGlyph *glyph = &count->glyphs[i];
    if (glyph->space_before)
      g_string_append_c (text, ' ');
    if (is_wrong (glyph->character))
      continue;
    g_string_append_unichar (text, glyph->character);
    japanese += is_japanese (glyph->character);
    latin += class_of_letter (glyph->character) == CLASS_LATIN;
  }
  const char *rule = japanese >= latin ? "japanese" : "latin";
  int letters = MAX (japanese, latin);
  return letters >= LETTERS_LEAST ? patterns_letters (patterns, rule, text->str, G_MAXINT) / (double)letters : 1;
}

static TextLayer
layer_from (GArray *glyphs, gboolean unseen, const ReadOptions *options)
{
  const Patterns *patterns = options->knowledge->language;
  TextLayer layer = {.all = (int)glyphs->len, .unseen = unseen, .words = 1};
  g_autoptr (GPtrArray) fonts = g_ptr_array_new (), judged = g_ptr_array_new_with_free_func (font_letters_free);
  LetterCount count = {(const LayerGlyph *)(gconstpointer)glyphs->data, glyphs->len, fonts, font_letters_new ()};
  count.page->all = (int)glyphs->len;
  count_letters (&count, &layer);
  for (guint i = 0; i < fonts->len; i++)
    if (fonts->pdata[i])
      layer.doubt += doubt_of (fonts->pdata[i], judged, patterns);
  double whole = doubt_of (count.page, judged, patterns);
  layer.doubt = MAX (layer.doubt, whole);
  for (LetterClass class = 0; class < CLASSES; class ++)
    layer.judged = layer.judged || count.page->counts[class] >= classes[class].letters_least;
  if (unseen)
    layer.words = share_of_words (&count, patterns);
  return layer;
}

TextLayer
text_layer_from_glyphs (GArray *glyphs, const ReadOptions *options)
{
  g_autoptr (GArray) found = g_array_sized_new (FALSE, TRUE, sizeof (LayerGlyph), glyphs->len);
  for (guint i = 0; i < glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (glyphs, Glyph, i);
    LayerGlyph letter = {glyph->character, glyph->character, 0, 0, glyph->space_before};
    g_array_append_val (found, letter);
  }
  return layer_from (found, TRUE, options);
}

/* The order of the last picture that is as large as the page, or that all pieces of a picture make as large; -1: there
 * is none. */
static gint64
order_of_scan (const PaintedPage *painted)
{
  double area = 0, page = painted->width * painted->height;
  gint64 last = -1;
  for (guint i = 0; i < painted->images->len; i++) {
    const PaintedImage *image = &g_array_index (painted->images, PaintedImage, i);
    double width = MIN (image->box.x1, painted->width) - MAX (image->box.x0, 0);
    double height = MIN (image->box.y1, painted->height) - MAX (image->box.y0, 0);
    area += MAX (width, 0) * MAX (height, 0);
    last = MAX (last, image->state.order);
  }
  return area > PAGE_WIDE * page ? last : -1;
}

/* Whether a line begins with GLYPH, or a word after white space. */
static gboolean
is_parted (const PaintedGlyph *before, const PaintedGlyph *glyph)
{
  double width = MAX (before->box.x1 - before->box.x0, before->box.y1 - before->box.y0), em = MAX (before->size, 1);
  double dx = glyph->origin_x - before->origin_x, dy = glyph->origin_y - before->origin_y;
  return dx * dx + dy * dy > (width + em / 2) * (width + em / 2);
}

/* The name of FONT without the tag of a subset (ISO 32000-1, 9.6.4: six capitals and a plus sign); NULL: it has none. */
static const char *
whole_name (const PaintedFont *font)
{
  if (!font->name)
    return NULL;
  return strspn (font->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 6 && font->name[6] == '+' ? font->name + 7 : font->name;
}

/* For each font of PAINTED the first that is a subset of the same font. A program that splits a font into subsets of 255
 * glyphs (LibreOffice) puts the letters that come first, the most common, into one and rare ones into the other: neither
 * has the letters that its language uses most as often as it should. The caller frees. */
static int *
whole_fonts (const PaintedPage *painted)
{
  int *whole = g_new0 (int, painted->fonts->len + 1);
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_str_hash, g_str_equal); /* name: index of the first */
  for (guint i = 0; i < painted->fonts->len; i++) {
    const char *name = whole_name (&g_array_index (painted->fonts, PaintedFont, i));
    gpointer first = GUINT_TO_POINTER (i);
    if (name && !g_hash_table_lookup_extended (firsts, name, NULL, &first))
      g_hash_table_insert (firsts, (gpointer)name, first);
    whole[i] = (int)GPOINTER_TO_UINT (first);
  }
  return whole;
}

static GArray *
layer_fonts_new (const PaintedPage *painted, const GArray *glyphs)
{
  GArray *fonts = g_array_sized_new (FALSE, TRUE, sizeof (LayerFont), painted->fonts->len);
  g_array_set_size (fonts, painted->fonts->len);
  for (guint i = 0; i < fonts->len; i++)
    g_array_index (fonts, LayerFont, i).object = g_array_index (painted->fonts, PaintedFont, i).object;
  for (guint i = 0; i < glyphs->len; i++) {
    guint font = (guint)g_array_index (glyphs, LayerGlyph, i).font;
    if (font < fonts->len)
      g_array_index (fonts, LayerFont, font).glyphs++;
  }
  return fonts;
}

TextLayer
text_layer_from_painted (const PaintedPage *painted, const gboolean *counted, const ReadOptions *options)
{
  g_autoptr (GArray) found = g_array_sized_new (FALSE, TRUE, sizeof (LayerGlyph), painted->glyphs->len);
  g_autofree int *whole = whole_fonts (painted);
  gint64 scan = order_of_scan (painted);
  guint unseen = 0;
  const PaintedGlyph *before = NULL;
  gboolean space = FALSE;
  for (guint i = 0; i < painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (painted->glyphs, PaintedGlyph, i);
    if (!counted[i])
      continue;
    if (!glyph->space) {
      int font = MAX (glyph->font, 0);
      LayerGlyph letter = {glyph->character, glyph->code, font, whole[font],
                           space || (before && is_parted (before, glyph))};
      g_array_append_val (found, letter);
      unseen += glyph->render_mode == 3 || glyph->render_mode == 7 || glyph->state.order < scan;
      before = glyph;
    }
    space = glyph->space;
  }
  TextLayer layer = layer_from (found, scan >= 0 && unseen * 2 > found->len, options);
  layer.partial = scan >= 0 && found->len > 0 && found->len < PARTIAL_MOST;
  layer.fonts = layer_fonts_new (painted, found);
  return layer;
}

void
text_layer_clear (gpointer data)
{
  TextLayer *layer = data;
  g_clear_pointer (&layer->fonts, g_array_unref);
  g_clear_pointer (&layer->shapes, g_array_unref);
}

/* The objects of the fonts of those layers that are broken, or that are sound for all that can be told. */
static GHashTable *
fonts_of_layers (GArray *layers, gboolean broken)
{
  GHashTable *objects = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < layers->len; i++) {
    const TextLayer *layer = &g_array_index (layers, TextLayer, i);
    if (text_layer_is_broken (layer) != broken || !(broken || layer->judged))
      continue;
    for (guint j = 0; layer->fonts && j < layer->fonts->len; j++) {
      const LayerFont *font = &g_array_index (layer->fonts, LayerFont, j);
      if (font->glyphs > 0)
        g_hash_table_add (objects, GINT_TO_POINTER (font->object));
    }
  }
  return objects;
}

void
text_layers_judge_together (GArray *layers)
{
  g_autoptr (GHashTable) broken = fonts_of_layers (layers, TRUE), sound = fonts_of_layers (layers, FALSE);
  for (guint i = 0; g_hash_table_size (broken) > 0 && i < layers->len; i++) {
    TextLayer *layer = &g_array_index (layers, TextLayer, i);
    int doubted = 0;
    for (guint j = 0; !layer->judged && layer->fonts && j < layer->fonts->len; j++) {
      const LayerFont *font = &g_array_index (layer->fonts, LayerFont, j);
      gpointer object = GINT_TO_POINTER (font->object);
      if (g_hash_table_contains (broken, object) && !g_hash_table_contains (sound, object))
        doubted += font->glyphs;
    }
    if (doubted * 2 > layer->all)
      layer->doubt = MAX (layer->doubt, MAX (doubted, LETTERS_LEAST));
  }
}

gboolean
text_layer_is_broken (const TextLayer *layer)
{
  return layer->doubt >= LETTERS_LEAST;
}

gboolean
text_layer_is_poor (const TextLayer *layer)
{
  return layer->unseen && layer->words < WORDS_LEAST;
}

gboolean
text_layer_is_better (const TextLayer *recognised, const TextLayer *text)
{
  if (text->all == 0)
    return TRUE;
  if (text_layer_is_broken (text))
    return recognised->doubt < text->doubt && !text_layer_is_broken (recognised);
  if (text_layer_is_poor (text))
    return recognised->words > text->words;
  return recognised->all > MORE_TEXT * text->all && recognised->words >= WORDS_LEAST;
}
