/* refresh.h - brings every document of a corpus up to date.
 *
 *     vendors.yaml ─► tasks  ─── fetching.c ────► store/ ────── reading.c ────► out/ ──── report.c ──► ledger.jsonl,
 *     corpus.db    ─►        asks each address    new bytes,    those that      sheets,                changes,
 *                            whether it changed   not yet read  changed or are  changes                a summary
 *                                                               out of date
 *
 * Each arrow ends in a commit, and each begins from what the database and the folders hold, not from what the run
 * remembers: so a run that was killed is continued where it was, first with the documents that it had not reached; the
 * others are only asked about again, since they may have changed in between. New bytes become a revision only once they
 * have been read: an error page or a document cut short leaves the good revision in place.
 *
 * A sheet is made anew when its bytes, the patterns or the program differ from those it was made with (program_fingerprint),
 * or when its file is gone; then what its revision changed is determined anew too, from both revisions read by the same
 * program, so that a better reading is never taken for a change of the vendor's.
 */
#pragma once

#include "fetch/fetch_request.h"
#include "patterns/knowledge.h"
#include "run/worker.h"

typedef struct {
  const char *folder;       /* of the corpus */
  char **only;              /* vendors or "vendor/document"s; NULL: all */
  const char *changes;      /* a file that the changes and events are appended to, "-": standard output; NULL: none */
  const char *on_change;    /* a command that gets the events on its standard input (event.h); NULL: none */
  double on_change_seconds; /* that it may take */
  gboolean summary_json;    /* on standard output, at the end */
  int jobs;                 /* documents read at once */
  gboolean dry;             /* ask the servers and say what there is; write nothing */
  FetchOptions fetch;
  Limits limits;        /* of each reading */
  KnowledgeFiles files; /* where it names no folder, CORPUS/patterns is read, if it is there; borrowed */
} RefreshOptions;

/* Gives the exit status (run/exit_status.h), and in *NUMBER the signal that ended it (0: none). Errors are printed on
 * standard error. */
int refresh_run (const RefreshOptions *options, int *number);
