/* worker.c - see worker.h */
#include "run/worker.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/child.h"
#include "run/process.h"

enum { HEAD_BYTES = 16 * 1024, NOISE_BYTES = 64 * 1024 };

const Limits usual_limits = {
    .wall_seconds = 60,
    .cpu_seconds = 30,
    .memory = (guint64)1 << 30,
    .answer = (guint64)256 << 20,
    .picture_seconds = 10,
};

/* What libraries say when memory is refused to them, just before they end the process. */
static const char *const out_of_memory_words[] = {
    "failed to allocate", /* GLib */
    "ut of memory",       /* Poppler, cairo */
    "std::bad_alloc",     /* C++ */
};

typedef struct {
  int signal;
  ChecksheetError code;
} SignalMeaning;

static const SignalMeaning signal_meanings[] = {
    {SIGXCPU, CHECKSHEET_ERROR_LIMIT_CPU},
    {SIGXFSZ, CHECKSHEET_ERROR_LIMIT_SIZE},
};

static gboolean
fail_to_start (GError **error, const Worker *worker)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("no process can be started to read it: %s"),
               g_strerror (errno));
  if (worker->answer >= 0)
    close (worker->answer);
  if (worker->noise >= 0)
    close (worker->noise);
  return FALSE;
}

gboolean
worker_start (Worker *worker, const Input *input, const Work *work, GError **error)
{
  *worker = (Worker){.answer = temporary_file (), .noise = temporary_file (), .started = g_get_monotonic_time ()};
  if (worker->answer < 0 || worker->noise < 0)
    return fail_to_start (error, worker);
  pid_t parent = getpid ();
  worker->process = fork ();
  if (worker->process < 0)
    return fail_to_start (error, worker);
  if (worker->process == 0)
    child_run (input, work, worker, parent);
  return TRUE;
}

void
worker_stop (Worker *worker)
{
  worker->late = TRUE;
  kill (worker->process, SIGKILL);
}

void
worker_abandon (Worker *worker)
{
  kill (worker->process, SIGKILL);
  while (waitpid (worker->process, NULL, 0) < 0 && errno == EINTR)
    ;
  close (worker->answer);
  close (worker->noise);
}

/* At most LIMIT bytes from the start of a file, as text; its length may be less because of a NUL. */
static char *
head_of_file (int file, gsize limit)
{
  char *text = g_malloc (limit + 1);
  gsize length = 0;
  for (ssize_t part; length < limit && (part = pread (file, text + length, limit - length, length)) > 0;)
    length += part;
  text[length] = 0;
  return text;
}

/* What the child asks for beyond the usual time, seconds. */
static double
seconds_for_pictures (const Worker *worker, const Limits *limits)
{
  g_autofree char *head = head_of_file (worker->answer, 256);
  const char *line = strstr (head, "\npictures ");
  guint64 pages = line ? g_ascii_strtoull (line + strlen ("\npictures "), NULL, 10) : 0;
  return MIN (pages, PICTURES_LIMIT) * (double)limits->picture_seconds;
}

double
worker_seconds_left (const Worker *worker, const Limits *limits)
{
  double left = limits->wall_seconds - (g_get_monotonic_time () - worker->started) / 1e6;
  return left > 0 || limits->picture_seconds == 0 ? left : left + seconds_for_pictures (worker, limits);
}

static gboolean
says_out_of_memory (const char *noise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (out_of_memory_words); i++)
    if (strstr (noise, out_of_memory_words[i]))
      return TRUE;
  return FALSE;
}

void
outcome_fail (Outcome *outcome, ChecksheetError code, char *reason)
{
  outcome->status = checksheet_error_status (code);
  outcome->failed = TRUE;
  g_free (outcome->reason);
  outcome->reason = reason;
}

static void
fail_at_limit (Outcome *outcome, ChecksheetError code, const Limits *limits)
{
  char *reason;
  if (code == CHECKSHEET_ERROR_LIMIT_WALL)
    reason = g_strdup_printf (_ ("not read after %g seconds; --timeout gives it more"), limits->wall_seconds);
  else if (code == CHECKSHEET_ERROR_LIMIT_CPU)
    reason = g_strdup_printf (_ ("not read after %d seconds of computing; --cpu gives it more"), limits->cpu_seconds);
  else if (code == CHECKSHEET_ERROR_LIMIT_MEMORY)
    reason = g_strdup_printf (_ ("needs more memory than the limit of %d MiB; --memory gives it more"),
                              (int)(limits->memory >> 20));
  else
    reason = g_strdup_printf (_ ("the result is longer than the limit of %d MiB"), (int)(limits->answer >> 20));
  outcome_fail (outcome, code, reason);
}

