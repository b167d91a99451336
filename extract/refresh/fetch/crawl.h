/* crawl.h - all requests, to their results: what the fetcher's process does, in one loop over libcurl's multi handle.
 */
#pragma once

#include "refresh/fetch/fetcher.h"

/* Fetches REQUESTS (N of them) and sends each result into SOCKET (message.h). Returns when all are sent; FALSE: nobody
 * reads them any more. */
gboolean crawl (const FetchRequest *requests, guint n, const FetchOptions *options, int socket);
