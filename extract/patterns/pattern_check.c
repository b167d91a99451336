/* pattern_check.c - see pattern_check.h */
#include "patterns/pattern_check.h"

#include <glib/gi18n.h>
#include <string.h>

#define LENGTH 20000  /* characters */
#define NEAR_START 16 /* characters: as many of the first ones and more are tried */
#define NEAR_END 400  /* the same of the last ones; expressions repeat up to some 100 times */
#define END "\x01"

static const char *const usual_pieces[] = {
    "1",  "12,", "1.", " ",  "\n", "(", ")", "a", "a ", "A-",  "一",
    "ア", "あ",  "、", "。", "・", "/", ":", "-", "有", "(1)", "「",
};

/* END, then the characters of the rule's examples with END between them. */
static char *
end_of_texts (const PatternRule *rule)
{
  GString *end = g_string_new (END);
  for (guint i = 0; i < rule->examples->len; i++)
    for (const char *at = ((const PatternExample *)g_ptr_array_index (rule->examples, i))->text; *at;
         at = g_utf8_next_char (at)) {
      g_autofree char *one = g_strndup (at, g_utf8_next_char (at) - at);
      if (!strstr (end->str, one))
        g_string_append_printf (end, "%s" END, one);
    }
  return g_string_free (end, FALSE);
}

/* A text that is one piece again and again, but for what is before and behind. A match takes as many steps from one place
 * as from the same place of the next piece, or some less, as less is left of the text: so it is enough to begin one from
 * each place of the first piece, and near the end (expression_ends). */
typedef struct {
  char *text;
  glong head, tail; /* characters from which a match is begun */
  TextCharacters characters;
} LongText;

static void
long_text_free (gpointer data)
{
  LongText *text = data;
  g_free (text->text);
  g_free (text);
}

static void
append_times (GString *text, const char *piece, gsize times)
{
  gsize from = text->len, bytes = strlen (piece), whole = bytes * times;
  g_string_append (text, piece);
  for (gsize done = bytes; done < whole; done = text->len - from)
    g_string_append_len (text, text->str + from, (gssize)MIN (done, whole - done));
}

/* What a rule's long texts have in common: their list (LongText), how they are folded, what is behind each. */
typedef struct {
  GPtrArray *list;
  const Patterns *patterns;
  char *end;
} LongTexts;

/* The caller frees. */
static char *
text_folded_for (const Patterns *patterns, const char *text)
{
  g_autofree char *folded = NULL;
  return g_strdup (text_to_match (patterns, text, &folded));
}

/* START, then PIECE until there are LENGTH characters, then STOP and the end. Each is folded alone, which takes a
 * thousandth of the time that the long text takes. */
static void
add_repeated (LongTexts *texts, const char *start, const char *piece, const char *stop)
{
  g_autofree char *first = text_folded_for (texts->patterns, start);
  g_autofree char *again = text_folded_for (texts->patterns, piece);
  g_autofree char *last = text_folded_for (texts->patterns, stop);
  if (!first || !again || !last || !texts->end)
    return;
  glong length = MAX (g_utf8_strlen (again, -1), 1);
  LongText *made = g_new (LongText, 1);
  g_autofree char *once = g_strconcat (first, again, again, last, texts->end, NULL);
  text_characters_read (&made->characters, once, strlen (once));
  made->head = g_utf8_strlen (first, -1) + length + NEAR_START;
  made->tail = length + g_utf8_strlen (last, -1) + g_utf8_strlen (texts->end, -1) + NEAR_END;
  GString *text = g_string_sized_new (strlen (first) + LENGTH * 4);
  g_string_append (text, first);
  append_times (text, again, LENGTH / length + 1);
  g_string_append (text, last);
  g_string_append (text, texts->end);
  made->text = g_string_free (text, FALSE);
  g_ptr_array_add (texts->list, made);
}

static void
add_texts_of_example (LongTexts *texts, const char *example)
{
  glong length = g_utf8_strlen (example, -1);
  if (length == 0)
    return;
  const char *middle = g_utf8_offset_to_pointer (example, length / 2);
  const char *last = g_utf8_prev_char (example + strlen (example));
  g_autofree char *first = g_strndup (example, g_utf8_next_char (example) - example);
  add_repeated (texts, "", example, "");
  add_repeated (texts, "", middle, "");
  add_repeated (texts, example, last, "");
  add_repeated (texts, "", first, example);
}

