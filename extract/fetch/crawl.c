/* crawl.c - see crawl.h
 *
 *     hosts (host.h) ──► trip ──► exchange ──► answer ──► trip ──┬──► the same or another host's turn
 *                                                                └──► document ──┬──► its next trip
 *                                                                                └──► outbox ──► socket
 *
 * While the outbox is full, because the other side is busy, nothing new is asked; what is under way goes on.
 */
#include "fetch/crawl.h"

#include "fetch/document.h"
#include "fetch/host.h"
#include "fetch/message.h"

#include <glib/gi18n.h>

/* A robots.txt may slow us down to this, in seconds; at more, a run of some documents would take a day. */
static const double longest_delay = 30;

/* RESTING: hosts whose connection is kept over their pause, for each one that is being asked. */
enum { OUTBOX_LIMIT = 32, RESTING = 16 };

typedef struct {
  const FetchPlan *plan;
  const FetchOptions *options; /* the plan's */
  int socket;
  gboolean deserted; /* nobody reads the results */
  CURLM *curls;
  Hosts *hosts;
  GQueue idle;       /* Exchange */
  GHashTable *trips; /* Exchange → the Trip that it is for */
  GQueue outbox;     /* Document, with its result */
  guint open;        /* documents without a result */
} Crawl;

static Crawl *
crawl_new (const FetchPlan *plan, int socket)
{
  const FetchOptions *options = plan->options;
  Crawl *crawl = g_new0 (Crawl, 1);
  crawl->plan = plan;
  crawl->options = options;
  crawl->socket = socket;
  crawl->curls = curl_multi_init ();
  crawl->hosts = hosts_new (options);
  crawl->trips = g_hash_table_new (NULL, NULL);
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
  gpointer exchange, trip;
  g_hash_table_iter_init (&iter, crawl->trips);
  while (g_hash_table_iter_next (&iter, &exchange, &trip)) {
    exchange_free (exchange);
    trip_free (trip);
  }
  g_hash_table_destroy (crawl->trips);
  g_queue_clear_full (&crawl->idle, (GDestroyNotify)exchange_free);
  g_queue_clear_full (&crawl->outbox, (GDestroyNotify)document_free);
  hosts_free (crawl->hosts);
  curl_multi_cleanup (crawl->curls);
  g_free (crawl);
}

/* The document that TRIP is for, if it is for one, is now so far. */
static void
note_state (Crawl *crawl, const Trip *trip, RequestState state)
{
  if (trip->purpose != TRIP_TO_ROBOTS)
    crawl->plan->states[((Document *)trip->traveller)->result.request] = state;
}

/* DOCUMENT goes where NEXT leads, or has its result. FIRST: before those that wait there. */
static void
go_on (Crawl *crawl, Document *document, Trip *next, gboolean first)
{
  if (next) {
    hosts_add (crawl->hosts, next, first);
    return;
  }
  crawl->open--;
  g_queue_push_tail (&crawl->outbox, document);
}

/* What a robots.txt says, or that there is none: RFC 9309, section 2.3.1. What cannot be reached forbids all; 429 is
 * not taken for "there is none", since it says to ask less, not more. */
static void
learn_robots (Crawl *crawl, Origin *origin, Trip *trip)
{
  Host *host = origin->host;
  gboolean none = trip->status >= 400 && trip->status < 500 && trip->status != 429 && trip->status != 408;
  gboolean lost = trip->end == TRIP_FAILED && trip->redirects > REDIRECTS_LIMIT;
  origin->known = TRUE;
  if (trip->end == TRIP_ARRIVED) {
    g_autoptr (GBytes) bytes = body_to_bytes (&trip->answer.body);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data (bytes, &length) : NULL;
    origin->robots = text ? robots_new (text, length, "checksheet") : NULL;
    double delay = origin->robots ? robots_delay (origin->robots) : 0;
    host->delay = MAX (host->delay, MIN (delay, longest_delay));
    host->ready = MAX (host->ready, g_get_monotonic_time () + (gint64)(host->delay * 1e6));
  } else if (trip->end == TRIP_BLOCKED && trip->redirects == 0) {
    origin->end = TRIP_BLOCKED;
    origin->refusal = g_strdup (trip->words);
  } else if (!none && !lost) {
    origin->end = TRIP_FAILED;
    origin->refusal = trip->status ? g_strdup_printf (_ ("the host's robots.txt cannot be read: %s"), trip->words)
                                   : g_strdup (trip->words); /* there was no answer: so would it be with any other */
    origin->not_before = trip->not_before;
  }
  host->parked = FALSE;
  hosts_place (crawl->hosts, host);
}

/* Takes TRIP, which has ended. */
static void
end_trip (Crawl *crawl, Trip *trip)
{
  if (trip->purpose == TRIP_TO_ROBOTS)
    learn_robots (crawl, trip->traveller, trip);
  else {
    note_state (crawl, trip, REQUEST_IN_HAND);
    Trip *next = document_next_trip (trip->traveller, trip);
    note_state (crawl, trip, REQUEST_OPEN);
    go_on (crawl, trip->traveller, next, TRUE);
  }
  trip_free (trip);
}

static Trip *
trip_to_robots (Origin *origin, const Trip *trip)
{
  g_autofree char *address = g_strconcat (trip->at->origin, "/robots.txt", NULL);
  Trip *robots = trip_new (TRIP_TO_ROBOTS, origin, address, ROBOTS_BYTES_LIMIT + (64 << 10), NULL);
  origin->asked = TRUE;
  origin->host->parked = robots != NULL;
  origin->known = robots == NULL;
  return robots;
}

