/* value.c - see value.h
 *
 * Every kind of value has a rule that finds it (value_kinds below). From the left, the match that begins first is
 * taken, of several that begin there the longest; the search goes on after it. So a URL keeps its digits, and
 * 24時間365日 is not a length of 24 hours.
 *
 *     2022年稼働率 99.97%以上、…
 *     └ date ────┘ └ percentage: 99.97, at least ┘     the date belongs to the subject, and is not a value by itself
 *
 * Then the text around them is read:
 *
 *   values joined         平日 9:00-17:00 ※年末を除く   exceptions to hours of service
 *                         ISO/IEC 27001 (X 1234)        the scheme of a certificate's number
 *   ranges                2~3営業日, 30秒~1分           at least and at most
 *                         2024/4/1~2025/3/31, ~3/31     one interval
 *   bounds and subjects   最大で6時間以内を目標         the bound, and whether it is a target
 *                         2022年稼働率 99.97%           the subject of the value
 *
 * Places are bytes of the plain text. Values that turn out to be part of another are removed.
 */
#include "answer/value.h"

#include "answer/date.h"
#include "answer/duration.h"
#include "answer/hours.h"
#include "text/numeral.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far the text before a value is read; bytes. */
#define BEFORE_BYTES 160

/* The longest subject of a value; characters. */
#define SUBJECT_LENGTH 40

/* The most between the two dates of a period: 2022年12月～2023年11月; bytes. */
#define BETWEEN_DATES 4

/* The most between two names of one standard: ISO/IEC 27001 / JIS Q 27001; bytes. */
#define BETWEEN_NAMES 4

/* The longest number with the sign after it; bytes. */
#define LOW_END_BYTES 24

/* What the values are found in. */
typedef struct {
  const Knowledge *knowledge;
  const char *unit; /* the row's unit of measure, in plain characters; "" where it has none */
  const char *text; /* the whole text, plain */
} ValueContext;

/* A kind of value: the rule that finds it, and the value of the match. */
typedef struct {
  gsize patterns; /* where in Knowledge the file of the rule is */
  const char *rule;
  const char *name; /* "percentage", as in the JSON; NULL: what matches is not a value, and nothing in it is one */
  /* The value (floating) of MATCH; NULL: it is not one after all. *UNIT may be set, to be freed by the caller. */
  GVariant *(*value) (const PatternMatch *match, const ValueContext *context, char **unit);
} ValueKind;

/* Standards
 *
 * A name is put together from the fields of the match: the table has what goes before each field that took part.
 *
 *   iso        ISO/IEC 27001:2022       cipher     AES-256-GCM
 *   protocol   TLS 1.2                  scheme     プライバシーマーク, as written
 *   audit      SOC2 Type 2, also of "SOC 2 Type II"
 */

#define STANDARD_FIELDS 4

static const struct {
  const char *rule, *name; /* name: the spelling begins with it; NULL: with the field `name` */
  struct {
    const char *before, *field;
  } more[STANDARD_FIELDS];
} spellings[] = {
    {"iso", "ISO", {{"/IEC ", "number"}, {" ", "alone"}, {":", "year"}}},
    {"jis", "JIS", {{" ", "class"}, {" ", "number"}, {":", "year"}}},
    {"tls", "TLS", {{" ", "version"}}},
    {"protocol", NULL, {{" ", "version"}, {" Type ", "type"}}},
    {"audit", "", {{"SOC", "soc"}, {"SAS", "sas"}, {"", "number"}, {" Type ", "type"}}},
    {"cipher", NULL, {{"-", "size"}, {"-", "mode"}}},
};

/* FIELD as it is spelled after BEFORE, which may be the field itself in one case (soc → SOC); 2 for II. */
static const char *
spelled_field (const char *before, const char *field)
{
  if (!g_ascii_strcasecmp (before, field))
    return "";
  if (!g_ascii_strcasecmp (field, "I"))
    return "1";
  return g_ascii_strcasecmp (field, "II") ? field : "2";
}

