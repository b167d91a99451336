/* worker.c - see worker.h
 *
 * The order of a child's life: it ties itself to its parent, lets go of what is not its own, sets its limits, opens its
 * input, and only then looks at the bytes.
 */
#include "run/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/office_process.h"
#include "run/process.h"
#include "text/translated.h"

enum { HEAD_BYTES = 16 * 1024, NOISE_BYTES = 64 * 1024 };

/* Exit statuses of a child, chosen away from those that libraries end a process with. */
enum {
  CHILD_OUT_OF_MEMORY = 86,
  CHILD_DISK_FULL = 87, /* that of the temporary folder */
  CHILD_NEEDS_PICTURES = 88,
  CHILD_NEEDS_OFFICE = 89,
  CHILD_WITHOUT_SANDBOX = 90,
  CHILD_CANNOT_ANSWER = 91, /* the temporary file cannot be written */
  CHILD_OUT_OF_FILES = 92,
  CHILD_NEEDS_MODULE = 96, /* and a ModuleKind */
};

const Limits usual_limits = {
    .wall_seconds = 60,
    .cpu_seconds = 30,
    .memory = (guint64)1 << 30,
    .answer = (guint64)256 << 20,
    .read = USUAL_READ_LIMITS,
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
    {SIGSYS, CHECKSHEET_ERROR_SANDBOX},
};

/* In the child */

