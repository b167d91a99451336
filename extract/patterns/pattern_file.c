/* pattern_file.c - reads a pattern file, line by line; patterns/README.md gives the format by example */
#include "patterns/pattern_file.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_BYTES_LIMIT (1024 * 1024)
#define FAULTS_LIMIT 20

/* Faults */

char *
fault_new (const char *file, FilePlace place, const char *message)
{
  g_autoptr (GString) caret = g_string_new (NULL);
  const char *at = place.line;
  for (int i = 1; i < place.column && *at; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    g_string_append (caret, character == '\t' ? "\t" : g_unichar_iswide (character) ? "  " : " ");
  }
  return g_strdup_printf ("%s:%d:%d: %s\n  %s\n  %s^", file, place.number, place.column, message, place.line,
                          caret->str);
}

FilePlace
reading_place (const Reading *reading, const char *at)
{
  return (FilePlace){reading->line, reading->number, (int)g_utf8_pointer_to_offset (reading->line, at) + 1};
}

void
reading_fault (Reading *reading, const char *at, const char *format, ...)
{
  if (reading->faults->len >= FAULTS_LIMIT)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reading->faults, fault_new (reading->patterns->name, reading_place (reading, at), message));
}

const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

/* compare, plain: what becomes of a text before it is matched */

static void
reading_compare (Reading *reading, const char *rest)
{
  if (*rest)
    reading_fault (reading, rest, _ ("nothing can follow 'compare'"));
  else if (reading_rule (reading))
    reading_fault (reading, reading->at, _ ("'compare' must stand before the first rule"));
  reading->patterns->compare = TRUE;
}

static void
reading_plain (Reading *reading, const char *rest)
{
  if (*rest)
    reading_fault (reading, rest, _ ("nothing can follow 'plain'"));
  else if (reading_rule (reading))
    reading_fault (reading, reading->at, _ ("'plain' must stand before the first rule"));
  reading->patterns->plain = TRUE;
}

/* rule NAME */

static void
rule_free (gpointer data)
{
  Rule *rule = data;
  g_array_unref (rule->expressions);
  g_ptr_array_unref (rule->examples);
  g_free (rule->name);
  g_free (rule);
}

static Rule *
rule_new (const char *name, FilePlace place)
{
  Rule *rule = g_new0 (Rule, 1);
  *rule = (Rule){.name = g_strdup (name),
                 .expressions = g_array_new (FALSE, FALSE, sizeof (Expression)),
                 .examples = g_ptr_array_new_with_free_func (example_free),
                 .place = place};
  g_array_set_clear_func (rule->expressions, expression_clear);
  return rule;
}

Rule *
reading_rule (const Reading *reading)
{
  GPtrArray *rules = reading->patterns->rules;
  return rules->len ? g_ptr_array_index (rules, rules->len - 1) : NULL;
}

static void
reading_new_rule (Reading *reading, const char *rest)
{
  Patterns *patterns = reading->patterns;
  gsize length = strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  gboolean known = g_hash_table_contains (patterns->by_name, rest);
  if (!length || rest[length])
    reading_fault (reading, rest + length, _ ("a rule has a name of small letters, digits, '-' and '_'"));
  else if (known)
    reading_fault (reading, rest, _ ("there is a rule '%s' already"), rest);

  Rule *rule = rule_new (rest, reading_place (reading, rest));
  g_ptr_array_add (patterns->rules, rule);
  if (!known)
    g_hash_table_insert (patterns->by_name, rule->name, rule);
}

/* often */

static void
reading_often (Reading *reading, const char *rest)
{
  Rule *rule = reading_rule (reading);
  if (*rest)
    reading_fault (reading, rest, _ ("nothing can follow 'often'"));
  else if (!rule || rule->expressions->len)
    reading_fault (reading, reading->at, _ ("'often' must stand between a 'rule' and its expressions"));
  else
    rule->often = TRUE;
}

