/* exchange.h - one HTTP request and its response: a GET over libcurl, on an easy handle that is reused.
 *
 * No redirects, cookies, passwords or proxies, and no protocols but http and https. A proxy of the environment is not
 * used either: it would connect for us, to whatever it likes, unchecked. Every socket is checked when it is opened
 * (ip_address.h), and a connection that is reused is checked again.
 */
#pragma once

#include "fetch/body.h"
#include "fetch/fetch_request.h"
#include "fetch/web_address.h"

#include <curl/curl.h>

/* Borrowed by the exchange until it ends. */
typedef struct {
  const WebAddress *address;
  const Validators *validators; /* NULL: it is unconditional */
  guint64 limit;                /* bytes of the body */
  gboolean may_be_cut;          /* the first LIMIT bytes of a longer one are enough */
  double seconds;               /* until the whole response must be there */
} HttpRequest;

typedef enum {
  RESPONSE_WHOLE,   /* whole: STATUS and what follows it; a body where the status is 200 */
  RESPONSE_BLOCKED, /* the host is at an address that is not public */
  RESPONSE_BROKEN,  /* no connection, or cut short: a retry may go better */
  RESPONSE_TOO_LARGE,
  RESPONSE_USELESS, /* a retry would not go better */
} ResponseEnd;

typedef struct {
  ResponseEnd end;
  char *words;      /* unless RESPONSE_WHOLE: why, in the user's language, without the address */
  gboolean private; /* the server's address is not public */
  long status;
  char *location; /* of a redirect, absolute */
  char *retry_after, *charset;
  Validators validators;
  Body body;
} HttpResponse;

typedef struct Exchange Exchange;

/* CURLS and OPTIONS are borrowed. */
Exchange *exchange_new (CURLM *curls, const FetchOptions *options);

/* Starts; REQUEST is borrowed until the end. */
void exchange_begin (Exchange *exchange, const HttpRequest *request);

/* The exchange of an easy handle that libcurl says is done. */
Exchange *exchange_of (CURL *easy);

/* Ends it: libcurl's CODE and what was received, as a response. The caller clears it. */
HttpResponse exchange_end (Exchange *exchange, CURLcode code);

void exchange_free (Exchange *exchange);

void http_response_clear (HttpResponse *response);
