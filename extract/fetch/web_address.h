/* web_address.h - an http or https address (RFC 3986), parsed once, by one parser: libcurl's URL API, whose handle is
 * then given to libcurl for the request (CURLOPT_CURLU). The address that was checked is the one that is asked.
 *
 *     "http:\\ｖｅｎｄｏｒ．example/a b?c#d"  ──►  http://vendor.example/a%20b?c
 *
 * As in browsers, "\" before the query is read as "/" (WHATWG URL Standard, section 4.4). Other characters that RFC
 * 3986 does not allow are escaped. A host in other scripts, digits or dots becomes its ASCII form (RFC 3490), and an
 * IPv4 address in any notation ("2130706433", "0x7f.1", "0177.0.0.1") four decimal numbers. "https:" is followed by
 * exactly two slashes: libcurl and browsers accept one or three, other parsers find no host there, so such an address
 * is refused. A fragment is dropped: servers never see it.
 */
#pragma once

#include <curl/curl.h>
#include <glib.h>

typedef struct {
  CURLU *parts;
  char *text;      /* the whole address, ASCII; parsed again, it gives the same address */
  char *host;      /* ASCII, lower case, without a dot at its end; IPv6 in brackets */
  char *origin;    /* "https://host:443": the scope of a robots.txt */
  char *target;    /* path and query, from "/" */
  gboolean secure; /* https */
} WebAddress;

/* TEXT as a user, a redirect or the database gives it. A name and a password before the host are removed: nothing that
 * is published needs them, they must not reach a log, and "https://known.example@elsewhere/" is made to deceive.
 * Errors: CHECKSHEET_ERROR_FETCH, without the address: not UTF-8, not http or https, no host, longer than 8 KiB,
 * control characters. */
WebAddress *web_address_new (const char *text, GError **error);

/* TEXT as a page or a manifest has it, which may be relative to BASE (NULL: it may not). White space and control
 * characters around it, and line ends and tabs in it, are ignored, as in browsers. NULL: it is not a web address, or
 * has a name or password. */
WebAddress *web_address_from_link (const char *text, const WebAddress *base);

/* What is wrong with TEXT as an address that a person wrote into a file, where nothing is ignored; NULL: nothing. One
 * line in the user's language, that says what to do; the caller frees. */
char *web_address_fault (const char *text);

/* TEXT with "***" in place of a name and password before the host, at whatever scheme; NULL: it has none. The caller
 * frees. */
char *web_address_masked (const char *text);

/* TEXT (any bytes) fit to be shown on one line: no name and password, nothing that moves a cursor or turns the
 * direction of writing, at most 300 characters. The caller frees. */
char *web_address_for_display (const char *text);

void web_address_free (WebAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebAddress, web_address_free)
