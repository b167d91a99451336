/* list_label.h - the numbers of lists in the formats that text documents have (ECMA-376 part 1, 17.18.59; OpenDocument 1.3
 * part 3, 19.500). */
#pragma once

#include <glib.h>

/* NUMBER, 1 or more, in FORMAT, a name of ECMA-376 ("decimal", "upperRoman", "aiueo", "decimalEnclosedCircle") or a format of
 * OpenDocument ("1", "a", "I", "ア", "①", "一"); NULL where it is a bullet or nothing. Unknown formats are decimal. The caller
 * frees. */
char *list_number (const char *format, int number);

/* The mark of a list whose bullet is TEXT, often a letter of a symbol font. Static. */
const char *list_bullet (const char *text);
