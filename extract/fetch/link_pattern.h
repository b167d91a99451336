/* link_pattern.h - the `link` of a manifest: a PCRE2 expression that is tried on the links of a page, under limits. */
#pragma once

#include <glib.h>

typedef struct LinkPattern LinkPattern;

/* Letters, digits and white space are those of any script. NULL where TEXT is none: *FAULT says why (PCRE2's words; the
 * caller frees), *CHARACTER is the character of TEXT, from 1, at which that was seen. */
LinkPattern *link_pattern_new (const char *text, char **fault, int *character);

typedef enum { LINK_DIFFERS, LINK_MATCHES, LINK_GAVE_UP } LinkMatch;

/* TEXT is UTF-8, its first 4096 bytes count. LINK_GAVE_UP: the match took more steps than a link is worth. */
LinkMatch link_pattern_try (const LinkPattern *pattern, const char *text);

void link_pattern_free (LinkPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkPattern, link_pattern_free)
