/* failure.h - what goes wrong with a request: words for it, whether a retry may go better, and when to retry. Words are
 * in the user's language, without the address; the caller frees. */
#pragma once

#include "fetch/body.h"

#include <curl/curl.h>

/* Of a response that ends the request: not 200, nor a redirect, nor an expected 304. */
char *words_of_http_status (long status);

/* For libcurl's CODE, and for a body's fault. LIMIT: bytes. */
char *words_of_code (CURLcode code);
char *words_of_fault (BodyFault fault, guint64 limit);

/* For a response that brings too little. CONNECTED: the request was sent. */
char *words_of_slowness (gboolean connected);

/* For a fetch that is not done within SECONDS, the limit for all of it. */
char *words_of_long_fetch (double seconds);

/* Whether a retry may go better. CONNECTED: as above. */
gboolean code_may_pass (CURLcode code, gboolean connected);

/* Seconds: how long connecting may take, and for how long a response may bring less than SLOW_BYTES_A_SECOND. */
enum { CONNECT_SECONDS = 20, SLOW_SECONDS = 30, SLOW_BYTES_A_SECOND = 1024 };

/* A longer Retry-After is taken for this: seven days, in seconds. A mistaken one must not silence a document for
 * good. */
#define RETRY_AFTER_LONGEST (7 * 24 * 3600)

/* Whether a retry may give another status: 408, 429, 5xx. */
gboolean status_may_pass (long status);

/* Seconds until the server allows a retry; 0 or more, -1: VALUE (a Retry-After header, or NULL) does not say. VALUE is
 * a number of seconds or a date (RFC 9110, section 10.2.3); NOW: seconds since 1970. */
double retry_after_seconds (const char *value, gint64 now);

/* Seconds to wait after the FAILURES-th failure (from 1): at random up to FIRST, twice that, four times, … at most 60
 * s. The whole span is drawn from ("full jitter"), so that many that failed together do not retry together. */
double retry_pause (int failures, double first);
