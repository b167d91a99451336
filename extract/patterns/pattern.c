/* pattern.c - see pattern.h */
#include "patterns/pattern.h"

#include "text/plain.h"

#include <string.h>

/* PCRE2 counts the steps of a match anew from each place in the text. So that their sum is bounded too, a longer text
 * has fewer steps from each; the expressions of patterns/ need some hundreds. */
#define STEPS_FROM_ONE_PLACE 200000
#define STEPS_FROM_ONE_PLACE_MIN 4000
#define STEPS 100000000
#define HEAP_KIB_LIMIT 4096
#define STACK_BYTES (256 * 1024) /* of JIT code */
#define GROUPS_LIMIT 64

/* JIT compilation of an expression costs as much as searching this many bytes without it, some 0.1 ms; most expressions
 * search less in a usual sheet. The fixed cost of a match counts as some bytes more. */
#define BYTES_BEFORE_JIT (32 * 1024)
#define BYTES_OF_A_MATCH 32

struct PatternMatcher {
  pcre2_match_context *limits;
  pcre2_jit_stack *stack;
  pcre2_match_data *groups; /* the places of the last match's groups */
  char *plain;   /* the last text that was plain already, or NULL: several rules in a row are tried on one text */
  GString *read; /* the last text that was searched, and its characters, for the same reason */
  TextCharacters characters;
  GArray *searched; /* gsize: in how many bytes each expression was searched for, by its number */
  int gave_up;
};

PatternMatcher *
pattern_matcher_new (void)
{
  PatternMatcher *matcher = g_new0 (PatternMatcher, 1);
  matcher->limits = pcre2_match_context_create (NULL);
  matcher->stack = pcre2_jit_stack_create (32 * 1024, STACK_BYTES, NULL);
  matcher->groups = pcre2_match_data_create (GROUPS_LIMIT, NULL);
  matcher->searched = g_array_new (FALSE, TRUE, sizeof (gsize));
  matcher->read = g_string_new (NULL); /* without characters, as those are */
  pcre2_set_heap_limit (matcher->limits, HEAP_KIB_LIMIT);
  pcre2_jit_stack_assign (matcher->limits, NULL, matcher->stack);
  return matcher;
}

void
pattern_matcher_free (PatternMatcher *matcher)
{
  if (!matcher)
    return;
  pcre2_match_context_free (matcher->limits);
  pcre2_jit_stack_free (matcher->stack);
  pcre2_match_data_free (matcher->groups);
  g_free (matcher->plain);
  g_string_free (matcher->read, TRUE);
  g_array_unref (matcher->searched);
  g_free (matcher);
}

int
patterns_gave_up (PatternMatcher *matcher)
{
  int count = matcher->gave_up;
  matcher->gave_up = 0;
  return count;
}

/* What is counted of all expressions is in few pages of memory, since a child has to copy each that it writes to. FILE may
 * be NULL. */
static void
number_expressions (PatternMatcher *matcher, PatternFile *file)
{
  for (guint i = 0; file && i < file->rules->len; i++) {
    const PatternRule *rule = g_ptr_array_index (file->rules, i);
    for (guint j = 0; j < rule->expressions->len; j++) {
      g_array_index (rule->expressions, PatternExpression, j).number = matcher->searched->len;
      g_array_set_size (matcher->searched, matcher->searched->len + 1);
    }
  }
}

Patterns *
patterns_new (PatternFile *file, PatternFile *built_in, const Folding *comparing, PatternMatcher *matcher)
{
  Patterns *patterns = g_new (Patterns, 1);
  *patterns = (Patterns){file, built_in, comparing, matcher};
  number_expressions (matcher, file);
  number_expressions (matcher, built_in);
  return patterns;
}

void
patterns_free (Patterns *patterns)
{
  if (!patterns)
    return;
  pattern_file_free (patterns->file);
  pattern_file_free (patterns->built_in);
  g_free (patterns);
}

/* One match */

/* The limits of one match of EXPRESSION in LENGTH bytes. */
static pcre2_match_context *
limits_for (const PatternMatcher *matcher, const PatternExpression *expression, gsize length)
{
  gsize steps = STEPS / (expression->anchored ? 1 : length + 1);
  pcre2_set_match_limit (matcher->limits, (uint32_t)CLAMP (steps, STEPS_FROM_ONE_PLACE_MIN, STEPS_FROM_ONE_PLACE));
  return matcher->limits;
}