static char *
spelled (gsize index, const PatternMatch *match)
{
  const char *name = spellings[index].name ? spellings[index].name : pattern_field (match, "name");
  GString *text = g_string_new (name);
  for (int i = 0; i < STANDARD_FIELDS && spellings[index].more[i].field; i++) {
    const char *field = pattern_field (match, spellings[index].more[i].field);
    if (field)
      g_string_append_printf (text, "%s%s", spellings[index].more[i].before,
                              spelled_field (spellings[index].more[i].before, field));
  }
  return g_string_free (text, FALSE);
}

/* The standard that MATCH names, in one spelling: ISO27001 and ISO/IEC 27001, AES_128_GCM and AES-128-GCM; as written
 * for rules that the table does not have. The caller frees. */
static char *
standard_from_match (const PatternMatch *match, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (!strcmp (match->rule, spellings[i].rule))
      return spelled (i, match);
  return g_strndup (text + match->start, match->end - match->start);
}

/* Kinds */

#define VALUES_FILE G_STRUCT_OFFSET (Knowledge, values)
#define STANDARDS_FILE G_STRUCT_OFFSET (Knowledge, standards)
#define HOURS_FILE G_STRUCT_OFFSET (Knowledge, hours)

static char *
matched (const PatternMatch *match, const ValueContext *context)
{
  return g_strndup (context->text + match->start, match->end - match->start);
}

static GVariant *
variant_take (char *text)
{
  return text ? g_variant_new_take_string (text) : NULL;
}

static GVariant *
number_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  const char *numeral = pattern_field (match, "number");
  *unit = g_strdup (pattern_field (match, "unit"));
  return numeral ? g_variant_new_double (number_from_numeral (numeral)) : NULL;
}

static GVariant *
duration_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  g_autofree char *text = matched (match, context);
  return variant_take (duration_from_text (context->knowledge, text, unit));
}

static GVariant *
frequency_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  const char *times = pattern_field (match, "times"), *most = pattern_field (match, "most"),
             *number = pattern_field (match, "number");
  g_autofree char *per = duration_from_fields (match, number ? number_from_numeral (number) : 1);
  if (!per)
    return NULL;
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "times", g_variant_new_double (times ? number_from_numeral (times) : 1));
  GVariant *last = most ? g_variant_new_double (number_from_numeral (most)) : NULL;
  g_variant_builder_add (&builder, "{sv}", "times_most", g_variant_new_maybe (G_VARIANT_TYPE_DOUBLE, last));
  g_variant_builder_add (&builder, "{sv}", "per", g_variant_new_string (per));
  return g_variant_builder_end (&builder);
}

static GVariant *
hours_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  g_autofree char *text = matched (match, context);
  return hours_from_text (context->knowledge, text);
}

/* 24時間 by itself is hours of service where the row asks for hours of the day, else a length. */
static GVariant *
all_day_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  return patterns_has (context->knowledge->values, "unit-hours", context->unit) ? hours_value (match, context, unit)
                                                                                : NULL;
}

static GVariant *
time_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  g_autofree char *text = matched (match, context);
  return variant_take (time_from_text (context->knowledge, text));
}

static GVariant *
date_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  return variant_take (date_from_match (match));
}

static GVariant *
standard_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  return variant_take (standard_from_match (match, context->text));
}

/* SCHEME may be NULL. Floating. */
static GVariant *
certificate_new (const char *scheme, const char *number)
{
  GVariant *name = scheme ? g_variant_new_string (scheme) : NULL;
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "scheme", g_variant_new_maybe (G_VARIANT_TYPE_STRING, name));
  g_variant_builder_add (&builder, "{sv}", "number", g_variant_new_string (number));
  return g_variant_builder_end (&builder);
}

static GVariant *
certificate_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  const char *number = pattern_field (match, "number");
  if (!number)
    return NULL;
  return certificate_new (NULL, number); /* values_join adds the scheme */
}

static GVariant *
text_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  return variant_take (matched (match, context));
}

