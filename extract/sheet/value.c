/* value.c - see value.h
 *
 * Every kind of value has a rule that finds it (recogniser.c). From the left, the match that begins first is taken, of
 * several that begin there the longest; what follows it is looked at next. So a URL keeps its digits, and 24時間365日
 * is not a length of 24 hours.
 *
 *     2022年稼働率 99.97%以上、…
 *     └ date ────┘ └ percentage: 99.97, at least ┘     the date is what the percentage is about, and no value by itself
 */
#include "sheet/value.h"

#include "sheet/hours.h"
#include "sheet/recogniser.h"

#include <string.h>

/* What stands before a value is looked at no further than this; bytes. */
#define BEFORE_BYTES 160

/* What a value is about is no longer than this; characters. */
#define ABOUT_LENGTH 40

const char *
bound_name (Bound bound)
{
  static const char *const names[] = {"exact", "at-least", "at-most", "about"};
  return names[bound];
}

static gboolean
is_kind (const Value *value, const char *kind)
{
  return !strcmp (value->kind, kind);
}

static void
value_free (gpointer data)
{
  Value *value = data;
  g_clear_pointer (&value->value, g_variant_unref);
  g_free (value->unit);
  g_free (value->text);
  g_free (value->about);
  g_free (value);
}

/* Finding */

#define RECOGNISERS_MOST 32

/* The next match of one recogniser. */
typedef struct {
  gboolean known, none;
  PatternMatch match;
} Next;

typedef struct {
  Setting setting;
  Next next[RECOGNISERS_MOST];
} Search;

static const Next *
next_of (Search *search, int index, int at)
{
  Next *next = &search->next[index];
  if (next->none || (next->known && next->match.start >= at))
    return next;
  if (next->known)
    pattern_match_clear (&next->match);
  const Recogniser *recogniser = &recognisers ()[index];
  next->known =
      patterns_find (patterns_named (recogniser->file), recogniser->rule, search->setting.text, at, &next->match);
  next->none = !next->known;
  return next;
}

static gboolean
is_better (const PatternMatch *a, const PatternMatch *b)
{
  return a->start < b->start || (a->start == b->start && a->end > b->end);
}

/* The recogniser whose match comes first from AT on and is of use, -1: none. */
static int
first_of (Search *search, int at, guint refused)
{
  int best = -1;
  for (int i = 0; recognisers ()[i].rule; i++) {
    const Next *next = next_of (search, i, at);
    if (next->none || next->match.end <= next->match.start || (refused & 1U << i && next->match.start == at))
      continue;
    if (best < 0 || is_better (&next->match, &search->next[best].match))
      best = i;
  }
  return best;
}

static Value *
value_new (const Recogniser *recogniser, const PatternMatch *match, const Setting *setting)
{
  char *unit = NULL;
  GVariant *variant = recogniser->value (match, setting, &unit);
  if (!variant) {
    g_free (unit);
    return NULL;
  }
  Value *value = g_new0 (Value, 1);
  *value = (Value){recogniser->kind, g_variant_ref_sink (variant), unit};
  value->start = match->start;
  value->end = match->end;
  return value;
}

static GPtrArray *
find_values (const Setting *setting, int at)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (value_free);
  Search search = {.setting = *setting};
  guint met = needs_met_by (setting->text + at);
  for (int i = 0; recognisers ()[i].rule; i++)
    search.next[i].none = recognisers ()[i].needs && !(recognisers ()[i].needs & met);
  guint refused = 0; /* recognisers whose match at `at` is no value after all */
  for (int best; values->len < VALUES_MOST && (best = first_of (&search, at, refused)) >= 0;) {
    const Recogniser *recogniser = &recognisers ()[best];
    const PatternMatch *match = &search.next[best].match;
    Value *value = recogniser->kind ? value_new (recogniser, match, setting) : NULL;
    if (value)
      g_ptr_array_add (values, value);
    gboolean refuses = recogniser->kind && !value;
    refused = refuses ? (match->start == at ? refused : 0) | 1U << best : 0;
    at = refuses ? match->start : match->end;
  }
  for (int i = 0; recognisers ()[i].rule; i++)
    if (search.next[i].known)
      pattern_match_clear (&search.next[i].match);
  return values;
}

/* Around a value */

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

/* The end of what stands before START, as a text of its own; begins at FROM or later. */
static char *
text_before (const char *text, int from, int start)
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

static void
read_bound_before (Value *value, const char *text, int from)
{
  g_autofree char *before = text_before (text, from, value->start);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (context_patterns (), bounds[i].before, before, 0, &match))
      continue;
    if (value->bound == BOUND_EXACT)
      value->bound = bounds[i].bound;
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
  g_autofree char *before = text_before (text, from, value->start);
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
  g_autofree char *words = text_before (text, from, to);
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
    if (is_kind (value, measures[i]))
      return TRUE;
  return FALSE;
}

/* Between the two dates of a period stands no more than this: 2022年12月～2023年11月; bytes. */
#define BETWEEN_DATES 4

