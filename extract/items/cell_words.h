/* cell_words.h - what a cell can be told to be by its words alone, and how well that fits each kind of column.
 *
 * The catalogue's names, definitions and units (patterns/meti.json), numbers, categories, questions and answers
 * (patterns/rows.pattern), ticks and choices (patterns/choices.pattern). Both the search for what each column is
 * (columns.h) and the mending of rows (mend.h) weigh with the one table here.
 */
#pragma once

#include "model/item.h"
#include "patterns/knowledge.h"

typedef enum {
  WORDS_EMPTY,
  WORDS_NUMBER,
  WORDS_UNIT,
  WORDS_NAME,
  WORDS_DEFINITION,
  WORDS_CATEGORY,
  WORDS_MARK,     /* a tick, or a choice alone: ○, 有, 対応, N/A */
  WORDS_QUESTION, /* a sentence that asks: …か。, …こと, How … */
  WORDS_ANSWER,   /* begins as answers do: 有 …, 99.9%, within … */
  WORDS_SHORT,    /* none of these */
  WORDS_LONG,     /* the same, and longer than a name is */
  WORDS_KINDS,
} CellWords;

/* The first of them that TEXT is. */
CellWords words_of_cell (const Knowledge *knowledge, const char *text);

/* How well such a cell fits a column of KIND: +4 and more is proof, -4 and less speaks against it. */
double cell_fit (ColumnKind kind, CellWords words);
