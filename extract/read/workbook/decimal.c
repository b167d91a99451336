/* decimal.c - see decimal.h */
#include "read/workbook/decimal.h"

#include <stdlib.h>
#include <string.h>

static void
drop_trailing_zeros (Decimal *decimal)
{
  while (decimal->count > 0 && decimal->digits[decimal->count - 1] == 0)
    decimal->count--;
  if (decimal->count == 0)
    decimal->point = 0;
}

Decimal
decimal_from_double (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE]; /* "-d.dddddddddddddde-ddd" */
  Decimal decimal = {.negative = value < 0};
  g_ascii_formatd (text, sizeof text, "%.14e", value);
  const char *at = text;
  for (; *at && *at != 'e'; at++)
    if (g_ascii_isdigit (*at) && decimal.count < DECIMAL_DIGITS)
      decimal.digits[decimal.count++] = *at - '0';
  decimal.point = *at ? atoi (at + 1) + 1 : 0;
  drop_trailing_zeros (&decimal);
  return decimal;
}

void
decimal_shift (Decimal *decimal, int places)
{
  if (decimal->count > 0)
    decimal->point += places;
}

void
decimal_round (Decimal *decimal, int places)
{
  int kept = decimal->point + places;
  if (kept >= decimal->count)
    return;
  gboolean up = kept >= 0 && decimal->digits[kept] >= 5;
  decimal->count = MAX (kept, 0);
  while (up && decimal->count > 0 && decimal->digits[decimal->count - 1] == 9)
    decimal->count--;
  if (up && decimal->count > 0)
    decimal->digits[decimal->count - 1]++;
  else if (up) {
    decimal->digits[decimal->count++] = 1;
    decimal->point++;
  }
  drop_trailing_zeros (decimal);
}

int
decimal_digit (const Decimal *decimal, int position)
{
  int index = decimal->point - 1 - position;
  return index >= 0 && index < decimal->count ? decimal->digits[index] : 0;
}
