/* started_program.c - see started_program.h */
#include "library/started_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.h"
#include "run/process.h"

enum { PIECE = 64 * 1024, LAST_WORDS = 4096 };

/* The ends of the caller; -1: not open. */
typedef struct {
  int input, answer, noise; /* what it reads, what it says, and what it complains */
  int ours;                 /* the end of the pipe `answer` that is read here */
} ProgramFiles;

static void
program_files_close (ProgramFiles *files)
{
  int all[] = {files->input, files->answer, files->noise, files->ours};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] >= 0)
      close (all[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProgramFiles, program_files_close)

/* FILE under a number that is none of the standard ones, which the caller may have closed; closes FILE. */
static int
moved_away (int file)
{
  if (file < 0 || file > STDERR_FILENO)
    return file;
  int moved = fcntl (file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  close (file);
  return moved;
}

static gboolean
write_all (int file, const char *text)
{
  gsize length = strlen (text);
  for (ssize_t written; length > 0; text += written, length -= written)
    if ((written = write (file, text, length)) <= 0)
      return FALSE;
  return TRUE;
}

static gboolean
open_files (ProgramFiles *files, const char *text)
{
  int ends[2];
  files->input = moved_away (temporary_file ());
  files->noise = moved_away (temporary_file ());
  if (files->input < 0 || files->noise < 0 || !write_all (files->input, text) ||
      lseek (files->input, 0, SEEK_SET) != 0 || pipe2 (ends, O_CLOEXEC) != 0)
    return FALSE;
  files->ours = moved_away (ends[0]);
  files->answer = moved_away (ends[1]);
  return files->ours >= 0 && files->answer >= 0;
}

/* Signals and descriptors of the new process. */
static void
set_up (posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, const ProgramFiles *files)
{
  sigset_t all, none;
  sigfillset (&all);
  sigemptyset (&none);
  posix_spawnattr_init (attributes);
  posix_spawnattr_setsigdefault (attributes, &all);
  posix_spawnattr_setsigmask (attributes, &none);
  posix_spawnattr_setflags (attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawn_file_actions_init (actions);
  posix_spawn_file_actions_adddup2 (actions, files->input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2 (actions, files->answer, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2 (actions, files->noise, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np (actions, STDERR_FILENO + 1);
}

/* 0, or why it cannot be started. */
static int
start (const char *const *arguments, const ProgramFiles *files, pid_t *process)
{
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C.UTF-8", TRUE);
  set_up (&attributes, &actions, files);
  int fault = posix_spawn (process, arguments[0], &actions, &attributes, (char *const *)arguments, environment);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return fault;
}

static gboolean
fail_at_limit (ChecksheetError code, GError **error)
{
  g_set_error_literal (error, CHECKSHEET_ERROR, code,
                       code == CHECKSHEET_ERROR_LIMIT_WALL ? "the program that reads did not end in time"
                                                           : "the program that reads said too much");
  return FALSE;
}

/* Reads FILE to its end into ANSWER. */
static gboolean
read_answer (int file, GString *answer, double seconds, gsize limit, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * 1e6);
  for (;;) {
    gint64 left = (end - g_get_monotonic_time ()) / 1000;
    struct pollfd ready = {.fd = file, .events = POLLIN};
    if (left <= 0)
      return fail_at_limit (CHECKSHEET_ERROR_LIMIT_WALL, error);
    if (poll (&ready, 1, (int)MIN (left + 1, G_MAXINT)) <= 0)
      continue;
    gsize before = answer->len;
    g_string_set_size (answer, before + PIECE);
    ssize_t length = read (file, answer->str + before, PIECE);
    g_string_set_size (answer, before + MAX (length, 0));
    if (length == 0 || (length < 0 && errno != EINTR))
      return TRUE;
    if (answer->len > limit)
      return fail_at_limit (CHECKSHEET_ERROR_LIMIT_SIZE, error);
  }
}

/* What it complained last, on one line; NULL: nothing. The caller frees. */
static char *
last_words (int noise)
{
  gint64 length = lseek (noise, 0, SEEK_END);
  gint64 start = MAX (0, length - LAST_WORDS);
  g_autofree char *text = g_malloc0 (LAST_WORDS + 1);
  if (length <= 0 || pread (noise, text, LAST_WORDS, start) <= 0)
    return NULL;
  g_strdelimit (g_strstrip (text), "\n\r", ' ');
  return g_utf8_make_valid (text, -1);
}

/* Waits for its end; where someone else did, that is not known. */
static void
wait_for (pid_t process)
{
  while (waitpid (process, NULL, 0) < 0 && errno == EINTR)
    ;
}

char *
program_answer (const char *const *arguments, const char *text, double seconds, gsize limit, GError **error)
{
  g_auto (ProgramFiles) files = {-1, -1, -1, -1};
  pid_t process;
  int fault = open_files (&files, text) ? start (arguments, &files, &process) : errno;
  if (fault) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "cannot start the program that reads, %s: %s",
                 arguments[0], g_strerror (fault));
    return NULL;
  }
  close (files.answer);
  files.answer = -1;
  g_autoptr (GString) answer = g_string_new (NULL);
  gboolean whole = read_answer (files.ours, answer, seconds, limit, error);
  if (!whole)
    kill (process, SIGKILL);
  wait_for (process);
  if (whole && answer->len > 0)
    return g_string_free (g_steal_pointer (&answer), FALSE);
  g_autofree char *words = whole ? last_words (files.noise) : NULL;
  if (whole)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 "the program that reads, %s, ended without an answer%s%s", arguments[0], words ? ": " : "",
                 words ? words : "");
  return NULL;
}
