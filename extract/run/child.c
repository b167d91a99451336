/* child.c - see child.h
 *
 * The order of a child's life: it ties itself to its parent, lets go of what is not its own, sets its limits, opens its
 * input, and only then looks at the bytes.
 */
#include "run/child.h"

#include "run/process.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Standard input only where that is what is read; standard output is the parent's alone. */
static void
replace_standard_files (const char *path, int noise)
{
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);
  if (!g_str_equal (path, "-"))
    dup2 (nothing, STDIN_FILENO);
  dup2 (nothing, STDOUT_FILENO);
  dup2 (noise, STDERR_FILENO);
}

/* To be called when the input is read, which may be one of them (/dev/fd/5). */
static void
close_other_files (int answer)
{
  if (answer > STDERR_FILENO + 1)
    close_range (STDERR_FILENO + 1, answer - 1, 0);
  close_range (answer + 1, ~0u, 0);
}

/* Whoever gets no memory and does not expect that reads or writes at address 0, or aborts. Where there is none left,
 * this was it; else the signal goes on to do what it does. */
static void
tell_out_of_memory (int number)
{
  const gsize little = 4 << 20;
  if (mmap (NULL, little, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
    _exit (CHILD_OUT_OF_MEMORY);
  signal (number, SIG_DFL);
  raise (number);
}

/* A child lives for one document: what it gives back to the system it only asks for again. Rendering asks and gives
 * back so often that a third of its time went there. */
static void
keep_memory (void)
{
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TOP_PAD, 1 << 20);
}

static void
set_limits (const Limits *limits)
{
  static const int deaths[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP};
  process_limit (RLIMIT_CORE, 0, 0);
  process_limit (RLIMIT_CPU, limits->cpu_seconds, 1 + limits->picture_seconds * PICTURES_LIMIT);
  process_limit (RLIMIT_FSIZE, limits->answer, 0);
  if (SANITIZED)
    return;
  process_limit (RLIMIT_AS, limits->memory, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (deaths); i++)
    signal (deaths[i], tell_out_of_memory);
}

static gboolean
say (int answer, const char *text, gsize length)
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
say_line (int answer, const char *word, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s %.8000s\n", word, text);
  g_strdelimit (line, "\n\r", ' ');
  line[strlen (line) - 1] = '\n';
  return say (answer, line, strlen (line));
}

static gboolean
say_failed (int answer, const GError *error)
{
  ChecksheetError code = error->domain == CHECKSHEET_ERROR ? error->code : CHECKSHEET_ERROR_IO;
  g_autofree char *text = g_strdup_printf ("%d %s", code, error->message);
  return say_line (answer, "failed", text);
}

/* The sum of a file that was refused: the ledger names its bytes all the same. */
static void
say_sum_of_file (int answer, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (path, &bytes, &length, NULL))
    return;
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
  say_line (answer, "sha256", sum);
}

/* Reading pictures takes seconds a page: the parent is told, and the limit of computing goes up. */
typedef struct {
  const Limits *limits;
  int answer;
} Ahead;

static void
pictures_are_ahead (int pages, gpointer data)
{
  const Ahead *ahead = data;
  g_autofree char *text = g_strdup_printf ("%d", pages);
  int seconds = MIN (pages, PICTURES_LIMIT) * ahead->limits->picture_seconds;
  if (seconds == 0)
    return;
  say_line (ahead->answer, "pictures", text);
  process_limit (RLIMIT_CPU, ahead->limits->cpu_seconds + seconds, 1);
}

static gboolean
answer_from_source (const Source *source, const Work *work, int answer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  Ahead ahead = {work->limits, answer};
  MoreTime more_time = {pictures_are_ahead, &ahead};
  g_autofree char *text = work->task (source, work->data, &more_time, &warning, &error);
  if (!text)
    return say_failed (answer, error);
  if (warning ? !say_line (answer, "warnings", warning) : !say (answer, "ok\n", 3))
    return FALSE;
  return say (answer, text, strlen (text));
}

static gboolean
answer_from_input (const Input *input, const Work *work, int answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Source) source = source_open (input->path, &error);
  if (!source) {
    if (error->code == CHECKSHEET_ERROR_UNSUPPORTED || error->code == CHECKSHEET_ERROR_DAMAGED)
      say_sum_of_file (answer, input->path);
    return say_failed (answer, error);
  }
  source_declare (source, input->uri, input->charset);
  say_line (answer, "sha256", source->sha256);
  close_other_files (answer);
  /* Here is the place for a sandbox: nothing more needs to be opened, and the bytes have not been looked into. */
  return answer_from_source (source, work, answer);
}

void
child_run (const Input *input, const Work *work, const Worker *worker, pid_t parent)
{
  process_tie_to_parent (parent);
  replace_standard_files (input->path, worker->noise);
  set_limits (work->limits);
  keep_memory ();
  int status = answer_from_input (input, work, worker->answer) ? EXIT_SUCCESS : CHILD_CANNOT_ANSWER;
  process_end (status);
}
