/* web_request.h - a request for one address, over redirects and retries, to its end.
 *
 *     at ──► HTTP request ──► response ──┬─► 200, 304         REQUEST_ENDED, well
 *      ▲                                 ├─► 3xx              REQUEST_REDIRECTED, perhaps to another host's address
 *      │                                 ├─► 429, 5xx, cut    REQUEST_WAITS, and is sent again
 *      └─────────────────────────────────┴─► 404, …           REQUEST_ENDED, with words
 */
#pragma once

#include "fetch/exchange.h"

enum { REDIRECTS_LIMIT = 5 };

typedef enum { REQUEST_ROBOTS, REQUEST_PAGE, REQUEST_DOCUMENT } RequestPurpose;
typedef enum { REQUEST_REDIRECTED, REQUEST_WAITS, REQUEST_ENDED } RequestStep;
typedef enum { REQUEST_ARRIVED, REQUEST_NOT_MODIFIED, REQUEST_FAILED, REQUEST_BLOCKED, REQUEST_TOO_LARGE } RequestEnd;

typedef struct {
  RequestPurpose purpose;
  gpointer owner; /* what it is made for: an Origin (ROBOTS) or a DocumentFetch; borrowed */
  char *start;
  WebAddress *at;               /* START, or where redirects led */
  const Validators *validators; /* borrowed; sent only to VALIDATORS_ADDRESS */
  char *validators_address;
  guint64 limit; /* bytes of a body */
  HttpRequest sent;
  int redirects, failures;
  gint64 deadline; /* of the whole fetch, in microseconds of the monotonic clock; 0: it has not begun */

  double wait;      /* REQUEST_WAITS: seconds */
  gboolean trouble; /* the last failure is one of the host, not of what was asked for */

  RequestEnd end;        /* REQUEST_ENDED */
  char *words;           /* FAILED, BLOCKED */
  gint64 not_before;     /* as in FetchResult */
  long status;           /* of the last response; 0: none */
  HttpResponse response; /* ARRIVED, NOT_MODIFIED */
} WebRequest;

/* Errors as web_address_new. */
WebRequest *web_request_new (RequestPurpose purpose, gpointer owner, const char *address, guint64 limit,
                             GError **error);

/* Makes it conditional at ADDRESS, and nowhere else. VALIDATORS is borrowed. */
void web_request_set_validators (WebRequest *request, const Validators *validators, const char *address);

/* Begins the time that it may take, unless that has begun; a request that follows from another inherits the deadline. */
void web_request_begin (WebRequest *request, const FetchOptions *options);

/* What is to be sent next; borrowed, until the response. It has begun. */
const HttpRequest *web_request_to_send (WebRequest *request);

/* Takes what *RESPONSE holds. */
RequestStep web_request_take (WebRequest *request, HttpResponse *response, const FetchOptions *options);

/* Ends it; takes WORDS. */
void web_request_fail (WebRequest *request, RequestEnd end, char *words, gint64 not_before);

/* The words of a request that failed, with its address in front. The caller frees. */
char *web_request_reason (const WebRequest *request);

void web_request_free (WebRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebRequest, web_request_free)
