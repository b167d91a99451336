/* fetcher.h - documents from the web, fetched by a process of its own.
 *
 *      caller                       fetcher (a child)                        web
 *     ────────                     ───────────────────                      ─────
 *     fetcher_new ──── fork ─────► one queue a host, libcurl multi ───────► robots.txt, once an origin
 *                                  one connection a host, a pause after it  the page, where the address is found on one
 *     fetcher_next ◄── socket ──── a result, and the body's descriptor ◄─── the document
 *
 * What strangers send is parsed in the child alone: headers, pages, compressed bodies. A body is a file without a name,
 * so that nothing is left behind whichever process dies. The child ends with its parent.
 *
 * Requests are conditional (RFC 9110, section 13): the caller gives the validators that it kept. At most 5 redirects,
 * each checked as the first address was; none from https to http. Bodies end at the limit of FetchOptions, before and after
 * decompression. 408, 429, 5xx and broken connections are tried again, with growing pauses and jitter; Retry-After is
 * obeyed (RFC 9110, section 10.2.3), and where it asks for longer than a run should wait, the result says until when.
 * robots.txt is obeyed (RFC 9309). A body shorter than its Content-Length is a failure, never a body.
 *
 * A host that fails three documents in a row for reasons of its own (no connection, 429, 503) is left alone for the
 * rest of the run. crawl-delay is kept up to 30 s. The certificates of SSL_CERT_FILE count in place of the system's; no
 * other variable of the environment does, proxies neither.
 *
 * Only public addresses are connected to (ip_address.h), unless allowed: checked on the socket's own address when
 * libcurl opens it, after all names, redirects and odd spellings are resolved.
 */
#pragma once

#include "fetch/fetch_request.h"

typedef struct Fetcher Fetcher;

/* Starts fetching REQUESTS (N of them), by a fork: no other thread may run. Errors: CHECKSHEET_ERROR_IO. */
Fetcher *fetcher_new (const FetchRequest *requests, guint n, const FetchOptions *options, GError **error);

/* Waits for the next result, in whatever order they come, SECONDS at most. FALSE: none in that time (or a signal came);
 * *DONE is then TRUE when all results were given. What a process was at when it died fails, and another process takes
 * over the rest; twice at most. */
gboolean fetcher_next (Fetcher *fetcher, double seconds, FetchResult *result, gboolean *done);

/* Ends the process. */
void fetcher_free (Fetcher *fetcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetcher, fetcher_free)
