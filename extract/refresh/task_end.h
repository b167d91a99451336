/* task_end.h - the end of a task: what is kept of it, and who is told. */
#pragma once

#include "refresh/task.h"

/* The record of a task in the ledger, as a line; HAS_SHEET: there is a sheet of it in out/. `checked`, `status`, `reason`
 * and `seconds` are set. The caller frees. */
char *task_ledger_line (const RefreshTask *task, gboolean has_sheet);

/* Reports that the ledger cannot be written: the refresh is broken. */
void task_break (Refresh *refresh, const GError *error);

/* The task is over: its row, its record in the ledger unless it is `recorded`, the events that it is (event.h), and one line on standard error
 * (on a terminal, not for what is unchanged); the sheet that it reports is on the disk. Where it failed, `status` and
 * `reason` are set. */
void task_finish (Refresh *refresh, RefreshTask *task, TaskOutcome outcome);
