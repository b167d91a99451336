/* pattern_match.c - see pattern.h: a text against the rules of a file */
#include "patterns/pattern_file.h"
#include "text/folding.h"
#include "text/plain.h"

#include <string.h>

/* PCRE2 counts the steps of a match from each place in the text anew. So that all of them together are bounded too, a
 * long text has fewer from each; what is read here needs some hundreds. */
#define STEPS_FROM_ONE_PLACE 200000
#define STEPS_FROM_ONE_PLACE_LEAST 4000
#define STEPS 100000000
#define HEAP_KIB_LIMIT 4096
#define STACK_BYTES (256 * 1024) /* of machine code */
#define GROUPS_LIMIT 64
/* Compiling an expression to machine code costs as much as to search this many bytes without, some 0.1 ms; a usual
 * sheet comes to less. A match counts for some bytes more, its beginning. */
#define BYTES_BEFORE_MACHINE_CODE (32 * 1024)
#define BYTES_OF_A_BEGINNING 32

static int gave_up;

static pcre2_match_context *
limits_new (void)
{
  pcre2_match_context *context = pcre2_match_context_create (NULL);
  pcre2_set_heap_limit (context, HEAP_KIB_LIMIT);
  pcre2_jit_stack_assign (context, NULL, pcre2_jit_stack_create (32 * 1024, STACK_BYTES, NULL));
  return context;
}

/* What one match of EXPRESSION in LENGTH bytes may cost. */
static pcre2_match_context *
limits (const Expression *expression, gsize length)
{
  static pcre2_match_context *context;
  if (!context)
    context = limits_new ();
  gsize steps = STEPS / (expression->anchored ? 1 : length + 1);
  pcre2_set_match_limit (context, (uint32_t)CLAMP (steps, STEPS_FROM_ONE_PLACE_LEAST, STEPS_FROM_ONE_PLACE));
  return context;
}

/* Where the groups of the last match are. */
static pcre2_match_data *
places (void)
{
  static pcre2_match_data *data;
  if (!data)
    data = pcre2_match_data_create (GROUPS_LIMIT, NULL);
  return data;
}

SearchedText
searched_text (const char *text)
{
  return (SearchedText){.text = text, .length = strlen (text)};
}

static void
find_characters (SearchedText *in)
{
  if (!in->known)
    in->characters = characters_of_text (in->text, in->length);
  in->known = TRUE;
}

/* To look for an expression at one place costs less than to find out what the text has. */
static gboolean
may_match (const Expression *expression, SearchedText *in)
{
  if (expression->anchored && !in->known)
    return TRUE;
  find_characters (in);
  return requirement_is_met (expression->requirement, &in->characters);
}

static gboolean
expression_matches (Expression *expression, SearchedText *in, gsize start)
{
  if (!may_match (expression, in))
    return FALSE;
  gboolean rare = expression->searched < BYTES_BEFORE_MACHINE_CODE;
  expression->searched += in->length - start + BYTES_OF_A_BEGINNING;
  if (rare && expression->searched >= BYTES_BEFORE_MACHINE_CODE)
    pcre2_jit_compile (expression->code, PCRE2_JIT_COMPLETE); /* where it cannot be, the match goes on without */
  int found = pcre2_match (expression->code, (PCRE2_SPTR)in->text, in->length, start, PCRE2_NO_UTF_CHECK, places (),
                           limits (expression, in->length - start));
  if (found < 0 && found != PCRE2_ERROR_NOMATCH)
    gave_up++;
  return found >= 0;
}

gboolean
expression_ends (const Expression *expression, const char *text)
{
  gsize length = strlen (text);
  int found = pcre2_match (expression->code, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, places (),
                           limits (expression, length));
  return found >= 0 || found == PCRE2_ERROR_NOMATCH;
}

static char *
text_of_group (guint group, const char *text)
{
  if (group >= GROUPS_LIMIT)
    return NULL;
  const PCRE2_SIZE *place = pcre2_get_ovector_pointer (places ()) + 2 * group;
  return place[0] != PCRE2_UNSET && place[0] <= place[1] ? g_strndup (text + place[0], place[1] - place[0]) : NULL;
}

static GHashTable *
fields_from_places (const pcre2_code *code, const char *text)
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
    char *field = text_of_group ((guint)entry[0] << 8 | entry[1], text);
    if (field)
      g_hash_table_insert (fields, g_strdup ((const char *)entry + 2), field);
  }
  return fields;
}

