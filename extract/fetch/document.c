/* document.c - see document.h */
#include "fetch/document.h"

#include "fetch/link.h"
#include "read/source.h"

#include <glib/gi18n.h>

Document *
document_new (const FetchRequest *request, guint index)
{
  Document *document = g_new0 (Document, 1);
  document->request = request;
  document->result = (FetchResult){.request = index, .end = FETCH_FAILED, .body = -1};
  return document;
}

/* No trip can be made: WORDS say why. Gives NULL. */
static Trip *
fail (Document *document, const char *address, const char *words)
{
  g_autofree char *shown = address_for_eyes (address);
  document->result.end = FETCH_FAILED;
  document->result.reason = g_strdup_printf ("%s: %s", shown, words);
  return NULL;
}

static Trip *
trip_to_document (Document *document, const char *address)
{
  const FetchRequest *request = document->request;
  g_autoptr (GError) error = NULL;
  Trip *trip = trip_new (TRIP_TO_DOCUMENT, document, address, SOURCE_BYTES_LIMIT, &error);
  if (!trip)
    return fail (document, address, error->message);
  trip_set_validators (trip, &request->validators, request->validators_address);
  document->result.address = g_strdup (trip->start);
  return trip;
}

/* An answer that the page has not changed helps only those who know what was found on it. */
static Trip *
trip_to_page (Document *document)
{
  const FetchRequest *request = document->request;
  g_autoptr (GError) error = NULL;
  Trip *trip = trip_new (TRIP_TO_PAGE, document, request->page, PAGE_BYTES_LIMIT, &error);
  if (!trip)
    return fail (document, request->page, error->message);
  if (request->known)
    trip_set_validators (trip, &request->page_validators, request->page);
  return trip;
}

static char *
words_of_waiting (gint64 not_before)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (not_before);
  g_autofree char *text = time ? g_date_time_format (time, "%F %R") : g_strdup ("?");
  return g_strdup_printf (_ ("the server asked not to be asked before %s"), text);
}

Trip *
document_first_trip (Document *document)
{
  const FetchRequest *request = document->request;
  const char *address = request->url ? request->url : request->page;
  if (request->not_before > g_get_real_time () / G_USEC_PER_SEC) {
    g_autofree char *words = words_of_waiting (request->not_before);
    document->result.not_before = request->not_before;
    return fail (document, address ? address : "?", words);
  }
  if (!address || (!request->url && !request->link))
    return fail (document, "?", _ ("no address is given"));
  return request->url ? trip_to_document (document, request->url) : trip_to_page (document);
}

/* Those of the answer, and where it has none those that were sent: they still hold. Takes what ANSWER holds. */
static Validators
validators_after (Trip *trip)
{
  Validators validators = trip->answer.validators;
  trip->answer.validators = (Validators){NULL, NULL};
  if (trip->end != TRIP_NOT_MODIFIED)
    return validators;
  if (!validators.etag)
    validators.etag = g_strdup (trip->validators->etag);
  if (!validators.last_modified)
    validators.last_modified = g_strdup (trip->validators->last_modified);
  return validators;
}

static Trip *
document_on_page (Document *document, Trip *trip)
{
  const FetchRequest *request = document->request;
  /* The validators of a page that was redirected to belong to another address than the one that will be asked. */
  if (trip->redirects == 0)
    document->result.page_validators = validators_after (trip);
  if (trip->end == TRIP_NOT_MODIFIED)
    return trip_to_document (document, request->known);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = body_to_bytes (&trip->answer.body);
  g_autofree char *address =
      bytes ? newest_link (bytes, trip->answer.charset, trip->at->text, request->link, &error) : NULL;
  if (address)
    return trip_to_document (document, address);
  return fail (document, request->page, error ? error->message : _ ("the page cannot be read"));
}

static Trip *
fail_by_trip (Document *document, const Trip *trip)
{
  document->result.end = trip->end == TRIP_BLOCKED ? FETCH_BLOCKED : FETCH_FAILED;
  document->result.reason = trip_reason (trip);
  document->result.not_before = trip->not_before;
  validators_clear (&document->result.page_validators);
  return NULL;
}

Trip *
document_next_trip (Document *document, Trip *trip)
{
  FetchResult *result = &document->result;
  if (trip->end == TRIP_FAILED || trip->end == TRIP_BLOCKED)
    return fail_by_trip (document, trip);
  if (trip->purpose == TRIP_TO_PAGE)
    return document_on_page (document, trip);
  result->end = trip->end == TRIP_ARRIVED ? FETCHED : FETCH_NOT_MODIFIED;
  result->final_address = g_strdup (trip->at->text);
  result->charset = g_steal_pointer (&trip->answer.charset);
  result->validators = validators_after (trip);
  if (trip->end == TRIP_NOT_MODIFIED)
    return NULL;
  result->body = trip->answer.body.file;
  result->bytes = trip->answer.body.bytes;
  trip->answer.body.file = -1;
  return NULL;
}

void
document_free (Document *document)
{
  fetch_result_clear (&document->result);
  g_free (document);
}
