/* squeezed.h - a text without its white space: what is the same however it is set.
 *
 * White space is what Unicode says it is (g_unichar_isspace), with the ideographic space and the line ends.
 */
#pragma once

#include <glib.h>

/* How many characters TEXT has, white space left out; of NULL 0. Bytes that are not UTF-8 count one each. */
gsize text_letters (const char *text);

/* TEXT (UTF-8) without white space; "" for NULL. The caller frees. */
char *text_squeezed (const char *text);