/* Moves the files of the child to their places (sandbox.h); standard output is the parent's alone. */
static void
place_files (const Worker *worker)
{
  enum { OUT_OF_THE_WAY = 16 };
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);
  int bytes = worker->bytes >= 0 ? worker->bytes : open (worker->input->path, O_RDONLY | O_CLOEXEC);
  int noise = fcntl (worker->noise, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
  int answer = fcntl (worker->answer, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
  if (nothing < 0 || noise < 0 || answer < 0)
    process_end (CHILD_OUT_OF_FILES);
  if (bytes != STDIN_FILENO)
    dup2 (bytes >= 0 ? bytes : nothing, STDIN_FILENO);
  dup2 (nothing, STDOUT_FILENO);
  dup2 (noise, STDERR_FILENO);
  dup3 (answer, SANDBOX_ANSWER, O_CLOEXEC);
  close (answer);
  close (noise);
}

/* A signal's handler. Code that does not expect an allocation to fail reads or writes at address 0, or aborts. Where no
 * memory is left, that was the cause; else the signal takes its usual course. */
static void
end_out_of_memory (int number)
{
  const gsize little = 4 << 20;
  if (mmap (NULL, little, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
    _exit (CHILD_OUT_OF_MEMORY);
  signal (number, SIG_DFL);
  raise (number);
}

/* A GLogWriterFunc, for what GLib says before it ends the process since memory is out: its own asks whether standard
 * error is the journal's, and for the time zone, which the sandbox takes for an attack. */
static GLogWriterOutput
say_plainly (GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
  for (gsize i = 0; i < count; i++) {
    if (!g_str_equal (fields[i].key, "MESSAGE"))
      continue;
    const char *message = fields[i].value;
    gsize length = fields[i].length < 0 ? strlen (message) : (gsize)fields[i].length;
    if (write (STDERR_FILENO, message, length) < 0 || write (STDERR_FILENO, "\n", 1) < 0)
      return G_LOG_WRITER_UNHANDLED;
  }
  return G_LOG_WRITER_HANDLED;
}

/* A child lives for one document, so memory that it returns to the system is only asked for again. Rendering allocates
 * and frees so often that a third of its time went there. */
static void
keep_memory (void)
{
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TOP_PAD, 1 << 20);
}

/* The handler has a stack of its own: where no memory is left, the process's cannot grow. It is freed with the
 * process. */
static void
handle_crashes (void)
{
  static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP};
  const gsize size = MAX (SIGSTKSZ, 64 << 10);
  stack_t stack = {.ss_sp = g_malloc (size), .ss_size = size};
  gboolean has_stack = sigaltstack (&stack, NULL) == 0;
  struct sigaction action = {.sa_handler = end_out_of_memory, .sa_flags = has_stack ? SA_ONSTACK : 0};
  for (gsize i = 0; i < G_N_ELEMENTS (crash_signals); i++)
    sigaction (crash_signals[i], &action, NULL);
}

static void
set_limits (const Limits *limits)
{
  signal (SIGXFSZ, SIG_DFL); /* the parent has it as an error of write() */
  process_limit (RLIMIT_CORE, 0, 0);
  process_limit (RLIMIT_CPU, limits->cpu_seconds, 1 + limits->picture_seconds * PICTURES_LIMIT);
  process_limit (RLIMIT_FSIZE, limits->answer, 0);
  if (SANITIZED)
    return;
  process_limit (RLIMIT_AS, limits->memory, 0);
  handle_crashes ();
}

static gboolean
answer_bytes (int answer, const char *text, gsize length)
{
  while (length > 0) {
    ssize_t written = write (answer, text, length);
    if (written <= 0)
      return FALSE;
    text += written;
    length -= written;
  }
  return TRUE;
}

static gboolean
answer_line (int answer, const char *word, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s %.8000s\n", word, text);
  g_strdelimit (line, "\n\r", ' ');
  line[strlen (line) - 1] = '\n';
  return answer_bytes (answer, line, strlen (line));
}

static gboolean
answer_failure (int answer, const GError *error)
{
  ChecksheetError code = error->domain == CHECKSHEET_ERROR ? error->code : CHECKSHEET_ERROR_IO;
  g_autofree char *text = g_strdup_printf ("%d %s", code, error->message);
  return answer_line (answer, "failed", text);
}

/* What more_time_for_pictures, save_office and open_module need. */
typedef struct {
  const Limits *limits;
  const Worker *worker;
  int answer;
  int pages; /* so far: there may be several documents in an input */
} PicturesAhead;

/* A MoreTime: recognising a page's picture takes seconds, so the parent is told, and the limit of CPU time is raised.
 * */
static void
more_time_for_pictures (int pages, gpointer data)
{
  PicturesAhead *ahead = data;
  if (!ahead->worker->pictures)
    process_end (CHILD_NEEDS_PICTURES);
  g_autofree char *text = g_strdup_printf ("%d", pages);
  int before = MIN (ahead->pages, PICTURES_LIMIT);
  ahead->pages = before + MIN (pages, PICTURES_LIMIT);
  int seconds = MIN (ahead->pages, PICTURES_LIMIT) * ahead->limits->picture_seconds;
  if (seconds == 0 || before == PICTURES_LIMIT)
    return;
  answer_line (ahead->answer, "pictures", text);
  process_limit (RLIMIT_CPU, ahead->limits->cpu_seconds + seconds, 1);
}

static GBytes *
save_office (GBytes *bytes, const char *from, const char *filter, const char *to, gpointer data, GError **error)
{
  const PicturesAhead *ahead = data;
  if (!ahead->worker->office)
    process_end (CHILD_NEEDS_OFFICE);
  return office_process_save (SANDBOX_OFFICE_SOCKET, bytes, from, filter, to, error);
}

static gboolean
open_module (ModuleKind kind, gpointer data, GError **error)
{
  const PicturesAhead *ahead = data;
  const GError *fault = ahead->worker->unopened[kind];
  if (module_is_open (kind))
    return TRUE;
  if (!fault)
    process_end (CHILD_NEEDS_MODULE + kind);
  g_propagate_error (error, g_error_copy (fault));
  return FALSE;
}

static void
task_remarks_clear (TaskRemarks *remarks)
{
  g_free (remarks->warning);
  g_free (remarks->summary);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaskRemarks, task_remarks_clear)

static gboolean
answer_from_source (const Source *source, const Worker *worker, locale_t people, int answer)
{
  const Work *work = worker->work;
  g_autoptr (GError) error = NULL;
  g_auto (TaskRemarks) remarks = {0};
  PicturesAhead ahead = {work->limits, worker, answer, 0};
  MoreTime more_time = {more_time_for_pictures, save_office, open_module, people, &ahead};
  g_autofree char *text = work->task (source, work->data, &more_time, &remarks, &error);
  if (!text)
    return answer_failure (answer, error);
  if (remarks.summary && !answer_line (answer, "summary", remarks.summary))
    return FALSE;
  if (remarks.warning ? !answer_line (answer, "warnings", remarks.warning) : !answer_bytes (answer, "ok\n", 3))
    return FALSE;
  return answer_bytes (answer, text, strlen (text));
}

/* Kinds that are read with memory alone. */
static gboolean
is_plain (const Source *source)
{
  static const char *const types[] = {"text/html", "text/plain", "application/json"};
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], source->media_type))
      return TRUE;
  return FALSE;
}

