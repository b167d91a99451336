/* pattern_expression.c - the lines of a pattern file that hold an expression: /.../ and let NAME = ... */
#include "patterns/pattern_file.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXPRESSION_BYTES_LIMIT (64 * 1024)
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"

void
expression_clear (gpointer data)
{
  Expression *expression = data;
  pcre2_code_free (expression->code);
  requirement_free (expression->requirement);
}

/* A run of bytes of an expression, and where in the line they come from. */
typedef struct {
  gsize start;        /* in the text; it ends where the next begins */
  const char *origin; /* of its first byte, or of all of them: a reference */
  gboolean reference;
} Run;

/* An expression with the text of each {NAME} in its place. */
typedef struct {
  GString *text;
  GArray *runs; /* Run */
} Expanded;

static void
expanded_clear (Expanded *expanded)
{
  g_string_free (expanded->text, TRUE);
  g_array_unref (expanded->runs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expanded, expanded_clear)

static Expanded
expanded_new (void)
{
  return (Expanded){g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (Run))};
}

static void
expanded_add (Expanded *expanded, const char *text, gsize length, Run run)
{
  run.start = expanded->text->len;
  g_array_append_val (expanded->runs, run);
  g_string_append_len (expanded->text, text, (gssize)length);
}

/* Where in the line the byte at OFFSET comes from; the end of the text counts. */
static const char *
expanded_origin (const Expanded *expanded, gsize offset)
{
  guint last = expanded->runs->len - 1;
  while (last > 0 && g_array_index (expanded->runs, Run, last).start > offset)
    last--;
  const Run *run = &g_array_index (expanded->runs, Run, last);
  return run->reference ? run->origin : run->origin + (offset - run->start);
}

/* The length of {NAME} at AT, braces included; 0: there is none. In \x{FF}, \p{L} and their like the braces are
 * the expression's own. */
static gsize
reference_length (const char *start, const char *at)
{
  if (*at != '{' || (at >= start + 2 && at[-2] == '\\' && strchr ("xpPoNgk", at[-1])))
    return 0;
  gsize length = strspn (at + 1, CAPITALS);
  return length && at[1 + length] == '}' ? length + 2 : 0;
}

/* FALSE after a fault. */
static gboolean
expand_reference (Reading *reading, const char *at, gsize length, Expanded *expanded)
{
  g_autofree char *name = g_strndup (at + 1, length - 2);
  const char *fragment = g_hash_table_lookup (reading->patterns->fragments, name);
  if (!fragment) {
    reading_fault (reading, at, _ ("there is no 'let %s' above"), name);
    return FALSE;
  }
  if (expanded->text->len + strlen (fragment) > EXPRESSION_BYTES_LIMIT) {
    reading_fault (reading, at, _ ("the expression is longer than %d bytes"), EXPRESSION_BYTES_LIMIT);
    return FALSE;
  }
  expanded_add (expanded, fragment, strlen (fragment), (Run){.origin = at, .reference = TRUE});
  return TRUE;
}

static gboolean
expand (Reading *reading, const char *start, const char *end, Expanded *expanded)
{
  const char *run = start;
  for (const char *at = start; at < end;) {
    gsize length = reference_length (start, at);
    if (!length) {
      at++;
      continue;
    }
    expanded_add (expanded, run, at - run, (Run){.origin = run});
    if (!expand_reference (reading, at, length, expanded))
      return FALSE;
    run = at += length;
  }
  expanded_add (expanded, run, end - run, (Run){.origin = run});
  return TRUE;
}

/* NULL after a fault. */
static pcre2_code *
compile (Reading *reading, const Expanded *expanded, uint32_t options)
{
  int error;
  PCRE2_SIZE offset;
  uint32_t classes = reading->patterns->plain ? 0 : PCRE2_UCP; /* what is plain has ASCII digits and spaces only */
  pcre2_code *code =
      pcre2_compile ((PCRE2_SPTR)expanded->text->str, expanded->text->len,
                     options | classes | PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &error, &offset, NULL);
  if (code)
    return code;
  PCRE2_UCHAR message[256];
  pcre2_get_error_message (error, message, sizeof message);
  reading_fault (reading, expanded_origin (expanded, MIN (offset, expanded->text->len)), "%s", (char *)message);
  return NULL;
}

