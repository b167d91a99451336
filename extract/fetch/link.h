/* link.h - the address of the newest revision, on a page that links to it. */
#pragma once

#include "patterns/knowledge.h"

/* The `link` of a manifest: a PCRE2 expression that is tried on the links of a page, under limits. */
typedef struct LinkPattern LinkPattern;

/* Letters, digits and white space are those of any script. NULL where TEXT is not valid: *FAULT says why (PCRE2's
 * words; the caller frees), *CHARACTER is the character of TEXT, from 1, at which that was found. */
LinkPattern *link_pattern_new (const char *text, char **fault, int *character);

void link_pattern_free (LinkPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkPattern, link_pattern_free)

/* Tries PATTERN (PCRE2) on the address (as written and as resolved) and on the text of each link of the web page BYTES,
 * which came from ADDRESS; a <base> counts. Of several links that match, the one with the newest date in its text or
 * address (20260401, 2026-04-01, 2026/4/1, 2026年4月1日, 令和8年4月1日, 202604, 2026年4月), else the first. Gives an absolute
 * http or https address without a fragment; the caller frees. CHARSET: declared outside of the bytes, or NULL. Errors:
 * CHECKSHEET_ERROR_FETCH: no link matches (says how many links there are), the pattern gave up. To be called where
 * hostile bytes may be parsed: in the fetcher's process. */
char *newest_link (const Knowledge *knowledge, GBytes *bytes, const char *charset, const char *address,
                   const char *pattern, GError **error);