static gboolean
answer_from_input (const Worker *worker, locale_t people, int answer)
{
  const Input *input = worker->input;
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (Source) source =
      source_from_descriptor (STDIN_FILENO, input->path, &worker->work->limits->read, &sum, &error);
  if (!source) {
    if (sum)
      answer_line (answer, "sha256", sum);
    return answer_failure (answer, error);
  }
  source_declare (source, input->uri, input->charset);
  source->passwords = g_strdupv (input->passwords);
  answer_line (answer, "sha256", source->sha256);
  if (!worker->work->draws && is_plain (source) && !sandbox_enter (worker->work->sandbox, SANDBOX_TEXT, NULL))
    process_end (CHILD_WITHOUT_SANDBOX);
  return answer_from_source (source, worker, people, answer);
}

/* The process that starts LibreOffice is made before the sandbox closes. FALSE: it cannot be. */
static gboolean
enter_sandbox (const Worker *worker)
{
  const Sandbox *sandbox = worker->work->sandbox;
  int socket = worker->office ? office_process_start (sandbox) : -1;
  if (worker->office && socket < 0)
    return FALSE;
  if (worker->office && socket != SANDBOX_OFFICE_SOCKET) {
    dup3 (socket, SANDBOX_OFFICE_SOCKET, O_CLOEXEC);
    close (socket);
  }
  return sandbox_enter (sandbox, worker->pictures ? SANDBOX_PICTURES : SANDBOX_DOCUMENT, NULL);
}

/* Reads the input, does the work, answers into the worker's file, and ends the process. PARENT is who waits for it. */
static void G_GNUC_NORETURN
child_run (const Worker *worker, pid_t parent)
{
  locale_t people = duplocale (LC_GLOBAL_LOCALE);
  if (!worker->work->speaks)
    setlocale (LC_MESSAGES, "C");
  process_tie_to_parent (parent);
  place_files (worker);
  set_limits (worker->work->limits);
  g_log_set_writer_func (say_plainly, NULL, NULL);
  keep_memory ();
  if (!enter_sandbox (worker))
    process_end (CHILD_WITHOUT_SANDBOX);
  if (answer_from_input (worker, people, SANDBOX_ANSWER))
    process_end (EXIT_SUCCESS);
  process_end (errno == ENOSPC || errno == EDQUOT ? CHILD_DISK_FULL : CHILD_CANNOT_ANSWER);
}

/* In the parent */

static void
worker_clear (Worker *worker)
{
  int files[] = {worker->answer, worker->noise, worker->bytes};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i] > STDERR_FILENO)
      close (files[i]);
  for (ModuleKind kind = 0; kind < MODULE_KINDS; kind++)
    g_clear_error (&worker->unopened[kind]);
}

static gboolean
fail_to_start (GError **error, Worker *worker)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot start a process to read it: %s"),
               error_words (errno));
  worker_clear (worker);
  return FALSE;
}

/* Opens the input, or leaves a pipe to the child. */
static gboolean
open_input (Worker *worker, GError **error)
{
  const Input *input = worker->input;
  struct stat status;
  gboolean standard = g_str_equal (input->path, "-");
  if (standard)
    worker->bytes = STDIN_FILENO;
  else if (input->body >= 0)
    worker->bytes = fcntl (input->body, F_DUPFD_CLOEXEC, 0);
  else if (stat (input->path, &status) != 0 || !S_ISFIFO (status.st_mode))
    worker->bytes = source_descriptor (input->path, error);
  else
    return TRUE;
  return worker->bytes >= 0;
}

