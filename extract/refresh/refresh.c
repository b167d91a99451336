/* refresh.c - see refresh.h */
#include "refresh/refresh.h"

#include <glib/gi18n.h>

#include "refresh/event.h"
#include "refresh/fetching.h"
#include "refresh/log.h"
#include "refresh/reading.h"
#include "refresh/report.h"
#include "refresh/retirement.h"
#include "refresh/store/sweep.h"
#include "run/exit_status.h"
#include "run/worker.h"

/* An interrupted run that is older than this is not continued: the documents may have changed. */
enum { RUN_SECONDS = 24 * 60 * 60 };

/* The plan. */

static gboolean
is_wanted (const ManifestDocument *document, char **only)
{
  for (char **word = only; word && *word; word++)
    if (manifest_document_is (document, *word))
      return TRUE;
  return !only || !*only;
}

static void
add_task (Refresh *refresh, const ManifestDocument *document)
{
  RefreshTask task = {.document = document, .record = record_of_document (refresh->database, document)};
  task.later = refresh->continues && task.record.run == refresh->run &&
               g_strcmp0 (task.record.outcome, task_outcome_name (OUTCOME_FAILED)) != 0;
  g_array_append_val (refresh->tasks, task);
}

static void
plan (Refresh *refresh, const RefreshOptions *options)
{
  refresh->tasks = g_array_new (FALSE, FALSE, sizeof (RefreshTask));
  g_array_set_clear_func (refresh->tasks, task_clear);
  for (guint i = 0; i < refresh->manifest->documents->len; i++)
    if (is_wanted (refresh->manifest->documents->pdata[i], options->only))
      add_task (refresh, refresh->manifest->documents->pdata[i]);
}

static gboolean
names_are_known (const Manifest *manifest, const RefreshOptions *options)
{
  for (char **word = options->only; word && *word; word++) {
    gboolean found = FALSE;
    for (guint i = 0; !found && i < manifest->documents->len; i++)
      found = manifest_document_is (manifest->documents->pdata[i], *word);
    if (found)
      continue;
    complain_printf (options->folder, _ ("vendors.yaml lists no vendor or document %s"), *word);
    return FALSE;
  }
  return TRUE;
}

/* The run. */

static void
begin_run (Refresh *refresh)
{
  g_autofree char *now = time_now ();
  g_autofree char *oldest = time_from_seconds (g_get_real_time () / G_USEC_PER_SEC - RUN_SECONDS);
  sqlite3_stmt *statement = database_ask (
      refresh->database,
      "select run, started from runs where finished is null and started > ? order by run desc limit 1", "t", oldest);
  while (database_row (refresh->database, statement)) {
    refresh->run = sqlite3_column_int64 (statement, 0);
    log_line (_ ("continuing the run of %s, which was interrupted"), (const char *)sqlite3_column_text (statement, 1));
    record_set (&refresh->started, (const char *)sqlite3_column_text (statement, 1));
  }
  refresh->continues = refresh->run > 0;
  if (refresh->continues) {
    store_sweep (refresh->corpus, refresh->database, refresh->started);
    return;
  }
  record_set (&refresh->started, now);
  database_do (refresh->database, "insert into runs (started) values (?)", "t", now);
  refresh->run = database_new_row (refresh->database);
}

/* A run for some documents does not finish the interrupted run for all that it continued. */
static void
end_run (Refresh *refresh, const RefreshOptions *options)
{
  g_autofree char *now = time_now ();
  if (refresh->continues && options->only && *options->only)
    return;
  refresh_begin (refresh);
  database_do (refresh->database, "update runs set finished = ? where run = ?", "ti", now, refresh->run);
  refresh_commit (refresh);
}

static gboolean
open_to_write (Refresh *refresh, const char *folder, GError **error)
{
  refresh->corpus = corpus_open (folder, error);
  refresh->database = refresh->corpus ? database_open (refresh->corpus, error) : NULL;
  g_autofree char *ledger = refresh->database ? corpus_path (refresh->corpus, LEDGER_NAME) : NULL;
  refresh->ledger = ledger ? ledger_open (ledger, error) : NULL;
  if (!refresh->ledger)
    return FALSE;
  begin_run (refresh);
  return TRUE;
}

/* For a dry run; where there is no corpus.db, everything is new. */
static gboolean
open_to_read (Refresh *refresh, const char *folder, GError **error)
{
  refresh->corpus = corpus_open_to_read (folder);
  g_autofree char *path = corpus_path (refresh->corpus, "corpus.db");
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  refresh->database = database_open_to_read (refresh->corpus, error);
  return refresh->database != NULL;
}

