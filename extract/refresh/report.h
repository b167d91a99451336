/* report.h - what a run of refresh says at its end, to people and to programs. */
#pragma once

#include "refresh/task.h"

/* One line on standard error: "1 new, 2 revised, …". */
void report_summary (const Refresh *refresh);

/* One JSON object on one line of standard output (`--summary json`, out/README.md): counts by outcome and by status, the
 * time, what failed. FALSE: it cannot be written, which was reported. */
gboolean report_summary_json (Refresh *refresh);
