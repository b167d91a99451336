/* cell_words.c - see cell_words.h */
#include "items/cell_words.h"

#include "items/match.h"

/* A text with more characters is long. */
#define SHORT_LENGTH 30

static const double fits[COLUMN_KINDS][WORDS_KINDS] = {
    /*                    empty number unit name definition category mark question answer short long */
    [COLUMN_NUMBER] = {0, 4, -4, -6, -6, -4, -4, -6, -5, -4, -6},
    [COLUMN_CATEGORY] = {0, -3, -2, -6, -6, 3, -3, -6, -3, 0, -4},
    [COLUMN_NAME] = {-4, -2, -3, 6, -4, -1, -4, 0, -2, 0.5, -1},
    [COLUMN_DEFINITION] = {0, -3, -3, -1, 6, -2, -4, 3, -1.5, 0.5, 0.5},
    [COLUMN_UNIT] = {-0.5, -2, 4, -5, -6, -2, -1.5, -5, -3, -0.5, -5},
    [COLUMN_ANSWER] = {-1, 0.5, -1, -4, -5, 0, 1.5, -3, 2, 1, 1},
    [COLUMN_MARK] = {0, 0, 0, -4, -5, 0, 3, -4, 0, 0, -2},
    [COLUMN_EXAMPLE] = {0, 0, 0, -4, -5, 0, 0, 0, 0, 0, 0},
    [COLUMN_OTHER] = {0, 0, 0, -4, -5, 0, 0, 0, 0, 0, 0},
    [COLUMN_CHOICE] = {0, 0, -2, -4, -5, -1, 2, -4, 0, 0, -2},
    [COLUMN_PLAN] = {-1, 0.5, -1, -4, -5, 0, 1.5, -3, 2, 1, 1},
};

static CellWords
find_words (const Knowledge *knowledge, const char *text)
{
  const Patterns *rows = knowledge->rows, *choices = knowledge->choices;
  if (patterns_has (rows, "number", text))
    return WORDS_NUMBER;
  if (match_is_unit (knowledge, text))
    return WORDS_UNIT;
  if (match_name (knowledge, text))
    return WORDS_NAME;
  if (match_definition (knowledge, text))
    return WORDS_DEFINITION;
  if (patterns_has (rows, "category", text))
    return WORDS_CATEGORY;
  if (patterns_has (choices, "tick", text) || patterns_has (choices, "cross", text) ||
      patterns_has (choices, "choice", text))
    return WORDS_MARK;
  if (patterns_has (rows, "question", text))
    return WORDS_QUESTION;
  if (patterns_has (rows, "answer", text) || patterns_has (knowledge->headings, "reply", text))
    return WORDS_ANSWER;
  return g_utf8_strlen (text, -1) > SHORT_LENGTH ? WORDS_LONG : WORDS_SHORT;
}

CellWords
words_of_cell (const Knowledge *knowledge, const char *text)
{
  int words;
  if (!*text)
    return WORDS_EMPTY;
  if (!cache_has (knowledge->cell_words, text, &words))
    words = cache_store (knowledge->cell_words, text, (int)find_words (knowledge, text));
  return (CellWords)words;
}

double
cell_fit (ColumnKind kind, CellWords words)
{
  return fits[kind][words];
}
