/* host.h - whose turn it is: the requests that wait for each host, and when it may be asked again.
 *
 * A host gets one request at a time, with a pause after it. Hosts with requests waiting are in a queue, ordered by the
 * time from which they may be asked; a host that is being asked is not in it. Hosts that were never asked are in a
 * queue of their own, and are begun with only while all others pause: so few connections are open at a time.
 *
 * Its robots.txt comes first, once for each origin (scheme, host and port). Until it is known, the requests to the host
 * wait, but for those for a robots.txt: one may redirect from host to host.
 *
 * A host on which three requests in a row failed, for reasons of its own (no connection, out of service, too many
 * requests), is left alone for the rest of the run: the requests that wait for it fail with the same words.
 */
#pragma once

#include "fetch/robots.h"
#include "fetch/web_request.h"

enum { TROUBLES_LIMIT = 3 };

typedef struct {
  char *name;
  GQueue robots, requests; /* WebRequest; those for a robots.txt, and the others */
  gint64 ready;            /* microseconds, monotonic: not to be asked before */
  gboolean asked;          /* ever */
  gboolean busy;           /* it is being asked */
  gboolean parked;         /* its robots.txt is being asked for */
  gboolean private;        /* at an address that is not public, and that is allowed: no pause */
  double delay;            /* seconds: the longest crawl-delay of its origins */
  int troubles;            /* requests in a row */
  char *trouble;           /* the words of the last; with TROUBLES_LIMIT of them it is left alone */
  gint64 not_before;       /* and what it asked for then */
  GSequenceIter *place;    /* in a queue; NULL: it is in none */
} Host;

typedef struct {
  Host *host;
  gboolean asked, known;
  Robots *robots; /* known: NULL means that all is allowed, unless REFUSAL */
  RequestEnd end; /* REFUSAL: how every request to the origin ends */
  char *refusal;  /* words */
  gint64 not_before;
} Origin;

typedef struct {
  const FetchOptions *options;
  GHashTable *hosts;   /* name → Host */
  GHashTable *origins; /* origin → Origin */
  GSequence *queue;    /* Host, the first to be asked first */
  GSequence *fresh;    /* Host, not asked yet */
} Hosts;

Hosts *hosts_new (const FetchOptions *options);

/* The host and the origin that REQUEST is to be sent to. */
Host *hosts_host (Hosts *hosts, const WebRequest *request);
Origin *hosts_origin (Hosts *hosts, const WebRequest *request);

/* REQUEST waits for its turn at its host; FIRST: before the others. Takes REQUEST. */
void hosts_add (Hosts *hosts, WebRequest *request, gboolean first);

/* The host that may be asked now, and has a request waiting; NULL: none. NOW: microseconds, monotonic. */
Host *hosts_next (Hosts *hosts, gint64 now);

/* Seconds until the next may be asked; at most 1000. */
double hosts_seconds (Hosts *hosts, gint64 now);

/* The request of HOST whose turn it is; gives it to the caller. There is one. */
WebRequest *host_take_request (Host *host);

/* A request to HOST begins; it has ended, and the next may begin after SECONDS. */
void hosts_begin (Hosts *hosts, Host *host);
void hosts_end (Hosts *hosts, Host *host, double seconds);

/* Its state has changed: moves it to its place in the queue, or out of it. */
void hosts_place (Hosts *hosts, Host *host);

void hosts_free (Hosts *hosts);
