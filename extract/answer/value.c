/* value.c - see value.h
 *
 * Every kind of value has a rule that finds it (value_kind.c). From the left, the match that begins first is taken, of
 * several that begin there the longest; what follows it is looked at next. So a URL keeps its digits, and 24時間365日
 * is not a length of 24 hours.
 *
 *     2022年稼働率 99.97%以上、…
 *     └ date ────┘ └ percentage: 99.97, at least ┘     the date is what the percentage is about, and no value by itself
 *
 * Then what is around them:
 *
 *   平日 9:00-17:00 ※年末を除く   when there is no service after all       values that say more together
 *   ISO/IEC 27001 (X 1234)      what a certificate's number is of
 *   2~3営業日, 30秒~1分           at least and at most                      ranges
 *   最大で6時間以内を目標          bound, and whether it is a goal           bounds and subjects
 *   2022年稼働率 99.97%          what the value is of
 *
 * Places are bytes of the plain text. Values that turn out to be part of another are taken from the list.
 */
#include "answer/value.h"

#include "answer/duration.h"
#include "answer/hours.h"
#include "answer/value_kind.h"
#include "text/numeral.h"

#include <string.h>

/* What stands before a value is looked at no further than this; bytes. */
#define BEFORE_BYTES 160

/* What a value is about is no longer than this; characters. */
#define SUBJECT_LENGTH 40

/* Between the two dates of a period stands no more than this: 2022年12月～2023年11月; bytes. */
#define BETWEEN_DATES 4

/* Between two names of one standard stands no more than this: ISO/IEC 27001 / JIS Q 27001; bytes. */
#define BETWEEN_NAMES 4

/* A number and the sign behind it are no longer than this; bytes. */
#define LOW_END_BYTES 24

static gboolean
value_is (const Value *value, const char *kind)
{
  return !strcmp (value->kind, kind);
}

/* The end of what is before START, as a text of its own, that begins at FROM or later. The caller frees. */
static char *
value_text_before (const char *text, int from, int start)
{
  int first = MAX (from, start - BEFORE_BYTES);
  while (first < start && (text[first] & 0xC0) == 0x80)
    first++;
  return g_strndup (text + first, start - first);
}

/* Removes the values from index FIRST on that begin within START to END. */
static void
values_remove (GPtrArray *values, guint first, int start, int end)
{
  for (guint i = values->len; i-- > first;) {
    const Value *value = g_ptr_array_index (values, i);
    if (value->start >= start && value->start < end)
      g_ptr_array_remove_index (values, i);
  }
}

/* Finding */

/* The next match of one kind. */
typedef struct {
  gboolean known, none;
  PatternMatch match;
} NextMatch;

typedef struct {
  const ValueContext *context;
  NextMatch next[VALUE_KINDS_MOST];
} ValueSearch;

static const NextMatch *
next_of (ValueSearch *search, int index, int at)
{
  NextMatch *next = &search->next[index];
  if (next->none || (next->known && next->match.start >= at))
    return next;
  if (next->known)
    pattern_match_clear (&next->match);
  const ValueKind *kind = &value_kinds[index];
  const Patterns *patterns = G_STRUCT_MEMBER (Patterns *, search->context->knowledge, kind->patterns);
  next->known = patterns_find (patterns, kind->rule, search->context->text, at, &next->match);
  next->none = !next->known;
  return next;
}

static gboolean
is_better (const PatternMatch *a, const PatternMatch *b)
{
  return a->start < b->start || (a->start == b->start && a->end > b->end);
}

/* The kind whose match comes first from AT on and is of use, -1: none. */
static int
first_of (ValueSearch *search, int at, guint refused)
{
  int best = -1;
  for (int i = 0; value_kinds[i].rule; i++) {
    const NextMatch *next = next_of (search, i, at);
    if (next->none || next->match.end <= next->match.start || (refused & 1U << i && next->match.start == at))
      continue;
    if (best < 0 || is_better (&next->match, &search->next[best].match))
      best = i;
  }
  return best;
}

static Value *
value_new (const ValueKind *kind, const PatternMatch *match, const ValueContext *context)
{
  char *unit = NULL;
  GVariant *variant = kind->value (match, context, &unit);
  if (!variant) {
    g_free (unit);
    return NULL;
  }
  Value *value = g_new0 (Value, 1);
  *value = (Value){kind->name, g_variant_ref_sink (variant), unit};
  value->start = match->start;
  value->end = match->end;
  return value;
}

static void
search_end (ValueSearch *search)
{
  for (int i = 0; value_kinds[i].rule; i++)
    if (search->next[i].known)
      pattern_match_clear (&search->next[i].match);
}