static gboolean
open_knowledge (Refresh *refresh, const RefreshOptions *options, GError **error)
{
  refresh->knowledge = corpus_knowledge (options->folder, &options->files, error);
  if (refresh->knowledge)
    refresh->fingerprint = program_fingerprint (refresh->knowledge);
  return refresh->knowledge != NULL;
}

/* One line for each mistake. */
static void
complain_of_manifest (const char *folder, const GError *error)
{
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  for (char **line = lines; *line; line++)
    complain (folder, *line);
}

static int
open_refresh (Refresh *refresh, const RefreshOptions *options)
{
  g_autoptr (GError) error = NULL;
  refresh->manifest = manifest_open (options->folder, &error);
  if (!refresh->manifest) {
    complain_of_manifest (options->folder, error);
    return EXIT_WRONG_CALL;
  }
  if (refresh->manifest->documents->len == 0) {
    complain (options->folder, _ ("vendors.yaml lists no documents; add your vendors"));
    return EXIT_WRONG_CALL;
  }
  if (!names_are_known (refresh->manifest, options))
    return EXIT_WRONG_CALL;
  if (!open_knowledge (refresh, options, &error)) {
    complain_lines (error->message);
    return EXIT_WRONG_CALL;
  }
  if (options->dry ? open_to_read (refresh, options->folder, &error) : open_to_write (refresh, options->folder, &error))
    return EXIT_ALL_DONE;
  log_complaint (options->folder, error->message);
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN) ? EXIT_SOME_FAILED : EXIT_FAULT;
}

static int
exit_status_of (const Refresh *refresh)
{
  guint failed = 0;
  if (refresh->broken || refresh->untold)
    return EXIT_FAULT;
  for (guint i = 0; i < refresh->tasks->len; i++)
    failed += g_array_index (refresh->tasks, RefreshTask, i).outcome == OUTCOME_FAILED;
  return failed == 0 ? EXIT_ALL_DONE : failed < refresh->tasks->len ? EXIT_SOME_FAILED : EXIT_ALL_FAILED;
}

/* Where it cannot be opened, the documents are refreshed all the same, and the next run tells. */
static void
open_changes (Refresh *refresh, const RefreshOptions *options)
{
  g_autoptr (GError) error = NULL;
  if (!options->changes || options->dry)
    return;
  refresh->changes = line_file_open (options->changes, &error);
  if (!refresh->changes) {
    log_complaint (options->changes, error->message);
    refresh->untold = TRUE;
  }
  refresh->events = 1; /* of an earlier run, perhaps */
  refresh->first_events = TRUE;
}

/* What is done once all documents are: those that are listed no longer, and whoever is to be told. */
static gboolean
conclude (Refresh *refresh, const RefreshOptions *options)
{
  gboolean all = !options->only || !*options->only;
  if (all)
    refresh->retired = refresh_retire (refresh);
  if (refresh->dry || refresh->broken)
    return !refresh->broken;
  events_write (refresh);
  events_drop (refresh, !options->changes, !options->on_change);
  end_run (refresh, options);
  return !options->on_change || events_tell (refresh, options->on_change, options->on_change_seconds);
}

int
refresh_run (const RefreshOptions *options, int *number)
{
  g_auto (Refresh) refresh = {.dry = options->dry,
                              .sandbox = options->fetch.sandbox,
                              .limits = &options->limits,
                              .began = g_get_monotonic_time (),
                              .started = time_now ()};
  *number = 0;
  int status = open_refresh (&refresh, options);
  if (status != EXIT_ALL_DONE)
    return status;
  plan (&refresh, options);
  if (refresh.database && refresh.database->fault) {
    log_complaint (options->folder, refresh.database->fault);
    return EXIT_FAULT;
  }
  open_changes (&refresh, options);
  FetchOptions fetch = options->fetch;
  fetch.knowledge = refresh.knowledge;
  refresh.progress = progress_new (refresh.tasks->len);
  *number = refresh_fetch (&refresh, &fetch);
  if (!refresh.broken && !*number)
    *number = refresh_read (&refresh, options->jobs);
  progress_clear (&refresh.progress);
  refresh_commit (&refresh);
  if (*number || refresh.broken)
    return EXIT_FAULT;
  gboolean told = conclude (&refresh, options);
  report_summary (&refresh);
  if (options->summary_json && !report_summary_json (&refresh))
    return EXIT_FAULT;
  return told ? exit_status_of (&refresh) : EXIT_FAULT;
}
