/* exit_status.c - see exit_status.h */
#include "run/exit_status.h"

#include <glib.h>

typedef struct {
  const char *status;
  int exit;
} StatusExit;

/* A status that is not in the table ("crash") says nothing of the document: all inputs failed. */
static const StatusExit exits[] = {
    {"ok", EXIT_ALL_DONE},
    {"ok-with-warnings", EXIT_ALL_DONE},
    {"not-modified", EXIT_ALL_DONE},
    {"no-sheet", EXIT_NO_SHEET},
    {"needs-password", EXIT_NEEDS_PASSWORD},
    {"damaged", EXIT_UNREADABLE},
    {"unsupported", EXIT_UNREADABLE},
    {"limit-cpu", EXIT_LIMIT},
    {"limit-wall", EXIT_LIMIT},
    {"limit-memory", EXIT_LIMIT},
    {"limit-pages", EXIT_LIMIT},
    {"limit-size", EXIT_LIMIT},
    {"sandbox-violation", EXIT_FAULT},
    {"fetch-error", EXIT_FAULT},
    {"blocked-address", EXIT_FAULT},
    {"io-error", EXIT_FAULT},
};

int
exit_status_of_one (const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exits); i++)
    if (g_str_equal (exits[i].status, status))
      return exits[i].exit;
  return EXIT_ALL_FAILED;
}

int
exit_status_of_several (int done, int failed)
{
  if (failed == 0)
    return EXIT_ALL_DONE;
  return done > 0 ? EXIT_SOME_FAILED : EXIT_ALL_FAILED;
}
