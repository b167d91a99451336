/* task.h - one document in a run of refresh, from what was known of it to what became of it; and the state of the
 * run. */
#pragma once

#include "patterns/knowledge.h"
#include "refresh/line_file.h"
#include "refresh/manifest/manifest.h"
#include "refresh/store/record.h"
#include "run/ledger.h"
#include "run/progress.h"
#include "run/worker.h"

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
  DocumentRecord record;
  TaskOutcome outcome;
  gboolean later;     /* the run that this one continues had asked for it: it is asked about after the others */
  const char *status; /* the ledger's word; static */
  char *reason;       /* of a failure, one line of English */
  gboolean compared;  /* a revision: what it changed is known */
  gboolean gone;      /* a failure: the server says that it is no more, or the file is not there */
  char *news;         /* of a success, for people: "changed 2, added 1" */
  double seconds;     /* of reading */
  gboolean recorded;  /* its record is in the ledger */
} RefreshTask;

typedef struct {
  Corpus *corpus;
  Database *database; /* NULL: a dry run of a corpus that was never refreshed */
  Manifest *manifest;
  GArray *tasks;      /* RefreshTask */
  gint64 run;         /* its row in corpus.db */
  gboolean continues; /* it continues one that was interrupted */
  gboolean dry;       /* nothing is written */
  gboolean quiet;     /* only failures are told */
  Knowledge *knowledge;
  const Sandbox *sandbox; /* borrowed, as is the next */
  const Limits *limits;
  char *fingerprint; /* of this program and its patterns */
  Progress progress;
  Ledger *ledger;        /* NULL in a dry run */
  LineFile *changes;     /* of --changes; NULL: not asked for */
  int events;            /* that may not be in the file of --changes yet */
  gboolean first_events; /* none of them was written by this process yet */
  gboolean untold;       /* some could not be told, which was reported */
  int retired;           /* documents, in this run */
  gint64 began;          /* microseconds of the monotonic clock */
  char *started;         /* the time of the run's start */
  int unsaved;           /* rows of the transaction that is open */
  gboolean broken;       /* nothing more can be written; why was reported */
} Refresh;

void refresh_clear (Refresh *refresh);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refresh, refresh_clear)

/* Rows are written between these two; the first may be called again and again, the second happens by itself after many
 * rows. A commit that fails is reported, and the refresh is broken. */
void refresh_begin (Refresh *refresh);
void refresh_commit (Refresh *refresh);

void task_clear (gpointer task);

/* "new", "revised", … as the database has it, to be translated for people; NULL for OUTCOME_OPEN. */
const char *task_outcome_name (TaskOutcome outcome);

/* Whether there are bytes that were not read yet; whether the sheet in out/ is not what it would be now. */
gboolean task_has_news (const Refresh *refresh, const RefreshTask *task);
gboolean task_is_stale (const Refresh *refresh, const RefreshTask *task);

/* Writes its row; in a dry run nothing. */
void task_keep (Refresh *refresh, RefreshTask *task);

/* Keeps why it will fail, whatever else is still done for it; takes REASON. */
void task_fail (RefreshTask *task, const char *status, char *reason);

/* Where it is said to be from: the address or the file, as far as it is known; borrowed, may be NULL. */
const char *task_uri (const RefreshTask *task);
