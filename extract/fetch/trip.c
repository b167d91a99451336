/* trip.c - see trip.h */
#include "fetch/trip.h"

#include "fetch/failure.h"
#include "fetch/retry.h"

#include <glib/gi18n.h>
#include <string.h>

Trip *
trip_new (TripPurpose purpose, gpointer traveller, const char *address, guint64 limit, GError **error)
{
  ParsedAddress *at = parsed_address_new (address, error);
  if (!at)
    return NULL;
  Trip *trip = g_new0 (Trip, 1);
  trip->purpose = purpose;
  trip->traveller = traveller;
  trip->at = at;
  trip->start = g_strdup (at->text);
  trip->limit = limit;
  trip->answer.body.file = -1;
  return trip;
}

void
trip_set_validators (Trip *trip, const Validators *validators, const char *address)
{
  g_autoptr (ParsedAddress) known = address ? parsed_address_new (address, NULL) : NULL;
  if (!known || (!validators->etag && !validators->last_modified))
    return;
  trip->validators = validators;
  trip->validators_address = g_strdup (known->text);
}

const Question *
trip_question (Trip *trip)
{
  gboolean conditional = trip->validators && g_str_equal (trip->at->text, trip->validators_address);
  trip->question = (Question){trip->at, conditional ? trip->validators : NULL, trip->limit};
  trip->question.may_be_cut = trip->purpose == TRIP_TO_ROBOTS;
  return &trip->question;
}

void
trip_fail (Trip *trip, TripEnd end, char *words, gint64 not_before)
{
  trip->end = end;
  trip->not_before = not_before;
  g_free (trip->words);
  trip->words = words;
}

static TripStep
fail (Trip *trip, char *words)
{
  trip_fail (trip, TRIP_FAILED, words, 0);
  return TRIP_ENDS;
}

static gboolean
is_redirect (long status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static TripStep
follow (Trip *trip, const char *location)
{
  g_autoptr (GError) error = NULL;
  if (trip->redirects++ >= REDIRECTS_LIMIT)
    return fail (trip,
                 g_strdup_printf (_ ("more than %d redirects; name the address that they lead to"), REDIRECTS_LIMIT));
  g_autoptr (ParsedAddress) to = parsed_address_new (location, &error);
  if (!to)
    return fail (trip, g_strdup_printf (_ ("redirects to what is no address: %s"), error->message));
  if (trip->at->secure && !to->secure)
    return fail (trip, g_strdup (_ ("redirects from https to http, which anyone on the way could change")));
  parsed_address_free (trip->at);
  trip->at = g_steal_pointer (&to);
  return TRIP_GOES_ON;
}

/* WORDS is taken. */
static TripStep
wait_or_fail (Trip *trip, const Answer *answer, char *words, const FetchOptions *options)
{
  g_autofree char *why = words;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  double asked = retry_after_seconds (answer->retry_after, now);
  trip->trouble = answer->end != ANSWERED || answer->status == 429 || answer->status == 503;
  if (asked > options->patience) {
    trip_fail (trip, TRIP_FAILED, g_strdup_printf (_ ("%s and asks for patience: %.0f seconds"), why, asked),
               now + (gint64)asked);
    return TRIP_ENDS;
  }
  if (++trip->failures >= options->attempts)
    return fail (trip, g_steal_pointer (&why));
  trip->wait = asked >= 0 ? asked : retry_pause (trip->failures, options->pause);
  return TRIP_WAITS;
}

static TripStep
arrive (Trip *trip, Answer *answer)
{
  trip->end = answer->status == 200 ? TRIP_ARRIVED : TRIP_NOT_MODIFIED;
  trip->answer = *answer;
  *answer = (Answer){.body.file = -1};
  return TRIP_ENDS;
}

/* A connection that broke among the headers looks like this too. */
static gboolean
is_empty (const Trip *trip, const Answer *answer)
{
  return answer->status == 200 && answer->body.bytes == 0 && trip->purpose != TRIP_TO_ROBOTS;
}

TripStep
trip_take (Trip *trip, Answer *answer, const FetchOptions *options)
{
  trip->trouble = FALSE;
  trip->status = answer->status;
  if (answer->end == ANSWER_BROKEN)
    return wait_or_fail (trip, answer, g_steal_pointer (&answer->words), options);
  if (answer->end == ANSWERED && status_may_pass (answer->status))
    return wait_or_fail (trip, answer, words_of_status (answer->status), options);
  if (answer->end == ANSWERED && is_empty (trip, answer))
    return wait_or_fail (trip, answer, g_strdup (_ ("the server answers with an empty document")), options);
  if (answer->end == ANSWERED && (answer->status == 200 || (answer->status == 304 && trip->question.validators)))
    return arrive (trip, answer);
  if (answer->end == ANSWERED && is_redirect (answer->status) && answer->location)
    return follow (trip, answer->location);
  char *words = answer->end == ANSWERED ? words_of_status (answer->status) : g_steal_pointer (&answer->words);
  trip_fail (trip, answer->end == ANSWER_BLOCKED ? TRIP_BLOCKED : TRIP_FAILED, words, 0);
  return TRIP_ENDS;
}

char *
trip_reason (const Trip *trip)
{
  g_autofree char *start = address_for_eyes (trip->start), *at = address_for_eyes (trip->at->text);
  if (trip->redirects > 0)
    return g_strdup_printf (_ ("%s: redirected to %s: %s"), start, at, trip->words);
  return g_strdup_printf ("%s: %s", start, trip->words);
}

void
trip_free (Trip *trip)
{
  if (!trip)
    return;
  g_free (trip->start);
  parsed_address_free (trip->at);
  g_free (trip->validators_address);
  g_free (trip->words);
  answer_clear (&trip->answer);
  g_free (trip);
}
