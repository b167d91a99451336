/* numeral.c - see numeral.h
 *
 *   12万3千4百  =  12 × 10000  +  (3 × 1000 + 4 × 100)
 *
 * Digits are collected up to a multiplier. One up to 1000 multiplies the digits before it, a larger one all that was
 * collected since the last larger one.
 */
#include "text/numeral.h"

#include <unicode/uchar.h>

typedef struct {
  double total, section;
  GString *digits; /* collected so far, ASCII */
} NumeralSum;

/* The number that the digits are, which begin anew; OTHERWISE if there are none. */
static double
take_digits (NumeralSum *sum, double otherwise)
{
  double number = sum->digits->len ? g_ascii_strtod (sum->digits->str, NULL) : otherwise;
  g_string_truncate (sum->digits, 0);
  return number;
}

static void
multiply (NumeralSum *sum, double multiplier)
{
  if (multiplier < 10000) {
    sum->section += take_digits (sum, 1) * multiplier;
    return;
  }
  double section = sum->section + take_digits (sum, 0);
  sum->total += (section > 0 ? section : 1) * multiplier;
  sum->section = 0;
}

double
number_from_numeral (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  NumeralSum sum = {.digits = digits};
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    int digit = u_charDigitValue ((UChar32)character);
    double value = digit >= 0 ? digit : u_getNumericValue ((UChar32)character);
    if (character == '.' || character == 0xFF0E)
      g_string_append_c (digits, '.');
    else if (value >= 0 && value < 10)
      g_string_append_c (digits, (char)('0' + (int)value));
    else if (value >= 10)
      multiply (&sum, value);
  }
  return sum.total + sum.section + take_digits (&sum, 0);
}
