/* fetch_request.h - what a caller wants from the web, document by document, and what came of it. */
#pragma once

#include "model/error.h"
#include "patterns/knowledge.h"
#include "run/sandbox.h"

typedef struct {
  gboolean allow_private;     /* also addresses that are not public; between requests to those there is no pause */
  double pause;               /* seconds between two requests to one host */
  int hosts;                  /* how many hosts at once */
  double seconds;             /* for all requests of a document: its robots.txt, page, redirects, retries, bodies */
  guint64 bytes;              /* the largest document */
  int attempts;               /* 1: a failure is not tried again */
  double patience;            /* seconds: a longer Retry-After ends the request */
  const Knowledge *knowledge; /* how dates in links are written; may be NULL where no document is found on a page */
  const Sandbox *sandbox;     /* of the process that fetches; borrowed; never NULL: there is sandbox_none */
} FetchOptions;

enum { FETCH_SECONDS_LIMIT = 24 * 60 * 60 };

/* Whether SECONDS can be a limit; also FALSE for what is not a number. */
gboolean fetch_seconds_are_usable (double seconds);

/* 1 s pause, 16 hosts, 120 s, 64 MiB, 4 attempts, 60 s. */
extern const FetchOptions usual_fetch;

/* What is kept of an earlier response, for a conditional request (RFC 9110, section 13). */
typedef struct {
  char *etag, *last_modified; /* as the header had them; NULL: none */
} Validators;

/* One document. All borrowed, until it is answered. */
typedef struct {
  const char *url;         /* NULL: it is found on a page */
  const char *page, *link; /* that page, and the pattern of the link on it (link.h) */
  const char *known; /* the address found on that page when PAGE_VALIDATORS were given; NULL: these are not sent */
  Validators page_validators;
  const char *validators_address; /* VALIDATORS are sent to this address only: the FINAL_ADDRESS that they came from */
  Validators validators;          /* of the document */
  gint64 not_before;              /* seconds since 1970: the server asked for no request before; 0: none */
} FetchRequest;

typedef enum { FETCHED, FETCH_NOT_MODIFIED, FETCH_FAILED, FETCH_BLOCKED, FETCH_TOO_LARGE } FetchEnd;

typedef struct {
  guint request; /* index into the requests */
  FetchEnd end;
  char *reason;  /* one line, in the user's language, with the address; NULL unless FAILED, BLOCKED or TOO_LARGE */
  char *address; /* the document's, before redirects: `url`, or what was found on the page; as
                               * web_address.h writes it ("http://a/" for "http://a#b"); may be NULL */
  char *final_address;        /* after them; may be NULL */
  char *charset;              /* from Content-Type, or NULL */
  Validators validators;      /* of this response; those of the request, where NOT_MODIFIED gives none: to be kept */
  Validators page_validators; /* where it is found on a page; none if that redirects: it is asked anew each time */
  int body;                   /* FETCHED: a file, its offset 0; else -1 */
  guint64 bytes;              /* of the body */
  guint status;               /* FAILED: that of the last response (404, …); 0: there was none, or another cause */
  gint64 not_before;          /* seconds since 1970: a Retry-After beyond the patience; 0: none */
} FetchResult;

/* How an input fails whose fetching ended so; not FETCHED or FETCH_NOT_MODIFIED. */
ChecksheetError fetch_end_error (FetchEnd end);

/* A result's way from the fetcher's process: one packet, the body's descriptor beside it (SCM_RIGHTS, unix(7)). The
 * fetcher has parsed what strangers sent, so its packets are not trusted: every string is checked to be text, every
 * number to be in its range, the body to be a file of the size given. */
typedef enum { TRANSFER_DONE, TRANSFER_LATER, TRANSFER_BROKEN } ResultTransfer;

/* LATER: the socket is full. RESULT keeps its descriptor. */
ResultTransfer fetch_result_send (int socket, const FetchResult *result);

/* Fills *RESULT; LATER: nothing was received; BROKEN: the other side has ended, or sent nonsense. N: how many
 * requests. */
ResultTransfer fetch_result_receive (int socket, guint n, guint64 limit, FetchResult *result);

void validators_clear (Validators *validators);
void fetch_result_clear (FetchResult *result);
