/* text_layer.c - see text_layer.h */
#include "read/pdf/text_layer.h"

/* Fewer letters are not judged. */
#define LETTERS_LEAST 60

/* A rule of language.pattern, the kind of letters it is about, and the least share of these that it matches where the
 * text is right. Japanese sheets have 0.3 to 0.6, English ones 0.15 and more, and ToUnicode taken away or mixed up
 * leaves 0.02 at most; for pairs of Latin letters and for Chinese see there. Other letters are not judged. */
static const struct {
  const char *rule;
  LetterKind kind;
  double least;
} languages[] = {
    {"japanese", LETTERS_IDEOGRAPHS, 0.05},
    {"chinese", LETTERS_IDEOGRAPHS, 0.25},
    {"english", LETTERS_LATIN, 0.05},
    {"latin", LETTERS_LATIN, 0.3},
};

/* The share of characters that may be wrong: fonts have symbols of their own. */
#define WRONG_SHARE 0.3

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
    return character == 0xFFFD;
  }
}

static LetterKind
kind_of_letter (gunichar character)
{
  switch (g_unichar_get_script (character)) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
    return LETTERS_IDEOGRAPHS;
  case G_UNICODE_SCRIPT_LATIN:
    return LETTERS_LATIN;
  default:
    return LETTERS_OTHER;
  }
}

static int
letters_in (const char *text, int bytes)
{
  int letters = 0;
  for (const char *next = text; next < text + bytes; next = g_utf8_next_char (next))
    letters += g_unichar_isalpha (g_utf8_get_char (next)) != 0;
  return letters;
}

/* Whether ENOUGH letters of TEXT are in matches of RULE; a page of prose has them in its first lines. */
static gboolean
has_letters_in_words (const char *text, const char *rule, double enough, const Patterns *patterns)
{
  int letters = 0, start = 0;
  PatternMatch match;
  while (letters < enough && patterns_match_rule (patterns, rule, text, start, &match)) {
    letters += letters_in (text + match.start, match.end - match.start);
    start = MAX (match.end, start + 1);
    pattern_match_clear (&match);
  }
  return letters >= enough;
}

static void
count_letters (TextLayer *layer, const char *text)
{
  for (const char *next = text; *next; next = g_utf8_next_char (next)) {
    gunichar character = g_utf8_get_char (next);
    if (!g_unichar_isalpha (character))
      continue;
    layer->letters++;
    layer->kinds[kind_of_letter (character)]++;
  }
}

static LetterKind
most_of (const TextLayer *layer)
{
  LetterKind most = LETTERS_OTHER;
  for (LetterKind kind = 0; kind < LETTER_KINDS; kind++)
    if (layer->kinds[kind] > layer->kinds[most])
      most = kind;
  return most;
}

/* Whether the letters that most of TEXT are made of make sense in some language. */
static gboolean
makes_sense (const TextLayer *layer, const char *text, const ReadOptions *options)
{
  const Patterns *patterns = options->knowledge->language;
  LetterKind most = most_of (layer);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (languages[i].kind == most &&
        has_letters_in_words (text, languages[i].rule, languages[i].least * layer->kinds[most], patterns))
      return TRUE;
  return most == LETTERS_OTHER;
}

TextLayer
text_layer_from_glyphs (GArray *glyphs, const ReadOptions *options)
{
  TextLayer layer = {.all = (int)glyphs->len};
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (glyphs, Glyph, i);
    if (is_wrong (glyph->character)) {
      layer.wrong++;
      continue;
    }
    if (glyph->space_before)
      g_string_append_c (text, ' ');
    g_string_append_unichar (text, glyph->character);
  }
  count_letters (&layer, text->str);
  layer.sensible = makes_sense (&layer, text->str, options);
  return layer;
}

gboolean
text_layer_is_broken (const TextLayer *layer)
{
  if (layer->wrong >= LETTERS_LEAST && layer->wrong > WRONG_SHARE * layer->all)
    return TRUE;
  return layer->letters >= LETTERS_LEAST && !layer->sensible;
}