static GPtrArray *
find_values (const ValueContext *context, int at)
{
  GPtrArray *values = values_new ();
  ValueSearch search = {.context = context};
  guint refused = 0; /* kinds, as bits, whose match at `at` is no value after all */
  for (int best; values->len < VALUES_MOST && (best = first_of (&search, at, refused)) >= 0;) {
    const ValueKind *kind = &value_kinds[best];
    const PatternMatch *match = &search.next[best].match;
    Value *value = kind->name ? value_new (kind, match, context) : NULL;
    if (value)
      g_ptr_array_add (values, value);
    gboolean refuses = kind->name && !value;
    refused = refuses ? (match->start == at ? refused : 0) | 1U << best : 0;
    at = refuses ? match->start : match->end;
  }
  search_end (&search);
  return values;
}

/* Values that say more together */

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
take_exception_before (const Knowledge *knowledge, Value *hours, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, from, hours->start);
  const char *sentence = strrchr (before, '\n') ? strrchr (before, '\n') : before;
  const char *stop = g_strrstr (sentence, "。");
  PatternMatch match;
  if (!patterns_match_rule (knowledge->hours, "exception", stop ? stop : sentence, 0, &match))
    return;
  add_exception (hours, pattern_field (&match, "what"));
  pattern_match_clear (&match);
}

/* The exceptions that TEXT names behind the hours at INDEX, before the next hours begin. Values in them are none of
 * their own. Gives where the last of them ends. */
static int
take_exceptions (const Knowledge *knowledge, GPtrArray *values, guint index, const char *text, int from)
{
  Value *hours = g_ptr_array_index (values, index);
  take_exception_before (knowledge, hours, text, from);
  int end = hours->end;
  PatternMatch match;
  for (int at = hours->end; patterns_match_rule (knowledge->hours, "exception", text, at, &match);) {
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

/* Gives each certificate its scheme, and hours of service the exceptions that are named around them. */
static void
values_join (const Knowledge *knowledge, GPtrArray *values, const char *text, int from)
{
  name_schemes (values);
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    from = value_is (value, "hours") ? take_exceptions (knowledge, values, i, text, from) : value->end;
  }
}

/* Ranges */

static gboolean
has_range (const Value *value)
{
  return value_is (value, "duration") || value_is (value, "percentage") || value_is (value, "count") ||
         value_is (value, "size");
}

/* NUMERAL of what VALUE is so many of; NULL: that cannot be told. Floating. */
static GVariant *
same_with_number (const Knowledge *knowledge, const Value *value, const char *numeral)
{
  if (!value_is (value, "duration"))
    return g_variant_new_double (number_from_numeral (numeral));
  g_autofree char *text = value->unit ? g_strconcat (numeral, value->unit, NULL) : NULL;
  char *duration = text ? duration_from_text (knowledge, text, NULL) : NULL;
  return duration ? g_variant_new_take_string (duration) : NULL;
}

/* The number from which on VALUE counts, in the words behind byte FROM; NULL: there is none. */
static Value *
low_end_of (const Knowledge *knowledge, const Value *value, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, MAX (from, value->start - LOW_END_BYTES), value->start);
  PatternMatch match;
  if (!patterns_match_rule (knowledge->context, "low-end", before, 0, &match))
    return NULL;
  const char *numeral = pattern_field (&match, "number");
  GVariant *number = same_with_number (knowledge, value, numeral);
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

/* Adds the low ends that have no unit of their own: the 2 of 2~3営業日. */
static void
values_add_low_ends (const Knowledge *knowledge, GPtrArray *values, const char *text, int from)
{
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    Value *low = has_range (value) ? low_end_of (knowledge, value, text, from) : NULL;
    from = value->end;
    if (low)
      g_ptr_array_insert (values, (int)i++, low);
  }
}

static gboolean
is_range (const Knowledge *knowledge, const Value *low, const Value *high, const char *text)
{
  if (!has_range (low) || strcmp (low->kind, high->kind) || high->start <= low->end)
    return FALSE;
  g_autofree char *between = g_strndup (text + low->end, high->start - low->end);
  return patterns_has (knowledge->context, "between-ends", between);
}

static void
bound_range (Value *low, Value *high)
{
  gboolean about = low->bound == BOUND_ABOUT || high->bound == BOUND_ABOUT;
  low->bound = about ? BOUND_ABOUT : BOUND_AT_LEAST;
  high->bound = about ? BOUND_ABOUT : BOUND_AT_MOST;
  low->target = high->target = low->target || high->target;
  if (!high->subject)
    high->subject = g_strdup (low->subject);
}

/* Of two values with only ~ between them the first is at least so much, the second at most. */
static void
values_bound_ranges (const Knowledge *knowledge, GPtrArray *values, const char *text)
{
  for (guint i = 0; i + 1 < values->len; i++) {
    Value *low = g_ptr_array_index (values, i), *high = g_ptr_array_index (values, i + 1);
    if (is_range (knowledge, low, high, text))
      bound_range (low, high);
  }
}

/* Bounds and subjects */

static const struct {
  const char *after, *before; /* rules of context.pattern */
  Bound bound;
} bounds[] = {
    {"at-least-after", "at-least-before", BOUND_AT_LEAST},
    {"at-most-after", "at-most-before", BOUND_AT_MOST},
    {"about-after", "about-before", BOUND_ABOUT},
};

