/* value_kind.h - one kind of value: the rule that finds it, and the value that the match stands for. */
#pragma once

#include "patterns/knowledge.h"

/* What a value is found in. */
typedef struct {
  const Knowledge *knowledge;
  const char *unit; /* the row's unit of measure, in plain characters; "" where it has none */
  const char *text; /* the whole text, plain */
} ValueContext;

typedef struct {
  gsize patterns;   /* where in Knowledge the file of the rule is */
  const char *rule; /* NULL ends the table */
  const char *name; /* "percentage", as in the JSON; NULL: what matches is not a value, and nothing in it is one */
  /* The value (floating) of MATCH; NULL: it is none after all. *UNIT may be set, to be freed by the caller. */
  GVariant *(*value) (const PatternMatch *match, const ValueContext *context, char **unit);
} ValueKind;

/* There are no more, so that a set of them fits into an integer. */
#define VALUE_KINDS_MOST 32

/* All of them; of two that match as much from the same place on, the first wins. */
extern const ValueKind value_kinds[];

/* A certificate's value; SCHEME may be NULL. Floating. */
GVariant *certificate_new (const char *scheme, const char *number);

/* A number alone at byte START of the text, in the unit of the row: "35" in a row that is measured in 世代数 is "35世代".
 * NULL: there is none. *FROM and *TO say where the number is. The caller frees. */
char *number_with_unit_of_row (const ValueContext *context, int start, int *from, int *to);
