/* value_kind.c - see value_kind.h */
#include "answer/value_kind.h"

#include "answer/date.h"
#include "answer/duration.h"
#include "answer/hours.h"
#include "answer/standard.h"
#include "text/numeral.h"

#define VALUES G_STRUCT_OFFSET (Knowledge, values)
#define STANDARDS G_STRUCT_OFFSET (Knowledge, standards)
#define HOURS G_STRUCT_OFFSET (Knowledge, hours)

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

GVariant *
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
  return certificate_new (NULL, number); /* values_join knows the scheme */
}

static GVariant *
text_value (const PatternMatch *match, const ValueContext *context, char **unit)
{
  return variant_take (matched (match, context));
}

const ValueKind value_kinds[] = {
    {VALUES, "url", "url", text_value},
    {VALUES, "mail", "mail", text_value},
    {VALUES, "no-value", NULL, NULL},
    {STANDARDS, "certificate-number", "certificate", certificate_value},
    {STANDARDS, "iso", "standard", standard_value},
    {STANDARDS, "jis", "standard", standard_value},
    {STANDARDS, "tls", "standard", standard_value},
    {STANDARDS, "protocol", "standard", standard_value},
    {STANDARDS, "cipher", "standard", standard_value},
    {STANDARDS, "scheme", "standard", standard_value},
    {HOURS, "hours", "hours", hours_value},
    {HOURS, "all-day", "hours", all_day_value},
    {VALUES, "frequency", "frequency", frequency_value},
    {VALUES, "frequency-word", "frequency", frequency_value},
    {VALUES, "percentage", "percentage", number_value},
    {VALUES, "size", "size", number_value},
    {VALUES, "date", "date", date_value},
    {VALUES, "duration", "duration", duration_value},
    {VALUES, "count", "count", number_value},
    {HOURS, "time", "time", time_value},
    {VALUES, "place", "place", text_value},
    {0},
};

G_STATIC_ASSERT (G_N_ELEMENTS (value_kinds) <= VALUE_KINDS_MOST);

char *
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
