/* fetched_inputs.c - see fetched_inputs.h */
#include "fetch/fetched_inputs.h"

#include "fetch/web_address.h"
#include "model/error.h"
#include "modules/module.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/resource.h>

enum { WAIT_SECONDS = 3600 };

/* Each body is a file that stays open until it is read. */
static void
allow_many_files (void)
{
  struct rlimit files;
  if (getrlimit (RLIMIT_NOFILE, &files) != 0)
    return;
  files.rlim_cur = files.rlim_max;
  setrlimit (RLIMIT_NOFILE, &files);
}

static void
take_result (Input *input, FetchResult *result)
{
  if (result->end != FETCHED) {
    ChecksheetError code = fetch_end_error (result->end);
    /* Whoever tells of the input names it. */
    g_autofree char *shown = web_address_for_display (input->uri);
    const char *reason = result->reason;
    if (g_str_has_prefix (reason, shown) && g_str_has_prefix (reason + strlen (shown), ": "))
      reason += strlen (shown) + 2;
    input->fault = g_error_new_literal (CHECKSHEET_ERROR, code, reason);
    return;
  }
  g_free (input->path);
  input->body = result->body;
  input->path = g_strdup_printf ("/proc/self/fd/%d", input->body);
  input->charset = g_strdup (result->charset);
  result->body = -1;
}

static void
fail_all (GPtrArray *addresses, const GError *error)
{
  for (guint i = 0; i < addresses->len; i++)
    ((Input *)addresses->pdata[i])->fault = g_error_copy (error);
}

static void
fetch (GPtrArray *addresses, const FetchRequest *requests, const FetchOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Fetcher) fetcher = fetcher_new (requests, addresses->len, options, &error);
  if (!fetcher) {
    fail_all (addresses, error);
    return;
  }
  allow_many_files ();
  for (gboolean done = FALSE; !done;) {
    FetchResult result;
    if (!fetcher_next (fetcher, WAIT_SECONDS, &result, &done))
      continue;
    take_result (addresses->pdata[result.request], &result);
    fetch_result_clear (&result);
  }
}

/* Whoever types a password into an address has it in a shell's history; it must not get into messages, ledgers and
 * sheets too, nor be sent: what needs one is not published. */
static void
refuse_password (Input *input)
{
  char *masked = web_address_masked (input->uri);
  if (!masked)
    return;
  g_free (input->path);
  g_free (input->uri);
  input->path = g_strdup (masked);
  input->uri = masked;
  g_clear_error (&input->fault);
  input->fault = g_error_new_literal (CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH,
                                      N_ ("the address has a name or password before '@'; take it out"));
}

MODULE_ENTRY void
inputs_fetch (GPtrArray *inputs, const FetchOptions *options)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autofree FetchRequest *requests = g_new0 (FetchRequest, inputs->len);
  for (guint i = 0; i < inputs->len; i++) {
    Input *input = inputs->pdata[i];
    gboolean address = path_is_address (input->path);
    if (address)
      refuse_password (input);
    if (input->fault || !address)
      continue;
    requests[addresses->len].url = input->uri;
    g_ptr_array_add (addresses, input);
  }
  if (addresses->len > 0)
    fetch (addresses, requests, options);
}
