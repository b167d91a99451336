/* trip.h - from one address, over redirects and failures that pass, to an end.
 *
 *     at ──► question ──► answer ──┬─► 200, 304        the trip ends well
 *      ▲                           ├─► 3xx             TRIP_GOES_ON, to another address, which may be another host's
 *      │                           ├─► 429, 5xx, cut   TRIP_WAITS, and asks again
 *      └───────────────────────────┴─► 404, …          the trip ends, with words
 */
#pragma once

#include "fetch/exchange.h"

enum { REDIRECTS_LIMIT = 5 };

typedef enum { TRIP_TO_ROBOTS, TRIP_TO_PAGE, TRIP_TO_DOCUMENT } TripPurpose;
typedef enum { TRIP_GOES_ON, TRIP_WAITS, TRIP_ENDS } TripStep;
typedef enum { TRIP_ARRIVED, TRIP_NOT_MODIFIED, TRIP_FAILED, TRIP_BLOCKED } TripEnd;

typedef struct {
  TripPurpose purpose;
  gpointer traveller; /* whose it is; borrowed */
  char *start;
  ParsedAddress *at;
  const Validators *validators; /* borrowed; sent only to VALIDATORS_ADDRESS */
  char *validators_address;
  guint64 limit; /* bytes of a body */
  Question question;
  int redirects, failures;

  double wait;      /* TRIP_WAITS: seconds */
  gboolean trouble; /* the last failure is one of the host, not of what was asked for */

  TripEnd end;       /* TRIP_ENDS */
  char *words;       /* FAILED, BLOCKED */
  gint64 not_before; /* as in FetchResult */
  long status;       /* of the last answer; 0: none */
  Answer answer;     /* ARRIVED, NOT_MODIFIED */
} Trip;

/* Errors as parsed_address_new. */
Trip *trip_new (TripPurpose purpose, gpointer traveller, const char *address, guint64 limit, GError **error);

/* Asks conditionally, at ADDRESS and nowhere else. VALIDATORS is borrowed. */
void trip_set_validators (Trip *trip, const Validators *validators, const char *address);

/* What is to be asked next; borrowed, until the answer. */
const Question *trip_question (Trip *trip);

/* Takes what *ANSWER holds. */
TripStep trip_take (Trip *trip, Answer *answer, const FetchOptions *options);

/* Ends it; takes WORDS. */
void trip_fail (Trip *trip, TripEnd end, char *words, gint64 not_before);

/* The words of a trip that failed, with its address in front. The caller frees. */
char *trip_reason (const Trip *trip);

void trip_free (Trip *trip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trip, trip_free)
