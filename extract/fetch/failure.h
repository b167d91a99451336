/* failure.h - what goes wrong between here and a server: words for it, whether another time may go better, and when to
 * ask again. Words are in the user's language, without the address; the caller frees. */
#pragma once

#include "fetch/body.h"

#include <curl/curl.h>

/* An answer whose status is neither 200 nor one that the asking goes on from. */
char *words_of_status (long status);

/* What libcurl says. LIMIT: bytes. */
char *words_of_code (CURLcode code, guint64 limit);
char *words_of_fault (BodyFault fault, guint64 limit);

/* The time is up. CONNECTED: the question was sent; SECONDS: how long an answer may take. */
char *words_of_slowness (gboolean connected, double seconds);

/* Whether another time may go better. */
gboolean code_may_pass (CURLcode code, gboolean connected);

/* How long a connection may take, and for how long an answer may bring less than SLOW_BYTES_A_SECOND: seconds. */
enum { CONNECT_SECONDS = 20, SLOW_SECONDS = 30, SLOW_BYTES_A_SECOND = 1024 };

/* A longer Retry-After is taken for this: seven days, in seconds. A mistaken one must not silence a document for
 * good. */
#define RETRY_AFTER_LONGEST (7 * 24 * 3600)

/* Whether an answer of this status may be another one later: 408, 429, 5xx. */
gboolean status_may_pass (long status);

/* Seconds until the server wants to be asked again; 0 or more, -1: VALUE (a Retry-After header, or NULL) does not say.
 * VALUE is a number of seconds or a date (RFC 9110, section 10.2.3); NOW: seconds since 1970. */
double retry_after_seconds (const char *value, gint64 now);

/* Seconds to wait after the FAILURES-th failure (from 1): at random up to FIRST, twice that, four times, … at most 60
 * s. The whole span is drawn from ("full jitter"), so that many who failed together do not come back together. */
double retry_pause (int failures, double first);
