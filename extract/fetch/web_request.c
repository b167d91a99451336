/* web_request.c - see web_request.h */
#include "fetch/web_request.h"

#include "fetch/failure.h"

#include <glib/gi18n.h>
#include <string.h>

WebRequest *
web_request_new (RequestPurpose purpose, gpointer owner, const char *address, guint64 limit, GError **error)
{
  WebAddress *at = web_address_new (address, error);
  if (!at)
    return NULL;
  WebRequest *request = g_new0 (WebRequest, 1);
  request->purpose = purpose;
  request->owner = owner;
  request->at = at;
  request->start = g_strdup (at->text);
  request->limit = limit;
  request->response.body.file = -1;
  return request;
}

void
web_request_set_validators (WebRequest *request, const Validators *validators, const char *address)
{
  g_autoptr (WebAddress) known = address ? web_address_new (address, NULL) : NULL;
  if (!known || (!validators->etag && !validators->last_modified))
    return;
  request->validators = validators;
  request->validators_address = g_strdup (known->text);
}

void
web_request_begin (WebRequest *request, const FetchOptions *options)
{
  if (!request->deadline)
    request->deadline = g_get_monotonic_time () + (gint64)(options->seconds * G_USEC_PER_SEC);
}

static double
seconds_left (const WebRequest *request)
{
  return (request->deadline - g_get_monotonic_time ()) / (double)G_USEC_PER_SEC;
}

const HttpRequest *
web_request_to_send (WebRequest *request)
{
  gboolean conditional = request->validators && g_str_equal (request->at->text, request->validators_address);
  request->sent = (HttpRequest){request->at, conditional ? request->validators : NULL, request->limit};
  request->sent.may_be_cut = request->purpose == REQUEST_ROBOTS;
  request->sent.seconds = seconds_left (request);
  return &request->sent;
}

void
web_request_fail (WebRequest *request, RequestEnd end, char *words, gint64 not_before)
{
  request->end = end;
  request->not_before = not_before;
  g_free (request->words);
  request->words = words;
}

static RequestStep
fail (WebRequest *request, char *words)
{
  web_request_fail (request, REQUEST_FAILED, words, 0);
  return REQUEST_ENDED;
}

static gboolean
is_redirect (long status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static RequestStep
follow (WebRequest *request, const char *location, const FetchOptions *options)
{
  g_autoptr (GError) error = NULL;
  if (request->redirects++ >= REDIRECTS_LIMIT)
    return fail (request,
                 g_strdup_printf (_ ("more than %d redirects; name the address that they lead to"), REDIRECTS_LIMIT));
  g_autoptr (WebAddress) to = web_address_new (location, &error);
  if (!to)
    return fail (request, g_strdup_printf (_ ("redirects to an unusable address: %s"), error->message));
  if (request->at->secure && !to->secure)
    return fail (request, g_strdup (_ ("redirects from https to http, which anyone on the way could change")));
  web_address_free (request->at);
  request->at = g_steal_pointer (&to);
  if (seconds_left (request) <= 0)
    return fail (request, words_of_long_fetch (options->seconds));
  return REQUEST_REDIRECTED;
}

/* WORDS is taken. */
static RequestStep
wait_or_fail (WebRequest *request, const HttpResponse *response, char *words, const FetchOptions *options)
{
  g_autofree char *why = words;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  double asked = retry_after_seconds (response->retry_after, now);
  request->trouble = response->end != RESPONSE_WHOLE || response->status == 429 || response->status == 503;
  if (asked > options->patience) {
    web_request_fail (request, REQUEST_FAILED,
                      g_strdup_printf (_ ("%s, and asks to retry after %.0f seconds"), why, asked),
                      now + (gint64)asked);
    return REQUEST_ENDED;
  }
  if (++request->failures >= options->attempts)
    return fail (request, g_steal_pointer (&why));
  request->wait = asked >= 0 ? asked : retry_pause (request->failures, options->pause);
  if (request->wait < seconds_left (request))
    return REQUEST_WAITS;
  web_request_fail (request, REQUEST_FAILED, g_steal_pointer (&why), asked > 0 ? now + (gint64)asked : 0);
  return REQUEST_ENDED;
}

static RequestStep
arrive (WebRequest *request, HttpResponse *response)
{
  request->end = response->status == 200 ? REQUEST_ARRIVED : REQUEST_NOT_MODIFIED;
  request->response = *response;
  *response = (HttpResponse){.body.file = -1};
  return REQUEST_ENDED;
}

/* A connection that broke in the middle of the headers looks like this too. */
static gboolean
is_empty (const WebRequest *request, const HttpResponse *response)
{
  return response->status == 200 && response->body.bytes == 0 && request->purpose != REQUEST_ROBOTS;
}

RequestStep
web_request_take (WebRequest *request, HttpResponse *response, const FetchOptions *options)
{
  request->trouble = FALSE;
  request->status = response->status;
  if (response->end == RESPONSE_BROKEN)
    return wait_or_fail (request, response, g_steal_pointer (&response->words), options);
  if (response->end == RESPONSE_WHOLE && status_may_pass (response->status))
    return wait_or_fail (request, response, words_of_http_status (response->status), options);
  if (response->end == RESPONSE_WHOLE && is_empty (request, response))
    return wait_or_fail (request, response, g_strdup (_ ("the server answers with an empty document")), options);
  if (response->end == RESPONSE_WHOLE &&
      (response->status == 200 || (response->status == 304 && request->sent.validators)))
    return arrive (request, response);
  if (response->end == RESPONSE_WHOLE && is_redirect (response->status) && response->location)
    return follow (request, response->location, options);
  char *words =
      response->end == RESPONSE_WHOLE ? words_of_http_status (response->status) : g_steal_pointer (&response->words);
  RequestEnd end = response->end == RESPONSE_BLOCKED     ? REQUEST_BLOCKED
                   : response->end == RESPONSE_TOO_LARGE ? REQUEST_TOO_LARGE
                                                         : REQUEST_FAILED;
  web_request_fail (request, end, words, 0);
  return REQUEST_ENDED;
}

char *
web_request_reason (const WebRequest *request)
{
  g_autofree char *start = web_address_for_display (request->start), *at = web_address_for_display (request->at->text);
  if (request->redirects > 0)
    return g_strdup_printf (_ ("%s: redirected to %s: %s"), start, at, request->words);
  return g_strdup_printf ("%s: %s", start, request->words);
}

void
web_request_free (WebRequest *request)
{
  if (!request)
    return;
  g_free (request->start);
  web_address_free (request->at);
  g_free (request->validators_address);
  g_free (request->words);
  http_response_clear (&request->response);
  g_free (request);
}