/* Of two that match as much from the same place on, the first wins. */
static const ValueKind value_kinds[] = {
    {VALUES_FILE, "url", "url", text_value},
    {VALUES_FILE, "mail", "mail", text_value},
    {VALUES_FILE, "no-value", NULL, NULL},
    {STANDARDS_FILE, "certificate-number", "certificate", certificate_value},
    {STANDARDS_FILE, "iso", "standard", standard_value},
    {STANDARDS_FILE, "jis", "standard", standard_value},
    {STANDARDS_FILE, "tls", "standard", standard_value},
    {STANDARDS_FILE, "protocol", "standard", standard_value},
    {STANDARDS_FILE, "audit", "standard", standard_value},
    {STANDARDS_FILE, "cipher", "standard", standard_value},
    {STANDARDS_FILE, "scheme", "standard", standard_value},
    {HOURS_FILE, "hours", "hours", hours_value},
    {HOURS_FILE, "all-day", "hours", all_day_value},
    {VALUES_FILE, "frequency", "frequency", frequency_value},
    {VALUES_FILE, "frequency-word", "frequency", frequency_value},
    {VALUES_FILE, "percentage", "percentage", number_value},
    {VALUES_FILE, "size", "size", number_value},
    {VALUES_FILE, "date", "date", date_value},
    {VALUES_FILE, "duration", "duration", duration_value},
    {VALUES_FILE, "count", "count", number_value},
    {HOURS_FILE, "time", "time", time_value},
    {VALUES_FILE, "place", "place", text_value},
};

#define VALUE_KINDS ((int)G_N_ELEMENTS (value_kinds))

/* A set of them is kept in an integer. */
G_STATIC_ASSERT (VALUE_KINDS <= 32);

/* Values and the text before them */

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
  NextMatch next[VALUE_KINDS];
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

