/* digit_check.h - numbers are read twice: "27001" was seen as "27991". */
#pragma once

#include "read/picture/tesseract.h"

/* Where SYMBOLS (Symbol), read from LINE, hold a number that was not read surely, reads its part of the line again as
 * nothing but digits; takes the second reading where it is as long and surer. MIDDLES: where the symbols stand, pixels.
 */
void symbols_look_again (Recogniser *recogniser, const Picture *line, GArray *symbols, const double *middles);
