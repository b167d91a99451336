/* crawl.c - see crawl.h
 *
 *     hosts ──► request ──► exchange ──► response ──► request ──┬──► the same or another host's turn
 *                                                               └──► document ──┬──► its next request
 *                                                                               └──► outbox ──► socket
 *
 * While the outbox is full, because the other side is busy, no new request is sent; those under way continue.
 */
#include "fetch/crawl.h"

#include "fetch/document_fetch.h"
#include "fetch/host.h"
#include "read/source.h"
#include "run/process.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* A longer crawl-delay is taken for this, in seconds; with more, a run of some documents would take a day. */
static const double longest_delay = 30;

/* RESTING: hosts whose connection is kept open over their pause, for each host that is being asked. */
enum { OUTBOX_LIMIT = 32, RESTING = 16 };

typedef struct {
  const CrawlPlan *plan;
  const FetchOptions *options; /* the plan's */
  int socket;
  gboolean deserted; /* nobody reads the results */
  CURLM *curls;
  Hosts *hosts;
  GQueue idle;          /* Exchange */
  GHashTable *requests; /* Exchange → the WebRequest that it is for */
  GQueue outbox;        /* DocumentFetch, with its result */
  guint open;           /* documents without a result */
} Crawl;

static Crawl *
crawl_new (const CrawlPlan *plan, int socket)
{
  const FetchOptions *options = plan->options;
  Crawl *crawl = g_new0 (Crawl, 1);
  crawl->plan = plan;
  crawl->options = options;
  crawl->socket = socket;
  crawl->curls = curl_multi_init ();
  crawl->hosts = hosts_new (options);
  crawl->requests = g_hash_table_new (NULL, NULL);
  curl_multi_setopt (crawl->curls, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
  curl_multi_setopt (crawl->curls, CURLMOPT_MAXCONNECTS, (long)MIN (RESTING * options->hosts, 256));
  for (int i = 0; i < options->hosts; i++)
    g_queue_push_tail (&crawl->idle, exchange_new (crawl->curls, options));
  return crawl;
}

static void
crawl_free (Crawl *crawl)
{
  GHashTableIter iter;
  gpointer exchange, request;
  g_hash_table_iter_init (&iter, crawl->requests);
  while (g_hash_table_iter_next (&iter, &exchange, &request)) {
    exchange_free (exchange);
    web_request_free (request);
  }
  g_hash_table_destroy (crawl->requests);
  g_queue_clear_full (&crawl->idle, (GDestroyNotify)exchange_free);
  g_queue_clear_full (&crawl->outbox, (GDestroyNotify)document_fetch_free);
  hosts_free (crawl->hosts);
  curl_multi_cleanup (crawl->curls);
  g_free (crawl);
}

/* Of the document that REQUEST is for, if it is for one. */
static void
note_state (Crawl *crawl, const WebRequest *request, FetchState state)
{
  if (request->purpose != REQUEST_ROBOTS)
    crawl->plan->states[((DocumentFetch *)request->owner)->result.request] = state;
}

/* Queues NEXT, or where there is none the result of DOCUMENT. FIRST: before those that wait at that host. */
static void
go_on (Crawl *crawl, DocumentFetch *document, WebRequest *next, gboolean first)
{
  if (next) {
    hosts_add (crawl->hosts, next, first);
    return;
  }
  crawl->open--;
  g_queue_push_tail (&crawl->outbox, document);
}

/* What a robots.txt says, or that there is none: RFC 9309, section 2.3.1. One that cannot be reached disallows all; 429
 * is not taken for "there is none", since it says to ask less, not more. */
static void
learn_robots (Crawl *crawl, Origin *origin, WebRequest *request)
{
  Host *host = origin->host;
  gboolean none = request->status >= 400 && request->status < 500 && request->status != 429 && request->status != 408;
  gboolean lost = request->end == REQUEST_FAILED && request->redirects > REDIRECTS_LIMIT;
  origin->known = TRUE;
  if (request->end == REQUEST_ARRIVED) {
    g_autoptr (GBytes) bytes = body_to_bytes (&request->response.body);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data (bytes, &length) : NULL;
    origin->robots = text ? robots_new (text, length, "checksheet") : NULL;
    double delay = origin->robots ? robots_delay (origin->robots) : 0;
    host->delay = MAX (host->delay, MIN (delay, longest_delay));
    host->ready = MAX (host->ready, g_get_monotonic_time () + (gint64)(host->delay * 1e6));
  } else if (request->end == REQUEST_BLOCKED && request->redirects == 0) {
    origin->end = REQUEST_BLOCKED;
    origin->refusal = g_strdup (request->words);
  } else if (!none && !lost) {
    origin->end = REQUEST_FAILED;
    origin->refusal = request->status
                          ? g_strdup_printf (_ ("the host's robots.txt cannot be read: %s"), request->words)
                          : g_strdup (request->words); /* no response: any other request would fare the same */
    origin->not_before = request->not_before;
  }
  host->parked = FALSE;
  hosts_place (crawl->hosts, host);
}

/* Takes REQUEST, which has ended. */
static void
end_request (Crawl *crawl, WebRequest *request)
{
  if (request->purpose == REQUEST_ROBOTS)
    learn_robots (crawl, request->owner, request);
  else {
    note_state (crawl, request, FETCH_IN_HAND);
    WebRequest *next = document_fetch_next (request->owner, request, crawl->options);
    note_state (crawl, request, FETCH_OPEN);
    go_on (crawl, request->owner, next, TRUE);
  }
  web_request_free (request);
}

static WebRequest *
request_for_robots (Origin *origin, const WebRequest *request)
{
  g_autofree char *address = g_strconcat (request->at->origin, "/robots.txt", NULL);
  WebRequest *robots = web_request_new (REQUEST_ROBOTS, origin, address, ROBOTS_BYTES_LIMIT + (64 << 10), NULL);
  if (robots)
    robots->deadline = request->deadline;
  origin->asked = TRUE;
  origin->host->parked = robots != NULL;
  origin->known = robots == NULL;
  return robots;
}

/* Whether REQUEST may be sent now; if not, it has ended, or waits for *ROBOTS, which is to be sent first. */
static gboolean
may_ask (Crawl *crawl, Host *host, WebRequest *request, WebRequest **robots)
{
  if (host->troubles >= TROUBLES_LIMIT) {
    web_request_fail (request, REQUEST_FAILED, g_strdup (host->trouble), host->not_before);
    return FALSE;
  }
  web_request_begin (request, crawl->options);
  if (request->purpose == REQUEST_ROBOTS)
    return TRUE;
  Origin *origin = hosts_origin (crawl->hosts, request);
  if (!origin->asked && (*robots = request_for_robots (origin, request)))
    return FALSE;
  if (origin->refusal) {
    web_request_fail (request, origin->end, g_strdup (origin->refusal), origin->not_before);
    return FALSE;
  }
  if (!origin->robots || robots_allow (origin->robots, request->at->target))
    return TRUE;
  web_request_fail (request, REQUEST_FAILED, g_strdup (_ ("the host's robots.txt disallows it")), 0);
  return FALSE;
}

static void
ask (Crawl *crawl, Host *host, WebRequest *request)
{
  Exchange *exchange = g_queue_pop_head (&crawl->idle);
  hosts_begin (crawl->hosts, host);
  g_hash_table_insert (crawl->requests, exchange, request);
  note_state (crawl, request, FETCH_UNDER_WAY);
  exchange_begin (exchange, web_request_to_send (request));
}

static void
start_what_may_start (Crawl *crawl)
{
  Host *host;
  while (crawl->idle.length > 0 && crawl->outbox.length < OUTBOX_LIMIT &&
         (host = hosts_next (crawl->hosts, g_get_monotonic_time ()))) {
    WebRequest *request = host_take_request (host), *robots = NULL;
    hosts_place (crawl->hosts, host);
    if (may_ask (crawl, host, request, &robots))
      ask (crawl, host, request);
    else if (robots) {
      hosts_add (crawl->hosts, request, TRUE);
      hosts_add (crawl->hosts, robots, TRUE);
    } else
      end_request (crawl, request);
  }
}

static void
count_trouble (Host *host, const WebRequest *request)
{
  if (!request->trouble) {
    host->troubles = 0;
    return;
  }
  host->troubles++;
  g_free (host->trouble);
  host->trouble = g_strdup (request->words);
  host->not_before = request->not_before;
}

static void
take_response (Crawl *crawl, WebRequest *request, HttpResponse *response)
{
  Host *host = hosts_host (crawl->hosts, request);
  if (response->end == RESPONSE_WHOLE)
    host->private = response->private;
  double pause = MAX (host->private ? 0 : crawl->options->pause, host->delay);
  RequestStep step = web_request_take (request, response, crawl->options);
  if (step == REQUEST_ENDED)
    count_trouble (host, request);
  hosts_end (crawl->hosts, host, step == REQUEST_WAITS ? MAX (pause, request->wait) : pause);
  if (step == REQUEST_ENDED)
    end_request (crawl, request);
  else
    hosts_add (crawl->hosts, request, TRUE);
}

static void
take_responses (Crawl *crawl)
{
  int left;
  CURLMsg *message;
  while ((message = curl_multi_info_read (crawl->curls, &left))) {
    if (message->msg != CURLMSG_DONE)
      continue;
    Exchange *exchange = exchange_of (message->easy_handle);
    HttpResponse response = exchange_end (exchange, message->data.result);
    WebRequest *request = g_hash_table_lookup (crawl->requests, exchange);
    g_hash_table_remove (crawl->requests, exchange);
    g_queue_push_head (&crawl->idle, exchange);
    note_state (crawl, request, FETCH_OPEN);
    take_response (crawl, request, &response);
    http_response_clear (&response);
  }
}

static void
send_results (Crawl *crawl)
{
  while (crawl->outbox.length > 0) {
    DocumentFetch *document = g_queue_peek_head (&crawl->outbox);
    ResultTransfer outcome = fetch_result_send (crawl->socket, &document->result);
    if (outcome == TRANSFER_LATER)
      return;
    crawl->deserted |= outcome == TRANSFER_BROKEN;
    document_fetch_free (g_queue_pop_head (&crawl->outbox));
  }
}

static void
wait_for_change (Crawl *crawl)
{
  struct curl_waitfd room = {.fd = crawl->socket, .events = CURL_WAIT_POLLOUT};
  double seconds = hosts_seconds (crawl->hosts, g_get_monotonic_time ());
  /* With all exchanges in use, or the outbox full, nothing can be sent, whatever the hosts allow. */
  if (crawl->idle.length == 0 || crawl->outbox.length >= OUTBOX_LIMIT)
    seconds = 1000;
  int running = 0;
  curl_multi_perform (crawl->curls, &running);
  if ((guint)running == g_hash_table_size (crawl->requests))
    curl_multi_poll (crawl->curls, &room, crawl->outbox.length > 0, (int)(seconds * 1000 + 0.999), NULL);
  curl_multi_perform (crawl->curls, &running);
}

static void
open_documents (Crawl *crawl)
{
  const CrawlPlan *plan = crawl->plan;
  for (guint i = 0; i < plan->n; i++) {
    if (plan->states[i] == FETCH_ANSWERED)
      continue;
    DocumentFetch *document = document_fetch_new (&plan->requests[i], i, crawl->options->bytes);
    crawl->open++;
    go_on (crawl, document, document_fetch_first (document), FALSE);
  }
}

/* FALSE: nobody reads the results any more. */
static gboolean
crawl_all (const CrawlPlan *plan, int socket)
{
  Crawl *crawl = crawl_new (plan, socket);
  open_documents (crawl);
  while (!crawl->deserted && (crawl->open > 0 || crawl->outbox.length > 0)) {
    start_what_may_start (crawl);
    send_results (crawl);
    if (crawl->open > 0 || crawl->outbox.length > 0)
      wait_for_change (crawl);
    take_responses (crawl);
  }
  gboolean done = !crawl->deserted;
  crawl_free (crawl);
  return done;
}

/* The process. */

/* Bytes of address space: what the parent had mapped, a thread for each name that is looked up, a page's tree. */
static const guint64 memory = 2ull << 30;

/* A keyboard or a service manager signals the whole process group. The parent ends in good order, and ends this
 * process; if this process ended first, every document would seem to have failed. */
static void
leave_ending_to_parent (void)
{
  static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ};
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_IGN);
}

