/* fetching.c - see fetching.h */
#include "refresh/fetching.h"

#include <string.h>
#include <unistd.h>

#include "fetch/fetcher.h"
#include "model/error.h"
#include "refresh/log.h"
#include "refresh/store/store.h"
#include "refresh/store/sweep.h"
#include "refresh/task_end.h"
#include "run/pool.h"

/* When nothing arrives for so long, what did arrive is committed. */
#define IDLE_SECONDS 0.2

enum { LONGEST_WAIT = 31 * 24 * 60 * 60 }; /* seconds */

typedef struct {
  FetchRequest *requests;
  RefreshTask **tasks; /* of each */
  guint count;
} DocumentFetches;

static gboolean
stores_bytes_of (const Refresh *refresh, const DocumentRecord *record)
{
  return record->sha256 && store_has (refresh->corpus, record->sha256);
}

/* A longer wait, of a server's mistake or a wrong clock, is ignored: it would silence a document for good. */
static gint64
time_to_wait_for (const DocumentRecord *record)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  return record->not_before > now + LONGEST_WAIT ? 0 : record->not_before;
}

static FetchRequest
request_for_task (const Refresh *refresh, const RefreshTask *task)
{
  const ManifestDocument *document = task->document;
  const DocumentRecord *record = &task->record;
  FetchRequest request = {
      .url = document->url, .page = document->page, .link = document->link, .not_before = time_to_wait_for (record)};
  /* Without the bytes the request is unconditional. */
  if (!stores_bytes_of (refresh, record))
    return request;
  request.validators_address = record->answered;
  request.validators = record->validators;
  if (g_strcmp0 (document->page, record->page) != 0 || g_strcmp0 (document->link, record->link) != 0)
    return request;
  request.known = record->address;
  request.page_validators = record->page_validators;
  return request;
}

/* Once its newest bytes are known: a task that needs no reading is finished. */
static void
settle (Refresh *refresh, RefreshTask *task)
{
  if (task_has_news (refresh, task) || task_is_stale (refresh, task)) {
    task_keep (refresh, task); /* what was fetched need not be fetched again */
    return;
  }
  if (task->record.reason && !task->reason) /* the same bytes as before, which are not a sheet */
    task_fail (task, g_intern_string (task->record.status), g_strdup (task->record.reason));
  if (!task->reason)
    task->status = "not-modified";
  task_finish (refresh, task, task->reason ? OUTCOME_FAILED : OUTCOME_UNCHANGED);
}

/* The bytes of SHA256 are the document's newest. */
static void
take_bytes (RefreshTask *task, const char *sha256)
{
  DocumentRecord *record = &task->record;
  if (g_strcmp0 (sha256, record->sha256) == 0)
    return;
  record_set (&record->sha256, sha256);
  g_clear_pointer (&record->reason, g_free);
  g_clear_pointer (&record->read_with, g_free);
  /* Those of the current revision are known to be a sheet. */
  record_set (&record->status, g_strcmp0 (sha256, record->current.sha256) == 0 ? "ok" : NULL);
  g_free (record->fetched);
  record->fetched = time_now ();
}

static void
keep_validators (Validators *kept, const Validators *given)
{
  record_set (&kept->etag, given->etag);
  record_set (&kept->last_modified, given->last_modified);
}

/* Where the newest bytes are from. Only once they are in the store: a page that has not changed since leads to
 * `address`, and validators that still match mean these bytes. */
static void
take_origin (RefreshTask *task, const FetchResult *result)
{
  DocumentRecord *record = &task->record;
  record_set (&record->address, result->address);
  record_set (&record->answered, result->final_address);
  keep_validators (&record->validators, &result->validators);
  record_set (&record->page, task->document->page);
  record_set (&record->link, task->document->link);
  keep_validators (&record->page_validators, &result->page_validators);
}

/* The same, in the store; what they replace, if it never became a revision (an error page, or a run was killed before it
 * was read), is not kept. It goes before the row that named it is written: a run that dies in between asks again. */
static void
take_stored_bytes (Refresh *refresh, RefreshTask *task, const char *sha256)
{
  g_autofree char *old = g_strdup (task->record.sha256);
  take_bytes (task, sha256);
  if (old && !g_str_equal (old, sha256) && !store_is_named (refresh->database, old, task->record.row))
    store_remove (refresh->corpus, old);
}

/* In a dry run, what would be done; whether the bytes are a sheet is not known. */
static void
finish_dry (Refresh *refresh, RefreshTask *task, const char *sha256)
{
  gboolean same = g_strcmp0 (sha256, task->record.sha256) == 0;
  take_bytes (task, sha256);
  task->status = "ok";
  if (same || !task_has_news (refresh, task))
    settle (refresh, task);
  else
    task_finish (refresh, task, task->record.current.row ? OUTCOME_REVISED : OUTCOME_NEW);
}

