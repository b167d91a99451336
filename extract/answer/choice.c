/* choice.c - see choice.h */
#include "answer/choice.h"

#include <string.h>

/* Longer texts between two marks are sentences behind bullets, and no choices; characters. */
#define CHOICE_LENGTH 28

/* The most choices of one answer. */
#define CHOICES_MOST 8

/* What may stand before the first choice: spaces, brackets, a short label with a colon. */
#define LABEL_BYTES 48

/* The marks of one make, by their rules in choices.pattern. */
typedef struct {
  const char *set, *clear;
} ChoiceMarks;

static const ChoiceMarks mark_kinds[] = {{"box-ticked", "box-empty"}, {"button-set", "button-clear"}};

typedef struct {
  int start, end; /* bytes of the plain text; start < 0: none */
  gboolean chosen;
} ChoiceMark;

static ChoiceMark
first_of_rule (const Knowledge *knowledge, const char *rule, const char *text, int start)
{
  PatternMatch match;
  if (!patterns_find (knowledge->choices, rule, text, start, &match))
    return (ChoiceMark){-1, -1, FALSE};
  ChoiceMark mark = {match.start, match.end, FALSE};
  pattern_match_clear (&match);
  return mark;
}

static ChoiceMark
next_mark (const Knowledge *knowledge, const ChoiceMarks *kind, const char *text, int start)
{
  ChoiceMark set = first_of_rule (knowledge, kind->set, text, start);
  ChoiceMark clear = first_of_rule (knowledge, kind->clear, text, start);
  set.chosen = TRUE;
  return clear.start < 0 || (set.start >= 0 && set.start <= clear.start) ? set : clear;
}

static int
skip_signs (const char *text, int at, int end, const char *signs)
{
  while (at < end) {
    gunichar character = g_utf8_get_char (text + at);
    if (!g_unichar_isspace (character) && !g_utf8_strchr (signs, -1, character))
      break;
    at += g_unichar_to_utf8 (character, NULL);
  }
  return at;
}

/* The end of the words from START to END, without the space and signs behind them. */
static int
trimmed_end (const char *text, int start, int end)
{
  while (end > start) {
    const char *last = g_utf8_prev_char (text + end);
    gunichar character = g_utf8_get_char (last);
    if (!g_unichar_isspace (character) && !g_utf8_strchr ("・/|、,", -1, character))
      break;
    end = (int)(last - text);
  }
  return end;
}

/* Nothing says where the last choice ends: the longest beginning that is known as a choice, up to a space or a sign;
 * else the first word. */
static int
last_choice_end (const Knowledge *knowledge, const char *text, int start)
{
  int first = 0, known = 0, length = (int)strlen (text), spaces = 0;
  for (int at = start; at <= length && at - start <= CHOICE_LENGTH * 4;
       at = (int)(g_utf8_next_char (text + at) - text)) {
    gunichar character = at < length ? g_utf8_get_char (text + at) : 0;
    if (character && !g_unichar_isspace (character) && !g_utf8_strchr ("。、,.:;()「」[]【】・/|※", -1, character))
      continue;
    g_autofree char *words = g_strndup (text + start, at - start);
    first = first > 0 ? first : at;
    if (patterns_has (knowledge->choices, "choice", words))
      known = at;
    if (!character || character == '\n' || ++spaces > 3)
      break;
  }
  return known > 0 ? known : first > 0 ? first : length;
}

/* Whether what is before the first mark is nothing, brackets, or a label. */
static gboolean
may_precede (const char *text, int length)
{
  int words = skip_signs (text, 0, length, "「『【[\""), end = trimmed_end (text, 0, length);
  return words >= length || end == 0 || (length <= LABEL_BYTES && !memchr (text, '\n', length) && text[end - 1] == ':');
}

static GPtrArray *
choices_by_marks (const Knowledge *knowledge, const ChoiceMarks *kind, const char *text, const Plain *plain, int *end)
{
  int clear = 0;
  ChoiceMark mark = next_mark (knowledge, kind, plain->text, 0);
  if (mark.start < 0 || !may_precede (plain->text, mark.start))
    return NULL;
  g_autoptr (GPtrArray) choices = choices_new ();
  while (mark.start >= 0 && choices->len < CHOICES_MOST) {
    ChoiceMark next = next_mark (knowledge, kind, plain->text, mark.end);
    int first = skip_signs (plain->text, mark.end, (int)strlen (plain->text), "");
    *end = next.start >= 0 ? next.start : last_choice_end (knowledge, plain->text, first);
    int last = trimmed_end (plain->text, first, *end);
    if (last <= first || g_utf8_strlen (plain->text + first, last - first) > CHOICE_LENGTH) {
      if (next.start >= 0 || last <= first)
        return NULL;
    }
    g_autofree char *words = plain_original (plain, text, first, last);
    choices_add (choices, words, mark.chosen);
    clear += !mark.chosen;
    mark = next;
  }
  return choices->len >= 2 && clear > 0 ? g_steal_pointer (&choices) : NULL;
}

