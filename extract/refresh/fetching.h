/* fetching.h - refresh, its first half: the newest bytes of every document, into the store.
 *
 *     task ──► FetchRequest, with the validators of its record ──► fetcher ──► FetchResult
 *       ▲                                                                          │
 *       └── new bytes are in store/, or the task is finished ◄─────────────────────┘
 */
#pragma once

#include "fetch/fetch_request.h"
#include "refresh/task.h"

/* Asks for all documents, and takes those that are files from there. Afterwards the record of each task that is open
 * names the document's newest bytes, which are in the store, and these or its current revision are to be read; the
 * others are finished. Gives the signal that ended it, or 0. */
int refresh_fetch (Refresh *refresh, const FetchOptions *options);