/* A text, and whether the matcher has its characters: as soon as they are asked for. */
typedef struct {
  const char *text;
  gsize length;
  gboolean read;
} SearchedText;

static gboolean
text_has_needed (PatternMatcher *matcher, SearchedText *searched, const PatternExpression *expression)
{
  if (!expression->needed)
    return TRUE;
  if (!searched->read &&
      (matcher->read->len != searched->length || memcmp (matcher->read->str, searched->text, searched->length) != 0)) {
    text_characters_read (&matcher->characters, searched->text, searched->length);
    g_string_truncate (matcher->read, 0);
    g_string_append_len (matcher->read, searched->text, searched->length);
  }
  searched->read = TRUE;
  return text_characters_have (&matcher->characters, expression->needed);
}

/* With no more places in a text, each is tried by itself: a call of PCRE2 costs as much as some six places. PCRE2 does
 * not use its JIT compiler's code for that. */
#define STARTS_MOST 4

/* Where matches are looked for: at the places, or from the first one on. */
typedef struct {
  guint count;
  gsize places[STARTS_MOST];
  uint32_t options; /* of pcre2_match */
} Starts;

static Starts
starts_in (const PatternExpression *expression, const SearchedText *searched, gsize start)
{
  Starts starts = {.count = 1, .places = {start}};
  const char *at = searched->text + start, *end = searched->text + searched->length;
  const guint most = expression->fast ? 1 : STARTS_MOST;
  if (!expression->first)
    return starts;
  starts.count = 0;
  for (; at < end; at = g_utf8_next_char (at)) {
    gboolean has = first_characters_have (expression->first, at);
    if (has && starts.count == most) {
      starts.count = 1;
      return starts;
    }
    if (has)
      starts.places[starts.count++] = at - searched->text;
    if (expression->anchored)
      return starts;
  }
  starts.options = expression->fast ? 0 : PCRE2_ANCHORED;
  return starts;
}

static gboolean
expression_matches (PatternMatcher *matcher, PatternExpression *expression, SearchedText *searched, gsize start)
{
  if (!text_has_needed (matcher, searched, expression))
    return FALSE;
  gsize length = searched->length;
  gsize *bytes = &g_array_index (matcher->searched, gsize, expression->number);
  *bytes += length - start + BYTES_OF_A_MATCH;
  if (!expression->fast && *bytes >= BYTES_BEFORE_JIT) {
    pcre2_jit_compile (expression->code, PCRE2_JIT_COMPLETE); /* where that fails, it is interpreted */
    expression->fast = TRUE;
  }
  pcre2_match_context *limits = limits_for (matcher, expression, length - start);
  int found = PCRE2_ERROR_NOMATCH;
  Starts starts = starts_in (expression, searched, start);
  for (guint i = 0; i < starts.count && found == PCRE2_ERROR_NOMATCH; i++)
    found = pcre2_match (expression->code, (PCRE2_SPTR)searched->text, length, starts.places[i],
                         PCRE2_NO_UTF_CHECK | starts.options, matcher->groups, limits);
  if (found < 0 && found != PCRE2_ERROR_NOMATCH)
    matcher->gave_up++;
  return found >= 0;
}

/* One match without just-in-time compilation, whose steps are counted otherwise. */
static int
match_slowly (const Patterns *patterns, const PatternExpression *expression, const SearchedText *searched, gsize start,
              uint32_t options)
{
  return pcre2_match (expression->code, (PCRE2_SPTR)searched->text, searched->length, start,
                      PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT | options, patterns->matcher->groups,
                      limits_for (patterns->matcher, expression, searched->length));
}

gboolean
expression_ends (const Patterns *patterns, const PatternExpression *expression, const char *text, glong head,
                 glong tail)
{
  SearchedText searched = {.text = text, .length = strlen (text)};
  const char *at = text, *last = text + searched.length;
  int found = PCRE2_ERROR_NOMATCH;
  for (; tail > 0 && last > text; tail--)
    last = g_utf8_prev_char (last);
  for (; head > 0 && at < last && found == PCRE2_ERROR_NOMATCH && !expression->anchored; head--) {
    found = match_slowly (patterns, expression, &searched, at - text, PCRE2_ANCHORED);
    at = g_utf8_next_char (at);
  }
  if (found == PCRE2_ERROR_NOMATCH)
    found = match_slowly (patterns, expression, &searched, expression->anchored ? 0 : last - text, 0);
  return found >= 0 || found == PCRE2_ERROR_NOMATCH;
}

