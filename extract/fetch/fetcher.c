/* fetcher.c - see fetcher.h; the side of the parent. */
#include "fetch/fetcher.h"

#include "fetch/crawl.h"
#include "fetch/web_address.h"
#include "model/error.h"
#include "modules/module.h"
#include "text/translated.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often a process that died is replaced. */
enum { RESTARTS_LIMIT = 2 };

struct Fetcher {
  CrawlPlan plan;
  pid_t process; /* 0: it has ended, and was waited for */
  int socket, restarts;
  guint answered;
  guint8 *is_answered; /* plan.n of them */
  guint8 *is_lost;     /* the same: a process died while it was at it */
  char *end;           /* how that process ended; NULL: none did */
};

static gboolean
fail_to_start (GError **error, int sockets[2])
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot start a process to fetch: %s"),
               error_words (errno));
  for (int i = 0; i < 2; i++)
    if (sockets[i] >= 0)
      close (sockets[i]);
  return FALSE;
}

static gboolean
start_process (Fetcher *fetcher, GError **error)
{
  int sockets[2] = {-1, -1};
  pid_t parent = getpid ();
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets))
    return fail_to_start (error, sockets);
  pid_t process = fork ();
  if (process < 0)
    return fail_to_start (error, sockets);
  if (process == 0)
    crawl_in_child (&fetcher->plan, sockets[1], parent);
  close (sockets[1]);
  fetcher->process = process;
  fetcher->socket = sockets[0];
  return TRUE;
}

MODULE_ENTRY Fetcher *
fetcher_new (const FetchRequest *requests, guint n, const FetchOptions *options, GError **error)
{
  g_return_val_if_fail (options->sandbox, NULL);
  g_autoptr (Fetcher) fetcher = g_new0 (Fetcher, 1);
  guint8 *states = mmap (NULL, (gsize)n + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int none[2] = {-1, -1};
  fetcher->socket = -1;
  if (states == MAP_FAILED)
    return fail_to_start (error, none), NULL;
  fetcher->plan = (CrawlPlan){requests, n, options, states};
  fetcher->is_answered = g_new0 (guint8, n);
  fetcher->is_lost = g_new0 (guint8, n);
  return start_process (fetcher, error) ? g_steal_pointer (&fetcher) : NULL;
}

static int
wait_for_end (Fetcher *fetcher)
{
  int status = 0;
  while (waitpid (fetcher->process, &status, 0) < 0 && errno == EINTR)
    ;
  fetcher->process = 0;
  return status;
}

static gboolean
has_in_hand (const Fetcher *fetcher)
{
  return memchr (fetcher->plan.states, FETCH_IN_HAND, fetcher->plan.n) != NULL;
}

/* What the process was parsing when it died is lost; where that is not known, all that was under way. The states are
 * not trusted further than that: whatever they say, what is answered stays so, and restarts are limited. */
static void
replace_process (Fetcher *fetcher)
{
  guint8 *states = fetcher->plan.states;
  gboolean last = fetcher->restarts++ >= RESTARTS_LIMIT;
  FetchState fatal = has_in_hand (fetcher) ? FETCH_IN_HAND : FETCH_UNDER_WAY;
  for (guint i = 0; i < fetcher->plan.n; i++) {
    fetcher->is_lost[i] = !fetcher->is_answered[i] && (last || fetcher->is_lost[i] || states[i] == fatal);
    states[i] = fetcher->is_answered[i] || fetcher->is_lost[i] ? FETCH_ANSWERED : FETCH_OPEN;
  }
  if (!last && !start_process (fetcher, NULL))
    memset (fetcher->is_lost, TRUE, fetcher->plan.n);
}

/* The process has ended, or sends invalid packets; nothing more is received from it. */
static void
give_up (Fetcher *fetcher)
{
  kill (fetcher->process, SIGKILL);
  int status = wait_for_end (fetcher);
  close (fetcher->socket);
  fetcher->socket = -1;
  g_free (fetcher->end);
  if (WIFSIGNALED (status))
    fetcher->end = g_strdup_printf (N_ ("the process that fetches ended (%s); the next run asks again"),
                                    signal_words (WTERMSIG (status)));
  else
    fetcher->end = g_strdup_printf (N_ ("the process that fetches ended (status %d); the next run asks again"),
                                    WEXITSTATUS (status));
  replace_process (fetcher);
}

static void
mark_answered (Fetcher *fetcher, guint request)
{
  fetcher->is_answered[request] = TRUE;
  fetcher->answered++;
}

/* The next of what was lost with a process; FALSE: there is none. */
static gboolean
fail_next (Fetcher *fetcher, FetchResult *result)
{
  guint request = 0;
  while (request < fetcher->plan.n && (!fetcher->is_lost[request] || fetcher->is_answered[request]))
    request++;
  if (request == fetcher->plan.n)
    return FALSE;
  const FetchRequest *lost = &fetcher->plan.requests[request];
  const char *address = lost->url ? lost->url : lost->page;
  g_autofree char *shown = web_address_for_display (address ? address : "?");
  *result = (FetchResult){.request = request, .end = FETCH_FAILED, .body = -1};
  result->reason = g_strdup_printf ("%s: %s", shown, fetcher->end);
  mark_answered (fetcher, request);
  return TRUE;
}

/* Whether there is something to read before the time is up. */
static gboolean
wait_for_message (Fetcher *fetcher, double seconds)
{
  struct pollfd wanted = {.fd = fetcher->socket, .events = POLLIN};
  return poll (&wanted, 1, (int)CLAMP (seconds * 1000, 0, G_MAXINT)) > 0;
}

MODULE_ENTRY gboolean
fetcher_next (Fetcher *fetcher, double seconds, FetchResult *result, gboolean *done)
{
  *done = fetcher->answered == fetcher->plan.n;
  if (*done)
    return FALSE;
  if (fetcher->end && fail_next (fetcher, result))
    return TRUE;
  if (!wait_for_message (fetcher, seconds))
    return FALSE;
  ResultTransfer outcome =
      fetch_result_receive (fetcher->socket, fetcher->plan.n, fetcher->plan.options->bytes, result);
  if (outcome == TRANSFER_LATER)
    return FALSE;
  if (outcome == TRANSFER_DONE && !fetcher->is_answered[result->request]) {
    mark_answered (fetcher, result->request);
    return TRUE;
  }
  if (outcome == TRANSFER_DONE)
    fetch_result_clear (result);
  give_up (fetcher);
  return fail_next (fetcher, result);
}

MODULE_ENTRY void
fetcher_free (Fetcher *fetcher)
{
  if (!fetcher)
    return;
  if (fetcher->process > 0) {
    kill (fetcher->process, SIGKILL);
    wait_for_end (fetcher);
  }
  if (fetcher->socket >= 0)
    close (fetcher->socket);
  if (fetcher->plan.states)
    munmap (fetcher->plan.states, (gsize)fetcher->plan.n + 1);
  g_free (fetcher->is_answered);
  g_free (fetcher->is_lost);
  g_free (fetcher->end);
  g_free (fetcher);
}
