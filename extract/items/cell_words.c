/* cell_words.c - see cell_words.h */
#include "items/cell_words.h"

#include "items/match.h"
#include "patterns/cache.h"
#include "patterns/pattern.h"

static Words
find_out (const char *text)
{
  const Patterns *rows = patterns_named ("rows.pattern");
  if (patterns_has (rows, "number", text))
    return WORDS_NUMBER;
  if (match_is_unit (text))
    return WORDS_UNIT;
  if (match_name (text))
    return WORDS_NAME;
  if (match_definition (text))
    return WORDS_DEFINITION;
  return patterns_has (rows, "category", text) ? WORDS_CATEGORY : WORDS_OTHER;
}

Words
words_of_cell (const char *text)
{
  static Cache known;
  int words;
  if (!*text)
    return WORDS_EMPTY;
  return cache_knows (&known, text, &words) ? (Words)words : (Words)cache_keep (&known, text, (int)find_out (text));
}
