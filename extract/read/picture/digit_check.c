/* digit_check.c - see digit_check.h */
#include "read/picture/digit_check.h"

#include <string.h>

#define ALPHABET "0123456789.,:%-/"

/* Numbers of fewer characters are counted or listed; a wrong one shows. */
#define LENGTH_LEAST 3

/* What is read more surely than this is believed. */
#define SURE 0.92

static gboolean
is_of_number (gunichar character)
{
  return character < 128 && character > 0 && strchr (ALPHABET, (int)character);
}

/* The symbols FROM to TO are a number. */
typedef struct {
  guint from, to;
} Number;

static gboolean
next_number (GArray *symbols, guint start, Number *number)
{
  guint from = start;
  while (from < symbols->len && !g_unichar_isdigit (g_array_index (symbols, Symbol, from).character))
    from++;
  guint to = from;
  while (to < symbols->len && is_of_number (g_array_index (symbols, Symbol, to).character))
    to++;
  *number = (Number){from, to};
  return from < symbols->len;
}

static double
confidence_of (GArray *symbols, const Number *number)
{
  double least = 1;
  for (guint i = number->from; i < number->to; i++)
    least = MIN (least, g_array_index (symbols, Symbol, i).confidence);
  return least;
}

/* The part of LINE where the number stands, halfway to its neighbours. */
static Picture *
picture_of_number (const Picture *line, GArray *symbols, const Number *number, const double *middles)
{
  double from = number->from > 0 ? (middles[number->from - 1] + middles[number->from]) / 2 : 0;
  double to = number->to < symbols->len ? (middles[number->to - 1] + middles[number->to]) / 2 : line->width;
  int left = CLAMP ((int)from, 0, line->width - 1), width = CLAMP ((int)to, left + 1, line->width) - left;
  Picture *picture = picture_new (width + line->height / 2, line->height, line->scale);
  for (int y = 0; y < line->height; y++)
    memcpy (picture->grey + (gsize)y * picture->width + line->height / 4, line->grey + (gsize)y * line->width + left,
            width);
  return picture;
}

static void
look_at_number (Recogniser *recogniser, const Picture *line, GArray *symbols, const Number *number,
                const double *middles)
{
  g_autoptr (Picture) picture = picture_of_number (line, symbols, number, middles);
  g_autoptr (GArray) again = symbols_from_line (recogniser, picture, ALPHABET);
  Number all = {0, again->len};
  if (again->len != number->to - number->from || confidence_of (again, &all) <= confidence_of (symbols, number))
    return;
  for (guint i = 0; i < again->len; i++) {
    Symbol *symbol = &g_array_index (symbols, Symbol, number->from + i);
    symbol->character = g_array_index (again, Symbol, i).character;
    symbol->confidence = g_array_index (again, Symbol, i).confidence;
  }
}

void
symbols_look_again (Recogniser *recogniser, const Picture *line, GArray *symbols, const double *middles)
{
  Number number;
  for (guint start = 0; next_number (symbols, start, &number); start = number.to)
    if (number.to - number.from >= LENGTH_LEAST && confidence_of (symbols, &number) < SURE)
      look_at_number (recogniser, line, symbols, &number, middles);
}
