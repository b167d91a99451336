/* failure.h - words for what goes wrong between here and a server; all in the user's language, without the address.
 * The caller frees. */
#pragma once

#include "refresh/fetch/body.h"

#include <curl/curl.h>

/* An answer whose status is neither 200 nor one that the asking goes on from. */
char *words_of_status (long status);

/* LIMIT: bytes; SECONDS: how long an answer may take. */
char *words_of_code (CURLcode code, guint64 limit, double seconds);
char *words_of_fault (BodyFault fault, guint64 limit);

/* Whether another time may go better. CONNECTED: the question was sent. */
gboolean code_may_pass (CURLcode code, gboolean connected);
