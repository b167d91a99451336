/* fetch_stubs.c - what MODULE_FETCH is called for (modules/module.h): the web, addresses, links. What cannot fail is for
 * callers that opened the module before. */
#include "fetch/fetched_inputs.h"
#include "fetch/link.h"
#include "fetch/web_address.h"
#include "modules/module.h"

void
inputs_fetch (GPtrArray *inputs, const FetchOptions *options)
{
  g_autoptr (GError) fault = NULL;
  __typeof__ (&inputs_fetch) function = NULL;
  for (guint i = 0; i < inputs->len; i++) {
    Input *input = inputs->pdata[i];
    if (!path_is_address (input->path) || input->fault)
      continue;
    if (!function && !fault)
      function = MODULE_FUNCTION (MODULE_FETCH, inputs_fetch, &fault);
    if (fault)
      input->fault = g_error_copy (fault);
  }
  if (function)
    function (inputs, options);
}

Fetcher *
fetcher_new (const FetchRequest *requests, guint n, const FetchOptions *options, GError **error)
{
  __typeof__ (&fetcher_new) function = MODULE_FUNCTION (MODULE_FETCH, fetcher_new, error);
  return function ? function (requests, n, options, error) : NULL;
}

gboolean
fetcher_next (Fetcher *fetcher, double seconds, FetchResult *result, gboolean *done)
{
  return MODULE_FUNCTION (MODULE_FETCH, fetcher_next, NULL) (fetcher, seconds, result, done);
}

void
fetcher_free (Fetcher *fetcher)
{
  MODULE_FUNCTION (MODULE_FETCH, fetcher_free, NULL) (fetcher);
}

LinkPattern *
link_pattern_new (const char *text, char **fault, int *character)
{
  return MODULE_FUNCTION (MODULE_FETCH, link_pattern_new, NULL) (text, fault, character);
}

void
link_pattern_free (LinkPattern *pattern)
{
  MODULE_FUNCTION (MODULE_FETCH, link_pattern_free, NULL) (pattern);
}

WebAddress *
web_address_from_link (const char *text, const WebAddress *base)
{
  return MODULE_FUNCTION (MODULE_FETCH, web_address_from_link, NULL) (text, base);
}

char *
web_address_fault (const char *text)
{
  return MODULE_FUNCTION (MODULE_FETCH, web_address_fault, NULL) (text);
}

void
web_address_free (WebAddress *address)
{
  MODULE_FUNCTION (MODULE_FETCH, web_address_free, NULL) (address);
}
