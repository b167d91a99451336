/* hours.c - see hours.h */
#include "answer/hours.h"

#include "text/numeral.h"

#include <string.h>

#define DAYS_OF_WEEK 7

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"};

/* Sets of days, as bits in the order of day_names. */
enum { WEEKDAYS = 0x1F, WEEKEND = 0x60, HOLIDAY = 0x80, EVERY_DAY = 0xFF };

/* The days that a rule of hours.pattern means by itself. */
static const struct {
  const char *rule;
  guint days;
} day_rules[] = {
    {"every-day", EVERY_DAY},
    {"weekdays", WEEKDAYS},
    {"weekend", WEEKEND},
    {"holiday", HOLIDAY},
};

/* Times */

/* Minutes from midnight; -1: none. "午後" and "PM" add half a day; 12 in the afternoon is noon. */
static int
minutes_from_match (const Knowledge *knowledge, const PatternMatch *match, const char *half_field,
                    const char *hour_field, const char *minute_field)
{
  const char *half = pattern_field (match, half_field), *hour = pattern_field (match, hour_field),
             *minute = pattern_field (match, minute_field);
  if (!hour)
    return -1;
  gboolean afternoon = half && patterns_has (knowledge->hours, "afternoon", half);
  int hours = (int)number_from_numeral (hour), minutes = 0;
  if (minute)
    minutes = strcmp (minute, "半") ? (int)number_from_numeral (minute) : 30;
  hours += afternoon && hours < 12 ? 12 : 0;
  return hours <= 30 && minutes < 60 ? hours * 60 + minutes : -1; /* 26:00 is 2 at night */
}

static char *
text_of_minutes (int minutes)
{
  if (minutes > 24 * 60)
    minutes -= 24 * 60;
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

char *
time_from_text (const Knowledge *knowledge, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->hours, "time", text, 0, &match))
    return NULL;
  int minutes = minutes_from_match (knowledge, &match, "half", "hour", "minute");
  pattern_match_clear (&match);
  return minutes >= 0 ? text_of_minutes (minutes) : NULL;
}

static void
add_range (GVariantBuilder *times, int from, int to)
{
  g_autofree char *start = text_of_minutes (from), *end = text_of_minutes (to);
  const char *const range[] = {start, end, NULL};
  g_variant_builder_add_value (times, g_variant_new_strv (range, 2));
}

/* How many ranges were added. */
static int
add_ranges (const Knowledge *knowledge, GVariantBuilder *times, const char *text)
{
  int count = 0;
  PatternMatch match;
  for (int at = 0; patterns_match_rule (knowledge->hours, "range", text, at, &match);) {
    int from = minutes_from_match (knowledge, &match, "from_half", "from_hour", "from_minute");
    int to = minutes_from_match (knowledge, &match, "to_half", "to_hour", "to_minute");
    if (from >= 0 && to >= 0 && ++count)
      add_range (times, from, to);
    at = match.end;
    pattern_match_clear (&match);
  }
  return count;
}

/* Days */

static int
day_of_field (const Knowledge *knowledge, const PatternMatch *match, const char *name)
{
  static const char *const rules[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  const char *day = pattern_field (match, name);
  for (int i = 0; day && i < DAYS_OF_WEEK; i++)
    if (patterns_has (knowledge->hours, rules[i], day))
      return i;
  return -1;
}

/* 月~金, 土~月, or one day, without a last. */
static guint
days_of_match (const Knowledge *knowledge, const PatternMatch *match)
{
  int first = day_of_field (knowledge, match, "first"), last = day_of_field (knowledge, match, "last");
  guint days = 0;
  if (first < 0)
    return 0;
  for (int i = first; last >= 0 && i != last; i = (i + 1) % DAYS_OF_WEEK)
    days |= 1U << i;
  return days | 1U << (last >= 0 ? last : first);
}

static guint
days_in (const Knowledge *knowledge, const char *text)
{
  guint days = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (day_rules); i++)
    if (patterns_has (knowledge->hours, day_rules[i].rule, text))
      days |= day_rules[i].days;
  PatternMatch match;
  for (int at = 0; patterns_match_rule (knowledge->hours, "day", text, at, &match);) {
    days |= days_of_match (knowledge, &match);
    at = match.end;
    pattern_match_clear (&match);
  }
  return days;
}

static GVariant *
variant_of_days (guint days)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < G_N_ELEMENTS (day_names); i++)
    if (days & 1U << i)
      g_variant_builder_add (&builder, "s", day_names[i]);
  return g_variant_builder_end (&builder);
}

/* Exceptions */

/* Adds the exceptions in TEXT; the rest of TEXT is appended to REST. */
static void
add_exceptions (const Knowledge *knowledge, GVariantBuilder *exceptions, const char *text, GString *rest)
{
  int at = 0;
  PatternMatch match;
  while (patterns_match_rule (knowledge->hours, "exception", text, at, &match)) {
    const char *what = pattern_field (&match, "what");
    if (what && *what)
      g_variant_builder_add (exceptions, "s", what);
    g_string_append_len (rest, text + at, match.start - at);
    at = MAX (match.end, at + 1);
    pattern_match_clear (&match);
  }
  g_string_append (rest, text + at);
}

static GVariant *
hours_new (GVariant *days, GVariant *times, GVariant *exceptions)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "days", days);
  g_variant_builder_add (&builder, "{sv}", "times", times);
  g_variant_builder_add (&builder, "{sv}", "exceptions", exceptions);
  return g_variant_builder_end (&builder);
}

GVariant *
hours_with_exception (GVariant *hours, const char *exception)
{
  g_autoptr (GVariant) days = g_variant_lookup_value (hours, "days", NULL);
  g_autoptr (GVariant) times = g_variant_lookup_value (hours, "times", NULL);
  g_autoptr (GVariant) exceptions = g_variant_lookup_value (hours, "exceptions", NULL);
  gsize count;
  g_autofree const char **known = g_variant_get_strv (exceptions, &count);
  GVariantBuilder more;
  g_variant_builder_init (&more, G_VARIANT_TYPE ("as"));
  for (gsize i = 0; i < count; i++)
    g_variant_builder_add (&more, "s", known[i]);
  g_variant_builder_add (&more, "s", exception);
  return hours_new (days, times, g_variant_builder_end (&more));
}

GVariant *
hours_from_text (const Knowledge *knowledge, const char *text)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  GVariantBuilder times, exceptions;
  g_variant_builder_init (&times, G_VARIANT_TYPE ("aas"));
  g_variant_builder_init (&exceptions, G_VARIANT_TYPE ("as"));
  add_exceptions (knowledge, &exceptions, text, rest);
  gboolean any = add_ranges (knowledge, &times, rest->str) > 0;
  if (!any && patterns_has (knowledge->hours, "around-the-clock", rest->str)) {
    add_range (&times, 0, 24 * 60);
    any = TRUE;
  }
  if (any)
    return hours_new (variant_of_days (days_in (knowledge, rest->str)), g_variant_builder_end (&times),
                      g_variant_builder_end (&exceptions));
  g_variant_builder_clear (&times);
  g_variant_builder_clear (&exceptions);
  return NULL;
}