/* The kind whose usable match comes first from AT on; -1: there is none. */
static int
first_of (ValueSearch *search, int at, guint refused)
{
  int best = -1;
  for (int i = 0; i < VALUE_KINDS; i++) {
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
  for (int i = 0; i < VALUE_KINDS; i++)
    if (search->next[i].known)
      pattern_match_clear (&search->next[i].match);
}

static GPtrArray *
find_values (const ValueContext *context, int at)
{
  GPtrArray *values = values_new ();
  ValueSearch search = {.context = context};
  guint refused = 0; /* kinds, as bits, whose match at `at` is not a value after all */
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

/* The exception that comes before HOURS in their sentence: 停止する場合を除き、24時間365日. */
static void
take_exception_before (const ValueContext *context, Value *hours, int from)
{
  g_autofree char *before = value_text_before (context->text, from, hours->start);
  const char *sentence = strrchr (before, '\n') ? strrchr (before, '\n') : before;
  const char *stop = g_strrstr (sentence, "。");
  PatternMatch match;
  if (!patterns_match_rule (context->knowledge->hours, "exception", stop ? stop : sentence, 0, &match))
    return;
  add_exception (hours, pattern_field (&match, "what"));
  pattern_match_clear (&match);
}

/* Adds the exceptions after the hours at INDEX, before the next hours begin, and removes the values in them. Gives
 * where the last of them ends. */
static int
take_exceptions (const ValueContext *context, GPtrArray *values, guint index, int from)
{
  Value *hours = g_ptr_array_index (values, index);
  take_exception_before (context, hours, from);
  int end = hours->end;
  PatternMatch match;
  for (int at = hours->end; patterns_match_rule (context->knowledge->hours, "exception", context->text, at, &match);) {
    gboolean ours = match.start < start_of_next_hours (values, index);
    if (ours) {
      add_exception (hours, pattern_field (&match, "what"));
      values_remove (values, index + 1, match.start, match.end);
      end = match.end;
    }
    at = ours ? match.end : (int)strlen (context->text);
    pattern_match_clear (&match);
  }
  return end;
}

/* Gives each certificate its scheme, and hours of service the exceptions that are named around them. */
static void
values_join (const ValueContext *context, GPtrArray *values, int from)
{
  name_schemes (values);
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    from = value_is (value, "hours") ? take_exceptions (context, values, i, from) : value->end;
  }
}

/* Ranges */

static gboolean
has_range (const Value *value)
{
  return value_is (value, "duration") || value_is (value, "percentage") || value_is (value, "count") ||
         value_is (value, "size");
}

/* The value that VALUE would be with NUMERAL as its number; NULL: that cannot be told. Floating. */
static GVariant *
same_with_number (const Knowledge *knowledge, const Value *value, const char *numeral)
{
  if (!value_is (value, "duration"))
    return g_variant_new_double (number_from_numeral (numeral));
  g_autofree char *text = value->unit ? g_strconcat (numeral, value->unit, NULL) : NULL;
  char *duration = text ? duration_from_text (knowledge, text, NULL) : NULL;
  return duration ? g_variant_new_take_string (duration) : NULL;
}

/* The lower end of a range of which VALUE is the upper end, in the text from byte FROM; NULL: there is none. */
static Value *
low_end_of (const ValueContext *context, const Value *value, int from)
{
  g_autofree char *before = value_text_before (context->text, MAX (from, value->start - LOW_END_BYTES), value->start);
  PatternMatch match;
  if (!patterns_match_rule (context->knowledge->context, "low-end", before, 0, &match))
    return NULL;
  const char *numeral = pattern_field (&match, "number");
  GVariant *number = same_with_number (context->knowledge, value, numeral);
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
values_add_low_ends (const ValueContext *context, GPtrArray *values, int from)
{
  for (guint i = 0; i < values->len; i++) {
    const Value *value = g_ptr_array_index (values, i);
    Value *low = has_range (value) ? low_end_of (context, value, from) : NULL;
    from = value->end;
    if (low)
      g_ptr_array_insert (values, (int)i++, low);
  }
}

static gboolean
is_range (const ValueContext *context, const Value *low, const Value *high)
{
  if (!has_range (low) || strcmp (low->kind, high->kind) || high->start <= low->end)
    return FALSE;
  g_autofree char *between = g_strndup (context->text + low->end, high->start - low->end);
  return patterns_has (context->knowledge->context, "between-ends", between);
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

/* Of two values with only ~ between them the first is a lower bound, the second an upper. */
static void
values_bound_ranges (const ValueContext *context, GPtrArray *values)
{
  for (guint i = 0; i + 1 < values->len; i++) {
    Value *low = g_ptr_array_index (values, i), *high = g_ptr_array_index (values, i + 1);
    if (is_range (context, low, high))
      bound_range (low, high);
  }
}

/* The first or LAST day of DATE, which may be an interval; else DATE itself. The caller frees. */
static char *
end_of_date (const char *date, gboolean last)
{
  const char *slash = strchr (date, '/');
  if (!slash)
    return g_strdup (date);
  return last ? g_strdup (slash + 1) : g_strndup (date, slash - date);
}

/* Behind what belongs to the second date of an interval, which ends at END. */
static int
end_of_interval (const ValueContext *context, int end)
{
  PatternMatch match;
  if (!patterns_match_rule (context->knowledge->context, "interval-end", context->text + end, 0, &match))
    return end;
  end += match.end;
  pattern_match_clear (&match);
  return end;
}

/* From one date to another is one value, an interval: 2024/4/1~2025/3/31. The first must not be the later. */
static void
values_join_dates (const ValueContext *context, GPtrArray *values)
{
  for (guint i = 0; i + 1 < values->len; i++) {
    Value *from = g_ptr_array_index (values, i), *to = g_ptr_array_index (values, i + 1);
    if (!value_is (from, "date") || !value_is (to, "date") || to->start <= from->end)
      continue;
    g_autofree char *between = g_strndup (context->text + from->end, to->start - from->end);
    g_autofree char *first = end_of_date (g_variant_get_string (from->value, NULL), FALSE);
    g_autofree char *last = end_of_date (g_variant_get_string (to->value, NULL), TRUE);
    if (!patterns_has (context->knowledge->context, "between-ends", between) || strcmp (first, last) > 0)
      continue;
    g_variant_unref (from->value);
    from->value = g_variant_ref_sink (g_variant_new_take_string (g_strconcat (first, "/", last, NULL)));
    from->end = end_of_interval (context, to->end);
    g_ptr_array_remove_index (values, i + 1);
  }
}

/* The date that REST (of the rule `interval-rest`) says, with what it does not say from FIRST, a date to the month or the
 * day; NULL: they do not make an interval. The caller frees. */
static char *
date_from_rest (const char *first, const PatternMatch *rest)
{
  const char *month_text = pattern_field (rest, "month"), *day_text = pattern_field (rest, "day");
  int year = 0, month = 0, day = 0, parts = sscanf (first, "%d-%d-%d", &year, &month, &day);
  gboolean to_the_day = parts == 3;
  if (parts < 2 || strchr (first, '/') || to_the_day != (day_text != NULL))
    return NULL;
  int last_month = month_text ? atoi (month_text) : month;
  int last_year = year + (pattern_field (rest, "next") || last_month < month ? 1 : 0);
  if (!to_the_day)
    return g_strdup_printf ("%04d-%02d", last_year, last_month);
  int last_day = atoi (day_text);
  if (!g_date_valid_dmy ((GDateDay)last_day, last_month, (GDateYear)last_year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", last_year, last_month, last_day);
}

/* 2025年3月10日～14日: values that were read in what completes the interval are none. */
static void
values_complete_intervals (const ValueContext *context, GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    PatternMatch rest;
    if (!value_is (value, "date") ||
        !patterns_match_rule (context->knowledge->context, "interval-rest", context->text + value->end, 0, &rest))
      continue;
    g_autofree char *first = g_strdup (g_variant_get_string (value->value, NULL)),
                    *last = date_from_rest (first, &rest);
    int end = value->end + rest.end;
    pattern_match_clear (&rest);
    if (!last || strcmp (first, last) >= 0)
      continue;
    g_variant_unref (value->value);
    value->value = g_variant_ref_sink (g_variant_new_take_string (g_strconcat (first, "/", last, NULL)));
    value->end = end_of_interval (context, end);
    while (i + 1 < values->len && ((Value *)g_ptr_array_index (values, i + 1))->start < value->end)
      g_ptr_array_remove_index (values, i + 1);
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
read_bound_after (const ValueContext *context, Value *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (context->knowledge->context, bounds[i].after, context->text + value->end, 0, &match))
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
read_bound_before (const ValueContext *context, Value *value, int from)
{
  g_autofree char *before = value_text_before (context->text, from, value->start);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++) {
    PatternMatch match;
    if (!patterns_match_rule (context->knowledge->context, bounds[i].before, before, 0, &match))
      continue;
    if (value->bound == BOUND_EXACT)
      value->bound =
          is_latest (context->knowledge, before, context->text + value->end) ? BOUND_AT_LEAST : bounds[i].bound;
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
read_bounds (const ValueContext *context, Value *value, int from)
{
  if (!has_bound (value))
    return;
  g_autofree char *before = value_text_before (context->text, from, value->start);
  value->target = patterns_has (context->knowledge->context, "target-after", context->text + value->end) ||
                  patterns_has (context->knowledge->context, "target-before", before);
  read_bound_after (context, value);
  read_bound_before (context, value, from);
}

/* What comes before a value and names it: the words since the value before, without what only joins them to it. Where
 * the label begins in *START, its end is the value returned; -1: there is none. */
static int
find_label (const ValueContext *context, int from, int to, int *start)
{
  g_autofree char *words = value_text_before (context->text, from, to);
  from = to - (int)strlen (words);
  PatternMatch match;
  if (!patterns_match_rule (context->knowledge->context, "label", words, 0, &match))
    return -1;
  *start = from + match.start;
  int end = from + match.end;
  gboolean fits = g_utf8_strlen (context->text + *start, end - *start) <= SUBJECT_LENGTH && end > *start;
  pattern_match_clear (&match);
  return fits ? end : -1;
}

/* The words in brackets after a value that has no label before it: 24時間(メール). */
static int
find_label_behind (const ValueContext *context, int from, int *start)
{
  PatternMatch match;
  if (!patterns_match_rule (context->knowledge->context, "label-behind", context->text + from, 0, &match))
    return -1;
  const char *label = pattern_field (&match, "label");
  *start = from + match.end - (int)strlen (label) - 1;
  int end = from + match.end - 1;
  pattern_match_clear (&match);
  return end;
}

/* Where the subject of a value is; `end` -1: it has none. */
typedef struct {
  int start, end;
} SubjectSpan;

/* Whether a year before VALUE can belong to its subject: 2022年稼働率 99.97%. */
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
is_separated (const Value *date, const Value *value, const char *text)
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
    if (start < 0 && is_separated (value, g_ptr_array_index (values, index), text))
      break;
    start = value->start;
  }
  return start;
}

/* Whether a value that says more is in SPAN, after the value at INDEX: 7世代(日次). A date, a span (過去12か月),
 * or the same once more (週次(毎週土曜)) does not. */
static gboolean
holds_value (GPtrArray *values, guint index, SubjectSpan span)
{
  const Value *value = g_ptr_array_index (values, index);
  const Value *next = index + 1 < values->len ? g_ptr_array_index (values, index + 1) : NULL;
  return next && next->start < span.end && !value_is (next, "date") && !value_is (next, "duration") &&
         !g_variant_equal (next->value, value->value);
}

/* FROM: where the value before ends. */
static SubjectSpan
find_subject (const ValueContext *context, GPtrArray *values, guint index, int from)
{
  const Value *value = g_ptr_array_index (values, index);
  int date = start_of_date (values, index, context->text);
  SubjectSpan span = {-1, -1};
  if (date >= 0 && is_measure (value)) {
    span.end = find_label (context, date, value->start, &span.start);
    if (span.end >= 0 && span.start <= date)
      return span;
  }
  span.end = find_label (context, from, value->start, &span.start);
  if (span.end < 0)
    span.end = find_label_behind (context, value->end, &span.start);
  if (span.start >= value->end && holds_value (values, index, span))
    span.end = -1;
  return span;
}

/* Fills in bounds, words and subjects, and removes the values within a subject of another; what is before byte FROM is
 * not read. */
static void
values_read_around (const ValueContext *context, GPtrArray *values, const Plain *plain, const char *original, int from)
{
  for (guint i = 0; i < values->len; i++) {
    Value *value = g_ptr_array_index (values, i);
    read_bounds (context, value, from);
    SubjectSpan subject = find_subject (context, values, i, from);
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

/* A number alone at byte START of the text, in the unit of the row: "35" in a row that is measured in 世代数 is
 * "35世代". NULL: there is none. *FROM and *TO say where the number is. The caller frees. */
static char *
number_with_unit_of_row (const ValueContext *context, int start, int *from, int *to)
{
  const Patterns *values = context->knowledge->values;
  PatternMatch number, unit;
  if (!patterns_match_rule (values, "unit-of-row", context->unit, 0, &unit))
    return NULL;
  char *result = NULL;
  if (patterns_match_rule (values, "bare", context->text + start, 0, &number)) {
    *from = start + number.start;
    *to = start + number.end;
    const char *numeral = pattern_field (&number, "number");
    result = g_strconcat (g_strcmp0 (numeral, "ゼロ") ? numeral : "0", pattern_field (&unit, "unit"), NULL);
    pattern_match_clear (&number);
  }
  pattern_match_clear (&unit);
  return result;
}

/* The value of a number that the answer begins with, in the unit of the row; NULL: there is none. */
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
  values_complete_intervals (&context, values);
  values_add_low_ends (&context, values, from);
  values_join_dates (&context, values);
  values_join (&context, values, from);
  values_read_around (&context, values, plain, original, from);
  values_bound_ranges (&context, values);
  return values;
}
