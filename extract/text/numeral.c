/* numeral.c - see numeral.h
 *
 *   12万3千4百  =  12 × 10000  +  (3 × 1000 + 4 × 100)
 *
 * Digits are collected up to a multiplier. One up to 1000 multiplies the digits before it, a larger one all that was
 * collected since the last larger one. A number in English words is the sum of its words, but for its hundreds.
 */
#include "text/numeral.h"

#include <string.h>
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

/* The numbers that are one English word. */
static const struct {
  const char *word;
  int number;
} words[] = {
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
    {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},     {"sixty", 60},
    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"ten", 10},     {"eleven", 11},    {"twelve", 12},
    {"one", 1},       {"once", 1},      {"two", 2},      {"twice", 2},    {"three", 3},      {"four", 4},
    {"five", 5},      {"six", 6},       {"seven", 7},    {"eight", 8},    {"nine", 9},
};

/* Adds the English word at AT and returns its length in bytes. */
static gsize
add_word (NumeralSum *sum, const char *at)
{
  gsize length = strspn (at, G_CSET_A_2_Z G_CSET_a_2_z);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].word) == length && !g_ascii_strncasecmp (words[i].word, at, length))
      sum->section += words[i].number;
  if (length == strlen ("hundred") && !g_ascii_strncasecmp ("hundred", at, length))
    sum->section *= 100;
  return length;
}

double
number_from_numeral (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  NumeralSum sum = {.digits = digits};
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gsize word = g_ascii_isalpha (*at) ? add_word (&sum, at) : 0;
    if (word > 0) {
      at += word - 1;
      continue;
    }
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