/* Long texts that an expression of RULE may run away on (LongText); the list frees them. */
static GPtrArray *
runaway_texts_new (const Patterns *patterns, const PatternRule *rule)
{
  g_autofree char *end = end_of_texts (rule);
  g_autofree char *folded = text_folded_for (patterns, end);
  LongTexts texts = {g_ptr_array_new_with_free_func (long_text_free), patterns, folded};
  for (guint i = 0; i < rule->examples->len; i++)
    add_texts_of_example (&texts, ((const PatternExample *)g_ptr_array_index (rule->examples, i))->text);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_pieces); i++)
    add_repeated (&texts, "", usual_pieces[i], "");
  return texts.list;
}

/* The check */

typedef struct {
  const Patterns *patterns;
  GPtrArray *faults;
} PatternCheck;

static void G_GNUC_PRINTF (3, 4) check_fault (const PatternCheck *check, FilePlace place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (check->faults, fault_new (check->patterns->file->name, place, message));
}

static void
check_fields (const PatternCheck *check, const PatternExample *example, const PatternMatch *match)
{
  GHashTableIter every;
  gpointer name, wanted;
  g_hash_table_iter_init (&every, example->fields);
  while (g_hash_table_iter_next (&every, &name, &wanted)) {
    const char *field = pattern_field (match, name);
    if (!field)
      check_fault (check, example->place, _ ("the match has no field %s"), (char *)name);
    else if (!g_str_equal (field, wanted))
      check_fault (check, example->place, _ ("%s is \"%s\", not \"%s\""), (char *)name, field, (char *)wanted);
  }
}

static void
check_example (const PatternCheck *check, const PatternRule *rule, const PatternExample *example)
{
  PatternMatch match = {0};
  gboolean matches = patterns_match_rule (check->patterns, rule->name, example->text, 0, &match);
  if (example->must_match && !matches)
    check_fault (check, example->place, _ ("expected a match of '%s', but it does not match"), rule->name);
  else if (!example->must_match && matches)
    check_fault (check, example->place, _ ("expected no match of '%s', but it matches"), rule->name);
  else if (matches && example->fields)
    check_fields (check, example, &match);
  pattern_match_clear (&match);
}

/* The first 30 characters of TEXT on one line. The caller frees. */
static char *
beginning_of (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, 30);
  return g_strdelimit (g_steal_pointer (&first), "\n\t", ' ');
}

/* An expression that ran away is not tried again. */
static void
check_on_long_text (const PatternCheck *check, const PatternRule *rule, const LongText *long_text, gboolean *faulty)
{
  for (guint i = 0; i < rule->expressions->len; i++) {
    const PatternExpression *expression = &g_array_index (rule->expressions, PatternExpression, i);
    if (faulty[i] || !text_characters_have (&long_text->characters, expression->needed) ||
        expression_ends (check->patterns, expression, long_text->text, long_text->head, long_text->tail))
      continue;
    g_autofree char *shown = beginning_of (long_text->text);
    check_fault (check, expression->place, _ ("this runs away on long texts such as \"%s…\""), shown);
    faulty[i] = TRUE;
  }
}

static void
check_runaway (const PatternCheck *check, const PatternRule *rule)
{
  g_autoptr (GPtrArray) texts = runaway_texts_new (check->patterns, rule);
  g_autofree gboolean *faulty = g_new0 (gboolean, rule->expressions->len + 1);
  for (guint i = 0; i < texts->len; i++)
    check_on_long_text (check, rule, g_ptr_array_index (texts, i), faulty);
}

static gboolean
has_example (const PatternRule *rule)
{
  for (guint i = 0; i < rule->examples->len; i++)
    if (((PatternExample *)g_ptr_array_index (rule->examples, i))->must_match)
      return TRUE;
  return FALSE;
}

GPtrArray *
patterns_check (const char *name, GBytes *bytes, const Folding *comparing, int *examples)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PatternMatcher) matcher = pattern_matcher_new ();
  g_autoptr (Patterns) patterns =
      patterns_new (pattern_file_from_bytes (name, bytes, FALSE, faults), NULL, comparing, matcher);
  const PatternCheck check = {patterns, faults};
  *examples = 0;
  if (faults->len) /* half of a file fails examples that are right */
    return faults;
  for (guint i = 0; i < patterns->file->rules->len; i++) {
    const PatternRule *rule = g_ptr_array_index (patterns->file->rules, i);
    if (!has_example (rule))
      check_fault (&check, rule->place, _ ("expected a '+' line: a text that the rule matches"));
    for (guint j = 0; j < rule->examples->len; j++, (*examples)++)
      check_example (&check, rule, g_ptr_array_index (rule->examples, j));
    check_runaway (&check, rule);
  }
  return faults;
}