/* The match that the last call of expression_matches found. */
static PatternMatch
match_from_places (const Rule *rule, const Expression *expression, const char *text)
{
  const PCRE2_SIZE *place = pcre2_get_ovector_pointer (places ());
  return (PatternMatch){.rule = rule->name,
                        .start = (int)place[0],
                        .end = (int)place[1],
                        .fields = fields_from_places (expression->code, text)};
}

static gboolean
rule_matches (const Rule *rule, SearchedText *in, gsize start, PatternMatch *match)
{
  for (guint i = 0; i < rule->expressions->len; i++) {
    Expression *expression = &g_array_index (rule->expressions, Expression, i);
    if (!expression_matches (expression, in, start))
      continue;
    if (match)
      *match = match_from_places (rule, expression, in->text);
    return TRUE;
  }
  return FALSE;
}

/* NULL: it is no UTF-8. */
static const char *
text_plain_to_match (const char *text, char **folded)
{
  static char *plain; /* the last that was plain as it stood: one text is asked for several rules in a row */
  if (plain && !strcmp (plain, text))
    return text;
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  *folded = text_made_plain (text);
  if (*folded)
    return *folded;
  g_free (plain);
  plain = g_strdup (text);
  return text;
}

const char *
text_to_match (const Patterns *patterns, const char *text, char **folded)
{
  if (patterns->compare)
    return *folded = text_for_comparing (text);
  if (patterns->plain)
    return text_plain_to_match (text, folded);
  return g_utf8_validate (text, -1, NULL) ? text : NULL;
}

static gboolean
match_from (const Patterns *patterns, const Rule *only, const char *text, int start, PatternMatch *match)
{
  g_autofree char *folded = NULL;
  text = text_to_match (patterns, text, &folded);
  if (!text)
    return FALSE;
  SearchedText in = searched_text (text);
  if (start < 0 || (gsize)start > in.length)
    return FALSE;
  if (only)
    return rule_matches (only, &in, start, match);
  for (guint i = 0; i < patterns->rules->len; i++)
    if (rule_matches (g_ptr_array_index (patterns->rules, i), &in, start, match))
      return TRUE;
  return FALSE;
}

gboolean
patterns_match (const Patterns *patterns, const char *text, int start, PatternMatch *match)
{
  return match_from (patterns, NULL, text, start, match);
}

/* A file in a folder may be older than the program: a rule that it has not got is the built-in one. *PATTERNS becomes
 * the file that has it. */
static const Rule *
rule_named (const Patterns **patterns, const char *name)
{
  const Rule *rule = g_hash_table_lookup ((*patterns)->by_name, name);
  const Patterns *built_in = rule ? NULL : patterns_built_in ((*patterns)->name);
  if (rule)
    return rule;
  rule = built_in ? g_hash_table_lookup (built_in->by_name, name) : NULL;
  if (!rule)
    g_error ("%s has no rule '%s'", (*patterns)->name, name);
  *patterns = built_in;
  return rule;
}

gboolean
patterns_match_rule (const Patterns *patterns, const char *rule, const char *text, int start, PatternMatch *match)
{
  const Rule *only = rule_named (&patterns, rule);
  return match_from (patterns, only, text, start, match);
}

gboolean
patterns_match_in (const Patterns *patterns, const char *rule, SearchedText *in, PatternMatch *match)
{
  find_characters (in);
  return rule_matches (rule_named (&patterns, rule), in, 0, match);
}

gboolean
patterns_find (const Patterns *patterns, const char *rule, SearchedText *in, int start, PatternMatch *match)
{
  const Rule *only = rule_named (&patterns, rule);
  gsize best_start = in->length + 1, best_end = 0;
  gboolean found = FALSE;
  for (guint i = 0; i < only->expressions->len; i++) {
    Expression *expression = &g_array_index (only->expressions, Expression, i);
    if (!expression_matches (expression, in, start))
      continue;
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer (places ());
    if (place[0] > best_start || (place[0] == best_start && place[1] <= best_end))
      continue;
    best_start = place[0];
    best_end = place[1];
    if (found)
      pattern_match_clear (match);
    *match = match_from_places (only, expression, in->text);
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

int
pattern_gave_up (void)
{
  return gave_up;
}
