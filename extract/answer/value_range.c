/* value_range.c - values from so much to so much; see value_around.h
 *
 *   2~3営業日        what stands before the sign is a number without a unit: it has that of the value behind
 *   30秒~1分         both are values already
 */
#include "answer/value_around.h"

#include "answer/duration.h"
#include "patterns/pattern.h"
#include "text/numeral.h"

#include <string.h>

/* A number and the sign behind it are no longer than this; bytes. */
#define LOW_END_BYTES 24

static gboolean
has_range (const Value *value)
{
  return value_is (value, "duration") || value_is (value, "percentage") || value_is (value, "count") ||
         value_is (value, "size");
}

/* NUMERAL of what VALUE is so many of; NULL: that cannot be told. Floating. */
static GVariant *
same_with_number (const Value *value, const char *numeral)
{
  if (!value_is (value, "duration"))
    return g_variant_new_double (number_from_numeral (numeral));
  g_autofree char *text = value->unit ? g_strconcat (numeral, value->unit, NULL) : NULL;
  char *duration = text ? duration_from_text (text, NULL) : NULL;
  return duration ? g_variant_new_take_string (duration) : NULL;
}

/* The number from which on VALUE counts, in the words behind byte FROM; NULL: there is none. */
static Value *
low_end_of (const Value *value, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, MAX (from, value->start - LOW_END_BYTES), value->start);
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("context.pattern"), "low-end", before, 0, &match))
    return NULL;
  const char *numeral = pattern_field (&match, "number");
  GVariant *number = same_with_number (value, numeral);
  Value *low = NULL;
  if (number) {
    low = g_new0 (Value, 1);
    *low = (Value){value->kind, g_variant_ref_sink (number), g_strdup (value->unit)};
    low->start = value->start - (int)strlen (before) + match.start;
    low->end = low->start + (int)strlen (numeral);
  }
  pattern_match_clear (&match);
  return low;
}

void
values_add_low_ends (GPtrArray *values, const char *text, int from)
{
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    Value *low = has_range (value) ? low_end_of (value, text, from) : NULL;
    from = value->end;
    if (low)
      g_ptr_array_insert (values, (int)i++, low);
  }
}

static gboolean
is_range (const Value *low, const Value *high, const char *text)
{
  if (!has_range (low) || strcmp (low->kind, high->kind) || high->start <= low->end)
    return FALSE;
  g_autofree char *between = g_strndup (text + low->end, high->start - low->end);
  return patterns_has (patterns_named ("context.pattern"), "between-ends", between);
}

static void
bound_range (Value *low, Value *high)
{
  gboolean about = low->bound == BOUND_ABOUT || high->bound == BOUND_ABOUT;
  low->bound = about ? BOUND_ABOUT : BOUND_AT_LEAST;
  high->bound = about ? BOUND_ABOUT : BOUND_AT_MOST;
  low->target = high->target = low->target || high->target;
  if (!high->about)
    high->about = g_strdup (low->about);
}

void
values_bound_ranges (GPtrArray *values, const char *text)
{
  for (guint i = 0; i + 1 < values->len; i++) {
    Value *low = g_ptr_array_index (values, i), *high = g_ptr_array_index (values, i + 1);
    if (is_range (low, high, text))
      bound_range (low, high);
  }
}
