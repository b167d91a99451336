/* link.h - the address of the newest revision, on a page that links to it. */
#pragma once

#include <glib.h>

/* Tries PATTERN (PCRE2) on the address (as written and as resolved) and on the text of each link of the web page BYTES,
 * which stood at ADDRESS; a <base> counts. Of several links that match, the one with the newest date in its text or
 * address (20260401, 2026-04-01, 2026/4/1, 2026年4月1日, 令和8年4月1日, 202604, 2026年4月; a page with such dates in
 * every link is told by the newest), else the first. Gives an absolute http or https address without a fragment; the
 * caller frees. CHARSET: declared outside of the bytes, or NULL. Errors: CHECKSHEET_ERROR_FETCH: no link matches (says
 * how many links there are), the pattern gave up. To be called where hostile bytes may be looked at: in the fetcher's
 * process. */
char *newest_link (GBytes *bytes, const char *charset, const char *address, const char *pattern, GError **error);