static void
add_sides (GPtrArray *choices, const char *sides)
{
  g_auto (GStrv) words = g_strsplit_set (sides ? sides : "", "/|, \t\n", -1);
  for (char **word = words; *word; word++) {
    g_autoptr (GString) listed = g_string_new (*word);
    g_string_replace (listed, "、", "・", 0);
    g_auto (GStrv) parts = g_strsplit (listed->str, "・", -1);
    for (char **part = parts; *part; part++)
      if (*g_strstrip (*part))
        choices_add (choices, *part, FALSE);
  }
}

/* One of several words in brackets or in a ring. One of them must be known as a choice: others are only words. */
static GPtrArray *
choices_by_brackets (const Knowledge *knowledge, const char *text, int *end)
{
  PatternMatch match;
  gboolean known = FALSE;
  if (!patterns_match_rule (knowledge->choices, "bracketed", text, 0, &match))
    return NULL;
  g_autoptr (GPtrArray) choices = choices_new ();
  add_sides (choices, pattern_field (&match, "before"));
  choices_add (choices, pattern_field (&match, "chosen"), TRUE);
  add_sides (choices, pattern_field (&match, "after"));
  *end = match.end;
  pattern_match_clear (&match);
  for (guint i = 0; i < choices->len && !known; i++)
    known = patterns_has (knowledge->choices, "choice", ((const Choice *)g_ptr_array_index (choices, i))->text);
  return choices->len >= 2 && known ? g_steal_pointer (&choices) : NULL;
}

/* Yes and no beside each other, and none of them chosen. */
static GPtrArray *
choices_unmarked (const Knowledge *knowledge, const char *text, int *end)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->choices, "unmarked", text, 0, &match))
    return NULL;
  GPtrArray *choices = choices_new ();
  add_sides (choices, pattern_field (&match, "before"));
  *end = match.end;
  pattern_match_clear (&match);
  return choices;
}

GPtrArray *
choices_from_text (const Knowledge *knowledge, const char *text, const Plain *plain, int *end)
{
  *end = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (mark_kinds); i++) {
    GPtrArray *choices = choices_by_marks (knowledge, &mark_kinds[i], text, plain, end);
    if (choices)
      return choices;
  }
  GPtrArray *choices = choices_by_brackets (knowledge, plain->text, end);
  return choices ? choices : choices_unmarked (knowledge, plain->text, end);
}

/* Legends */

static void
legend_entry_free (gpointer data)
{
  LegendEntry *entry = data;
  g_free (entry->key);
  g_free (entry->word);
  g_free (entry);
}

/* The entries that follow each other from byte START of TEXT on. */
static GPtrArray *
entries_at (const Knowledge *knowledge, const char *text, int start)
{
  PatternMatch match;
  GPtrArray *entries = g_ptr_array_new_with_free_func (legend_entry_free);
  while (patterns_match_rule (knowledge->choices, "legend-entry", text, start, &match)) {
    LegendEntry *entry = g_new0 (LegendEntry, 1);
    entry->key = g_strdup (pattern_field (&match, "key"));
    entry->word = g_strdup (pattern_field (&match, "word"));
    g_ptr_array_add (entries, entry);
    start = match.end;
    pattern_match_clear (&match);
  }
  return entries;
}

/* The longest head with a legend; bytes. */
#define LEGEND_BYTES 300

GPtrArray *
legend_from_head (const Knowledge *knowledge, const char *head, int *start)
{
  g_autoptr (Plain) plain = plain_from_text (head, LEGEND_BYTES);
  if (!patterns_may_match (knowledge->choices, "legend-entry", plain->text))
    return NULL;
  for (const char *at = plain->text; *at; at = g_utf8_next_char (at)) {
    g_autoptr (GPtrArray) entries = entries_at (knowledge, plain->text, (int)(at - plain->text));
    *start = g_array_index (plain->places, int, at - plain->text);
    if (entries->len >= 2)
      return g_steal_pointer (&entries);
  }
  return NULL;
}

GPtrArray *
legend_entries (const Knowledge *knowledge, const char *line)
{
  g_autoptr (Plain) plain = plain_from_text (line, LEGEND_BYTES);
  return entries_at (knowledge, plain->text, (int)strspn (plain->text, "*"));
}

GPtrArray *
choices_from_legend (const GPtrArray *legend, const char *text, const char **rest)
{
  g_autofree char *plain = text_made_plain (text);
  const char *cell = plain ? plain : text;
  for (guint i = 0; i < legend->len; i++) {
    const LegendEntry *entry = g_ptr_array_index (legend, i);
    gsize length = strlen (entry->key);
    if (strncmp (cell, entry->key, length) != 0 || (cell[length] && !strchr (" \n:.,()", cell[length])))
      continue;
    GPtrArray *choices = choices_new ();
    for (guint j = 0; j < legend->len; j++)
      choices_add (choices, ((const LegendEntry *)g_ptr_array_index (legend, j))->word, j == i);
    for (*rest = g_utf8_next_char (text); **rest && strchr (" \n:.,", **rest);)
      ++*rest;
    return choices;
  }
  return NULL;
}
