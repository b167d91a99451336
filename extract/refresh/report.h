/* report.h - what a run of refresh says at its end, to people and to programs. */
#pragma once

#include "refresh/task.h"

/* One line on standard error: "1 new, 2 revised, …". */
void report_summary (const Refresh *refresh);

/* CORPUS/ledger.jsonl: how each task ended (run/ledger.h). FALSE: it cannot be written, which was reported. */
gboolean report_ledger (Refresh *refresh);

/* What the revisions that this run found changed, also those found before it was interrupted, one change a line, into
 * the file PATH ("-": standard output). FALSE: it cannot be written, which was reported. */
gboolean report_changes (Refresh *refresh, const char *path);
