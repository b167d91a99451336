/* web_address.h - addresses of the web as people write them, in the form in which they are asked for (RFC 3986). */
#pragma once

#include <glib.h>

/* An absolute http or https address made of TEXT, which may be relative to BASE (such an address, or NULL); all that is
 * no ASCII is escaped, a Japanese host name is in its ASCII form (RFC 3490). NULL: there is no such address, or it
 * holds a name or password. A fragment stays. White space and controls around TEXT, and line ends and tabs in it, are
 * passed over, as browsers do (WHATWG URL Standard, section 4.4). The caller frees. */
char *web_address_from_text (const char *text, const char *base);

/* What is wrong with TEXT as an address that a person wrote into a file, where nothing is passed over; NULL: nothing.
 * One line in the user's language, that says what to do; the caller frees. */
char *web_address_fault (const char *text);