/* Takes the place of all but standard error and the socket, which becomes the next descriptor; gives that. */
static int
let_go_of_files (int socket)
{
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC), kept = STDERR_FILENO + 1;
  dup2 (nothing, STDIN_FILENO);
  dup2 (nothing, STDOUT_FILENO);
  if (socket != kept)
    dup3 (socket, kept, O_CLOEXEC);
  return kept;
}

void
crawl_in_child (const CrawlPlan *plan, int socket, pid_t parent)
{
  process_tie_to_parent (parent);
  setlocale (LC_MESSAGES, "C"); /* what failed is written into ledgers; it is translated where it is printed */
  leave_ending_to_parent ();
  socket = let_go_of_files (socket);
  process_limit (RLIMIT_CORE, 0, 0);
  process_limit (RLIMIT_FSIZE, plan->options->bytes, 0);
  if (!SANITIZED)
    process_limit (RLIMIT_AS, memory, 0);
  if (!sandbox_enter (plan->options->sandbox, SANDBOX_FETCH, NULL))
    process_end (EXIT_FAILURE);
  curl_global_init (CURL_GLOBAL_DEFAULT);
  gboolean done = crawl_all (plan, socket);
  curl_global_cleanup ();
  process_end (done ? EXIT_SUCCESS : EXIT_FAILURE);
}
