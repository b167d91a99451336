/* pattern_file.h - a pattern file in memory; private to the files that read, check and match (pattern*.c).
 *
 * A fault is a text of three lines: "columns.pattern:12:9: message", the line, and a caret under the place. Lines
 * and columns count from 1, columns in characters.
 */
#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8

#include "patterns/pattern.h"
#include "patterns/requirement.h"

#include <pcre2.h>

/* Where something stands in its file. */
typedef struct {
  const char *line; /* the whole line; borrowed from Patterns */
  int number, column;
} FilePlace;

typedef struct {
  pcre2_code *code;
  gboolean anchored; /* it can match at the start of the text only */
  gsize searched;    /* bytes; one that is used much is worth compiling to machine code */
  Requirement *requirement;
  FilePlace place;
} Expression;

typedef struct {
  gboolean must_match;
  char *text;
  GHashTable *fields; /* char * -> char *, what the match must give; NULL: anything */
  FilePlace place;
} Example;

typedef struct {
  char *name;
  GArray *expressions; /* Expression */
  GPtrArray *examples; /* Example */
  gboolean often;      /* so many texts are tried that machine code is worth its while from the start */
  FilePlace place;
} Rule;

struct Patterns {
  char *name;
  char **lines;
  gboolean compare, plain;
  GPtrArray *rules;      /* Rule, in the file's order */
  GHashTable *by_name;   /* char * -> Rule */
  GHashTable *fragments; /* char * -> char *, what each `let` names */
};

/* Gives what could be read, never NULL; adds a fault to FAULTS for each line that is wrong, up to some limit. TESTED:
 * the file passed its tests when it was built in, and is read for use only: without its examples, and without
 * compiling each fragment on its own. */
Patterns *patterns_parse (const char *name, GBytes *bytes, gboolean tested, GPtrArray *faults);
void patterns_free (Patterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Patterns, patterns_free)

/* The built-in file, whatever folder there is; NULL: there is none of that name. Borrowed, opened once. */
const Patterns *patterns_built_in (const char *name);

/* One fault; the caller frees. */
char *fault_new (const char *file, FilePlace place, const char *message);

/* For the readers of one kind of line each. */

typedef struct {
  Patterns *patterns;
  GPtrArray *faults;
  gboolean tested;
  const char *line; /* the one being read */
  int number;
  const char *at; /* its first character that is not white space */
} Reading;

/* REST: what follows the word or sign that the line begins with, without white space around. */
void reading_expression (Reading *reading, const char *rest);
void reading_let (Reading *reading, const char *rest);
void reading_example (Reading *reading, const char *rest);

void reading_fault (Reading *reading, const char *at, const char *format, ...) G_GNUC_PRINTF (3, 4);
FilePlace reading_place (const Reading *reading, const char *at);
Rule *reading_rule (const Reading *reading); /* the one last begun, or NULL */
const char *skip_space (const char *at);

/* For the check: */

/* Long texts that an expression of RULE may run away on. The list frees them. */
GPtrArray *runaway_texts_new (const Rule *rule);

/* TEXT as the head of the file says it is matched; *FOLDED is to be freed. NULL: it is not UTF-8. */
const char *text_to_match (const Patterns *patterns, const char *text, char **folded);

/* Whether a match of EXPRESSION on TEXT, without machine code, comes to an end before its limit. */
gboolean expression_ends (const Expression *expression, const char *text);

void example_free (gpointer example);
void expression_clear (gpointer expression);
