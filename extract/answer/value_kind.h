/* value_kind.h - one kind of value: the rule that finds it, and the value that the match stands for. */
#pragma once

#include "patterns/pattern.h"

typedef struct {
  const char *unit; /* the row's unit of measure, in plain characters; "" where it has none */
  const char *text; /* the whole text, plain */
} Setting;

typedef struct {
  const char *file, *rule, *kind; /* kind NULL: what matches is no value, and nothing in it is one */
  /* The value (floating) of MATCH; NULL: it is none after all. *UNIT may be set, to be freed by the caller. */
  GVariant *(*value) (const PatternMatch *match, const Setting *setting, char **unit);
} Recogniser;

/* There are no more, so that a set of them fits into an integer. */
#define RECOGNISERS_MOST 32

/* All of them; of two that match as much from the same place on, the first wins. Ends with {NULL}. */
const Recogniser *recognisers (void);

/* A certificate's value; SCHEME may be NULL. Floating. */
GVariant *certificate_new (const char *scheme, const char *number);

/* A number alone at byte START of TEXT, in the unit of the row: "35" in a row that is measured in 世代数 is "35世代".
 * NULL: there is none. *FROM and *TO say where the number is. The caller frees. */
char *number_with_unit_of_row (const char *text, int start, const char *unit, int *from, int *to);
