/* exchange.h - one request to a server and its answer: a GET over libcurl, on an easy handle that is used again.
 *
 * Nothing is followed, kept or believed here: no redirects, cookies, passwords, proxies, protocols but http and https.
 * A proxy of the environment is not used either: it would connect for us, to whatever it likes, unchecked.
 * Every socket is checked when it is opened (address.h), and a connection that is used again once more.
 */
#pragma once

#include "fetch/body.h"
#include "fetch/fetch_request.h"
#include "fetch/web_address.h"

#include <curl/curl.h>

/* What is asked. Borrowed by the exchange until it ends. */
typedef struct {
  const WebAddress *address;
  const Validators *validators; /* NULL: any answer is welcome */
  guint64 limit;                /* bytes of the body */
  gboolean may_be_cut;          /* of a longer one the beginning is enough */
} HttpRequest;

typedef enum {
  RESPONSE_WHOLE,   /* whole: STATUS and what follows it; a body where the status is 200 */
  RESPONSE_BLOCKED, /* the host is at an address that is not public */
  RESPONSE_BROKEN,  /* no connection, or cut short: another time it may be whole */
  RESPONSE_USELESS, /* another time would be no better */
} ResponseEnd;

typedef struct {
  ResponseEnd end;
  char *words;      /* unless RESPONSE_WHOLE: why, in the user's language, without the address */
  gboolean private; /* who answered is at no public address */
  long status;
  char *location; /* of a redirect, absolute */
  char *retry_after, *charset;
  Validators validators;
  Body body;
} HttpResponse;

typedef struct Exchange Exchange;

/* CURLS: where it runs. Borrowed, as OPTIONS are. */
Exchange *exchange_new (CURLM *curls, const FetchOptions *options);

/* Starts; REQUEST is borrowed until the end. */
void exchange_begin (Exchange *exchange, const HttpRequest *request);

/* The exchange of an easy handle that libcurl says is done. */
Exchange *exchange_of (CURL *easy);

/* Ends it: what libcurl says (CODE) and what was seen, as an response. The caller clears it. */
HttpResponse exchange_end (Exchange *exchange, CURLcode code);

void exchange_free (Exchange *exchange);

void http_response_clear (HttpResponse *response);
