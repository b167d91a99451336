/* decimal.h - a number as the 15 decimal digits that spreadsheet programs calculate with.
 *
 * 0.285 is 28.499999999999996 % in binary; a workbook shows 29 %. Hence numbers are rounded by their decimal digits,
 * halves away from zero.
 */
#pragma once

#include <glib.h>

#define DECIMAL_DIGITS 15

/* 0.d1d2d3... times 10 to the power of `point`: 1234.5 has the digits 1 2 3 4 5 and the point 4. */
typedef struct {
  char digits[DECIMAL_DIGITS + 1]; /* 0 to 9, not characters; one more than a double gives, for rounding up */
  int count;                       /* of digits; 0: the number is zero */
  int point;
  gboolean negative;
} Decimal;

/* VALUE must be finite. */
Decimal decimal_from_double (double value);

/* Multiplies by ten to the power of PLACES. */
void decimal_shift (Decimal *decimal, int places);

/* Rounds to PLACES digits after the point. */
void decimal_round (Decimal *decimal, int places);

/* The digit for 10 to the power of POSITION: 0 for ones, -1 for tenths. */
int decimal_digit (const Decimal *decimal, int position);
