/* task.c - see task.h */
#include "refresh/task.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

#include "refresh/log.h"
#include "refresh/store/store.h"

enum { ROWS_A_COMMIT = 500 };

static const char *const outcome_names[TASK_OUTCOMES] = {
    [OUTCOME_NEW] = N_ ("new"),       [OUTCOME_REVISED] = N_ ("revised"),
    [OUTCOME_REMADE] = N_ ("remade"), [OUTCOME_UNCHANGED] = N_ ("unchanged"),
    [OUTCOME_FAILED] = N_ ("failed"),
};

void
refresh_clear (Refresh *refresh)
{
  g_clear_pointer (&refresh->tasks, g_array_unref);
  manifest_free (refresh->manifest);
  database_free (refresh->database);
  corpus_free (refresh->corpus);
  knowledge_free (refresh->knowledge);
  ledger_close (refresh->ledger);
  line_file_close (refresh->changes);
  g_free (refresh->fingerprint);
  g_free (refresh->started);
}

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
  log_complaint (refresh->corpus->folder, error->message);
}

void
task_clear (gpointer data)
{
  RefreshTask *task = data;
  record_clear (&task->record);
  g_free (task->reason);
  g_free (task->news);
}

const char *
task_outcome_name (TaskOutcome outcome)
{
  return outcome_names[outcome];
}

gboolean
task_has_news (const Refresh *refresh, const RefreshTask *task)
{
  const DocumentRecord *record = &task->record;
  if (!record->sha256 || g_strcmp0 (record->sha256, record->current.sha256) == 0)
    return FALSE;
  /* Which passwords were tried is kept nowhere, so what needs one is tried with those of the manifest each time. */
  gboolean unlocks = !g_strcmp0 (record->status, "needs-password") && task->document->password_file;
  if (record->status && g_strcmp0 (record->read_with, refresh->fingerprint) == 0 && !unlocks)
    return FALSE;
  return refresh->dry || store_has (refresh->corpus, record->sha256);
}

/* Whether the file of what the current revision changed is missing, and can be written. */
static gboolean
misses_changes (const Refresh *refresh, const RefreshTask *task)
{
  const RevisionRecord *before = &task->record.before;
  g_autofree char *path = corpus_output (refresh->corpus, task->document->id, ".changes.json");
  return before->row && !g_file_test (path, G_FILE_TEST_EXISTS) && store_has (refresh->corpus, before->sha256);
}

gboolean
task_is_stale (const Refresh *refresh, const RefreshTask *task)
{
  struct stat status;
  const DocumentRecord *record = &task->record;
  if (!record->current.row)
    return FALSE;
  g_autofree char *path = corpus_output (refresh->corpus, task->document->id, ".json");
  return g_strcmp0 (record->made_with, refresh->fingerprint) != 0 || stat (path, &status) != 0 ||
         status.st_size != record->made_bytes || misses_changes (refresh, task);
}

void
task_keep (Refresh *refresh, RefreshTask *task)
{
  if (refresh->dry)
    return;
  refresh_begin (refresh);
  task->record.run = refresh->run;
  record_save (refresh->database, task->document, &task->record);
  if (refresh->unsaved >= ROWS_A_COMMIT)
    refresh_commit (refresh);
}

void
task_fail (RefreshTask *task, const char *status, char *reason)
{
  task->status = status;
  g_free (task->reason);
  task->reason = reason;
}

const char *
task_uri (const RefreshTask *task)
{
  const ManifestDocument *document = task->document;
  const char *asked = document->url ? document->url : document->page;
  return task->record.address ? task->record.address : asked;
}
