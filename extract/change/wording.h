/* wording.h - whether two texts say the same in the same words, however they are set and read.
 *
 * Not a difference: white space and line breaks, width, case, the shapes of dashes, bullets, circles and crosses, old
 * forms of characters, commas 、and ,, full stops 。 (the folding `changing`; changes.pattern). Any other character is
 * one: 99.9 and 99.99, 有 and 無, 3 and 4, 5 and -5.
 */
#pragma once

#include "patterns/knowledge.h"

/* TEXT folded for that; "" for NULL. The caller frees. */
char *wording_key (const Knowledge *knowledge, const char *text);

/* Whether the wordings are the same; NULL is the same as NULL and as a text of white space alone. */
gboolean wording_is_same (const Knowledge *knowledge, const char *a, const char *b);

/* Whether one of two keys is the other, cut off within its last verb (可能で for 可能です): what reading lost at the
 * end of a page. */
gboolean wording_is_cut (const Knowledge *knowledge, const char *a_key, const char *b_key);
