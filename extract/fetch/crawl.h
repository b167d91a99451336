/* crawl.h - the fetcher's process, from the fork to its end: all requests, to their results, in one loop over libcurl's
 * multi handle. */
#pragma once

#include "fetch/fetch_request.h"

#include <sys/types.h>

/* How far each document is, in memory that the process shares with its parent: if it dies, this shows what it was
 * at. */
typedef enum { FETCH_OPEN, FETCH_UNDER_WAY, FETCH_IN_HAND, FETCH_ANSWERED } FetchState;

typedef struct {
  const FetchRequest *requests;
  guint n;
  const FetchOptions *options;
  guint8 *states; /* FetchState, n of them; what is FETCH_ANSWERED is not fetched */
} CrawlPlan;

/* In the child, after the fork: fetches what is open in PLAN, sends each result into SOCKET (fetch_result_send), and
 * ends the process. PARENT is who waits for it. */
void crawl_in_child (const CrawlPlan *plan, int socket, pid_t parent) G_GNUC_NORETURN;