/* Where the date that ends before the value at INDEX begins, or the period whose end it is; -1: there is none. */
static int
start_of_date (GPtrArray *values, guint index)
{
  int start = -1;
  for (guint i = index; i-- > 0;) {
    const Value *value = g_ptr_array_index (values, i);
    if (!is_kind (value, "date") || (start >= 0 && value->end + BETWEEN_DATES < start))
      break;
    start = value->start;
  }
  return start;
}

/* FROM: where the value before ends. DATE: where a date before begins, or -1. */
static Span
find_about (const Value *value, const char *text, int from, int date)
{
  Span span = {-1, -1};
  if (date >= 0 && is_measure (value)) {
    span.end = find_label (text, date, value->start, &span.start);
    if (span.end >= 0 && span.start <= date)
      return span;
  }
  span.end = find_label (text, from, value->start, &span.start);
  if (span.end < 0)
    span.end = find_label_behind (text, value->end, &span.start);
  return span;
}

static void
remove_values (GPtrArray *values, guint first, int start, int end)
{
  for (guint i = values->len; i-- > first;) {
    const Value *value = g_ptr_array_index (values, i);
    if (value->start >= start && value->start < end)
      g_ptr_array_remove_index (values, i);
  }
}

/* Bounds, words and labels. A value in the label of another is none of its own. */
static void
read_around (GPtrArray *values, const Plain *plain, const char *original, int from)
{
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    read_bounds (value, plain->text, from);
    Span about = find_about (value, plain->text, from, start_of_date (values, i));
    value->text = plain_original (plain, original, value->start, value->end);
    from = MAX (value->end, about.end);
    if (about.end < 0)
      continue;
    value->about = plain_original (plain, original, about.start, about.end);
    remove_values (values, i + 1, about.start, about.end);
    guint count = values->len;
    remove_values (values, 0, about.start, MIN (about.end, value->start));
    i -= count - values->len;
  }
}

/* Values that say more together */

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
    if (is_kind (value, "standard")) {
      if (end < 0 || value->start > end + BETWEEN_NAMES)
        scheme = g_variant_get_string (value->value, NULL);
      end = value->end;
    }
    if (!is_kind (value, "certificate"))
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
    if (is_kind (next, "hours"))
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
  g_autofree char *before = text_before (text, from, hours->start);
  const char *sentence = strrchr (before, '\n') ? strrchr (before, '\n') : before;
  const char *stop = g_strrstr (sentence, "。");
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("hours.pattern"), "exception", stop ? stop : sentence, 0, &match))
    return;
  add_exception (hours, pattern_field (&match, "what"));
  pattern_match_clear (&match);
}

/* The exceptions that TEXT names behind the hours at INDEX, before the next hours begin. Values in them are none of
 * their own. */
static void
take_exceptions (GPtrArray *values, guint index, const char *text, int from)
{
  Value *hours = g_ptr_array_index (values, index);
  take_exception_before (hours, text, from);
  PatternMatch match;
  for (int at = hours->end; patterns_match_rule (patterns_named ("hours.pattern"), "exception", text, at, &match);) {
    gboolean ours = match.start < start_of_next_hours (values, index);
    if (ours) {
      add_exception (hours, pattern_field (&match, "what"));
      remove_values (values, index + 1, match.start, match.end);
    }
    at = ours ? match.end : (int)strlen (text);
    pattern_match_clear (&match);
  }
}

/* Values */

/* What a number at the head of the answer is in the unit of the row; NULL: there is none. */
static Value *
value_of_bare_number (const Plain *plain, int start, const Setting *setting)
{
  int from, to;
  g_autofree char *number = number_with_unit_of_row (plain->text, start, setting->unit, &from, &to);
  if (!number)
    return NULL;
  const Setting alone = {setting->unit, number};
  g_autoptr (GPtrArray) values = find_values (&alone, 0);
  if (values->len != 1)
    return NULL;
  Value *value = g_ptr_array_steal_index (values, 0);
  value->start = from;
  value->end = to;
  return value;
}

/* The byte of the plain text that byte START of the original became. */
static int
plain_place (const Plain *plain, int start)
{
  guint place = 0;
  while (place + 1 < plain->places->len && g_array_index (plain->places, int, place) < start)
    place++;
  return (int)place;
}

GPtrArray *
values_from_text (const char *text, int start, const char *unit)
{
  g_autoptr (Plain) plain = plain_from_text (text, VALUES_BYTES);
  g_autofree char *plain_unit = unit ? text_made_plain (unit) : NULL;
  const Setting setting = {plain_unit ? plain_unit : unit ? unit : "", plain->text};
  int at = plain_place (plain, start), from = at;
  Value *bare = value_of_bare_number (plain, at, &setting);
  GPtrArray *values = find_values (&setting, bare ? bare->end : at);
  if (bare)
    g_ptr_array_insert (values, 0, bare);
  name_schemes (values);
  for (guint i = 0, end = (guint)at; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    if (is_kind (value, "hours"))
      take_exceptions (values, i, plain->text, (int)end);
    end = (guint)value->end;
  }
  read_around (values, plain, text, from);
  return values;
}
