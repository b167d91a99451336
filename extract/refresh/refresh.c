/* refresh.c - see refresh.h */
#include "refresh/refresh.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/stat.h>

#include "patterns/fingerprint.h"
#include "patterns/pattern.h"
#include "refresh/store/store.h"
#include "refresh/task.h"
#include "run/exit_status.h"
#include "run/worker.h"

/* An interrupted run that is older than this is not gone on with: what it saw may have changed. */
enum { RUN_SECONDS = 24 * 60 * 60, ROWS_A_COMMIT = 500 };

static const char *const outcome_names[TASK_OUTCOMES] = {
    [OUTCOME_NEW] = "new",       [OUTCOME_REVISED] = "revised",
    [OUTCOME_REMADE] = "remade", [OUTCOME_UNCHANGED] = "unchanged",
    [OUTCOME_FAILED] = "failed",
};

const char *
task_outcome_name (TaskOutcome outcome)
{
  return outcome_names[outcome];
}

static void
task_clear (gpointer data)
{
  Task *task = data;
  known_clear (&task->known);
  g_free (task->reason);
  g_free (task->said);
}

static void
refresh_clear (Refresh *refresh)
{
  g_clear_pointer (&refresh->tasks, g_array_unref);
  manifest_free (refresh->manifest);
  database_free (refresh->database);
  corpus_free (refresh->corpus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refresh, refresh_clear)

void
refresh_begin (Refresh *refresh)
{
  if (refresh->unsaved++ == 0)
    database_begin (refresh->database);
}

void
refresh_commit (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  if (refresh->unsaved == 0 || refresh->broken)
    return;
  refresh->unsaved = 0;
  if (database_commit (refresh->database, &error))
    return;
  refresh->broken = TRUE;
  progress_clear (&refresh->progress);
  complain (refresh->options->folder, error->message);
}

void
task_keep (Refresh *refresh, Task *task)
{
  if (refresh->options->dry)
    return;
  refresh_begin (refresh);
  task->known.run = refresh->run;
  known_save (refresh->database, task->document, &task->known);
  if (refresh->unsaved >= ROWS_A_COMMIT)
    refresh_commit (refresh);
}

void
task_fail (Task *task, const char *status, char *reason)
{
  task->status = status;
  g_free (task->reason);
  task->reason = reason;
}

void
task_finish (Refresh *refresh, Task *task, TaskOutcome outcome)
{
  task->outcome = outcome;
  g_free (task->known.checked);
  task->known.checked = time_now ();
  known_keep (&task->known.outcome, task_outcome_name (outcome));
  task_keep (refresh, task);
  /* A sheet that is told of is on the disk. Where there is none, nothing can be lost. */
  if (outcome != OUTCOME_UNCHANGED && outcome != OUTCOME_FAILED)
    refresh_commit (refresh);
  if (!refresh->broken)
    tell_task (refresh, task);
}

gboolean
task_has_news (const Refresh *refresh, const Task *task)
{
  const Known *known = &task->known;
  if (!known->sha256 || g_strcmp0 (known->sha256, known->current.sha256) == 0)
    return FALSE;
  return !known->status || g_strcmp0 (known->read_with, refresh->fingerprint) != 0;
}

/* What the current revision changed; where the one before it is lost nobody can write it. */
static gboolean
misses_changes (const Refresh *refresh, const Task *task)
{
  const KnownRevision *before = &task->known.before;
  g_autofree char *path = corpus_output (refresh->corpus, task->document->id, ".changes.json");
  return before->row && !g_file_test (path, G_FILE_TEST_EXISTS) && store_has (refresh->corpus, before->sha256);
}

gboolean
task_is_stale (const Refresh *refresh, const Task *task)
{
  struct stat status;
  const Known *known = &task->known;
  if (!known->current.row)
    return FALSE;
  g_autofree char *path = corpus_output (refresh->corpus, task->document->id, ".json");
  return g_strcmp0 (known->made_with, refresh->fingerprint) != 0 || stat (path, &status) != 0 ||
         status.st_size != known->made_bytes || misses_changes (refresh, task);
}

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
  Task task = {.document = document, .known = known_of_document (refresh->database, document)};
  task.later = refresh->goes_on && task.known.run == refresh->run &&
               g_strcmp0 (task.known.outcome, outcome_names[OUTCOME_FAILED]) != 0;
  g_array_append_val (refresh->tasks, task);
}

static void
plan (Refresh *refresh)
{
  refresh->tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  g_array_set_clear_func (refresh->tasks, task_clear);
  for (guint i = 0; i < refresh->manifest->documents->len; i++)
    if (is_wanted (refresh->manifest->documents->pdata[i], refresh->options->only))
      add_task (refresh, refresh->manifest->documents->pdata[i]);
}

