/* fetcher.c - see fetcher.h; the side of the parent. */
#include "refresh/fetch/fetcher.h"

#include "refresh/fetch/exchange.h"
#include "refresh/fetch/fetcher_process.h"
#include "refresh/fetch/message.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct Fetcher {
  pid_t process; /* 0: it has ended, and was waited for */
  int socket;
  guint n, answered;
  guint8 *is_answered; /* n of them */
  char **addresses;    /* n of them: what the words of a failure begin with */
  char *end;           /* how the process ended before its time; NULL: it has not */
};

const FetchOptions usual_fetch = {
    .pause = 1,
    .hosts = 16,
    .seconds = 300,
    .attempts = 4,
    .patience = 60,
};

static Fetcher *
fail_to_start (GError **error, int sockets[2])
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("no process can be started to fetch: %s"),
               g_strerror (errno));
  for (int i = 0; i < 2; i++)
    if (sockets[i] >= 0)
      close (sockets[i]);
  return NULL;
}

static Fetcher *
fetcher_of_process (pid_t process, int socket, const FetchRequest *requests, guint n)
{
  Fetcher *fetcher = g_new0 (Fetcher, 1);
  fetcher->process = process;
  fetcher->socket = socket;
  fetcher->n = n;
  fetcher->is_answered = g_new0 (guint8, n);
  fetcher->addresses = g_new0 (char *, (gsize)n + 1);
  for (guint i = 0; i < n; i++) {
    const char *address = requests[i].url ? requests[i].url : requests[i].page;
    fetcher->addresses[i] = address_for_eyes (address ? address : "?");
  }
  return fetcher;
}

Fetcher *
fetcher_new (const FetchRequest *requests, guint n, const FetchOptions *options, GError **error)
{
  int sockets[2] = {-1, -1};
  pid_t parent = getpid ();
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets))
    return fail_to_start (error, sockets);
  pid_t process = fork ();
  if (process < 0)
    return fail_to_start (error, sockets);
  if (process == 0)
    fetcher_process_run (requests, n, options, sockets[1], parent);
  close (sockets[1]);
  return fetcher_of_process (process, sockets[0], requests, n);
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

/* The process has ended, or sends what no fetcher sends; it is not listened to any more. */
static void
give_up (Fetcher *fetcher)
{
  kill (fetcher->process, SIGKILL);
  int status = wait_for_end (fetcher);
  if (WIFSIGNALED (status))
    fetcher->end = g_strdup_printf (_ ("the process that fetches ended (%s); the next run asks again"),
                                    g_strsignal (WTERMSIG (status)));
  else
    fetcher->end = g_strdup_printf (_ ("the process that fetches ended (status %d); the next run asks again"),
                                    WEXITSTATUS (status));
}

static void
mark_answered (Fetcher *fetcher, guint request)
{
  fetcher->is_answered[request] = TRUE;
  fetcher->answered++;
}

/* The next of what a fetcher that has ended leaves open. */
static void
fail_next (Fetcher *fetcher, FetchResult *result)
{
  const guint8 *open = memchr (fetcher->is_answered, FALSE, fetcher->n);
  guint request = open - fetcher->is_answered;
  *result = (FetchResult){.request = request, .end = FETCH_FAILED, .body = -1};
  result->reason = g_strdup_printf ("%s: %s", fetcher->addresses[request], fetcher->end);
  mark_answered (fetcher, request);
}

/* Whether there is something to read before the time is up. */
static gboolean
wait_for_message (Fetcher *fetcher, double seconds)
{
  struct pollfd wanted = {.fd = fetcher->socket, .events = POLLIN};
  return poll (&wanted, 1, (int)CLAMP (seconds * 1000, 0, G_MAXINT)) > 0;
}

gboolean
fetcher_next (Fetcher *fetcher, double seconds, FetchResult *result, gboolean *done)
{
  *done = fetcher->answered == fetcher->n;
  if (*done)
    return FALSE;
  if (!fetcher->end) {
    if (!wait_for_message (fetcher, seconds))
      return FALSE;
    MessageOutcome outcome = message_receive (fetcher->socket, fetcher->n, result);
    if (outcome == MESSAGE_LATER)
      return FALSE;
    if (outcome == MESSAGE_DONE && !fetcher->is_answered[result->request]) {
      mark_answered (fetcher, result->request);
      return TRUE;
    }
    if (outcome == MESSAGE_DONE)
      fetch_result_clear (result);
    give_up (fetcher);
  }
  fail_next (fetcher, result);
  return TRUE;
}

void
fetch_result_clear (FetchResult *result)
{
  if (result->body >= 0)
    close (result->body);
  g_free (result->reason);
  g_free (result->address);
  g_free (result->final_address);
  g_free (result->charset);
  validators_clear (&result->validators);
  validators_clear (&result->page_validators);
  *result = (FetchResult){.body = -1};
}

void
fetcher_free (Fetcher *fetcher)
{
  if (!fetcher)
    return;
  if (fetcher->process > 0) {
    kill (fetcher->process, SIGKILL);
    wait_for_end (fetcher);
  }
  close (fetcher->socket);
  g_strfreev (fetcher->addresses);
  g_free (fetcher->is_answered);
  g_free (fetcher->end);
  g_free (fetcher);
}
