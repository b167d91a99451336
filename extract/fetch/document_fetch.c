/* document_fetch.c - see document_fetch.h */
#include "fetch/document_fetch.h"

#include "fetch/link.h"

#include <glib/gi18n.h>

DocumentFetch *
document_fetch_new (const FetchRequest *wanted, guint index, guint64 limit)
{
  DocumentFetch *document = g_new0 (DocumentFetch, 1);
  document->wanted = wanted;
  document->limit = limit;
  document->result = (FetchResult){.request = index, .end = FETCH_FAILED, .body = -1};
  return document;
}

/* No request can be made: WORDS say why. Gives NULL. */
static WebRequest *
fail (DocumentFetch *document, const char *address, const char *words)
{
  g_autofree char *shown = web_address_for_display (address);
  document->result.end = FETCH_FAILED;
  document->result.reason = g_strdup_printf ("%s: %s", shown, words);
  return NULL;
}

static WebRequest *
request_for_document (DocumentFetch *document, const char *address)
{
  const FetchRequest *wanted = document->wanted;
  g_autoptr (GError) error = NULL;
  WebRequest *request = web_request_new (REQUEST_DOCUMENT, document, address, document->limit, &error);
  if (!request)
    return fail (document, address, error->message);
  web_request_set_validators (request, &wanted->validators, wanted->validators_address);
  document->result.address = g_strdup (request->start);
  return request;
}

/* Conditional only where what was found on the page is known. */
static WebRequest *
request_for_page (DocumentFetch *document)
{
  const FetchRequest *wanted = document->wanted;
  g_autoptr (GError) error = NULL;
  WebRequest *request = web_request_new (REQUEST_PAGE, document, wanted->page, PAGE_BYTES_LIMIT, &error);
  if (!request)
    return fail (document, wanted->page, error->message);
  if (wanted->known)
    web_request_set_validators (request, &wanted->page_validators, wanted->page);
  return request;
}

static char *
words_of_waiting (gint64 not_before)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (not_before);
  g_autofree char *text = time ? g_date_time_format (time, "%F %R") : g_strdup ("?");
  return g_strdup_printf (_ ("the server asked for no request before %s"), text);
}

WebRequest *
document_fetch_first (DocumentFetch *document)
{
  const FetchRequest *wanted = document->wanted;
  const char *address = wanted->url ? wanted->url : wanted->page;
  if (wanted->not_before > g_get_real_time () / G_USEC_PER_SEC) {
    g_autofree char *words = words_of_waiting (wanted->not_before);
    document->result.not_before = wanted->not_before;
    return fail (document, address ? address : "?", words);
  }
  if (!address || (!wanted->url && !wanted->link))
    return fail (document, "?", _ ("no address is given"));
  return wanted->url ? request_for_document (document, wanted->url) : request_for_page (document);
}

/* Those of the response, and where it has none those that were sent: they still hold. Takes those of the response. */
static Validators
validators_after (WebRequest *request)
{
  Validators validators = request->response.validators;
  request->response.validators = (Validators){NULL, NULL};
  if (request->end != REQUEST_NOT_MODIFIED)
    return validators;
  if (!validators.etag)
    validators.etag = g_strdup (request->validators->etag);
  if (!validators.last_modified)
    validators.last_modified = g_strdup (request->validators->last_modified);
  return validators;
}

static WebRequest *
follow_page (DocumentFetch *document, WebRequest *request, const FetchOptions *options)
{
  const FetchRequest *wanted = document->wanted;
  /* The validators of a page that was redirected to belong to another address than the one that will be asked. */
  if (request->redirects == 0)
    document->result.page_validators = validators_after (request);
  if (request->end == REQUEST_NOT_MODIFIED)
    return request_for_document (document, wanted->known);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = body_to_bytes (&request->response.body);
  g_autofree char *address = bytes ? newest_link (options->knowledge, bytes, request->response.charset,
                                                  request->at->text, wanted->link, &error)
                                   : NULL;
  if (address)
    return request_for_document (document, address);
  return fail (document, wanted->page, error ? error->message : _ ("the page cannot be read"));
}

static WebRequest *
fail_by_request (DocumentFetch *document, const WebRequest *request)
{
  document->result.end = request->end == REQUEST_BLOCKED     ? FETCH_BLOCKED
                         : request->end == REQUEST_TOO_LARGE ? FETCH_TOO_LARGE
                                                             : FETCH_FAILED;
  g_autofree char *reason = web_request_reason (request);
  if (request->end == REQUEST_TOO_LARGE && request->purpose == REQUEST_DOCUMENT)
    document->result.reason = g_strdup_printf (_ ("%s; raise the limit with --max-input"), reason);
  else
    document->result.reason = g_steal_pointer (&reason);
  document->result.not_before = request->not_before;
  document->result.status = MAX (0, request->status);
  validators_clear (&document->result.page_validators);
  return NULL;
}

WebRequest *
document_fetch_next (DocumentFetch *document, WebRequest *request, const FetchOptions *options)
{
  FetchResult *result = &document->result;
  if (request->end != REQUEST_ARRIVED && request->end != REQUEST_NOT_MODIFIED)
    return fail_by_request (document, request);
  if (request->purpose == REQUEST_PAGE) {
    WebRequest *next = follow_page (document, request, options);
    if (next)
      next->deadline = request->deadline;
    return next;
  }
  result->end = request->end == REQUEST_ARRIVED ? FETCHED : FETCH_NOT_MODIFIED;
  result->final_address = g_strdup (request->at->text);
  result->charset = g_steal_pointer (&request->response.charset);
  result->validators = validators_after (request);
  if (request->end == REQUEST_NOT_MODIFIED)
    return NULL;
  result->body = request->response.body.file;
  result->bytes = request->response.body.bytes;
  request->response.body.file = -1;
  return NULL;
}

void
document_fetch_free (DocumentFetch *document)
{
  fetch_result_clear (&document->result);
  g_free (document);
}