/* Whether TRIP may be asked now; if not, it is ended, or waits behind *ROBOTS, which is to be asked in its place. */
static gboolean
may_ask (Crawl *crawl, Host *host, Trip *trip, Trip **robots)
{
  if (host->troubles >= TROUBLES_LIMIT) {
    trip_fail (trip, TRIP_FAILED, g_strdup (host->trouble), host->not_before);
    return FALSE;
  }
  if (trip->purpose == TRIP_TO_ROBOTS)
    return TRUE;
  Origin *origin = hosts_origin (crawl->hosts, trip);
  if (!origin->asked && (*robots = trip_to_robots (origin, trip)))
    return FALSE;
  if (origin->refusal) {
    trip_fail (trip, origin->end, g_strdup (origin->refusal), origin->not_before);
    return FALSE;
  }
  if (!origin->robots || robots_allow (origin->robots, trip->at->target))
    return TRUE;
  trip_fail (trip, TRIP_FAILED, g_strdup (_ ("the host's robots.txt asks robots to leave it alone")), 0);
  return FALSE;
}

static void
ask (Crawl *crawl, Host *host, Trip *trip)
{
  Exchange *exchange = g_queue_pop_head (&crawl->idle);
  hosts_begin (crawl->hosts, host);
  g_hash_table_insert (crawl->trips, exchange, trip);
  note_state (crawl, trip, REQUEST_UNDER_WAY);
  exchange_begin (exchange, trip_question (trip));
}

static void
start_what_may_start (Crawl *crawl)
{
  Host *host;
  while (crawl->idle.length > 0 && crawl->outbox.length < OUTBOX_LIMIT &&
         (host = hosts_next (crawl->hosts, g_get_monotonic_time ()))) {
    Trip *trip = host_take_trip (host), *robots = NULL;
    hosts_place (crawl->hosts, host);
    if (may_ask (crawl, host, trip, &robots))
      ask (crawl, host, trip);
    else if (robots) {
      hosts_add (crawl->hosts, trip, TRUE);
      hosts_add (crawl->hosts, robots, TRUE);
    } else
      end_trip (crawl, trip);
  }
}

static void
count_trouble (Host *host, const Trip *trip)
{
  if (!trip->trouble) {
    host->troubles = 0;
    return;
  }
  host->troubles++;
  g_free (host->trouble);
  host->trouble = g_strdup (trip->words);
  host->not_before = trip->not_before;
}

static void
take_answer (Crawl *crawl, Trip *trip, Answer *answer)
{
  Host *host = hosts_host (crawl->hosts, trip);
  if (answer->end == ANSWERED)
    host->private = answer->private;
  double pause = MAX (host->private ? 0 : crawl->options->pause, host->delay);
  TripStep step = trip_take (trip, answer, crawl->options);
  if (step == TRIP_ENDS)
    count_trouble (host, trip);
  hosts_end (crawl->hosts, host, step == TRIP_WAITS ? MAX (pause, trip->wait) : pause);
  if (step == TRIP_ENDS)
    end_trip (crawl, trip);
  else
    hosts_add (crawl->hosts, trip, TRUE);
}

static void
take_answers (Crawl *crawl)
{
  int left;
  CURLMsg *message;
  while ((message = curl_multi_info_read (crawl->curls, &left))) {
    if (message->msg != CURLMSG_DONE)
      continue;
    Exchange *exchange = exchange_of (message->easy_handle);
    Answer answer = exchange_end (exchange, message->data.result);
    Trip *trip = g_hash_table_lookup (crawl->trips, exchange);
    g_hash_table_remove (crawl->trips, exchange);
    g_queue_push_head (&crawl->idle, exchange);
    note_state (crawl, trip, REQUEST_OPEN);
    take_answer (crawl, trip, &answer);
    answer_clear (&answer);
  }
}

static void
send_results (Crawl *crawl)
{
  while (crawl->outbox.length > 0) {
    Document *document = g_queue_peek_head (&crawl->outbox);
    MessageOutcome outcome = message_send (crawl->socket, &document->result);
    if (outcome == MESSAGE_LATER)
      return;
    crawl->deserted |= outcome == MESSAGE_BROKEN;
    document_free (g_queue_pop_head (&crawl->outbox));
  }
}

static void
wait_for_change (Crawl *crawl)
{
  struct curl_waitfd room = {.fd = crawl->socket, .events = CURL_WAIT_POLLOUT};
  double seconds = hosts_seconds (crawl->hosts, g_get_monotonic_time ());
  /* Without an exchange to spare, or room for a result, whose turn it is does not matter. */
  if (crawl->idle.length == 0 || crawl->outbox.length >= OUTBOX_LIMIT)
    seconds = 1000;
  int running = 0;
  curl_multi_perform (crawl->curls, &running);
  if ((guint)running == g_hash_table_size (crawl->trips))
    curl_multi_poll (crawl->curls, &room, crawl->outbox.length > 0, (int)(seconds * 1000 + 0.999), NULL);
  curl_multi_perform (crawl->curls, &running);
}

static void
open_documents (Crawl *crawl)
{
  const FetchPlan *plan = crawl->plan;
  for (guint i = 0; i < plan->n; i++) {
    if (plan->states[i] == REQUEST_ANSWERED)
      continue;
    Document *document = document_new (&plan->requests[i], i);
    crawl->open++;
    go_on (crawl, document, document_first_trip (document), FALSE);
  }
}

gboolean
crawl (const FetchPlan *plan, int socket)
{
  Crawl *crawl = crawl_new (plan, socket);
  open_documents (crawl);
  while (!crawl->deserted && (crawl->open > 0 || crawl->outbox.length > 0)) {
    start_what_may_start (crawl);
    send_results (crawl);
    if (crawl->open > 0 || crawl->outbox.length > 0)
      wait_for_change (crawl);
    take_answers (crawl);
  }
  gboolean done = !crawl->deserted;
  crawl_free (crawl);
  return done;
}