static void
open_module_for (Worker *worker, ModuleKind kind)
{
  if (!worker->tried[kind])
    module_open (kind, &worker->unopened[kind]);
  worker->tried[kind] = TRUE;
}

/* What inputs of a kind begin with, and what reads them. Others ask for it (open_module). */
static const struct {
  const char *head;
  ModuleKind module;
} heads[] = {
    {"%PDF-", MODULE_PDF},
    {"PK\3\4", MODULE_OFFICE},
};

static void
open_modules (Worker *worker, const char *head, gboolean all)
{
  static const ModuleKind reading[] = {MODULE_PDF, MODULE_QPDF,   MODULE_PICTURES,
                                       MODULE_OCR, MODULE_OFFICE, MODULE_MAIL};
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (head, heads[i].head))
      open_module_for (worker, heads[i].module);
  for (gsize i = 0; all && i < G_N_ELEMENTS (reading); i++)
    open_module_for (worker, reading[i]);
}

/* A pipe is read once, so what reads it is given all that it might need. */
static void
foresee_needs (Worker *worker)
{
  char head[9] = {0};
  /* What was fetched or decoded is read whole, wherever its writer left off. */
  worker->begins = worker->bytes < 0 ? -1 : lseek (worker->bytes, 0, worker->input->body >= 0 ? SEEK_SET : SEEK_CUR);
  gboolean twice = worker->begins >= 0;
  if (twice && pread (worker->bytes, head, sizeof head - 1, worker->begins) < 0)
    twice = FALSE;
  worker->pictures = !twice || worker->work->draws;
  worker->office = !twice || !memcmp (head, "\xd0\xcf\x11\xe0", 4) || !memcmp (head, "{\\rtf", 5);
  open_modules (worker, head, worker->pictures);
}

static gboolean
fork_child (Worker *worker)
{
  pid_t parent = getpid ();
  worker->process = fork ();
  if (worker->process == 0)
    child_run (worker, parent);
  return worker->process > 0;
}

gboolean
worker_start (Worker *worker, const Input *input, const Work *work, GError **error)
{
  *worker = (Worker){.answer = -1, .noise = -1, .bytes = -1, .input = input, .work = work};
  worker->started = g_get_monotonic_time ();
  if (!open_input (worker, error))
    return FALSE;
  worker->answer = temporary_file ();
  worker->noise = temporary_file ();
  if (worker->answer < 0 || worker->noise < 0)
    return fail_to_start (error, worker);
  foresee_needs (worker);
  return fork_child (worker) || fail_to_start (error, worker);
}