static gboolean
read_bound_after (const Knowledge *knowledge, Value *value, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->context, bounds[i].after, text + value->end, 0, &match))
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
is_latest (const Knowledge *knowledge, const char *before, const char *after)
{
  return patterns_has (knowledge->context, "ahead-after", after) &&
         patterns_has (knowledge->context, "latest-before", before);
}

static void
read_bound_before (const Knowledge *knowledge, Value *value, const char *text, int from)
{
  g_autofree char *before = value_text_before (text, from, value->start);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->context, bounds[i].before, before, 0, &match))
      continue;
    if (value->bound == BOUND_EXACT)
      value->bound = is_latest (knowledge, before, text + value->end) ? BOUND_AT_LEAST : bounds[i].bound;
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
read_bounds (const Knowledge *knowledge, Value *value, const char *text, int from)
{
  if (!has_bound (value))
    return;
  g_autofree char *before = value_text_before (text, from, value->start);
  value->target = patterns_has (knowledge->context, "target-after", text + value->end) ||
                  patterns_has (knowledge->context, "target-before", before);
  read_bound_after (knowledge, value, text);
  read_bound_before (knowledge, value, text, from);
}

/* What comes before a value and names it: the words since the value before, without what only joins them to it. Where
 * the label begins in *START, its end is the value returned; -1: there is none. */
static int
find_label (const Knowledge *knowledge, const char *text, int from, int to, int *start)
{
  g_autofree char *words = value_text_before (text, from, to);
  from = to - (int)strlen (words);
  PatternMatch match;
  if (!patterns_match_rule (knowledge->context, "label", words, 0, &match))
    return -1;
  *start = from + match.start;
  int end = from + match.end;
  gboolean fits = g_utf8_strlen (text + *start, end - *start) <= SUBJECT_LENGTH && end > *start;
  pattern_match_clear (&match);
  return fits ? end : -1;
}

/* The words in brackets after a value that has none before it: 24時間(メール). */
static int
find_label_behind (const Knowledge *knowledge, const char *text, int from, int *start)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->context, "label-behind", text + from, 0, &match))
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
find_subject (const Knowledge *knowledge, GPtrArray *values, guint index, const char *text, int from)
{
  const Value *value = g_ptr_array_index (values, index);
  int date = start_of_date (values, index, text);
  Span span = {-1, -1};
  if (date >= 0 && is_measure (value)) {
    span.end = find_label (knowledge, text, date, value->start, &span.start);
    if (span.end >= 0 && span.start <= date)
      return span;
  }
  span.end = find_label (knowledge, text, from, value->start, &span.start);
  if (span.end < 0)
    span.end = find_label_behind (knowledge, text, value->end, &span.start);
  if (span.start >= value->end && holds_value (values, index, span))
    span.end = -1;
  return span;
}

/* A value in the label of another is none of its own. */
/* Fills in bounds, words and subjects; what is before byte FROM is left alone. */
static void
values_read_around (const Knowledge *knowledge, GPtrArray *values, const Plain *plain, const char *original, int from)
{
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    read_bounds (knowledge, value, plain->text, from);
    Span subject = find_subject (knowledge, values, i, plain->text, from);
    value->text = plain_original (plain, original, value->start, value->end);
    from = MAX (value->end, subject.end);
    if (subject.end < 0)
      continue;
    value->subject = plain_original (plain, original, subject.start, subject.end);
    values_remove (values, i + 1, subject.start, subject.end);
    guint count = values->len;
    values_remove (values, 0, subject.start, MIN (subject.end, value->start));
    i -= count - values->len;
  }
}

/* Values */

/* What a number at the head of the answer is in the unit of the row; NULL: there is none. */
static Value *
value_of_bare_number (const ValueContext *context, int start)
{
  int from, to;
  g_autofree char *number = number_with_unit_of_row (context, start, &from, &to);
  if (!number)
    return NULL;
  const ValueContext alone = {context->knowledge, context->unit, number};
  g_autoptr (GPtrArray) values = find_values (&alone, 0);
  if (values->len != 1)
    return NULL;
  Value *value = g_ptr_array_steal_index (values, 0);
  value->start = from;
  value->end = to;
  return value;
}

GPtrArray *
values_from_plain (const Knowledge *knowledge, const Plain *plain, const char *original, int from, const char *unit)
{
  g_autofree char *plain_unit = unit ? text_made_plain (unit) : NULL;
  const ValueContext context = {knowledge, plain_unit ? plain_unit : unit ? unit : "", plain->text};
  Value *bare = value_of_bare_number (&context, from);
  GPtrArray *values = find_values (&context, bare ? bare->end : from);
  if (bare)
    g_ptr_array_insert (values, 0, bare);
  values_add_low_ends (knowledge, values, plain->text, from);
  values_join (knowledge, values, plain->text, from);
  values_read_around (knowledge, values, plain, original, from);
  values_bound_ranges (knowledge, values, plain->text);
  return values;
}