/* Lines */

/* The kinds of line, by how they begin. */
static const struct {
  const char *begin;
  gboolean word; /* white space or the end of the line must follow */
  void (*read) (Reading *reading, const char *rest);
} kinds[] = {
    {"/", FALSE, reading_expression}, {"+", TRUE, reading_example},   {"-", TRUE, reading_example},
    {"rule", TRUE, reading_new_rule}, {"let", TRUE, reading_let},     {"compare", TRUE, reading_compare},
    {"plain", TRUE, reading_plain},   {"often", TRUE, reading_often},
};

static void
read_line (Reading *reading)
{
  const char *wrong;
  if (!g_utf8_validate (reading->line, -1, &wrong)) {
    g_autofree char *readable = g_utf8_make_valid (reading->line, -1);
    const char *place = g_utf8_offset_to_pointer (readable, g_utf8_strlen (reading->line, wrong - reading->line));
    reading->line = readable;
    reading_fault (reading, place, _ ("this is not UTF-8"));
    return;
  }
  reading->at = skip_space (reading->line);
  if (!*reading->at || *reading->at == '#')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *after = reading->at + strlen (kinds[i].begin);
    if (!g_str_has_prefix (reading->at, kinds[i].begin) || (kinds[i].word && *after && !strchr (" \t", *after)))
      continue;
    kinds[i].read (reading, kinds[i].word ? skip_space (after) : after);
    return;
  }
  reading_fault (reading, reading->at, _ ("a line begins with rule, often, let, compare, plain, '/', '+', '-' or '#'"));
}

/* A rule that no text can match is a slip of the pen. */
static void
read_end_of_rule (Reading *reading, const Rule *rule)
{
  if (!rule->expressions->len && !reading->faults->len)
    g_ptr_array_add (reading->faults,
                     fault_new (reading->patterns->name, rule->place, _ ("the rule has no expression")));
}

static void
read_lines (Reading *reading)
{
  for (char **line = reading->patterns->lines; *line; line++) {
    reading->line = *line;
    reading->number++;
    read_line (reading);
  }
  for (guint i = 0; i < reading->patterns->rules->len; i++)
    read_end_of_rule (reading, g_ptr_array_index (reading->patterns->rules, i));
}

/* Files */

static char **
lines_from_text (const char *text)
{
  char **lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    g_strchomp (*line);
  return lines;
}

static const char *
fault_of_bytes (const char *data, gsize size)
{
  if (size > FILE_BYTES_LIMIT)
    return _ ("the file is larger than 1 MiB");
  return memchr (data, 0, size) ? _ ("there is a NUL byte: this is not a text file") : NULL;
}

Patterns *
patterns_parse (const char *name, GBytes *bytes, gboolean tested, GPtrArray *faults)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *wrong = size ? fault_of_bytes (data, size) : NULL;
  g_autofree char *text = data && !wrong ? g_strndup (data, size) : g_strdup ("");

  Patterns *patterns = g_new0 (Patterns, 1);
  *patterns = (Patterns){.name = g_strdup (name),
                         .lines = lines_from_text (text),
                         .rules = g_ptr_array_new_with_free_func (rule_free),
                         .by_name = g_hash_table_new (g_str_hash, g_str_equal),
                         .fragments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free)};
  Reading reading = {.patterns = patterns, .faults = faults, .tested = tested, .line = "", .number = 1};
  if (wrong) {
    reading_fault (&reading, reading.line, "%s", wrong);
    return patterns;
  }
  reading.number = 0;
  read_lines (&reading);
  return patterns;
}

void
patterns_free (Patterns *patterns)
{
  g_hash_table_unref (patterns->by_name);
  g_ptr_array_unref (patterns->rules);
  g_hash_table_unref (patterns->fragments);
  g_strfreev (patterns->lines);
  g_free (patterns->name);
  g_free (patterns);
}
