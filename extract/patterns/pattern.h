/* pattern.h - pattern files: what we know about spellings, as data (patterns/README.md gives the format by example).
 *
 * A file is a list of named rules; a rule has one or more PCRE2 expressions, lines that must match (with the fields
 * they give) and lines that must not. The files are built into the program; a folder given with --patterns is read in
 * their place, file by file.
 *
 *     # columns.pattern
 *     rule number
 *       /^(?:no|番号)\.?$/
 *       + No.
 *       - 登録番号
 *
 *     rule date
 *       /(?<year>\d{4})-(?<month>\d\d?)/
 *       + 2024-04 => year=2024 month=04
 *
 * A line `compare` at the head of the file says that its texts are folded by text_for_comparing before they are
 * matched, a line `plain` that they are put in plain characters (plain.h). Every match runs under a match limit
 * (pcre2_set_match_limit): a text that makes a pattern run away gives no match, and pattern_gave_up tells;
 * patterns_check looks for such texts.
 */
#pragma once

#include "patterns/character_set.h"

typedef struct Patterns Patterns; /* one file */

typedef struct {
  const char *rule;   /* the name of the rule that matched; borrowed from the file */
  int start, end;     /* bytes, in the text that was matched (the folded one where the file says `compare`) */
  GHashTable *fields; /* char * -> char *, the named groups that took part; NULL where there are none */
} PatternMatch;

/* The file NAME ("columns.pattern"). Loaded and compiled once for the life of the process, borrowed. A file that is
 * wrong ends the program with a message that names file, line and column and points at the place with a caret, since a
 * sheet read with half of the patterns would be wrong in silence; patterns_check says the same without ending it. */
const Patterns *patterns_named (const char *name);

/* The folder read in place of the built-in files, or NULL. To be called before any other. */
void patterns_use_folder (const char *path);

/* Whether one was given. */
gboolean patterns_have_folder (void);

/* The bytes of any file of patterns/ ("meti.json", "writing.rules"), and the names of all of them, sorted. */
GBytes *pattern_file_bytes (const char *name, GError **error);
char **pattern_file_names (void);

/* The first rule, in the file's order, that matches TEXT at or after byte START; FALSE: none. pattern_match_clear
 * after TRUE. */
gboolean patterns_match (const Patterns *patterns, const char *text, int start, PatternMatch *match);

/* The same for one rule only. Here and below: a rule that a file in the folder has not got is the built-in one. */
gboolean patterns_match_rule (const Patterns *patterns, const char *rule, const char *text, int start,
                              PatternMatch *match);

/* A text that several rules are tried on, as it stands, whatever the heads of their files say: the caller folds it,
 * once. It is borrowed. */
typedef struct {
  const char *text; /* UTF-8 */
  gsize length;     /* bytes */
  gboolean known;   /* its characters, which are looked at when they are first asked for */
  CharacterSet characters;
} SearchedText;

SearchedText searched_text (const char *text);

/* As patterns_match_rule. MATCH may be NULL. */
gboolean patterns_match_in (const Patterns *patterns, const char *rule, SearchedText *in, PatternMatch *match);

/* Of all expressions of the rule the match that begins first, of several there the longest. */
gboolean patterns_find (const Patterns *patterns, const char *rule, SearchedText *in, int start, PatternMatch *match);

/* Whether any rule matches, or the rule named does. */
const char *patterns_rule_for (const Patterns *patterns, const char *text); /* its name, or NULL; borrowed */
gboolean patterns_has (const Patterns *patterns, const char *rule, const char *text);

const char *pattern_field (const PatternMatch *match, const char *name); /* borrowed; NULL: took no part */
void pattern_match_clear (PatternMatch *match);

/* How often, since the start, a match was given up at its limit. */
int pattern_gave_up (void);

/* Parses BYTES as the pattern file NAME, runs its examples, and tries its expressions on long texts. Gives the faults
 * found, each a text of several lines with a caret, or an empty array; *EXAMPLES counts what was run. */
GPtrArray *patterns_check (const char *name, GBytes *bytes, int *examples);
