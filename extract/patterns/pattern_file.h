/* pattern_file.h - a pattern file in memory: rules, each with its expressions (PCRE2) and its examples.
 *
 * patterns/README.md gives the format by example:
 *
 *     # columns.pattern
 *     compare
 *     let YEAR = (?<year>\d{4})
 *
 *     rule number
 *       /^(?:no|番号)\.?$/
 *       + No.
 *       - 登録番号
 *
 *     rule date
 *       /{YEAR}-(?<month>\d\d?)/
 *       + 2024-04 => year=2024 month=04
 */
#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8

#include "text/fault.h"

#include <pcre2.h>

typedef struct {
  pcre2_code *code;
  gboolean anchored; /* it can match at the start of the text only */
  gsize searched;    /* bytes so far; one that is used much is compiled to machine code (pattern.c) */
  FilePlace place;
} PatternExpression;

typedef struct {
  gboolean must_match;
  char *text;
  GHashTable *fields; /* char * -> char *, what the match must give; NULL: anything */
  FilePlace place;
} PatternExample;

typedef struct {
  char *name;
  GArray *expressions; /* PatternExpression */
  GPtrArray *examples; /* PatternExample */
  gboolean often;      /* every cell is tried: compiled to machine code when the file is read */
  FilePlace place;
} PatternRule;

typedef struct {
  char *name;
  char **lines;             /* the places borrow from them */
  gboolean compare, plain;  /* what becomes of a text before it is matched: folded by `comparing`, made plain */
  GPtrArray *rules;         /* PatternRule, in the file's order */
  GHashTable *rule_by_name; /* char * -> PatternRule, borrowed */
  GHashTable *fragments;    /* char * -> char *, what each `let` names */
} PatternFile;

/* Reads BYTES as the file called NAME. Returns what could be read, never NULL; appends a fault (fault.h) to FAULTS
 * (char *) for each line that is wrong, up to some limit. TESTED: the file passed its tests when it was built in, and
 * is read for use only: without its examples, and without compiling each fragment on its own. */
PatternFile *pattern_file_from_bytes (const char *name, GBytes *bytes, gboolean tested, GPtrArray *faults);
void pattern_file_free (PatternFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternFile, pattern_file_free)
