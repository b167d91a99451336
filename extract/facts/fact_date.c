/* fact_date.c - see fact_date.h */
#include "facts/fact_date.h"

#include "answer/date.h"
#include "text/numeral.h"
#include "text/plain.h"

#include <string.h>

static void
set_number (PatternMatch *match, const char *field, int number)
{
  g_hash_table_replace (match->fields, g_strdup (field), g_strdup_printf ("%d", number));
}

/* Puts numbers in kanji in digits. */
static void
write_in_digits (PatternMatch *match)
{
  static const char *const fields[] = {"era_year", "month", "day"};
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *text = pattern_field (match, fields[i]);
    if (text && !g_ascii_isdigit (*text) && strcmp (text, "元"))
      set_number (match, fields[i], (int)number_from_numeral (text));
  }
}

char *
fact_date_in (const Knowledge *knowledge, const char *rule, const char *plain)
{
  PatternMatch match;
  if (!patterns_match_folded (knowledge->document, rule, plain, &match))
    return NULL;
  write_in_digits (&match);
  char *date = pattern_field (&match, "day") ? date_from_match (&match) : NULL;
  pattern_match_clear (&match);
  return date;
}

char *
fact_date (const Knowledge *knowledge, const char *rule, const char *text)
{
  g_autofree char *made_plain = text_made_plain (text);
  const char *plain = made_plain ? made_plain : text;
  return fact_date_in (knowledge, rule, plain);
}
