/* task_end.h - the end of a task: what is kept of it, and who is told. */
#pragma once

#include "refresh/task.h"

/* The task is over: its row, its record in the ledger, the events that it is (event.h), and one line on standard error
 * (on a terminal, not for what is unchanged); the sheet that it reports is on the disk. Where it failed, `status` and
 * `reason` are set. */
void task_finish (Refresh *refresh, RefreshTask *task, TaskOutcome outcome);
