/* pattern.h - matches texts against the rules of a pattern file.
 *
 * If the file says `compare`, texts are folded by `comparing` (folding.h) before they are matched; if it says `plain`,
 * they are put in plain characters (plain.h). Every match runs under limits (pcre2_set_match_limit): where an
 * expression runs away on a text, there is no match, and patterns_gave_up counts it; patterns_check (pattern_check.h)
 * looks for such expressions.
 *
 * A matcher and the expressions keep state between matches, so they are used by one thread at a time.
 */
#pragma once

#include "patterns/pattern_file.h"
#include "text/folding.h"

/* The memory and the limits of matching; one serves all files of a thread. */
typedef struct PatternMatcher PatternMatcher;

PatternMatcher *pattern_matcher_new (void);
void pattern_matcher_free (PatternMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternMatcher, pattern_matcher_free)

/* How many matches were given up at their limit since the last call. */
int patterns_gave_up (PatternMatcher *matcher);

/* One file, ready for use. */
typedef struct {
  PatternFile *file;
  PatternFile *built_in;    /* the file of that name in the program, for rules that `file` lacks; NULL: `file` is it */
  const Folding *comparing; /* borrowed */
  PatternMatcher *matcher;  /* borrowed */
} Patterns;

/* Takes FILE and BUILT_IN (NULL: none); borrows the rest, which must outlive it. */
Patterns *patterns_new (PatternFile *file, PatternFile *built_in, const Folding *comparing, PatternMatcher *matcher);
void patterns_free (Patterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Patterns, patterns_free)

typedef struct {
  const char *rule; /* the name of the rule that matched; borrowed from the file */
  int start, end;   /* bytes, in the text that was matched (the folded one if the file says `compare`) */
  GHashTable
      *fields; /* char * -> char *, the named groups that took part in the match; NULL: the expression has none */
} PatternMatch;

/* Here and below: a rule that `file` lacks is the built-in one; one that neither has is a bug, and ends the program.
 * MATCH may be NULL; else the caller clears it after TRUE. A text that is not UTF-8 matches nothing. */

/* The first rule, in the file's order, that matches TEXT at or after byte START; FALSE: none. */
gboolean patterns_match (const Patterns *patterns, const char *text, int start, PatternMatch *match);

/* The same for one rule only. */
gboolean patterns_match_rule (const Patterns *patterns, const char *rule, const char *text, int start,
                              PatternMatch *match);

/* As patterns_match_rule, for a TEXT (UTF-8) that the caller folded already: matched as it is. */
gboolean patterns_match_folded (const Patterns *patterns, const char *rule, const char *text, PatternMatch *match);

/* FALSE: RULE matches nowhere in TEXT (UTF-8, folded already), which costs far less than looking at each of its places. */
gboolean patterns_may_match (const Patterns *patterns, const char *rule, const char *text);

/* How many letters of TEXT are in the matches of a rule, one after the other; no more matches are looked for once there
 * are ENOUGH. */
int patterns_letters (const Patterns *patterns, const char *rule, const char *text, double enough);

/* Of all expressions of the rule, the match in TEXT (folded already) that begins first at or after byte START; of
 * several that begin there, the longest. */
gboolean patterns_find (const Patterns *patterns, const char *rule, const char *text, int start, PatternMatch *match);

/* The name of the first rule that matches, or NULL; borrowed. And whether the rule RULE matches. */
const char *patterns_rule_for (const Patterns *patterns, const char *text);
gboolean patterns_has (const Patterns *patterns, const char *rule, const char *text);

/* The text of the named group NAME; NULL: it took no part in the match. Borrowed. */
const char *pattern_field (const PatternMatch *match, const char *name);
void pattern_match_clear (PatternMatch *match);

/* TEXT as it is matched, folded or in plain characters if the file says so; *FOLDED, which it may point to, is freed by
 * the caller. NULL: it is not UTF-8. */
const char *text_to_match (const Patterns *patterns, const char *text, char **folded);

/* Whether matching EXPRESSION on TEXT (without just-in-time compilation) ends before its limit, from each of the first HEAD
 * and of the last TAIL characters: between them the text is what is there again and again. */
gboolean expression_ends (const Patterns *patterns, const PatternExpression *expression, const char *text, glong head,
                          glong tail);
