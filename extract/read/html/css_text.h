/* css_text.h - the text of style sheets (CSS Syntax 3), a bit at a time.
 *
 * A stretch of text is given by its start and its END, behind its last character. Where AT is a pointer to a pointer, it is moved behind what
 * was taken. Strings that are returned are freed by the caller.
 */
#pragma once

#include <glib.h>

/* TEXT without comments, and without the marks that hide a sheet from old browsers ("<!--"). */
char *css_without_comments (const char *text);

/* The first of the characters STOPS that is in no string and in no brackets, or END. */
const char *css_find (const char *text, const char *end, const char *stops);

const char *css_skip_space (const char *at, const char *end);

/* In lower case, white space as single spaces, none at the ends; "squeezed": without any. */
char *css_plain_value (const char *text, const char *end);
char *css_squeezed_value (const char *text, const char *end);

/* The identifier at *AT, escapes decoded; NULL: there is none. */
char *css_take_name (const char **at, const char *end);

/* The text of a string, or of the first name of a list ("Meiryo, sans-serif"), with its escapes decoded. */
char *css_written_text (const char *text, const char *end);
