/* worker.h - reads one input in a process of its own, so that a file that crashes, hangs or exhausts memory costs only
 * itself.
 *
 * The child is a fork: no program is started, and all that the parent has loaded is there. It answers through an
 * unnamed temporary file:
 *
 *     sha256 9f86d0…           as soon as the input is open, so that it is known even when the child dies
 *     pictures 12              if it takes longer: the number of pages that are read from their pictures; a line for
 *                              each document in the input
 *     summary 46 of 49 …       what was found, in the user's language, if the task says it
 *     ok                       or "warnings TEXT", or "failed CODE TEXT"
 *     …                        the result, to the end of the file
 *
 * Before it looks at a byte the child enters the sandbox (sandbox.h) for documents. Where a document turns out to need
 * more, fonts for its pictures, LibreOffice or a module (modules/module.h), the child ends, saying so with its exit status,
 * and another is started that may do that; what cannot be read twice (a pipe) is given that from the start. The parent
 * opens modules, once for all inputs, those of PDFs and documents of Office as soon as their first bytes are seen.
 *
 * What it says of failures is English: it is written into ledgers, and translated where it is printed (text/translated.h).
 *
 * The parent accepts only a complete answer, in UTF-8, of a child that ended with status 0. What the libraries print on standard
 * error is kept apart: it shows whether memory ran out (out_of_memory_words in worker.c).
 */
#pragma once

#include <locale.h>
#include <sys/types.h>

#include "model/error.h"
#include "modules/module.h"
#include "read/source.h"
#include "run/inputs.h"
#include "run/sandbox.h"

typedef struct {
  double wall_seconds;
  int cpu_seconds;
  guint64 memory;  /* bytes of address space */
  guint64 answer;  /* bytes of the answer */
  ReadLimits read; /* what is read of the input */

  /* More of both times for each page that has to be read from its picture, PICTURES_LIMIT at most; 0: none. */
  int picture_seconds;
} Limits;

enum { PICTURES_LIMIT = 60 };

/* 60 s, 30 s, 1 GiB, 256 MiB, USUAL_READ_LIMITS, 10 s. */
extern const Limits usual_limits;

/* How a task asks for more time, once a document, before it reads PAGES pages from their pictures. */
typedef struct {
  void (*ask) (int pages, gpointer data);

  /* And how it has a document saved by LibreOffice, which a sandbox does not let it start (read/reader.h). */
  GBytes *(*save_office) (GBytes *bytes, const char *from, const char *filter, const char *to, gpointer data,
                          GError **error);

  /* And how it has a module opened, which a sandbox does not let it do either (read/reader.h). */
  gboolean (*open_module) (ModuleKind kind, gpointer data, GError **error);
  locale_t people; /* the user's language, for the summary (uselocale) */
  gpointer data;
} MoreTime;

/* What a task says beside its result; NULL: nothing. Owned. */
typedef struct {
  char *warning; /* one English sentence */
  char *summary; /* one line for people, in the user's language */
} TaskRemarks;

/* What a child does with its input. Returns the text of the result, to be freed by the caller, and may set REMARKS
 * beside it; NULL with ERROR set: it failed. DATA is Work's. */
typedef char *(*WorkerTask) (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks,
                             GError **error);

/* What is done with an input, all of it borrowed. */
typedef struct {
  const Limits *limits;
  WorkerTask task;
  gconstpointer data; /* for the task */
  const Sandbox *sandbox;
  gboolean draws;  /* the task needs fonts whatever the input is */
  gboolean speaks; /* its result is words in the user's language; else all that a child says is English */
} Work;

typedef struct {
  pid_t process;
  const Input *input; /* borrowed, as long as the worker is not ended */
  const Work *work;   /* the same */
  int bytes;         /* of the input, opened here; -1: a pipe, which the child opens, since that waits for who writes */
  gint64 begins;     /* the byte at which they begin: standard input may have been read before */
  gboolean pictures; /* it may open fonts */
  gboolean office;   /* it may ask for LibreOffice */
  gboolean tried[MODULE_KINDS];   /* modules that were opened for it, */
  GError *unopened[MODULE_KINDS]; /* or why they cannot be */
  int answer, noise;              /* temporary files: what it answers, what its libraries say */
  gint64 started;                 /* microseconds of the monotonic clock */
  gboolean late;                  /* killed by worker_stop, its time was up */
} Worker;

/* How an input ended. */
typedef struct {
  const char *status; /* the ledger's word (model/error.h), "ok" or "ok-with-warnings"; static */
  gboolean failed;
  char *sha256;  /* NULL: it could not be read */
  char *reason;  /* one line of English; NULL: all is well */
  char *summary; /* what was found, one line for people; NULL: the task did not say */
  char *noise;   /* what the libraries said, at most 64 KiB; NULL: nothing */
  double seconds;
  int answer;        /* a file descriptor; -1: none */
  gint64 text_start; /* the byte of that file at which the result begins */
} Outcome;

/* Forks the child that does WORK on INPUT. Until the worker ends it must be ended by worker_ended or worker_abandon.
 * Error: CHECKSHEET_ERROR_IO, the machine is out of processes or files. */
gboolean worker_start (Worker *worker, const Input *input, const Work *work, GError **error);

/* Seconds until its time is up; 0 or less: it is. */
double worker_seconds_left (const Worker *worker, const Limits *limits);

/* Kills the child, whose time is up; worker_ended will say TRUE soon. */
void worker_stop (Worker *worker);

/* Whether the child has ended; if so, *OUTCOME is filled in, to be cleared by the caller, and the worker is gone. Does
 * not wait. */
gboolean worker_ended (Worker *worker, const Limits *limits, Outcome *outcome);

/* Kills the child, waits for its end, and frees what the worker has. */
void worker_abandon (Worker *worker);

/* The outcome of an input that could not be read at all; takes ERROR. */
Outcome outcome_from_error (GError *error);

/* Makes it a failure; takes REASON. */
void outcome_fail (Outcome *outcome, ChecksheetError code, char *reason);

/* The result as text; NULL with ERROR (IO) set: it cannot be read back. The caller frees. */
char *outcome_text (const Outcome *outcome, gsize *length, GError **error);

void outcome_clear (Outcome *outcome);
