/* process.c - see process.h */
#include "run/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

void
process_tie_to_parent (pid_t parent)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent)
    _exit (EXIT_FAILURE);
  /* A Ctrl-C reaches all processes of a terminal: whether a child is to end is its parent's to say. */
  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  sigset_t none;
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

void
process_limit (int resource, guint64 value, guint64 grace)
{
  struct rlimit limit = {.rlim_cur = process_limit_within (resource, value),
                         .rlim_max = process_limit_within (resource, value + grace)};
  setrlimit (resource, &limit);
}

guint64
process_limit_within (int resource, guint64 value)
{
  struct rlimit limit;
  return getrlimit (resource, &limit) == 0 ? MIN (value, limit.rlim_max) : value; /* RLIM_INFINITY is the greatest */
}

gboolean
process_do_whole (gboolean (*step) (gpointer data), gpointer data)
{
  pid_t process = vfork ();
  if (process == 0) {
    setsid ();
    _exit (step (data) ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  if (process < 0)
    return FALSE;
  int status;
  while (waitpid (process, &status, 0) < 0)
    if (errno != EINTR)
      return FALSE;
  return WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SUCCESS;
}

void
process_end (int status)
{
  if (SANITIZED)
    exit (status);
  _exit (status);
}

int
temporary_file (void)
{
  int file = open (g_get_tmp_dir (), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
  return file >= 0 ? file : memfd_create ("checksheet", MFD_CLOEXEC);
}
