/* task.h - one document in a run of refresh, from what was known of it to what became of it; and the run.
 *
 * For refresh*.c, fetching.c, reading.c and telling.c alone.
 */
#pragma once

#include "refresh/refresh.h"
#include "refresh/store/known.h"
#include "run/progress.h"

typedef enum {
  OUTCOME_OPEN,
  OUTCOME_NEW,
  OUTCOME_REVISED,
  OUTCOME_REMADE,
  OUTCOME_UNCHANGED,
  OUTCOME_FAILED
} TaskOutcome;

enum { TASK_OUTCOMES = OUTCOME_FAILED + 1 };

typedef struct {
  const ManifestDocument *document;
  Known known;
  TaskOutcome outcome;
  gboolean later;     /* the run that this one goes on with had asked for it: it is asked about after the others */
  const char *status; /* the ledger's word; static */
  char *reason;       /* of a failure, one line */
  char *said;         /* what is new: "changed 2, added 1" */
  double seconds;     /* of reading */
} Task;

typedef struct {
  const RefreshOptions *options;
  Corpus *corpus;
  Database *database; /* NULL: a dry run of a corpus that was never refreshed */
  Manifest *manifest;
  GArray *tasks;    /* Task */
  gint64 run;       /* its row */
  gboolean goes_on; /* with one that was interrupted */
  const char *fingerprint;
  Progress progress;
  int unsaved;     /* rows of the transaction that is open */
  gboolean broken; /* nothing more can be kept; why was said */
} Refresh;

/* refresh.c */

/* The task is over, and it is said; a sheet that is told of is on the disk. Where it failed, `status` and `reason` are
 * there. */
void task_finish (Refresh *refresh, Task *task, TaskOutcome outcome);

/* Writes its row; in a dry run nothing. */
void task_keep (Refresh *refresh, Task *task);

/* Keeps why it will fail, whatever else is still done for it; takes REASON. */
void task_fail (Task *task, const char *status, char *reason);

/* Whether there are bytes that were not read yet; whether the sheet in out/ is not what it would be now. */
gboolean task_has_news (const Refresh *refresh, const Task *task);
gboolean task_is_stale (const Refresh *refresh, const Task *task);

/* Rows are written between these two; the first may be called again and again, the second happens by itself after many
 * rows. Where a commit fails that is said, and the refresh is broken. */
void refresh_begin (Refresh *refresh);
void refresh_commit (Refresh *refresh);

/* "new", "revised", … as the database has it; NULL for OUTCOME_OPEN. */
const char *task_outcome_name (TaskOutcome outcome);

/* fetching.c: asks for all documents that are not finished. Afterwards `known` of each names its newest bytes, which
 * are in the store, and those for which that is all are finished. Gives the signal that ended it, or 0. */
int refresh_fetch (Refresh *refresh);

/* reading.c: reads what has to be, and finishes every task. Gives the signal that ended it, or 0. */
int refresh_read (Refresh *refresh);

/* telling.c */

/* Says what became of the task, as one line; on a terminal only where something did. */
void tell_task (Refresh *refresh, const Task *task);

/* "1 new, 2 revised, …". */
void tell_summary (Refresh *refresh);

/* CORPUS/ledger.jsonl, and the file of changes. FALSE: said why not. */
gboolean tell_programs (Refresh *refresh);
