/* pool.h - many inputs at once, their outcomes in the order of the inputs.
 *
 * As many workers as `jobs` run side by side. An outcome whose turn has not come waits; its result lies in the worker's
 * temporary file, and no more than POOL_AHEAD inputs are started beyond the one whose turn it is, so that neither
 * memory nor open files grow with the number of inputs.
 */
#pragma once

#include "run/inputs.h"
#include "run/worker.h"

enum { POOL_AHEAD = 400 };

/* Called for each input in turn; FALSE: stop, the rest is in vain. The outcome may be changed (a failed write), and is
 * cleared afterwards. */
typedef gboolean (*PoolTurn) (const Input *input, Outcome *outcome, gpointer data);

/* Does WORK on all INPUTS. Gives 0, or the signal that asks the program to end: what was begun is thrown away, and the
 * caller calls pool_end_by_signal when it has cleaned up. Signals wait while TURN runs. */
int pool_run (GPtrArray *inputs, const Work *work, int jobs, PoolTurn turn, gpointer data);

/* Within TURN: whether a signal may end the program at once, so that a reader of standard output that does not read
 * does not hold it for ever. Not while a file is written. */
void pool_let_signals (gboolean through);

/* A signal that asks the program to end and was held back (pool_let_signals), or 0. */
int pool_signal_held (void);

void pool_end_by_signal (int number);
