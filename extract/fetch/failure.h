/* failure.h - words for what goes wrong between here and a server; all in the user's language, without the address.
 * The caller frees. */
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
