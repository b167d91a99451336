/* worker.h - reads one input in a process of its own, so that a file that crashes, hangs or eats memory costs only
 * itself.
 *
 * The child is a fork: nothing is started anew, and what the parent has loaded is there. It answers
 * through a temporary file without a name:
 *
 *     sha256 9f86d0…           as soon as the input is open, so that it is known even when the child dies
 *     pictures 12              where it takes longer: so many pages have to be read from their pictures
 *     ok                       or "warnings TEXT", or "failed CODE TEXT"
 *     …                        the result, to the end of the file
 *
 * The parent believes only an answer that is whole and a child that ended with status 0. What the libraries say on
 * standard error is kept apart: it shows whether memory ran out (out_of_memory_words in worker.c).
 */
#pragma once

#include <sys/types.h>

#include "model/error.h"
#include "read/source.h"
#include "run/inputs.h"

typedef struct {
  double wall_seconds;
  int cpu_seconds;
  guint64 memory; /* bytes of address space */
  guint64 answer; /* bytes of the answer */

  /* More of both times for each page that has to be read from its picture, PICTURES_LIMIT at most; 0: none. */
  int picture_seconds;
} Limits;

enum { PICTURES_LIMIT = 60 };

/* 60 s, 30 s, 1 GiB, 256 MiB, 10 s. */
extern const Limits usual_limits;

/* How a task asks for more time, once: for so many pages that have to be read from their pictures. */
typedef struct {
  void (*ask) (int pages, gpointer data);
  gpointer data;
} MoreTime;

/* What a child does with its input: gives the text of the result, NULL with ERROR set, or sets *WARNING (one English
 * sentence) beside the text. */
typedef char *(*WorkerTask) (const Source *source, gconstpointer data, const MoreTime *more_time, char **warning,
                             GError **error);

typedef struct {
  const Limits *limits;
  WorkerTask task;
  gconstpointer data; /* for the task */
} Work;

typedef struct {
  pid_t process;
  int answer, noise; /* temporary files: what it answers, what its libraries say */
  gint64 started;    /* microseconds, monotonic */
  gboolean late;     /* ended by worker_stop because its time was up */
} Worker;

/* How an input ended. */
typedef struct {
  const char *status; /* the ledger's word; static */
  gboolean failed;
  char *sha256; /* NULL: it could not be read */
  char *reason; /* one line; NULL: all is well */
  char *noise;  /* what the libraries said, at most 64 KiB; NULL: nothing */
  double seconds;
  int answer;        /* a file, -1: none */
  gint64 text_start; /* where in it the result begins */
} Outcome;

/* Error: CHECKSHEET_ERROR_IO, the machine is out of processes or files. */
gboolean worker_start (Worker *worker, const Input *input, const Work *work, GError **error);

/* Seconds until its time is up; 0 or less: it is. */
double worker_seconds_left (const Worker *worker, const Limits *limits);

/* Kills the child, whose time is up; worker_ended will say TRUE soon. */
void worker_stop (Worker *worker);

/* Whether the child has ended; if so, fills *OUTCOME and the worker is no more. Does not wait. */
gboolean worker_ended (Worker *worker, const Limits *limits, Outcome *outcome);

/* Kills the child and waits for its end. */
void worker_abandon (Worker *worker);

/* Takes ERROR. */
Outcome outcome_from_error (GError *error);

/* Makes it a failure; takes REASON. */
void outcome_fail (Outcome *outcome, ChecksheetError code, char *reason);

/* The result as text; NULL with ERROR (IO) set: it cannot be read back. The caller frees. */
char *outcome_text (const Outcome *outcome, gsize *length, GError **error);

void outcome_clear (Outcome *outcome);
