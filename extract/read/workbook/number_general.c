/* number_general.c - see number_section.h
 *
 * General shows as many digits as eleven characters hold, rounded. Whole numbers are shown whole up to 15 digits: what
 * stands in a sheet as 1.23457E+11 for want of width is a number that someone typed.
 */
#include "read/workbook/number_section.h"

#define WIDTH 10 /* digits, the point left out */
#define WHOLE_DIGITS 15

static void
append_exponent_form (GString *text, double value)
{
  static const char code[] = "0.#####E+00";
  g_autoptr (GPtrArray) sections = sections_from_code (code);
  g_autofree char *digits = text_from_digits (g_ptr_array_index (sections, 0), value, FALSE);
  const char *point = g_strrstr (digits, ".E"); /* "1.E-10" */
  if (point)
    g_string_append_len (text, digits, point - digits);
  g_string_append (text, point ? point + 1 : digits);
}

void
append_general (GString *text, double value)
{
  Decimal decimal = decimal_from_double (value);
  Decimal exact = decimal;
  if (decimal.negative && decimal.count > 0)
    g_string_append_c (text, '-');
  int whole = MAX (decimal.point, 1);
  decimal_round (&decimal, MAX (WIDTH - whole, 0));
  gboolean cut = decimal.count != exact.count;
  if (whole > WHOLE_DIGITS || (exact.count > 0 && exact.point < -3 && cut)) {
    append_exponent_form (text, value);
    return;
  }
  for (int position = MAX (decimal.point, 1) - 1; position >= MIN (0, decimal.point - decimal.count); position--) {
    if (position == -1)
      g_string_append_c (text, '.');
    g_string_append_c (text, '0' + decimal_digit (&decimal, position));
  }
}