/* A child ended since it may not do what the document needs: another one may. FALSE: that was not why it ended. */
static gboolean
start_again (Worker *worker, int status)
{
  int code = WIFEXITED (status) ? WEXITSTATUS (status) : 0;
  gboolean pictures = code == CHILD_NEEDS_PICTURES && !worker->pictures;
  gboolean office = code == CHILD_NEEDS_OFFICE && !worker->office;
  ModuleKind kind =
      code >= CHILD_NEEDS_MODULE && code < CHILD_NEEDS_MODULE + MODULE_KINDS ? code - CHILD_NEEDS_MODULE : MODULE_NONE;
  gboolean module = kind != MODULE_NONE && !worker->tried[kind];
  if (!pictures && !office && !module)
    return FALSE;
  if (module)
    open_module_for (worker, kind);
  if (kind == MODULE_OCR) /* it needs both, and would only ask again */
    open_module_for (worker, MODULE_PICTURES);
  worker->pictures |= pictures || kind == MODULE_OCR;
  worker->office |= office;
  if (lseek (worker->bytes, worker->begins, SEEK_SET) < 0 || ftruncate (worker->answer, 0) != 0 ||
      ftruncate (worker->noise, 0) != 0)
    return FALSE;
  lseek (worker->answer, 0, SEEK_SET);
  lseek (worker->noise, 0, SEEK_SET);
  return fork_child (worker);
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
  worker_clear (worker);
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

/* The seconds that the child asks for beyond the usual time. */
static double
seconds_for_pictures (const Worker *worker, const Limits *limits)
{
  static const char word[] = "\npictures ";
  g_autofree char *head = head_of_file (worker->answer, 2048);
  guint64 pages = 0;
  for (const char *line = strstr (head, word); line; line = strstr (line + 1, word))
    pages += MIN (g_ascii_strtoull (line + strlen (word), NULL, 10), PICTURES_LIMIT);
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

/* What set a limit: the option of the program, or the ulimit that it was started with, which is lower. */
static const char *
setter_of_limit (int resource, guint64 limit, const char *option, const char *outside)
{
  return process_limit_within (resource, limit) < limit ? outside : option;
}

static char *
reason_of_limit (ChecksheetError code, const Limits *limits)
{
  switch (code) {
  case CHECKSHEET_ERROR_LIMIT_WALL:
    return g_strdup_printf (N_ ("not finished after %g seconds; raise the limit with %s"), limits->wall_seconds,
                            "--timeout");
  case CHECKSHEET_ERROR_LIMIT_CPU:
    return g_strdup_printf (N_ ("not finished after %d seconds of CPU time; raise the limit with %s"),
                            (int)process_limit_within (RLIMIT_CPU, limits->cpu_seconds),
                            setter_of_limit (RLIMIT_CPU, limits->cpu_seconds, "--cpu", "ulimit -t"));
  case CHECKSHEET_ERROR_LIMIT_MEMORY:
    return g_strdup_printf (N_ ("needs more memory than the limit of %d MiB; raise the limit with %s"),
                            (int)(process_limit_within (RLIMIT_AS, limits->memory) >> 20),
                            setter_of_limit (RLIMIT_AS, limits->memory, "--memory", "ulimit -v"));
  case CHECKSHEET_ERROR_SANDBOX:
    return g_strdup (N_ ("what read it tried what reading a document does not need, and was ended; the document may be "
                         "an attack: do not open it elsewhere, and please report it"));
  default:
    return g_strdup_printf (N_ ("the result is larger than the limit of %.4g MiB; raise the limit with %s"),
                            process_limit_within (RLIMIT_FSIZE, limits->answer) / (double)(1 << 20),
                            setter_of_limit (RLIMIT_FSIZE, limits->answer, "--max-result", "ulimit -f"));
  }
}

static void
fail_at_limit (Outcome *outcome, ChecksheetError code, const Limits *limits)
{
  outcome_fail (outcome, code, reason_of_limit (code, limits));
}

static void
fail_by_signal (Outcome *outcome, int number, const Limits *limits, double cpu_seconds)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signal_meanings); i++)
    if (signal_meanings[i].signal == number) {
      fail_at_limit (outcome, signal_meanings[i].code, limits);
      return;
    }
  /* On a busy machine the time that the kernel tells may lag behind that for which it ended the process. */
  const double lag = 0.25;
  if (number == SIGKILL && cpu_seconds + lag >= process_limit_within (RLIMIT_CPU, limits->cpu_seconds))
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_CPU, limits);
  else if (number == SIGKILL)
    outcome_fail (outcome, CHECKSHEET_ERROR_IO,
                  g_strdup (N_ ("the reading process was killed from outside (SIGKILL): by a person, or by the system, "
                                "which was out of memory; read it again, with fewer --jobs")));
  else
    outcome_fail (
        outcome, CHECKSHEET_ERROR_CRASH,
        g_strdup_printf (N_ ("the reading process crashed (%s); please report the file"), signal_words (number)));
}

/* The rest of the line at *AT, if it begins with WORD, NULL if not; moves *AT to the next line. Borrowed from the
 * text, in which the line end becomes a NUL. */
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

