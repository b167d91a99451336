/* fetcher_process.h - the fetcher's process, from the fork to its end. */
#pragma once

#include "refresh/fetch/fetcher.h"

#include <sys/types.h>

/* Fetches, answers into SOCKET, and ends the process. PARENT is who waits for it. */
void fetcher_process_run (const FetchRequest *requests, guint n, const FetchOptions *options, int socket,
                          pid_t parent) G_GNUC_NORETURN;
