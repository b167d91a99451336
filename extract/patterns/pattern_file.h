/* pattern_file.h - a parsed pattern file: rules, each with its expressions (PCRE2) and its examples.
 *
 * patterns/README.md has the format:
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

#include "patterns/needed_characters.h"
#include "text/fault.h"

#include <pcre2.h>

typedef struct {
  pcre2_code *code;
  const NeededBits *needed;     /* what a text must have to be searched; NULL: anything */
  const FirstCharacters *first; /* where in it a match may begin; NULL: anywhere */
  gboolean is_compiled;         /* these two are the file's `compiled`'s; else owned */
  gboolean anchored;            /* it can match only at the start of the text */
  gboolean fast;                /* PCRE2's JIT compiled it (pattern.c) */
  guint number;                 /* among all of a matcher (pattern.c) */
  FilePlace place;
} PatternExpression;

typedef struct {
  gboolean must_match;
  char *text;
  GHashTable *fields; /* char * -> char *, the fields that the match must have; NULL: any */
  FilePlace place;
} PatternExample;

typedef struct {
  char *name;
  GArray *expressions; /* PatternExpression */
  GPtrArray *examples; /* PatternExample */
  gboolean often;      /* it is tried on every cell: compiled by PCRE2's JIT when the file is read */
  FilePlace place;
} PatternRule;

typedef struct {
  char *name;
  char **lines;             /* the places point into them */
  GVariant *compiled;       /* what it was read from; NULL: a text */
  gboolean compare, plain;  /* texts are folded by `comparing`, or put in plain characters, before they are matched */
  GPtrArray *rules;         /* PatternRule, in the file's order */
  GHashTable *rule_by_name; /* char * -> PatternRule, borrowed */
  GHashTable *fragments;    /* char * -> char *, the expression that each `let` names */
} PatternFile;

/* Reads BYTES as the file called NAME. Returns what could be read, never NULL, to be freed by the caller; appends a
 * fault (fault.h) to FAULTS (char *) for each line that is wrong, 20 at most. TESTED: the file was checked when it was
 * built in, so its examples are passed over, and its fragments are not compiled on their own. */
PatternFile *pattern_file_from_bytes (const char *name, GBytes *bytes, gboolean tested, GPtrArray *faults);
void pattern_file_free (PatternFile *file);

/* FILE as PCRE2 compiled it, without examples and places, to be built into the program: reading that takes a twentieth of
 * the time. The caller frees. */
GVariant *pattern_file_compiled (const PatternFile *file);

/* The file called NAME that was COMPILED; the caller frees. NULL: by another version of PCRE2. */
PatternFile *pattern_file_from_compiled (const char *name, GVariant *compiled);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternFile, pattern_file_free)
