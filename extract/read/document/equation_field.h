/* equation_field.h - the words that an EQ field of Word shows, which puts letters over and beside each other.
 *
 *     eq \o\ac(○,有)                         ○有     a ring round a word: the choice among others
 *     eq \o\ac(○,12)                         12      a number in a ring
 *     eq \* hps10 \o\ad(\s\up 9(もくひょう),目標)  目標    a reading over a word, which is left out
 *     eq \f(1,2)                             1/2
 *
 * Word calculates such a field whenever it shows it: the file has no result of it (ECMA-376, 17.16.1; the switches are those of
 * Word's own documentation of EQ).
 */
#pragma once

#include <glib.h>

/* The words of the field whose code is CODE; *RINGED: a ring chooses them. NULL: CODE is that of another field. The caller
 * frees. */
char *equation_text (const char *code, gboolean *ringed);
