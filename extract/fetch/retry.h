/* retry.h - whether and when to ask again. */
#pragma once

#include <glib.h>

/* A longer Retry-After is taken for this: seven days, in seconds. A mistaken one must not silence a document for good.
 */
#define RETRY_AFTER_LONGEST (7 * 24 * 3600)

/* Whether an answer of this status may be another one later: 408, 429, 5xx. */
gboolean status_may_pass (long status);

/* Seconds until the server wants to be asked again; 0 or more, -1: VALUE (a Retry-After header, or NULL) does not say.
 * VALUE is a number of seconds or a date (RFC 9110, section 10.2.3); NOW: seconds since 1970. */
double retry_after_seconds (const char *value, gint64 now);

/* Seconds to wait after the FAILURES-th failure (from 1): at random up to FIRST, twice that, four times, … at most 60
 * s. The whole span is drawn from ("full jitter"), so that many who failed together do not come back together. */
double retry_pause (int failures, double first);
