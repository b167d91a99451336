/* requirement.c - that no text which an expression matches lacks what the expression asks for (words/requirement.h)
 *
 * part-requirement                      every expression of the pattern files on every example of all of them; prints
 *                                       the pairs that are wrong, then how many were tried and how many told in advance
 * part-requirement EXPRESSION FLAGS TEXT...   a line for each TEXT: "met" or "unmet"; FLAGS are those of a pattern
 * file, and "a" where \d is ASCII
 */
#include "patterns/pattern_file.h"

#include <stdio.h>
#include <string.h>

static int tried, told, wrong;

static void
add_examples (GPtrArray *texts, const Patterns *patterns)
{
  for (guint i = 0; i < patterns->rules->len; i++) {
    const Rule *rule = g_ptr_array_index (patterns->rules, i);
    for (guint j = 0; j < rule->examples->len; j++)
      g_ptr_array_add (texts, g_strdup (((Example *)g_ptr_array_index (rule->examples, j))->text));
  }
}

static Patterns *
opened (const char *name)
{
  g_autoptr (GBytes) bytes = pattern_file_bytes (name, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  return patterns_parse (name, bytes, FALSE, faults);
}

static void
try (const Patterns *patterns, const Expression *expression, const char *text)
{
  g_autofree char *folded = NULL;
  const char *as_matched = text_to_match (patterns, text, &folded);
  if (!as_matched)
    return;
  pcre2_match_data *places = pcre2_match_data_create_from_pattern (expression->code, NULL);
  gsize length = strlen (as_matched);
  gboolean found = pcre2_match (expression->code, (PCRE2_SPTR)as_matched, length, 0, 0, places, NULL) >= 0;
  CharacterSet characters = characters_of_text (as_matched, length);
  gboolean met = requirement_is_met (expression->requirement, &characters);
  tried++;
  told += !met;
  if (found && !met) {
    printf ("%s:%d matches \"%s\", which lacks what it asks for\n", patterns->name, expression->place.number, text);
    wrong++;
  }
  pcre2_match_data_free (places);
}

static void
try_all (const Patterns *patterns, GPtrArray *texts)
{
  for (guint i = 0; i < patterns->rules->len; i++) {
    const Rule *rule = g_ptr_array_index (patterns->rules, i);
    for (guint j = 0; j < rule->expressions->len; j++)
      for (guint k = 0; k < texts->len; k++)
        try (patterns, &g_array_index (rule->expressions, Expression, j), g_ptr_array_index (texts, k));
  }
}

static int
check_files (void)
{
  g_auto (GStrv) names = pattern_file_names ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)patterns_free);
  for (char **name = names; *name; name++)
    if (g_str_has_suffix (*name, ".pattern"))
      g_ptr_array_add (files, opened (*name));
  for (guint i = 0; i < files->len; i++)
    add_examples (texts, g_ptr_array_index (files, i));
  for (guint i = 0; i < files->len; i++)
    try_all (g_ptr_array_index (files, i), texts);
  printf ("tried %d, told %d\n", tried, told);
  return wrong > 0 || told == 0;
}

int
main (int argc, char **argv)
{
  if (argc < 4)
    return argc == 1 ? check_files () : 2;
  const RequirementOptions options = {strchr (argv[2], 'i') != NULL, strchr (argv[2], 'x') != NULL};
  Requirement *requirement = requirement_from_expression (argv[1], options);
  for (int i = 3; i < argc; i++) {
    CharacterSet characters = characters_of_text (argv[i], strlen (argv[i]));
    puts (requirement_is_met (requirement, &characters) ? "met" : "unmet");
  }
  requirement_free (requirement);
  return 0;
}
