/* cell_words.h - what a cell can be told to be by its words alone: METI's names, definitions and units
 * (patterns/meti.json), numbers and categories (patterns/rows.pattern). */
#pragma once

#include "patterns/knowledge.h"

#include <glib.h>

typedef enum {
  WORDS_EMPTY,
  WORDS_NUMBER,
  WORDS_UNIT,
  WORDS_NAME,
  WORDS_DEFINITION,
  WORDS_CATEGORY,
  WORDS_OTHER,
  WORDS_KINDS,
} Words;

/* The first of them that TEXT is. */
Words words_of_cell (const Knowledge *knowledge, const char *text);
