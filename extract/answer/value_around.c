/* value_around.c - the bounds of values, and what they are of; see value_around.h */
#include "answer/value_around.h"

#include "patterns/pattern.h"

#include <string.h>

/* What stands before a value is looked at no further than this; bytes. */
#define BEFORE_BYTES 160

/* What a value is about is no longer than this; characters. */
#define ABOUT_LENGTH 40

gboolean
value_is (const Value *value, const char *kind)
{
  return !strcmp (value->kind, kind);
}

static const Patterns *
context_patterns (void)
{
  return patterns_named ("context.pattern");
}

static const struct {
  const char *after, *before; /* rules of context.pattern */
  Bound bound;
} bounds[] = {
    {"at-least-after", "at-least-before", BOUND_AT_LEAST},
    {"at-most-after", "at-most-before", BOUND_AT_MOST},
    {"about-after", "about-before", BOUND_ABOUT},
};

char *
value_text_before (const char *text, int from, int start)
{
  int first = MAX (from, start - BEFORE_BYTES);
  while (first < start && (text[first] & 0xC0) == 0x80)
    first++;
  return g_strndup (text + first, start - first);
}

static gboolean
read_bound_after (Value *value, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (context_patterns (), bounds[i].after, text + value->end, 0, &match))
      continue;
    value->bound = bounds[i].bound;
    value->end += match.end;
    pattern_match_clear (&match);
    return TRUE;
  }
  return FALSE;
}

/* 遅くとも3日前: three days before or earlier. */
static gboolean
is_latest (const char *before, const char *after)
{
  return patterns_has (context_patterns (), "ahead-after", after) &&
         patterns_has (context_patterns (), "latest-before", before);
}

static void
read_bound_before (Value *value, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, from, value->start);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (context_patterns (), bounds[i].before, before, 0, &match))
      continue;
    if (value->bound == BOUND_EXACT)
      value->bound = is_latest (before, text + value->end) ? BOUND_AT_LEAST : bounds[i].bound;
    value->start -= (int)strlen (before) - match.start;
    pattern_match_clear (&match);
    return;
  }
}

static gboolean
has_bound (const Value *value)
{
  static const char *const without[] = {"url", "mail", "place", "certificate", "hours", "time"};
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    if (!strcmp (value->kind, without[i]))
      return FALSE;
  return TRUE;
}

static void
read_bounds (Value *value, const char *text, int from)
{
  if (!has_bound (value))
    return;
  g_autofree char *before = value_text_before (text, from, value->start);
  value->target = patterns_has (context_patterns (), "target-after", text + value->end) ||
                  patterns_has (context_patterns (), "target-before", before);
  read_bound_after (value, text);
  read_bound_before (value, text, from);
}

/* What comes before a value and names it: the words since the value before, without what only joins them to it. Where
 * the label begins in *START, its end is the value returned; -1: there is none. */
static int
find_label (const char *text, int from, int to, int *start)
{
  g_autofree char *words = value_text_before (text, from, to);
  from = to - (int)strlen (words);
  PatternMatch match;
  if (!patterns_match_rule (context_patterns (), "label", words, 0, &match))
    return -1;
  *start = from + match.start;
  int end = from + match.end;
  gboolean fits = g_utf8_strlen (text + *start, end - *start) <= ABOUT_LENGTH && end > *start;
  pattern_match_clear (&match);
  return fits ? end : -1;
}

/* The words in brackets after a value that has none before it: 24時間(メール). */
static int
find_label_behind (const char *text, int from, int *start)
{
  PatternMatch match;
  if (!patterns_match_rule (context_patterns (), "label-behind", text + from, 0, &match))
    return -1;
  const char *label = pattern_field (&match, "label");
  *start = from + match.end - (int)strlen (label) - 1;
  int end = from + match.end - 1;
  pattern_match_clear (&match);
  return end;
}

/* Where the words stand that a value is about; `end` -1: there are none. */
typedef struct {
  int start, end;
} Span;

/* Whether a year before VALUE can be what it is of: 2022年稼働率 99.97%. */
static gboolean
is_measure (const Value *value)
{
  static const char *const measures[] = {"percentage", "count", "duration", "frequency"};
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (value_is (value, measures[i]))
      return TRUE;
  return FALSE;
}

/* Between the two dates of a period stands no more than this: 2022年12月～2023年11月; bytes. */
#define BETWEEN_DATES 4

/* A comma between a date and a value makes two of them: 1回(2024年8月15日、約2時間). */
static gboolean
is_parted (const Value *date, const Value *value, const char *text)
{
  return g_strstr_len (text + date->end, value->start - date->end, "、") != NULL;
}

/* Where the date that ends before the value at INDEX begins, or the period whose end it is; -1: there is none. */
static int
start_of_date (GPtrArray *values, guint index, const char *text)
{
  int start = -1;
  for (guint i = index; i-- > 0;) {
    const Value *value = g_ptr_array_index (values, i);
    if (!value_is (value, "date") || (start >= 0 && value->end + BETWEEN_DATES < start))
      break;
    if (start < 0 && is_parted (value, g_ptr_array_index (values, index), text))
      break;
    start = value->start;
  }
  return start;
}

/* Whether a value that says more stands in SPAN, behind the value at INDEX: 7世代(日次). A date, a span (過去12か月),
 * or the same once more (週次(毎週土曜)) does not. */
static gboolean
holds_value (GPtrArray *values, guint index, Span span)
{
  const Value *value = g_ptr_array_index (values, index);
  const Value *next = index + 1 < values->len ? g_ptr_array_index (values, index + 1) : NULL;
  return next && next->start < span.end && !value_is (next, "date") && !value_is (next, "duration") &&
         !g_variant_equal (next->value, value->value);
}

/* FROM: where the value before ends. */
static Span
find_about (GPtrArray *values, guint index, const char *text, int from)
{
  const Value *value = g_ptr_array_index (values, index);
  int date = start_of_date (values, index, text);
  Span span = {-1, -1};
  if (date >= 0 && is_measure (value)) {
    span.end = find_label (text, date, value->start, &span.start);
    if (span.end >= 0 && span.start <= date)
      return span;
  }
  span.end = find_label (text, from, value->start, &span.start);
  if (span.end < 0)
    span.end = find_label_behind (text, value->end, &span.start);
  if (span.start >= value->end && holds_value (values, index, span))
    span.end = -1;
  return span;
}

void
values_remove (GPtrArray *values, guint first, int start, int end)
{
  for (guint i = values->len; i-- > first;) {
    const Value *value = g_ptr_array_index (values, i);
    if (value->start >= start && value->start < end)
      g_ptr_array_remove_index (values, i);
  }
}

/* A value in the label of another is none of its own. */
void
values_read_around (GPtrArray *values, const Plain *plain, const char *original, int from)
{
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    read_bounds (value, plain->text, from);
    Span about = find_about (values, i, plain->text, from);
    value->text = plain_original (plain, original, value->start, value->end);
    from = MAX (value->end, about.end);
    if (about.end < 0)
      continue;
    value->about = plain_original (plain, original, about.start, about.end);
    values_remove (values, i + 1, about.start, about.end);
    guint count = values->len;
    values_remove (values, 0, about.start, MIN (about.end, value->start));
    i -= count - values->len;
  }
}