static char *
text_of_group (const PatternMatcher *matcher, guint group, const char *text)
{
  if (group >= GROUPS_LIMIT)
    return NULL;
  const PCRE2_SIZE *place = pcre2_get_ovector_pointer (matcher->groups) + 2 * group;
  return place[0] != PCRE2_UNSET && place[0] <= place[1] ? g_strndup (text + place[0], place[1] - place[0]) : NULL;
}

static GHashTable *
fields_of_match (const PatternMatcher *matcher, const pcre2_code *code, const char *text)
{
  uint32_t count, entry_size;
  PCRE2_SPTR entry; /* the group's number in two bytes, then its name */
  pcre2_pattern_info (code, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info (code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
  pcre2_pattern_info (code, PCRE2_INFO_NAMETABLE, &entry);
  if (!count)
    return NULL;
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (uint32_t i = 0; i < count; i++, entry += entry_size) {
    char *field = text_of_group (matcher, (guint)entry[0] << 8 | entry[1], text);
    if (field)
      g_hash_table_insert (fields, g_strdup ((const char *)entry + 2), field);
  }
  return fields;
}

/* The match that the last call of expression_matches found. */
static PatternMatch
match_of_rule (const PatternMatcher *matcher, const PatternRule *rule, const PatternExpression *expression,
               const char *text)
{
  const PCRE2_SIZE *place = pcre2_get_ovector_pointer (matcher->groups);
  return (PatternMatch){.rule = rule->name,
                        .start = (int)place[0],
                        .end = (int)place[1],
                        .fields = fields_of_match (matcher, expression->code, text)};
}

static gboolean
rule_matches (PatternMatcher *matcher, const PatternRule *rule, SearchedText *searched, gsize start,
              PatternMatch *match)
{
  for (guint i = 0; i < rule->expressions->len; i++) {
    PatternExpression *expression = &g_array_index (rule->expressions, PatternExpression, i);
    if (!expression_matches (matcher, expression, searched, start))
      continue;
    if (match)
      *match = match_of_rule (matcher, rule, expression, searched->text);
    return TRUE;
  }
  return FALSE;
}

/* Texts */

static const char *
plain_text_to_match (PatternMatcher *matcher, const char *text, char **folded)
{
  if (matcher->plain && !strcmp (matcher->plain, text))
    return text;
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  *folded = text_made_plain (text);
  if (*folded)
    return *folded;
  g_free (matcher->plain);
  matcher->plain = g_strdup (text);
  return text;
}

/* As text_to_match, for one of the two files. */
static const char *
text_for_file (const Patterns *patterns, const PatternFile *file, const char *text, char **folded)
{
  if (file->compare)
    return *folded = text_folded (patterns->comparing, text);
  if (file->plain)
    return plain_text_to_match (patterns->matcher, text, folded);
  return g_utf8_validate (text, -1, NULL) ? text : NULL;
}

const char *
text_to_match (const Patterns *patterns, const char *text, char **folded)
{
  return text_for_file (patterns, patterns->file, text, folded);
}

/* Rules */

/* *FILE becomes the file that the rule is in. */
static const PatternRule *
rule_named (const Patterns *patterns, const char *name, const PatternFile **file)
{
  *file = patterns->file;
  const PatternRule *rule = g_hash_table_lookup (patterns->file->rule_by_name, name);
  if (!rule && patterns->built_in) {
    *file = patterns->built_in;
    rule = g_hash_table_lookup (patterns->built_in->rule_by_name, name);
  }
  if (!rule)
    g_error ("%s has no rule '%s'", patterns->file->name, name);
  return rule;
}

gboolean
patterns_match (const Patterns *patterns, const char *text, int start, PatternMatch *match)
{
  g_autofree char *folded = NULL;
  text = text_to_match (patterns, text, &folded);
  gsize length = text ? strlen (text) : 0;
  if (!text || start < 0 || (gsize)start > length)
    return FALSE;
  SearchedText searched = {.text = text, .length = length};
  for (guint i = 0; i < patterns->file->rules->len; i++)
    if (rule_matches (patterns->matcher, g_ptr_array_index (patterns->file->rules, i), &searched, start, match))
      return TRUE;
  return FALSE;
}

gboolean
patterns_match_rule (const Patterns *patterns, const char *rule, const char *text, int start, PatternMatch *match)
{
  g_autofree char *folded = NULL;
  const PatternFile *file;
  const PatternRule *only = rule_named (patterns, rule, &file);
  text = text_for_file (patterns, file, text, &folded);
  gsize length = text ? strlen (text) : 0;
  if (!text || start < 0 || (gsize)start > length)
    return FALSE;
  SearchedText searched = {.text = text, .length = length};
  return rule_matches (patterns->matcher, only, &searched, start, match);
}

gboolean
patterns_may_match (const Patterns *patterns, const char *rule, const char *text)
{
  const PatternFile *file;
  const PatternRule *only = rule_named (patterns, rule, &file);
  SearchedText searched = {.text = text, .length = strlen (text)};
  for (guint i = 0; i < only->expressions->len; i++)
    if (text_has_needed (patterns->matcher, &searched, &g_array_index (only->expressions, PatternExpression, i)))
      return TRUE;
  return FALSE;
}

gboolean
patterns_match_folded (const Patterns *patterns, const char *rule, const char *text, PatternMatch *match)
{
  const PatternFile *file;
  SearchedText searched = {.text = text, .length = strlen (text)};
  return rule_matches (patterns->matcher, rule_named (patterns, rule, &file), &searched, 0, match);
}

static int
letters_in (const char *text, int bytes)
{
  int letters = 0;
  for (const char *next = text; next < text + bytes; next = g_utf8_next_char (next))
    letters += g_unichar_isalpha (g_utf8_get_char (next)) != 0;
  return letters;
}

/* The text may be that of a page: it is folded once, not for each match. */
int
patterns_letters (const Patterns *patterns, const char *rule, const char *text, double enough)
{
  g_autofree char *folded = NULL;
  const PatternFile *file;
  const PatternRule *only = rule_named (patterns, rule, &file);
  text = text_for_file (patterns, file, text, &folded);
  gsize length = text ? strlen (text) : 0, start = 0;
  int letters = 0;
  SearchedText searched = {.text = text, .length = length};
  PatternMatch match;
  while (letters < enough && start <= length && text &&
         rule_matches (patterns->matcher, only, &searched, start, &match)) {
    letters += letters_in (text + match.start, match.end - match.start);
    start = MAX ((gsize)match.end, start + 1);
    pattern_match_clear (&match);
  }
  return letters;
}

gboolean
patterns_find (const Patterns *patterns, const char *rule, const char *text, int start, PatternMatch *match)
{
  const PatternFile *file;
  const PatternRule *only = rule_named (patterns, rule, &file);
  gsize length = strlen (text), best_start = length + 1, best_end = 0;
  gboolean found = FALSE;
  SearchedText searched = {.text = text, .length = length};
  for (guint i = 0; i < only->expressions->len; i++) {
    PatternExpression *expression = &g_array_index (only->expressions, PatternExpression, i);
    if (!expression_matches (patterns->matcher, expression, &searched, start))
      continue;
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer (patterns->matcher->groups);
    if (place[0] > best_start || (place[0] == best_start && place[1] <= best_end))
      continue;
    best_start = place[0];
    best_end = place[1];
    if (found)
      pattern_match_clear (match);
    *match = match_of_rule (patterns->matcher, only, expression, text);
    found = TRUE;
  }
  return found;
}

const char *
patterns_rule_for (const Patterns *patterns, const char *text)
{
  PatternMatch match;
  if (!patterns_match (patterns, text, 0, &match))
    return NULL;
  pattern_match_clear (&match);
  return match.rule;
}

gboolean
patterns_has (const Patterns *patterns, const char *rule, const char *text)
{
  return patterns_match_rule (patterns, rule, text, 0, NULL);
}

const char *
pattern_field (const PatternMatch *match, const char *name)
{
  return match->fields ? g_hash_table_lookup (match->fields, name) : NULL;
}

void
pattern_match_clear (PatternMatch *match)
{
  g_clear_pointer (&match->fields, g_hash_table_unref);
}
