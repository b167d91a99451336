/* value_joined.c - values that say more together; see value_around.h */
#include "answer/value_around.h"

#include "answer/hours.h"
#include "answer/value_kind.h"
#include "patterns/pattern.h"

#include <string.h>

/* Between two names of one standard stands no more than this: ISO/IEC 27001 / JIS Q 27001; bytes. */
#define BETWEEN_NAMES 4

/* A certificate's scheme is the standard named last before it; of two names of it the first. */
static void
name_schemes (GPtrArray *values)
{
  const char *scheme = NULL;
  int end = -1; /* of the standard before */
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    if (value_is (value, "standard")) {
      if (end < 0 || value->start > end + BETWEEN_NAMES)
        scheme = g_variant_get_string (value->value, NULL);
      end = value->end;
    }
    if (!value_is (value, "certificate"))
      continue;
    g_autoptr (GVariant) before = value->value;
    const char *number = NULL;
    g_variant_lookup (before, "number", "&s", &number);
    value->value = g_variant_ref_sink (certificate_new (scheme, number));
  }
}

/* Where the next hours after the value at INDEX begin. */
static int
start_of_next_hours (GPtrArray *values, guint index)
{
  for (guint i = index + 1; i < values->len; i++) {
    const Value *next = g_ptr_array_index (values, i);
    if (value_is (next, "hours"))
      return next->start;
  }
  return G_MAXINT;
}

static void
add_exception (Value *hours, const char *what)
{
  GVariant *more = g_variant_ref_sink (hours_with_exception (hours->value, what));
  g_variant_unref (hours->value);
  hours->value = more;
}

/* The exception that stands before HOURS in their sentence: 停止する場合を除き、24時間365日. */
static void
take_exception_before (Value *hours, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, from, hours->start);
  const char *sentence = strrchr (before, '\n') ? strrchr (before, '\n') : before;
  const char *stop = g_strrstr (sentence, "。");
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("hours.pattern"), "exception", stop ? stop : sentence, 0, &match))
    return;
  add_exception (hours, pattern_field (&match, "what"));
  pattern_match_clear (&match);
}

/* The exceptions that TEXT names behind the hours at INDEX, before the next hours begin. Values in them are none of
 * their own. Gives where the last of them ends. */
static int
take_exceptions (GPtrArray *values, guint index, const char *text, int from)
{
  Value *hours = g_ptr_array_index (values, index);
  take_exception_before (hours, text, from);
  int end = hours->end;
  PatternMatch match;
  for (int at = hours->end; patterns_match_rule (patterns_named ("hours.pattern"), "exception", text, at, &match);) {
    gboolean ours = match.start < start_of_next_hours (values, index);
    if (ours) {
      add_exception (hours, pattern_field (&match, "what"));
      values_remove (values, index + 1, match.start, match.end);
      end = match.end;
    }
    at = ours ? match.end : (int)strlen (text);
    pattern_match_clear (&match);
  }
  return end;
}

void
values_join (GPtrArray *values, const char *text, int from)
{
  name_schemes (values);
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    from = value_is (value, "hours") ? take_exceptions (values, i, text, from) : value->end;
  }
}
