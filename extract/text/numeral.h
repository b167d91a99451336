/* numeral.h - numbers as they are written: 1,000  ９９．９９  30万  十七  二〇二四  一万二千 */
#pragma once

#include <glib.h>

/* The number that TEXT is written for; digits of any script and kanji, by the Unicode Character Database's numeric
 * values. What is no numeral in it is passed over; 0 where nothing is left. */
double number_from_numeral (const char *text);
