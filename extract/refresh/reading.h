/* reading.h - refresh, its second half: the sheets of the documents that changed or whose sheet is out of date.
 *
 *     a task has     is read                          because
 *     news           the new bytes, the current       a revision is reported by what it changes
 *     a stale sheet  the current, the one before      what it changed is reported anew too
 */
#pragma once

#include "refresh/task.h"

/* Reads them, JOBS documents at once, and finishes every task that is open. Gives the signal that ended it, or 0. */
int refresh_read (Refresh *refresh, int jobs);
