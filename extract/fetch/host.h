/* host.h - whose turn it is: the requests that wait for each host, and when it may be asked again.
 *
 * A host is asked one thing at a time, with a pause after it. Hosts that have something waiting stand in a line, in the
 * order in which they may be asked; those that are being asked do not stand there. Those that have not been asked yet
 * stand in a line of their own, and are begun with while the others rest: so few connections are open at a time.
 *
 * Its robots.txt comes first, once for each origin (scheme, host and port). Until it is known, the requests of the host
 * wait, but for other requests to a robots.txt: one may lead from host to host.
 *
 * A host that three requests in a row failed on, for reasons that are its own (no connection, not in service, asked too
 * often), is left alone for the rest of the run: the requests that wait for it fail with the same words.
 */
#pragma once

#include "fetch/request.h"
#include "fetch/robots.h"

enum { TROUBLES_LIMIT = 3 };

typedef struct {
  char *name;
  GQueue robots, requests; /* Request; those to a robots.txt, and the others */
  gint64 ready;            /* microseconds, monotonic: not to be asked before */
  gboolean asked;          /* ever */
  gboolean busy;           /* it is being asked */
  gboolean parked;         /* its robots.txt is being asked for */
  gboolean private;        /* at an address that is not public, and that is allowed: no pause */
  double delay;            /* seconds: the longest crawl-delay of its origins */
  int troubles;            /* requests in a row */
  char *trouble;           /* the words of the last; with TROUBLES_LIMIT of them it is left alone */
  gint64 not_before;       /* and what it asked for then */
  GSequenceIter *place;    /* in its line; NULL: it is in none */
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
  GSequence *line;     /* Host, the first to be asked first */
  GSequence *fresh;    /* Host, not asked yet */
} Hosts;

Hosts *hosts_new (const FetchOptions *options);

/* The host and the origin that REQUEST is to ask next. */
Host *hosts_host (Hosts *hosts, const Request *request);
Origin *hosts_origin (Hosts *hosts, const Request *request);

/* REQUEST waits for its turn at its host; FIRST: before the others. Takes REQUEST. */
void hosts_add (Hosts *hosts, Request *request, gboolean first);

/* The host that may be asked now, and has something waiting; NULL: none. NOW: microseconds, monotonic. */
Host *hosts_next (Hosts *hosts, gint64 now);

/* Seconds until the next may be asked; at most 1000. */
double hosts_seconds (Hosts *hosts, gint64 now);

/* The request of HOST whose turn it is; gives it to the caller. There is one. */
Request *host_take_request (Host *host);

/* HOST is being asked; and is not any more, and wants to be left alone for SECONDS. */
void hosts_begin (Hosts *hosts, Host *host);
void hosts_end (Hosts *hosts, Host *host, double seconds);

/* Its state has changed: puts it where it belongs in the line. */
void hosts_place (Hosts *hosts, Host *host);

void hosts_free (Hosts *hosts);
