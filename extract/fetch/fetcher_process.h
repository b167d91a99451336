/* fetcher_process.h - the fetcher's process, from the fork to its end. */
#pragma once

#include "fetch/fetcher.h"

#include <sys/types.h>

/* How far each request has come, in memory that the process shares with its parent: where it dies, this shows what it
 * died of. */
typedef enum { REQUEST_OPEN, REQUEST_UNDER_WAY, REQUEST_IN_HAND, REQUEST_ANSWERED } RequestState;

typedef struct {
  const FetchRequest *requests;
  guint n;
  const FetchOptions *options;
  guint8 *states; /* RequestState, n of them; what is ANSWERED is not asked for */
} FetchPlan;

/* Fetches, answers into SOCKET, and ends the process. PARENT is who waits for it. */
void fetcher_process_run (const FetchPlan *plan, int socket, pid_t parent) G_GNUC_NORETURN;
