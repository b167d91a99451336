/* refresh.h - brings every document of a corpus up to date.
 *
 *     vendors.yaml ─► Task[] ─── fetching.c ────► store/ ────── reading.c ────► out/ ──── report.c ──► ledger.jsonl,
 *     corpus.db    ─►        asks each address    new bytes,    those that      sheets,                changes,
 *                            whether it changed   not yet read  changed or are  changes                a summary
 *                                                               out of date
 *
 * Each arrow ends in a commit, and each begins from what the database and the folders hold, not from what the run
 * remembers: so a run that was killed goes on where it was, first with the documents that it had not come to; those
 * that it had are only asked about once more, since they may have changed in between. What is new is read before it
 * counts; an error page or a document cut short leaves the good revision where it is.
 *
 * A sheet is made anew when its bytes, the patterns or the program are others than those it was made with
 * (program_fingerprint), or when its file is gone; then what its revision changed is told anew too, from both revisions read
 * by the same program, so that a better reading is never taken for a change of the vendor's.
 */
#pragma once

#include "fetch/fetch_request.h"
#include "patterns/knowledge.h"

typedef struct {
  const char *folder;  /* of the corpus */
  char **only;         /* vendors or "vendor/document"s; NULL: all */
  const char *changes; /* a file for the changes, "-": standard output; NULL: none */
  int jobs;            /* documents read at once */
  gboolean dry;        /* ask the servers and say what there is; write nothing */
  FetchOptions fetch;
  KnowledgeFiles files; /* where it names no folder, CORPUS/patterns is read, if it is there; borrowed */
} RefreshOptions;

/* Gives the exit status (run/exit_status.h), and a signal in *NUMBER if one ended it (0: none). What goes wrong is said on
 * standard error. */
int refresh_run (const RefreshOptions *options, int *number);