static gboolean
is_anchored (const pcre2_code *code)
{
  uint32_t options;
  pcre2_pattern_info (code, PCRE2_INFO_ALLOPTIONS, &options);
  return (options & PCRE2_ANCHORED) != 0;
}

static void
add_expression (Reading *reading, Rule *rule, const Expanded *expanded, uint32_t options, const char *rest)
{
  pcre2_code *code = compile (reading, expanded, options);
  if (!code)
    return;
  const RequirementOptions read = {(options & PCRE2_CASELESS) != 0, (options & PCRE2_EXTENDED) != 0};
  const Expression expression = {.code = code,
                                 .anchored = is_anchored (code),
                                 .requirement = requirement_from_expression (expanded->text->str, read),
                                 .place = reading_place (reading, rest)};
  if (rule->often)
    pcre2_jit_compile (code, PCRE2_JIT_COMPLETE); /* where it cannot be, matches go on without */
  g_array_append_val (rule->expressions, expression);
}

/* The letters that may follow the last "/". */
static const struct {
  char letter;
  uint32_t option;
} flags[] = {
    {'i', PCRE2_CASELESS},
    {'x', PCRE2_EXTENDED},
};

static uint32_t
option_of (char letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].letter == letter)
      return flags[i].option;
  return 0;
}

static gboolean
read_options (Reading *reading, const char *at, uint32_t *options)
{
  for (; *at; at++) {
    if (!option_of (*at)) {
      reading_fault (reading, at, _ ("only 'i' (any case) and 'x' (spaces for reading) can follow the last '/'"));
      return FALSE;
    }
    *options |= option_of (*at);
  }
  return TRUE;
}

void
reading_expression (Reading *reading, const char *rest)
{
  Rule *rule = reading_rule (reading);
  const char *end = strrchr (rest, '/');
  uint32_t options = 0;
  if (!rule) {
    reading_fault (reading, reading->at, _ ("an expression must follow a 'rule'"));
    return;
  }
  if (!end) {
    reading_fault (reading, rest + strlen (rest), _ ("the expression has no '/' at its end"));
    return;
  }
  g_auto (Expanded) expanded = expanded_new ();
  if (read_options (reading, end + 1, &options) && expand (reading, rest, end, &expanded))
    add_expression (reading, rule, &expanded, options, rest);
}

/* A fragment is compiled once on its own, so that a fault in it is shown here and not where it is used. */
static void
add_fragment (Reading *reading, const char *name, const char *start)
{
  g_auto (Expanded) expanded = expanded_new ();
  gboolean right = expand (reading, start, start + strlen (start), &expanded);
  if (right && !reading->tested) {
    pcre2_code *code = compile (reading, &expanded, 0);
    right = code != NULL;
    pcre2_code_free (code);
  }
  const char *text = right ? expanded.text->str : ""; /* one fault is enough: known from here on, even if wrong */
  g_hash_table_insert (reading->patterns->fragments, g_strdup (name), g_strdup_printf ("(?:%s)", text));
}

void
reading_let (Reading *reading, const char *rest)
{
  gsize length = strspn (rest, CAPITALS);
  const char *equals = skip_space (rest + length);
  if (!length || *equals != '=') {
    reading_fault (reading, length ? equals : rest, _ ("'let' is written: let NAME = expression"));
    return;
  }
  g_autofree char *name = g_strndup (rest, length);
  if (g_hash_table_contains (reading->patterns->fragments, name))
    reading_fault (reading, rest, _ ("there is a 'let %s' already"), name);
  else
    add_fragment (reading, name, skip_space (equals + 1));
}