static void
take_stored (Refresh *refresh, RefreshTask *task, char *sha256, GError *error)
{
  if (!sha256)
    task_fail (task, checksheet_error_status (error->code), g_strdup (error->message));
  else if (refresh->dry)
    finish_dry (refresh, task, sha256);
  else
    take_stored_bytes (refresh, task, sha256);
}

static void
take_body (Refresh *refresh, RefreshTask *task, const FetchResult *result)
{
  g_autoptr (GError) error = NULL;
  guint64 bytes;
  const Corpus *corpus = refresh->dry ? NULL : refresh->corpus;
  g_autofree char *sha256 = store_add (corpus, result->body, refresh->limits->read.input, &bytes, &error);
  if (sha256) {
    take_origin (task, result);
    record_set (&task->record.charset, result->charset);
  }
  take_stored (refresh, task, sha256, error);
}

static void
take_result (Refresh *refresh, RefreshTask *task, const FetchResult *result)
{
  task->record.not_before = result->not_before;
  if (result->end == FETCHED)
    take_body (refresh, task, result);
  else if (result->end == FETCH_NOT_MODIFIED)
    take_origin (task, result);
  else {
    ChecksheetError code = fetch_end_error (result->end);
    task_fail (task, checksheet_error_status (code), g_strdup (result->reason));
    task->gone = result->status == 404 || result->status == 410;
  }
  if (task->outcome == OUTCOME_OPEN)
    settle (refresh, task);
}

/* Relative to the corpus where it is inside: the corpus may be moved. */
static const char *
address_of_file (const Refresh *refresh, const char *path)
{
  g_autofree char *start = g_build_filename (refresh->corpus->folder, "/", NULL);
  return g_str_has_prefix (path, start) ? path + strlen (start) : path;
}

static void
take_file (Refresh *refresh, RefreshTask *task)
{
  g_autoptr (GError) error = NULL;
  guint64 bytes;
  const Corpus *corpus = refresh->dry ? NULL : refresh->corpus;
  g_autofree char *sha256 = store_add_file (corpus, task->document->path, refresh->limits->read.input, &bytes, &error);
  const FetchResult origin = {.address = (char *)address_of_file (refresh, task->document->path)};
  if (sha256) {
    take_origin (task, &origin);
    record_set (&task->record.charset, NULL);
  } else if (!task->record.address)
    record_set (&task->record.address, origin.address);
  task->gone = !sha256 && !g_file_test (task->document->path, G_FILE_TEST_EXISTS);
  take_stored (refresh, task, sha256, error);
  if (task->outcome == OUTCOME_OPEN)
    settle (refresh, task);
}

static void
add_request (Refresh *refresh, DocumentFetches *fetching, RefreshTask *task)
{
  fetching->tasks[fetching->count] = task;
  fetching->requests[fetching->count++] = request_for_task (refresh, task);
}

static int
fetch_all (Refresh *refresh, const DocumentFetches *fetching, const FetchOptions *options)
{
  int number = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (Fetcher) fetcher = fetcher_new (fetching->requests, fetching->count, options, &error);
  if (!fetcher) {
    log_complaint (refresh->corpus->folder, error->message);
    refresh->broken = TRUE;
    return 0;
  }
  for (gboolean done = FALSE; !done && !refresh->broken && !(number = pool_signal_held ());) {
    FetchResult result;
    if (!fetcher_next (fetcher, IDLE_SECONDS, &result, &done)) {
      refresh_commit (refresh);
      continue;
    }
    take_result (refresh, fetching->tasks[result.request], &result);
    fetch_result_clear (&result);
  }
  return number;
}

static void
begin_tasks (Refresh *refresh, DocumentFetches *fetching, gboolean later)
{
  for (guint i = 0; i < refresh->tasks->len && !refresh->broken; i++) {
    RefreshTask *task = &g_array_index (refresh->tasks, RefreshTask, i);
    if (task->later != later)
      continue;
    if (task->document->path)
      take_file (refresh, task);
    else
      add_request (refresh, fetching, task);
  }
}

int
refresh_fetch (Refresh *refresh, const FetchOptions *options)
{
  int number = 0;
  g_autofree FetchRequest *requests = g_new (FetchRequest, refresh->tasks->len + 1);
  g_autofree RefreshTask **tasks = g_new (RefreshTask *, refresh->tasks->len + 1);
  DocumentFetches fetching = {requests, tasks, 0};
  begin_tasks (refresh, &fetching, FALSE);
  begin_tasks (refresh, &fetching, TRUE);
  pool_let_signals (FALSE); /* so that the progress line is cleared before the program ends */
  if (fetching.count > 0 && !refresh->broken)
    number = fetch_all (refresh, &fetching, options);
  if (!number)
    pool_let_signals (TRUE);
  return number;
}
