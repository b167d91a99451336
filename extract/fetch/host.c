/* host.c - see host.h */
#include "fetch/host.h"

static void
host_free (gpointer data)
{
  Host *host = data;
  g_queue_clear_full (&host->robots, (GDestroyNotify)web_request_free);
  g_queue_clear_full (&host->requests, (GDestroyNotify)web_request_free);
  g_free (host->name);
  g_free (host->trouble);
  g_free (host);
}

static void
origin_free (gpointer data)
{
  Origin *origin = data;
  robots_free (origin->robots);
  g_free (origin->refusal);
  g_free (origin);
}

Hosts *
hosts_new (const FetchOptions *options)
{
  Hosts *hosts = g_new0 (Hosts, 1);
  hosts->options = options;
  hosts->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, host_free);
  hosts->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, origin_free);
  hosts->queue = g_sequence_new (NULL);
  hosts->fresh = g_sequence_new (NULL);
  return hosts;
}

Host *
hosts_host (Hosts *hosts, const WebRequest *request)
{
  Host *host = g_hash_table_lookup (hosts->hosts, request->at->host);
  if (host)
    return host;
  host = g_new0 (Host, 1);
  host->name = g_strdup (request->at->host);
  g_hash_table_insert (hosts->hosts, host->name, host);
  return host;
}

Origin *
hosts_origin (Hosts *hosts, const WebRequest *request)
{
  Origin *origin = g_hash_table_lookup (hosts->origins, request->at->origin);
  if (origin)
    return origin;
  origin = g_new0 (Origin, 1);
  origin->host = hosts_host (hosts, request);
  g_hash_table_insert (hosts->origins, g_strdup (request->at->origin), origin);
  return origin;
}

static int
compare_ready (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = ((const Host *)a)->ready, second = ((const Host *)b)->ready;
  return (first > second) - (first < second);
}

void
hosts_place (Hosts *hosts, Host *host)
{
  gboolean waits = host->robots.length > 0 || (host->requests.length > 0 && !host->parked);
  g_clear_pointer (&host->place, g_sequence_remove);
  if (!waits || host->busy)
    return;
  host->place = host->asked ? g_sequence_insert_sorted (hosts->queue, host, compare_ready, NULL)
                            : g_sequence_append (hosts->fresh, host);
}

void
hosts_add (Hosts *hosts, WebRequest *request, gboolean first)
{
  Host *host = hosts_host (hosts, request);
  GQueue *queue = request->purpose == REQUEST_ROBOTS ? &host->robots : &host->requests;
  if (first)
    g_queue_push_head (queue, request);
  else
    g_queue_push_tail (queue, request);
  if (!host->place)
    hosts_place (hosts, host);
}

/* NULL: it is empty. */
static Host *
first_in (GSequence *queue)
{
  GSequenceIter *first = g_sequence_get_begin_iter (queue);
  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

Host *
hosts_next (Hosts *hosts, gint64 now)
{
  Host *host = first_in (hosts->queue);
  return host && host->ready <= now ? host : first_in (hosts->fresh);
}

double
hosts_seconds (Hosts *hosts, gint64 now)
{
  const double longest = 1000;
  const Host *host = first_in (hosts->queue);
  if (first_in (hosts->fresh))
    return 0;
  return host ? CLAMP ((host->ready - now) / 1e6, 0, longest) : longest;
}

WebRequest *
host_take_request (Host *host)
{
  return g_queue_pop_head (host->robots.length > 0 ? &host->robots : &host->requests);
}

void
hosts_begin (Hosts *hosts, Host *host)
{
  host->asked = host->busy = TRUE;
  hosts_place (hosts, host);
}

void
hosts_end (Hosts *hosts, Host *host, double seconds)
{
  host->busy = FALSE;
  host->ready = g_get_monotonic_time () + (gint64)(seconds * 1e6);
  hosts_place (hosts, host);
}

void
hosts_free (Hosts *hosts)
{
  g_sequence_free (hosts->queue);
  g_sequence_free (hosts->fresh);
  g_hash_table_destroy (hosts->origins);
  g_hash_table_destroy (hosts->hosts);
  g_free (hosts);
}
