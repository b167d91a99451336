/* pattern.h - texts against the rules of a pattern file.
 *
 * A file whose head says `compare` has its texts folded by `comparing` (folding.h) before they are matched, one that
 * says `plain` has them put in plain characters (plain.h). Every match runs under limits (pcre2_set_match_limit): where
 * a text makes an expression run away, there is no match, and patterns_gave_up counts it; patterns_check
 * (pattern_check.h) looks for such texts.
 *
 * Patterns remember what they need for the next match, so they are used by one thread at a time.
 */
#pragma once

#include "patterns/pattern_file.h"
#include "text/folding.h"

/* What matching needs beside the rules; one serves all files of a thread. */
typedef struct PatternMatcher PatternMatcher;

PatternMatcher *pattern_matcher_new (void);
void pattern_matcher_free (PatternMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternMatcher, pattern_matcher_free)

/* How many matches were given up at their limit since the call before; counting begins anew. */
int patterns_gave_up (PatternMatcher *matcher);

/* One file, ready for use. */
typedef struct {
  PatternFile *file;
  PatternFile *built_in;    /* the file built into the program, which has the rules that `file` lacks; NULL: `file` is
                               it */
  const Folding *comparing; /* borrowed */
  PatternMatcher *matcher;  /* borrowed */
} Patterns;

/* Takes FILE and BUILT_IN (NULL: none); borrows the rest, which must outlive it. */
Patterns *patterns_new (PatternFile *file, PatternFile *built_in, const Folding *comparing, PatternMatcher *matcher);
void patterns_free (Patterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Patterns, patterns_free)

typedef struct {
  const char *rule;   /* the name of the rule that matched; borrowed from the file */
  int start, end;     /* bytes, in the text that was matched (the folded one where the file says `compare`) */
  GHashTable *fields; /* char * -> char *, the named groups that took part; NULL where there are none */
} PatternMatch;

/* Here and below: a rule that `file` lacks is the built-in one, and one that neither has is an error of the program.
 * MATCH may be NULL; else pattern_match_clear after TRUE. */

/* The first rule, in the file's order, that matches TEXT at or after byte START; FALSE: none. */
gboolean patterns_match (const Patterns *patterns, const char *text, int start, PatternMatch *match);

/* The same for one rule only. */
gboolean patterns_match_rule (const Patterns *patterns, const char *rule, const char *text, int start,
                              PatternMatch *match);

/* As patterns_match_rule, for a TEXT (UTF-8) that the caller folded already: matched as it is. */
gboolean patterns_match_folded (const Patterns *patterns, const char *rule, const char *text, PatternMatch *match);

/* Of all expressions of the rule the match in TEXT (folded already) that begins first at or after byte START, of several
 * there the longest. */
gboolean patterns_find (const Patterns *patterns, const char *rule, const char *text, int start, PatternMatch *match);

/* Whether any rule matches, or the rule named does. */
const char *patterns_rule_for (const Patterns *patterns, const char *text); /* its name, or NULL; borrowed */
gboolean patterns_has (const Patterns *patterns, const char *rule, const char *text);

const char *pattern_field (const PatternMatch *match, const char *name); /* borrowed; NULL: took no part */
void pattern_match_clear (PatternMatch *match);

/* TEXT as the head of the file says it is matched; *FOLDED is to be freed. NULL: it is not UTF-8. */
const char *text_to_match (const Patterns *patterns, const char *text, char **folded);

/* Whether a match of EXPRESSION on TEXT, without machine code, comes to an end before its limit. */
gboolean expression_ends (const Patterns *patterns, const PatternExpression *expression, const char *text);
