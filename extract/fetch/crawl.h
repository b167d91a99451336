/* crawl.h - all requests, to their results: what the fetcher's process does, in one loop over libcurl's multi handle.
 */
#pragma once

#include "fetch/fetcher_process.h"

/* Fetches what is open in PLAN and sends each result into SOCKET (message.h). Returns when all are sent; FALSE: nobody
 * reads them any more. */
gboolean crawl (const FetchPlan *plan, int socket);
