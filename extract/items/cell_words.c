/* cell_words.c - see cell_words.h */
#include "items/cell_words.h"

#include "items/match.h"

static Words
find_out (const Knowledge *knowledge, const char *text)
{
  const Patterns *rows = knowledge->rows;
  if (patterns_has (rows, "number", text))
    return WORDS_NUMBER;
  if (match_is_unit (knowledge, text))
    return WORDS_UNIT;
  if (match_name (knowledge, text))
    return WORDS_NAME;
  if (match_definition (knowledge, text))
    return WORDS_DEFINITION;
  return patterns_has (rows, "category", text) ? WORDS_CATEGORY : WORDS_OTHER;
}

Words
words_of_cell (const Knowledge *knowledge, const char *text)
{
  int words;
  if (!*text)
    return WORDS_EMPTY;
  if (!cache_has (knowledge->cell_words, text, &words))
    words = cache_store (knowledge->cell_words, text, (int)find_out (knowledge, text));
  return (Words)words;
}
