/* number_format.h - numbers as a workbook shows them: the number format codes of ECMA-376 part 1, 18.8.30 and 18.8.31.
 *
 *     0.9997    0.00%                              99.97%
 *     45383     yyyy/m/d                           2024/4/1
 *     45383     [$-411]ggge"年"m"月"d"日"          令和6年4月1日
 *     -1234.5   #,##0.0;[Red]▲#,##0.0              ▲1,234.5
 *
 * A code has up to four sections with ";" between them: for positive numbers, negative ones, zero, and text; or for
 * the numbers that the conditions in their brackets name. Where the program's language decides, it is Japanese.
 * Fractions (# ?/?) are shown as decimals; colours and fill characters are left out.
 */
#pragma once

#include <glib.h>

/* The code of a built-in format (18.8.30); "General" for an unknown number. Static. */
const char *number_format_built_in (int id);

/* VALUE, which must be finite, as CODE (UTF-8) shows it. FROM_1904: days are counted from 1904 and not from 1900. The
 * caller frees. */
char *text_from_number (double value, const char *code, gboolean from_1904);

/* TEXT as CODE shows it: formats may add to text too (@"御中"). The caller frees. */
char *text_from_text (const char *text, const char *code);