/* Fills in what the child answered; FALSE: the answer is incomplete. */
static gboolean
read_answer (Outcome *outcome)
{
  g_autofree char *head = head_of_file (outcome->answer, HEAD_BYTES);
  char *at = head;
  const char *rest = take_line (&at, "sha256 ");
  if (rest && strlen (rest) == 64)
    outcome->sha256 = g_strdup (rest);
  while (take_line (&at, "pictures "))
    ;
  if ((rest = take_line (&at, "summary ")))
    outcome->summary = g_utf8_make_valid (rest, -1);
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
  else if (status == CHILD_DISK_FULL)
    outcome_fail (outcome, CHECKSHEET_ERROR_IO,
                  g_strdup_printf (N_ ("no space for the result in %s; free some or set TMPDIR"), g_get_tmp_dir ()));
  else if (status == CHILD_CANNOT_ANSWER)
    outcome_fail (
        outcome, CHECKSHEET_ERROR_IO,
        g_strdup_printf (N_ ("the result cannot be written to a file in %s; set TMPDIR to another"), g_get_tmp_dir ()));
  else if (status == CHILD_OUT_OF_FILES)
    outcome_fail (
        outcome, CHECKSHEET_ERROR_IO,
        g_strdup_printf (N_ ("reading it needs more open files than the limit of %d; raise it with ulimit -n"),
                         (int)process_limit_within (RLIMIT_NOFILE, G_MAXINT)));
  else if (status == CHILD_WITHOUT_SANDBOX)
    outcome_fail (
        outcome, CHECKSHEET_ERROR_IO,
        g_strdup (N_ ("the sandbox for reading cannot be closed here; give --no-sandbox if you trust the input")));
  else
    outcome_fail (
        outcome, CHECKSHEET_ERROR_CRASH,
        g_strdup_printf (N_ ("the reading process ended without an answer (exit status %d); please report the file"),
                         status));
}

/* The child has ended, so the file stays as it is. It is read piece by piece, so that nothing but the disk can fail; a
 * piece may end within a character. An empty result is text too. */
static gboolean
result_is_text (const Outcome *outcome)
{
  enum { PIECE_BYTES = 256 * 1024, CHARACTER_BYTES = 4 };
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  gsize kept = 0; /* bytes of a character that the last piece began */
  gint64 at = outcome->text_start;
  for (ssize_t part; (part = pread (outcome->answer, piece + kept, PIECE_BYTES - kept, at)) != 0; at += part) {
    const char *valid_end;
    if (part < 0)
      return FALSE;
    gsize length = kept + part;
    gboolean valid = g_utf8_validate_len (piece, length, &valid_end);
    kept = piece + length - valid_end;
    if (!valid && (kept >= CHARACTER_BYTES || g_utf8_get_char_validated (valid_end, kept) != (gunichar)-2))
      return FALSE;
    memmove (piece, valid_end, kept);
  }
  return kept == 0;
}

static void
outcome_fill (Outcome *outcome, const Worker *worker, int status, double cpu_seconds, const Limits *limits)
{
  gboolean whole = read_answer (outcome) && (outcome->failed || result_is_text (outcome));
  gboolean ended_well = WIFEXITED (status) && WEXITSTATUS (status) == 0;
  if (ended_well && whole && !g_str_equal (outcome->status, checksheet_error_status (CHECKSHEET_ERROR_LIMIT_MEMORY)))
    return;
  if (worker->late && WIFSIGNALED (status))
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_WALL, limits);
  else if ((ended_well && whole) || (outcome->noise && says_out_of_memory (outcome->noise)))
    fail_at_limit (outcome, CHECKSHEET_ERROR_LIMIT_MEMORY, limits); /* a reader that noticed it, without the number */
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
  if (start_again (worker, status))
    return FALSE;
  double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  *outcome = (Outcome){.answer = worker->answer, .seconds = (g_get_monotonic_time () - worker->started) / 1e6};
  outcome->noise = head_of_file (worker->noise, NOISE_BYTES);
  worker->answer = -1; /* the outcome's */
  worker_clear (worker);
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
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot read back the result: %s"),
               error_words (errno));
  return NULL;
}

void
outcome_clear (Outcome *outcome)
{
  if (outcome->answer >= 0)
    close (outcome->answer);
  g_free (outcome->sha256);
  g_free (outcome->reason);
  g_free (outcome->summary);
  g_free (outcome->noise);
  *outcome = (Outcome){.answer = -1};
}
