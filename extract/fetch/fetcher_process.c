/* fetcher_process.c - see fetcher_process.h */
#include "fetch/fetcher_process.h"

#include "fetch/crawl.h"
#include "read/source.h"
#include "run/process.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Address space: what the parent had mapped, a thread for each name that is looked up, a page of links as a tree. */
static const guint64 memory = 2ull << 30;

/* Whoever ends a run by keyboard or service manager tells the whole group; it is the parent who ends in good order, and
 * the end of this process, told of too early, would look like a failure of every document. */
static void
leave_ending_to_parent (void)
{
  static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ};
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_IGN);
}

/* Standard error stays; of the rest only the socket, which is then the first behind it. */
static int
let_go_of_files (int socket)
{
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC), kept = STDERR_FILENO + 1;
  dup2 (nothing, STDIN_FILENO);
  dup2 (nothing, STDOUT_FILENO);
  if (socket != kept)
    dup3 (socket, kept, O_CLOEXEC);
  close_range (kept + 1, ~0u, 0);
  return kept;
}

void
fetcher_process_run (const FetchPlan *plan, int socket, pid_t parent)
{
  process_tie_to_parent (parent);
  leave_ending_to_parent ();
  socket = let_go_of_files (socket);
  process_limit (RLIMIT_CORE, 0, 0);
  process_limit (RLIMIT_FSIZE, SOURCE_BYTES_LIMIT, 0);
  if (!SANITIZED)
    process_limit (RLIMIT_AS, memory, 0);
  curl_global_init (CURL_GLOBAL_DEFAULT);
  gboolean done = crawl (plan, socket);
  curl_global_cleanup ();
  process_end (done ? EXIT_SUCCESS : EXIT_FAILURE);
}
