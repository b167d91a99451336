/* duration.c - see duration.h */
#include "answer/duration.h"

#include "text/numeral.h"

#include <string.h>

/* The parts of an ISO 8601 duration, in its order; `T` comes before the first part of a day. */
typedef enum { YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, PARTS } DurationPart;

static const char letters[PARTS] = {'Y', 'M', 'W', 'D', 'H', 'M', 'S'};

/* A field of a rule, the part that it counts, and its factor. */
static const struct {
  const char *field;
  DurationPart part;
  double factor;
} units[] = {
    {"milliseconds", SECONDS, 0.001},
    {"seconds", SECONDS, 1},
    {"minutes", MINUTES, 1},
    {"hours", HOURS, 1},
    {"halfdays", HOURS, 12},
    {"days", DAYS, 1},
    {"otherdays", DAYS, 2},
    {"weeks", WEEKS, 1},
    {"fortnights", WEEKS, 2},
    {"months", MONTHS, 1},
    {"quarters", MONTHS, 3},
    {"halfyears", MONTHS, 6},
    {"years", YEARS, 1},
};

/* What half of a part is: 1年半 is 1 year and 6 months. */
static const struct {
  DurationPart part;
  double number;
} halves[PARTS] = {
    [YEARS] = {MONTHS, 6},   [MONTHS] = {DAYS, 15},     [WEEKS] = {WEEKS, 0.5},     [DAYS] = {HOURS, 12},
    [HOURS] = {MINUTES, 30}, [MINUTES] = {SECONDS, 30}, [SECONDS] = {SECONDS, 0.5},
};

static char *
text_from_parts (const double parts[PARTS])
{
  GString *text = g_string_new ("P");
  for (int i = 0; i < PARTS; i++) {
    if (parts[i] <= 0)
      continue;
    if (i >= HOURS && !strchr (text->str, 'T'))
      g_string_append_c (text, 'T');
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append (text, g_ascii_formatd (number, sizeof number, "%.12g", parts[i]));
    g_string_append_c (text, letters[i]);
  }
  if (text->len > 1)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

/* Zero of a part: 0分 is PT0M. */
static char *
text_of_nothing (DurationPart part)
{
  return g_strdup_printf ("P%s0%c", part >= HOURS ? "T" : "", letters[part]);
}

/* The index of the unit that MATCH names; -1: none. */
static int
unit_of_match (const PatternMatch *match)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (pattern_field (match, units[i].field))
      return (int)i;
  return -1;
}

static gboolean
add_match (double parts[PARTS], const PatternMatch *match)
{
  const char *numeral = pattern_field (match, "number");
  int unit = unit_of_match (match);
  if (unit < 0)
    return FALSE;
  DurationPart part = units[unit].part;
  gboolean half = pattern_field (match, "half") != NULL;
  parts[part] += (numeral ? number_from_numeral (numeral) : half ? 0 : 1) * units[unit].factor;
  if (half)
    parts[halves[part].part] += halves[part].number;
  return TRUE;
}

char *
duration_from_text (const Knowledge *knowledge, const char *text, char **unit)
{
  double parts[PARTS] = {0};
  int count = 0;
  DurationPart first = SECONDS;
  g_autofree char *written = NULL;
  PatternMatch match;
  for (int at = 0; patterns_match_rule (knowledge->values, "duration-part", text, at, &match);) {
    if (add_match (parts, &match) && count++ == 0) {
      first = units[unit_of_match (&match)].part;
      written = g_strdup (pattern_field (&match, units[unit_of_match (&match)].field));
    }
    at = match.end;
    pattern_match_clear (&match);
  }
  char *duration = text_from_parts (parts);
  if (!duration && count > 0)
    duration = text_of_nothing (first);
  if (unit)
    *unit = duration && count == 1 ? g_steal_pointer (&written) : NULL;
  return duration;
}

char *
duration_from_fields (const PatternMatch *match, double number)
{
  double parts[PARTS] = {0};
  int unit = unit_of_match (match);
  if (unit < 0)
    return NULL;
  parts[units[unit].part] = number * units[unit].factor;
  return text_from_parts (parts);
}