static void
fail_by_signal (Outcome *outcome, int number, const Limits *limits, double cpu_seconds)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signal_meanings); i++)
    if (signal_meanings[i].signal == number) {
      fail_at_limit (outcome, signal_meanings[i].code, limits);
      return;
    }
  if (number == SIGKILL && cpu_seconds >= limits->cpu_seconds)
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_CPU, limits);
  else
    outcome_fail (
        outcome, CHECKSHEET_ERROR_CRASH,
        g_strdup_printf (_ ("reading it ended in a crash (%s); please report the file"), g_strsignal (number)));
}

/* The rest of the line at *AT, if that begins with WORD; moves *AT behind the line. Borrowed from the text, which is
 * cut. */
static char *
take_line (char **at, const char *word)
{
  char *end = strchr (*at, '\n');
  if (!end || !g_str_has_prefix (*at, word))
    return NULL;
  char *rest = *at + strlen (word);
  *end = 0;
  *at = end + 1;
  return rest;
}

/* Fills what the child answered; FALSE: it is not whole. */
static gboolean
read_answer (Outcome *outcome)
{
  g_autofree char *head = head_of_file (outcome->answer, HEAD_BYTES);
  char *at = head;
  const char *rest = take_line (&at, "sha256 ");
  if (rest && strlen (rest) == 64)
    outcome->sha256 = g_strdup (rest);
  take_line (&at, "pictures ");
  if ((rest = take_line (&at, "failed "))) {
    char *message;
    guint64 code = g_ascii_strtoull (rest, &message, 10);
    outcome_fail (outcome, MIN (code, CHECKSHEET_ERROR_IO), g_utf8_make_valid (g_strchug (message), -1));
  } else if ((rest = take_line (&at, "warnings "))) {
    outcome->status = "ok-with-warnings";
    outcome->reason = g_utf8_make_valid (rest, -1);
  } else if (take_line (&at, "ok"))
    outcome->status = "ok";
  outcome->text_start = at - head;
  return outcome->status != NULL;
}

static void
fail_by_exit (Outcome *outcome, int status, const Limits *limits)
{
  if (status == CHILD_OUT_OF_MEMORY)
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_MEMORY, limits);
  else if (status == CHILD_CANNOT_ANSWER)
    outcome_fail (
        outcome, CHECKSHEET_ERROR_IO,
        g_strdup_printf (_ ("there is no room for the result in %s; make some or set TMPDIR"), g_get_tmp_dir ()));
  else
    outcome_fail (
        outcome, CHECKSHEET_ERROR_CRASH,
        g_strdup_printf (_ ("reading it ended without an answer (status %d); please report the file"), status));
}

static void
outcome_fill (Outcome *outcome, const Worker *worker, int status, double cpu_seconds, const Limits *limits)
{
  gboolean whole = read_answer (outcome);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0 && whole)
    return;
  if (worker->late && WIFSIGNALED (status))
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_WALL, limits);
  else if (outcome->noise && says_out_of_memory (outcome->noise))
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_MEMORY, limits);
  else if (WIFSIGNALED (status))
    fail_by_signal (outcome, WTERMSIG (status), limits, cpu_seconds);
  else
    fail_by_exit (outcome, WEXITSTATUS (status), limits);
}

gboolean
worker_ended (Worker *worker, const Limits *limits, Outcome *outcome)
{
  int status;
  struct rusage usage;
  if (wait4 (worker->process, &status, WNOHANG, &usage) != worker->process)
    return FALSE;
  double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  *outcome = (Outcome){.answer = worker->answer, .seconds = (g_get_monotonic_time () - worker->started) / 1e6};
  outcome->noise = head_of_file (worker->noise, NOISE_BYTES);
  close (worker->noise);
  if (!*outcome->noise)
    g_clear_pointer (&outcome->noise, g_free);
  outcome_fill (outcome, worker, status, cpu, limits);
  return TRUE;
}

Outcome
outcome_from_error (GError *error)
{
  Outcome outcome = {.failed = TRUE, .answer = -1, .reason = g_strdup (error->message)};
  outcome.status = checksheet_error_status (error->domain == CHECKSHEET_ERROR ? error->code : CHECKSHEET_ERROR_IO);
  g_error_free (error);
  return outcome;
}

char *
outcome_text (const Outcome *outcome, gsize *length, GError **error)
{
  struct stat status;
  if (fstat (outcome->answer, &status) == 0 && status.st_size >= outcome->text_start) {
    gsize size = status.st_size - outcome->text_start;
    g_autofree char *text = g_malloc (size + 1);
    gsize done = 0;
    for (ssize_t part;
         done < size && (part = pread (outcome->answer, text + done, size - done, outcome->text_start + done)) > 0;)
      done += part;
    text[done] = 0;
    *length = done;
    if (done == size)
      return g_steal_pointer (&text);
  }
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("the result cannot be read back: %s"),
               g_strerror (errno));
  return NULL;
}

void
outcome_clear (Outcome *outcome)
{
  if (outcome->answer >= 0)
    close (outcome->answer);
  g_free (outcome->sha256);
  g_free (outcome->reason);
  g_free (outcome->noise);
  *outcome = (Outcome){.answer = -1};
}
