/* pool.c - see pool.h */
#include "run/pool.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  Worker worker;
  gboolean running, ended;
  Outcome outcome; /* where ended */
} PoolSlot;

typedef struct {
  GPtrArray *inputs;
  const Work *work;
  PoolSlot *slots;     /* of the inputs from `turn` on, input i in slot i % POOL_AHEAD */
  guint started, turn; /* the next input to start, and the one whose turn it is */
  int running, jobs;
} Pool;

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

static PoolSlot *
slot_of (Pool *pool, guint index)
{
  return &pool->slots[index % POOL_AHEAD];
}

static sigset_t
waited_signals (void)
{
  sigset_t signals;
  sigemptyset (&signals);
  sigaddset (&signals, SIGCHLD);
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++) {
    struct sigaction action;
    /* A signal that the caller made the program ignore (nohup) stays ignored. */
    if (sigaction (ending_signals[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset (&signals, ending_signals[i]);
  }
  return signals;
}

static void
start_next (Pool *pool)
{
  const Input *input = pool->inputs->pdata[pool->started];
  PoolSlot *slot = slot_of (pool, pool->started++);
  *slot = (PoolSlot){.outcome.answer = -1};
  g_autoptr (GError) error = input->fault ? g_error_copy (input->fault) : NULL;
  if (!error && worker_start (&slot->worker, input, pool->work, &error)) {
    slot->running = TRUE;
    pool->running++;
    return;
  }
  slot->outcome = outcome_from_error (g_steal_pointer (&error));
  slot->ended = TRUE;
}

static void
start_what_may_run (Pool *pool)
{
  while (pool->running < pool->jobs && pool->started < pool->inputs->len && pool->started < pool->turn + POOL_AHEAD)
    start_next (pool);
}

static void
collect_ended (Pool *pool)
{
  for (guint i = pool->turn; i < pool->started; i++) {
    PoolSlot *slot = slot_of (pool, i);
    if (!slot->running || !worker_ended (&slot->worker, pool->work->limits, &slot->outcome))
      continue;
    slot->running = FALSE;
    slot->ended = TRUE;
    pool->running--;
  }
}

/* Kills the workers whose time is up; returns the seconds until the next one's is. */
static double
stop_late (Pool *pool)
{
  double soonest = 3600;
  for (guint i = pool->turn; i < pool->started; i++) {
    PoolSlot *slot = slot_of (pool, i);
    if (!slot->running || slot->worker.late)
      continue;
    double left = worker_seconds_left (&slot->worker, pool->work->limits);
    if (left <= 0)
      worker_stop (&slot->worker);
    else
      soonest = MIN (soonest, left);
  }
  return soonest;
}

/* Waits until a child ends or its time is up. Returns the signal that asks the program to end, or 0. */
static int
wait_for_change (Pool *pool, const sigset_t *signals)
{
  double seconds = stop_late (pool);
  struct timespec time = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (time_t)seconds) * 1e9)};
  int number = sigtimedwait (signals, NULL, &time);
  return number > 0 && number != SIGCHLD ? number : 0;
}

/* Passes on the outcomes whose turn it is; FALSE: the caller wants to stop. */
static gboolean
take_turns (Pool *pool, PoolTurn turn, gpointer data)
{
  while (pool->turn < pool->started && slot_of (pool, pool->turn)->ended) {
    PoolSlot *slot = slot_of (pool, pool->turn);
    gboolean more = turn (pool->inputs->pdata[pool->turn++], &slot->outcome, data);
    outcome_clear (&slot->outcome);
    if (!more)
      return FALSE;
  }
  return TRUE;
}

static void
abandon_rest (Pool *pool)
{
  for (guint i = pool->turn; i < pool->started; i++) {
    PoolSlot *slot = slot_of (pool, i);
    if (slot->running)
      worker_abandon (&slot->worker);
    else
      outcome_clear (&slot->outcome);
  }
}

static int
run_to_end (Pool *pool, const sigset_t *signals, PoolTurn turn, gpointer data)
{
  while (pool->turn < pool->inputs->len) {
    start_what_may_run (pool);
    collect_ended (pool);
    if (!take_turns (pool, turn, data))
      return 0;
    int number = pool->running > 0 ? wait_for_change (pool, signals) : 0;
    if (number)
      return number;
  }
  return 0;
}

int
pool_run (GPtrArray *inputs, const Work *work, int jobs, PoolTurn turn, gpointer data)
{
  g_autofree PoolSlot *slots = g_new0 (PoolSlot, POOL_AHEAD);
  Pool pool = {.inputs = inputs, .work = work, .slots = slots, .jobs = jobs};
  sigset_t signals = waited_signals (), before;
  signal (SIGCHLD, SIG_DFL); /* children whose signal is ignored cannot be waited for */
  sigprocmask (SIG_BLOCK, &signals, &before);
  int number = run_to_end (&pool, &signals, turn, data);
  abandon_rest (&pool);
  if (!number)
    sigprocmask (SIG_SETMASK, &before, NULL);
  return number;
}

void
pool_let_signals (gboolean through)
{
  sigset_t signals = waited_signals ();
  sigdelset (&signals, SIGCHLD);
  sigprocmask (through ? SIG_UNBLOCK : SIG_BLOCK, &signals, NULL);
}

int
pool_signal_held (void)
{
  sigset_t signals = waited_signals ();
  sigdelset (&signals, SIGCHLD);
  int number = sigtimedwait (&signals, NULL, &(struct timespec){0});
  return MAX (number, 0);
}

void
pool_end_by_signal (int number)
{
  sigset_t only;
  sigemptyset (&only);
  sigaddset (&only, number);
  signal (number, SIG_DFL);
  raise (number);
  sigprocmask (SIG_UNBLOCK, &only, NULL);
  _exit (128 + number);
}
