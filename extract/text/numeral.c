/* numeral.c - see numeral.h
 *
 *   12万3千4百  =  12 × 10000  +  (3 × 1000 + 4 × 100)
 *
 * Digits are gathered until a multiplier comes. Those up to 1000 multiply the digits before them, larger ones all that
 * has been gathered since the last larger one.
 */
#include "text/numeral.h"

#include <unicode/uchar.h>

typedef struct {
  double total, section;
  GString *digits; /* gathered, as ASCII */
} Count;

/* What the gathered digits are; OTHERWISE where there are none. */
static double
take_digits (Count *count, double otherwise)
{
  double number = count->digits->len ? g_ascii_strtod (count->digits->str, NULL) : otherwise;
  g_string_truncate (count->digits, 0);
  return number;
}

static void
multiply (Count *count, double multiplier)
{
  if (multiplier < 10000) {
    count->section += take_digits (count, 1) * multiplier;
    return;
  }
  double section = count->section + take_digits (count, 0);
  count->total += (section > 0 ? section : 1) * multiplier;
  count->section = 0;
}

double
number_from_numeral (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  Count count = {.digits = digits};
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    int digit = u_charDigitValue ((UChar32)character);
    double value = digit >= 0 ? digit : u_getNumericValue ((UChar32)character);
    if (character == '.' || character == 0xFF0E)
      g_string_append_c (digits, '.');
    else if (value >= 0 && value < 10)
      g_string_append_c (digits, (char)('0' + (int)value));
    else if (value >= 10)
      multiply (&count, value);
  }
  return count.total + count.section + take_digits (&count, 0);
}
