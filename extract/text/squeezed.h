/* squeezed.h - a text without its white space, all of it or that at its ends: what is the same however it is set.
 *
 * White space is what Unicode says it is (g_unichar_isspace), with the ideographic space and the line ends.
 */
#pragma once

#include <glib.h>

/* How many characters TEXT has, white space left out; of NULL 0. Bytes that are not UTF-8 count one each. */
gsize text_letters (const char *text);

/* TEXT (UTF-8) without white space; "" for NULL. The caller frees. */
char *text_squeezed (const char *text);

/* The first character of TEXT (UTF-8) that is no white space, or its end. Borrowed. */
const char *text_after_space (const char *text);

/* What is between START and END (UTF-8; nothing where END is before START), without white space at either side, and at its end alone. The caller frees. */
char *text_trimmed (const char *start, const char *end);
char *text_chomped (const char *start, const char *end);
