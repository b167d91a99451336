/* pattern_example.c - the examples of a pattern file: reads them and, for patterns_check, runs them */
#include "patterns/pattern_file.h"

#include <glib/gi18n.h>
#include <string.h>

void
example_free (gpointer data)
{
  Example *example = data;
  g_clear_pointer (&example->fields, g_hash_table_unref);
  g_free (example->text);
  g_free (example);
}

/* Reading: + text => field=value, and - text */

/* Appends what the escape at AT (after the "\") stands for; gives the place after it, NULL where it is none. */
static const char *
unescape_one (GString *text, const char *at, const char *end)
{
  static const char letters[] = "nt\\", meanings[] = "\n\t\\";
  if (at >= end)
    return NULL;
  const char *letter = strchr (letters, *at);
  if (letter) {
    g_string_append_c (text, meanings[letter - letters]);
    return at + 1;
  }
  if (!g_str_has_prefix (at, "x{"))
    return NULL;
  char *after;
  guint64 character = g_ascii_strtoull (at + 2, &after, 16);
  if (!character || character > 0x10FFFF || !g_unichar_validate ((gunichar)character) || after >= end || *after != '}')
    return NULL;
  g_string_append_unichar (text, (gunichar)character);
  return after + 1;
}

/* The text from START to END with its escapes resolved; NULL after a fault. */
static char *
unescape (Reading *reading, const char *start, const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *at = start; at < end;) {
    if (*at != '\\') {
      g_string_append_c (text, *at++);
      continue;
    }
    const char *after = unescape_one (text, at + 1, end);
    if (!after) {
      reading_fault (reading, at, _ ("after '\\' stands n, t, \\ or x{...}; a '\\' itself is written '\\\\'"));
      return NULL;
    }
    at = after;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One field=value or field="value" at AT; gives the place after it, NULL after a fault. */
static const char *
read_field (Reading *reading, const char *at, GHashTable *fields)
{
  const char *equals = at;
  while (g_ascii_isalnum (*equals) || *equals == '_')
    equals++;
  gboolean quoted = g_str_has_prefix (equals, "=\"");
  const char *value = equals + 1 + quoted, *end = *equals ? value + strcspn (value, quoted ? "\"" : " \t") : equals;
  if (equals == at || *equals != '=' || (quoted && !*end)) {
    reading_fault (reading, at, _ ("after '=>' stand fields: name=value or name=\"value with spaces\""));
    return NULL;
  }
  char *text = unescape (reading, value, end);
  if (!text)
    return NULL;
  g_hash_table_insert (fields, g_strndup (at, equals - at), text);
  return skip_space (end + quoted);
}

static GHashTable *
read_fields (Reading *reading, const char *at)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  do
    at = read_field (reading, at, fields);
  while (at && *at);
  return at ? g_steal_pointer (&fields) : NULL;
}

/* The last " =>" in TEXT, or NULL. */
static const char *
find_arrow (const char *text)
{
  const char *found = NULL;
  for (const char *at = strstr (text, " =>"); at; at = strstr (at + 1, " =>"))
    found = at;
  return found;
}

void
reading_example (Reading *reading, const char *rest)
{
  if (reading->tested)
    return;
  Rule *rule = reading_rule (reading);
  if (!rule) {
    reading_fault (reading, reading->at, _ ("an example must follow a 'rule' and its expression"));
    return;
  }
  gboolean must_match = *reading->at == '+';
  const char *arrow = must_match ? find_arrow (rest) : NULL, *end = arrow ? arrow : rest + strlen (rest);
  while (end > rest && strchr (" \t", end[-1]))
    end--;

  g_autofree char *text = unescape (reading, rest, end);
  g_autoptr (GHashTable) fields = arrow ? read_fields (reading, skip_space (arrow + 3)) : NULL;
  if (!text || (arrow && !fields))
    return;
  Example *example = g_new0 (Example, 1);
  *example = (Example){.must_match = must_match,
                       .text = g_steal_pointer (&text),
                       .fields = g_steal_pointer (&fields),
                       .place = reading_place (reading, rest)};
  g_ptr_array_add (rule->examples, example);
}

