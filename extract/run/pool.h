/* pool.h - reads many inputs in parallel, and passes on their outcomes: in the order of the inputs, or as they end.
 *
 * JOBS workers run at a time; the place of one that has ended is taken before its outcome is passed on. In order, an
 * outcome whose turn has not come waits, its result in the worker's temporary file; at most POOL_AHEAD inputs are
 * started beyond the one whose turn it is, so that neither memory nor open files grow with the number of inputs.
 */
#pragma once

#include "run/inputs.h"
#include "run/worker.h"

enum { POOL_AHEAD = 400 };

/* Called for each input in its order; FALSE: stop, nothing more can be done with the rest. The outcome may be changed
 * (a failed write), and is cleared afterwards. */
typedef gboolean (*PoolTurn) (const Input *input, Outcome *outcome, gpointer data);

typedef struct {
  int jobs;
  PoolTurn turn;
  gpointer data;        /* for `turn` and `asked` */
  gboolean as_they_end; /* outcomes are passed on as they end, not in the order of the inputs */

  /* A first signal that asks the program to end lets what is running come to its end, and only a second one kills it. */
  gboolean finishes;
  void (*asked) (int running, gpointer data); /* called at that first signal; NULL: nothing is called */
} PoolOptions;

/* Does WORK on all INPUTS (Input). Returns 0, or the signal that asked the program to end (SIGINT, SIGTERM, SIGHUP):
 * then workers that run are killed, and the caller calls pool_end_by_signal when it has cleaned up. Signals are blocked
 * while TURN runs. */
int pool_run_with (GPtrArray *inputs, const Work *work, const PoolOptions *options);

/* The same in the order of the inputs, ended by the first signal. */
int pool_run (GPtrArray *inputs, const Work *work, int jobs, PoolTurn turn, gpointer data);

/* Within TURN: whether a signal may end the program at once, so that a reader of standard output that does not read
 * cannot hold it forever. FALSE while a file is written. */
void pool_let_signals (gboolean through);

/* A signal that asks the program to end and was blocked (pool_let_signals), or 0. */
int pool_signal_held (void);

/* Ends the program as the signal NUMBER would have. */
void pool_end_by_signal (int number);
