/* pool.c - see pool.h */
#include "run/pool.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef enum { SLOT_FREE, SLOT_RUNNING, SLOT_ENDED } SlotState;

typedef struct {
  SlotState state;
  const Input *input;
  Worker worker;   /* while it runs */
  Outcome outcome; /* where it has ended */
} PoolSlot;

typedef struct {
  GPtrArray *inputs;
  const Work *work;
  const PoolOptions *options;
  GArray *slots;       /* PoolSlot; in the order of the inputs input i has slot i % their number */
  guint started, turn; /* the next input to start, and the one whose turn it is (in order) */
  int running;
  int asked; /* the signal that asks the program to end; 0: none yet */
} Pool;

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

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

/* Where the next input goes; NULL: there is no room yet. */
static PoolSlot *
free_slot (Pool *pool)
{
  guint first = pool->options->as_they_end ? 0 : pool->started % pool->slots->len;
  guint tried = pool->options->as_they_end ? pool->slots->len : 1;
  for (guint i = 0; i < tried; i++) {
    PoolSlot *slot = &g_array_index (pool->slots, PoolSlot, first + i);
    if (slot->state == SLOT_FREE)
      return slot;
  }
  return NULL;
}

static void
start_in (Pool *pool, PoolSlot *slot)
{
  const Input *input = pool->inputs->pdata[pool->started++];
  *slot = (PoolSlot){.state = SLOT_ENDED, .input = input, .outcome.answer = -1};
  g_autoptr (GError) error = input->fault ? g_error_copy (input->fault) : NULL;
  if (!error && worker_start (&slot->worker, input, pool->work, &error)) {
    slot->state = SLOT_RUNNING;
    pool->running++;
    return;
  }
  slot->outcome = outcome_from_error (g_steal_pointer (&error));
}

static void
start_what_may_run (Pool *pool)
{
  PoolSlot *slot;
  while (!pool->asked && pool->running < pool->options->jobs && pool->started < pool->inputs->len &&
         (slot = free_slot (pool)))
    start_in (pool, slot);
}

static void
collect_ended (Pool *pool)
{
  for (guint i = 0; i < pool->slots->len; i++) {
    PoolSlot *slot = &g_array_index (pool->slots, PoolSlot, i);
    if (slot->state != SLOT_RUNNING || !worker_ended (&slot->worker, pool->work->limits, &slot->outcome))
      continue;
    slot->state = SLOT_ENDED;
    pool->running--;
  }
}

/* A child's place is taken as soon as it is free: before what ended is passed on, which may wait for a disk. */
static void
keep_busy (Pool *pool)
{
  collect_ended (pool);
  start_what_may_run (pool);
}

/* Kills the workers whose time is up; returns the seconds until the next one's is. */
static double
stop_late (Pool *pool)
{
  double soonest = 3600;
  for (guint i = 0; i < pool->slots->len; i++) {
    PoolSlot *slot = &g_array_index (pool->slots, PoolSlot, i);
    if (slot->state != SLOT_RUNNING || slot->worker.late)
      continue;
    double left = worker_seconds_left (&slot->worker, pool->work->limits);
    if (left <= 0)
      worker_stop (&slot->worker);
    else
      soonest = MIN (soonest, left);
  }
  return soonest;
}

/* Takes the signals that came, after SECONDS at most; FALSE: the program is to end at once. */
static gboolean
take_signals (Pool *pool, const sigset_t *signals, double seconds)
{
  struct timespec time = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (time_t)seconds) * 1e9)};
  int number = sigtimedwait (signals, NULL, &time);
  if (number <= 0 || number == SIGCHLD)
    return TRUE;
  gboolean first = !pool->asked;
  pool->asked = number;
  if (!first || !pool->options->finishes)
    return FALSE;
  if (pool->options->asked)
    pool->options->asked (pool->running, pool->options->data);
  return TRUE;
}

/* The slot whose outcome is to be passed on next; NULL: none has ended, or its turn has not come. */
static PoolSlot *
next_ended (Pool *pool)
{
  if (!pool->options->as_they_end) {
    PoolSlot *slot = &g_array_index (pool->slots, PoolSlot, pool->turn % pool->slots->len);
    return slot->state == SLOT_ENDED ? slot : NULL;
  }
  for (guint i = 0; i < pool->slots->len; i++)
    if (g_array_index (pool->slots, PoolSlot, i).state == SLOT_ENDED)
      return &g_array_index (pool->slots, PoolSlot, i);
  return NULL;
}

/* Passes on what may be passed on; FALSE: the caller wants to stop. */
static gboolean
pass_on (Pool *pool)
{
  for (PoolSlot *slot; (slot = next_ended (pool));) {
    const Input *input = slot->input;
    Outcome outcome = slot->outcome;
    slot->state = SLOT_FREE;
    pool->turn++;
    keep_busy (pool);
    gboolean more = pool->options->turn (input, &outcome, pool->options->data);
    outcome_clear (&outcome);
    if (!more)
      return FALSE;
  }
  return TRUE;
}

static void
abandon_rest (Pool *pool)
{
  for (guint i = 0; i < pool->slots->len; i++) {
    PoolSlot *slot = &g_array_index (pool->slots, PoolSlot, i);
    if (slot->state == SLOT_RUNNING)
      worker_abandon (&slot->worker);
    else if (slot->state == SLOT_ENDED)
      outcome_clear (&slot->outcome);
  }
}

static void
run_to_end (Pool *pool, const sigset_t *signals)
{
  for (;;) {
    keep_busy (pool);
    if (!pass_on (pool))
      return;
    if (pool->running == 0 && (pool->asked || pool->started == pool->inputs->len))
      return;
    if (!take_signals (pool, signals, pool->running > 0 ? stop_late (pool) : 0))
      return;
  }
}

int
pool_run_with (GPtrArray *inputs, const Work *work, const PoolOptions *options)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (PoolSlot));
  g_array_set_size (slots, options->as_they_end ? options->jobs : POOL_AHEAD);
  Pool pool = {.inputs = inputs, .work = work, .options = options, .slots = slots};
  sigset_t signals = waited_signals (), before;
  signal (SIGCHLD, SIG_DFL); /* children whose signal is ignored cannot be waited for */
  sigprocmask (SIG_BLOCK, &signals, &before);
  run_to_end (&pool, &signals);
  abandon_rest (&pool);
  if (!pool.asked)
    sigprocmask (SIG_SETMASK, &before, NULL);
  return pool.asked;
}

int
pool_run (GPtrArray *inputs, const Work *work, int jobs, PoolTurn turn, gpointer data)
{
  return pool_run_with (inputs, work, &(PoolOptions){.jobs = jobs, .turn = turn, .data = data});
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