static gboolean
words_name_something (const Refresh *refresh)
{
  for (char **word = refresh->options->only; word && *word; word++) {
    gboolean found = FALSE;
    for (guint i = 0; !found && i < refresh->manifest->documents->len; i++)
      found = manifest_document_is (refresh->manifest->documents->pdata[i], *word);
    if (found)
      continue;
    complain_printf (refresh->options->folder, _ ("there is no vendor or document %s in vendors.yaml"), *word);
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
    fprintf (stderr, _ ("going on with the run of %s, which was interrupted\n"),
             (const char *)sqlite3_column_text (statement, 1));
  }
  refresh->goes_on = refresh->run > 0;
  if (refresh->goes_on)
    return;
  database_do (refresh->database, "insert into runs (started) values (?)", "t", now);
  refresh->run = database_new_row (refresh->database);
}

/* A run for some documents does not finish the one for all that it went on with. */
static void
end_run (Refresh *refresh)
{
  g_autofree char *now = time_now ();
  if (refresh->goes_on && refresh->options->only && *refresh->options->only)
    return;
  refresh_begin (refresh);
  database_do (refresh->database, "update runs set finished = ? where run = ?", "ti", now, refresh->run);
  refresh_commit (refresh);
}

static gboolean
open_to_write (Refresh *refresh, GError **error)
{
  refresh->corpus = corpus_open (refresh->options->folder, error);
  refresh->database = refresh->corpus ? database_open (refresh->corpus, error) : NULL;
  if (!refresh->database)
    return FALSE;
  begin_run (refresh);
  return TRUE;
}

/* A dry run reads what there is; where nothing is, everything is new. */
static gboolean
open_to_look (Refresh *refresh, GError **error)
{
  refresh->corpus = corpus_open_to_read (refresh->options->folder);
  g_autofree char *path = corpus_path (refresh->corpus, "corpus.db");
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  refresh->database = database_open_to_read (refresh->corpus, error);
  return refresh->database != NULL;
}

/* A corpus may have patterns of its own: judgements of names, a vendor's spellings. */
static void
use_patterns_of_corpus (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "patterns", NULL);
  if (!patterns_have_folder () && g_file_test (path, G_FILE_TEST_IS_DIR))
    patterns_use_folder (path);
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
open_refresh (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  refresh->manifest = manifest_open (refresh->options->folder, &error);
  if (!refresh->manifest) {
    complain_of_manifest (refresh->options->folder, error);
    return EXIT_WRONG_CALL;
  }
  if (refresh->manifest->documents->len == 0) {
    complain (refresh->options->folder, _ ("vendors.yaml names no documents; put your vendors in"));
    return EXIT_WRONG_CALL;
  }
  if (!words_name_something (refresh))
    return EXIT_WRONG_CALL;
  use_patterns_of_corpus (refresh->options->folder);
  worker_prepare ();
  refresh->fingerprint = fingerprint_of_program ();
  if (refresh->options->dry ? open_to_look (refresh, &error) : open_to_write (refresh, &error))
    return EXIT_ALL_DONE;
  complain (refresh->options->folder, error->message);
  return EXIT_SOME_FAILED;
}

static gboolean
all_went_well (const Refresh *refresh)
{
  if (refresh->broken)
    return FALSE;
  for (guint i = 0; i < refresh->tasks->len; i++)
    if (g_array_index (refresh->tasks, Task, i).outcome == OUTCOME_FAILED)
      return FALSE;
  return TRUE;
}

int
refresh_run (const RefreshOptions *options, int *number)
{
  g_auto (Refresh) refresh = {.options = options};
  *number = 0;
  int status = open_refresh (&refresh);
  if (status != EXIT_ALL_DONE)
    return status;
  plan (&refresh);
  if (refresh.database && refresh.database->fault) {
    complain (options->folder, refresh.database->fault);
    return EXIT_SOME_FAILED;
  }
  refresh.progress = progress_new (refresh.tasks->len);
  *number = refresh_fetch (&refresh);
  if (!refresh.broken && !*number)
    *number = refresh_read (&refresh);
  progress_clear (&refresh.progress);
  refresh_commit (&refresh);
  if (*number || refresh.broken)
    return EXIT_SOME_FAILED;
  if (!options->dry && tell_programs (&refresh))
    end_run (&refresh);
  tell_summary (&refresh);
  return all_went_well (&refresh) ? EXIT_ALL_DONE : EXIT_SOME_FAILED;
}
