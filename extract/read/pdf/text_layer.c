/* text_layer.c - see text_layer.h */
#include "read/pdf/text_layer.h"

#include "words/pattern.h"

/* Fewer letters than this say nothing. */
#define LETTERS_LEAST 60

/* Real sheets have a share of 0.3 to 0.6 (English ones 0.15 and more); ToUnicode taken away or mixed up leaves 0.02 at
 * most. */
#define PLAUSIBLE 0.05

/* So many of the characters may be none: symbols of fonts of their own. */
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

static int
letters_in (const char *text, int bytes)
{
  int letters = 0;
  for (const char *next = text; next < text + bytes; next = g_utf8_next_char (next))
    letters += g_unichar_isalpha (g_utf8_get_char (next)) != 0;
  return letters;
}

/* The letters of TEXT that stand in words of RULE. */
static int
letters_in_words (const char *rule, const char *text)
{
  const Patterns *patterns = patterns_named ("language.pattern");
  int letters = 0, start = 0;
  PatternMatch match;
  while (patterns_match_rule (patterns, rule, text, start, &match)) {
    letters += letters_in (text + match.start, match.end - match.start);
    start = MAX (match.end, start + 1);
    pattern_match_clear (&match);
  }
  return letters;
}

TextLayer
text_layer_of (GArray *glyphs)
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
  layer.letters = letters_in (text->str, (int)text->len);
  layer.common = letters_in_words ("japanese", text->str) + letters_in_words ("english", text->str);
  return layer;
}

double
text_layer_plausibility (const TextLayer *layer)
{
  return (double)layer->common / MAX (layer->letters, 1);
}

gboolean
text_layer_is_broken (const TextLayer *layer)
{
  if (layer->wrong >= LETTERS_LEAST && layer->wrong > WRONG_SHARE * layer->all)
    return TRUE;
  return layer->letters >= LETTERS_LEAST && text_layer_plausibility (layer) < PLAUSIBLE;
}
