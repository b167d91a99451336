/* numeral.h - numbers as they are written: 1,000  ９９．９９  30万  十七  二〇二四  一万二千  twenty-four */
#pragma once

#include <glib.h>

/* The number that TEXT means; digits of any script and kanji have their numeric values of the Unicode Character
 * Database. Other characters are passed over; 0 if nothing else is in it. TEXT must be UTF-8. */
double number_from_numeral (const char *text);
