/* number_mention.c - see number_mention.h */
#include "facts/number_mention.h"

#include "text/character.h"

#include <stdlib.h>
#include <string.h>

/* What the cues of a number must weigh together. */
#define WEIGHT_LEAST 3

/* How far before a number its cues are looked for, in bytes. */
#define BEFORE_BYTES 90

/* The cues: rules of changes.pattern, tried on what is before a number (they end there) and on what is behind it (they
 * begin there). Chosen on the notes of tests/test_diff.py. */
static const struct {
  const char *rule;
  int weight;
} cues_before[] = {{"number-word", 4},    {"number-letter", 2},      {"number-label", 3},  {"number-done-before", 1},
                   {"number-verb", 2},    {"number-start", 1},       {"number-opened", 1}, {"number-of-group", 1},
                   {"number-excepts", 3}, {"number-unit-before", -6}},
  cues_behind[] = {{"number-counter", 4},     {"number-done", 2},  {"number-done-later", 1},
                   {"number-closed", 1},      {"number-more", 1},  {"number-colon", 1},
                   {"number-is-excepted", 3}, {"number-unit", -6}, {"number-value", -6}};

static void
mention_clear (gpointer data)
{
  NumberMention *mention = data;
  g_free (mention->number);
  g_free (mention->last);
}

/* The cues around the number from byte START to byte END of NOTE. */
static int
weight_of_number (const Knowledge *knowledge, const char *note, int start, int end)
{
  const char *from = note + MAX (0, start - BEFORE_BYTES);
  while (((guchar)*from & 0xC0) == 0x80) /* within a character */
    from++;
  g_autofree char *before = g_strndup (from, note + start - from);
  int weight = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (cues_before); i++)
    weight += patterns_has (knowledge->changes, cues_before[i].rule, before) ? cues_before[i].weight : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (cues_behind); i++)
    weight += patterns_has (knowledge->changes, cues_behind[i].rule, note + end) ? cues_behind[i].weight : 0;
  return weight;
}

/* TEXT, "13" or "⑬", in digits; anything else as it is. The caller frees. */
static char *
number_in_digits (const char *text)
{
  gunichar first = character_at (text);
  return first >= 0x2460 && first <= 0x2473 ? g_strdup_printf ("%d", (int)(first - 0x2460 + 1)) : g_strdup (text);
}

static void
add_mention (GArray *mentions, const char *number, int end)
{
  NumberMention mention = {.number = number_in_digits (number), .end = end};
  g_array_append_val (mentions, mention);
}

/* What follows the number at byte AT and goes on with it: "〜7", "以降", "、7". FALSE: nothing; else *END is where it ends. */
static gboolean
add_next (const Knowledge *knowledge, GArray *mentions, const char *note, int at, int *end)
{
  NumberMention *latest = &g_array_index (mentions, NumberMention, mentions->len - 1);
  PatternMatch match;
  if (patterns_match_rule (knowledge->changes, "range", note, at, &match)) {
    g_free (latest->last);
    latest->last = g_strdup (pattern_field (&match, "last"));
    latest->end = match.end;
  } else if (patterns_match_rule (knowledge->changes, "open-range", note, at, &match)) {
    latest->last = latest->last ? latest->last : g_strdup ("");
    latest->end = match.end;
  } else if (patterns_match_rule (knowledge->changes, "one-more", note, at, &match))
    add_mention (mentions, pattern_field (&match, "item"), match.end);
  else
    return FALSE;
  *end = match.end;
  pattern_match_clear (&match);
  return TRUE;
}

/* The run of numbers that begins with NUMBER, from byte START to byte END. Gives the byte where it ends. */
static int
add_run (const Knowledge *knowledge, GArray *mentions, const char *note, const char *number, int start, int end)
{
  guint first = mentions->len;
  add_mention (mentions, number, end);
  while (add_next (knowledge, mentions, note, end, &end))
    ;
  g_autofree char *before = g_strndup (note, start);
  gboolean is_excepted = patterns_has (knowledge->changes, "excepted-after", note + end) ||
                         patterns_has (knowledge->changes, "excepted-before", before);
  for (guint i = first; i < mentions->len; i++)
    g_array_index (mentions, NumberMention, i).is_excepted = is_excepted;
  return end;
}

GArray *
number_mentions_from_note (const Knowledge *knowledge, const char *note)
{
  GArray *mentions = g_array_new (FALSE, FALSE, sizeof (NumberMention));
  g_array_set_clear_func (mentions, mention_clear);
  PatternMatch match;
  for (int at = 0; patterns_find (knowledge->changes, "number", note, at, &match);) {
    gboolean is_identifier = pattern_field (&match, "identifier") != NULL;
    const char *number = pattern_field (&match, is_identifier ? "identifier" : "item");
    at = match.end;
    if (is_identifier || weight_of_number (knowledge, note, match.start, match.end) >= WEIGHT_LEAST)
      at = add_run (knowledge, mentions, note, number, match.start, match.end);
    pattern_match_clear (&match);
  }
  return mentions;
}