/* Running */

typedef struct {
  const Patterns *patterns;
  GPtrArray *faults;
} Check;

static void G_GNUC_PRINTF (3, 4) check_fault (const Check *check, FilePlace place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (check->faults, fault_new (check->patterns->name, place, message));
}

static void
check_fields (const Check *check, const Example *example, const PatternMatch *match)
{
  GHashTableIter every;
  gpointer name, wanted;
  g_hash_table_iter_init (&every, example->fields);
  while (g_hash_table_iter_next (&every, &name, &wanted)) {
    const char *field = pattern_field (match, name);
    if (!field)
      check_fault (check, example->place, _ ("the match gives no %s"), (char *)name);
    else if (!g_str_equal (field, wanted))
      check_fault (check, example->place, _ ("%s is \"%s\", not \"%s\""), (char *)name, field, (char *)wanted);
  }
}

static void
check_example (const Check *check, const Rule *rule, const Example *example)
{
  PatternMatch match = {0};
  gboolean matches = patterns_match_rule (check->patterns, rule->name, example->text, 0, &match);
  if (example->must_match && !matches)
    check_fault (check, example->place, _ ("this must match '%s', and does not"), rule->name);
  else if (!example->must_match && matches)
    check_fault (check, example->place, _ ("this must not match '%s', and does"), rule->name);
  else if (matches && example->fields)
    check_fields (check, example, &match);
  pattern_match_clear (&match);
}

/* The first words of TEXT, to be shown. */
static char *
beginning_of (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, 30);
  return g_strdelimit (g_steal_pointer (&first), "\n\t", ' ');
}

/* One fault an expression is enough: what ran away is not tried again. */
static void
check_on_long_text (const Check *check, const Rule *rule, const char *long_text, gboolean *faulty)
{
  g_autofree char *folded = NULL;
  const char *text = text_to_match (check->patterns, long_text, &folded);
  for (guint i = 0; text && i < rule->expressions->len; i++) {
    const Expression *expression = &g_array_index (rule->expressions, Expression, i);
    if (faulty[i] || expression_ends (expression, text))
      continue;
    g_autofree char *shown = beginning_of (text);
    check_fault (check, expression->place, _ ("this runs away on long texts such as \"%s…\""), shown);
    faulty[i] = TRUE;
  }
}

static void
check_runaway (const Check *check, const Rule *rule)
{
  g_autoptr (GPtrArray) texts = runaway_texts_new (rule);
  g_autofree gboolean *faulty = g_new0 (gboolean, rule->expressions->len + 1);
  for (guint i = 0; i < texts->len; i++)
    check_on_long_text (check, rule, g_ptr_array_index (texts, i), faulty);
}

static gboolean
has_example (const Rule *rule)
{
  for (guint i = 0; i < rule->examples->len; i++)
    if (((Example *)g_ptr_array_index (rule->examples, i))->must_match)
      return TRUE;
  return FALSE;
}

GPtrArray *
patterns_check (const char *name, GBytes *bytes, int *examples)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Patterns) patterns = patterns_parse (name, bytes, FALSE, faults);
  const Check check = {patterns, faults};
  *examples = 0;
  if (faults->len) /* half a file fails examples that are right */
    return faults;
  for (guint i = 0; i < patterns->rules->len; i++) {
    const Rule *rule = g_ptr_array_index (patterns->rules, i);
    if (!has_example (rule))
      check_fault (&check, rule->place, _ ("the rule has no '+' line that shows what it is for"));
    for (guint j = 0; j < rule->examples->len; j++, (*examples)++)
      check_example (&check, rule, g_ptr_array_index (rule->examples, j));
    check_runaway (&check, rule);
  }
  return faults;
}
