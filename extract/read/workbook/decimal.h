/* decimal.h - a number as the 15 decimal digits that spreadsheet programs reckon with.
 *
 * 0.285 is 28.499999999999996 % in binary; a workbook shows 29 %. Hence numbers are rounded by their decimal digits,
 * halves away from zero.
 */
#pragma once

#include <glib.h>

#define DECIMAL_DIGITS 15

typedef struct {
  char
      digits[DECIMAL_DIGITS + 1]; /* 0 to 9, not characters; the number is 0.d1d2d3... times 10 to the power of point */
  int count;                      /* of digits; 0: the number is zero */
  int point;
  gboolean negative;
} Decimal;

/* VALUE must be finite. */
Decimal decimal_from_double (double value);

/* Times ten to the power of PLACES. */
void decimal_shift (Decimal *decimal, int places);

/* Keeps so many digits after the point. */
void decimal_round (Decimal *decimal, int places);

/* The digit that counts 10 to the power of POSITION: 0 for ones, -1 for tenths. */
int decimal_digit (const Decimal *decimal, int position);
