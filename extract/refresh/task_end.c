/* task_end.c - see task_end.h */
#include "refresh/task_end.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "refresh/event.h"
#include "refresh/log.h"
#include "run/ledger.h"
#include "text/translated.h"
#include "text/width.h"

enum { OUTCOME_CELLS = 9 };

/* Printed above the progress line. */
static void
say_outcome (Refresh *refresh, const RefreshTask *task)
{
  Progress *progress = &refresh->progress;
  gboolean quiet =
      refresh->quiet ? task->outcome != OUTCOME_FAILED : isatty (STDERR_FILENO) && task->outcome == OUTCOME_UNCHANGED;
  if (!quiet) {
    g_autofree char *reason = task->reason ? text_translated (task->reason) : NULL;
    g_autofree char *why = reason ? name_for_showing (reason) : NULL;
    const char *rest = why ? why : task->news;
    progress_clear (progress);
    const char *word = _ (task_outcome_name (task->outcome));
    g_autoptr (GString) line = g_string_new (NULL);
    text_append_padded (line, word, strlen (word), OUTCOME_CELLS);
    log_line ("%s  %s%s%s", line->str, task->document->id, rest ? ": " : "", rest ? rest : "");
  }
  progress_step (progress, task->document->id, task->outcome == OUTCOME_FAILED);
}

/* A corpus's record says which document it is of, since two may have one address, and when. */
char *
task_ledger_line (const RefreshTask *task, gboolean has_sheet)
{
  const char *from = task_uri (task);
  g_autofree char *output = has_sheet ? g_strdup_printf ("out/%s.json", task->document->id) : NULL;
  g_autofree char *uri = from ? ledger_uri (from) : NULL;
  g_autofree char *line = ledger_line (&(LedgerRecord){.uri = uri,
                                                       .status = task->status,
                                                       .sha256 = task->record.sha256,
                                                       .reason = task->reason,
                                                       .seconds = task->seconds,
                                                       .output = output});
  return g_strdup_printf ("{\"document\":\"%s\",\"checked\":\"%s\",%s", task->document->id, task->record.checked,
                          line + 1);
}

void
task_break (Refresh *refresh, const GError *error)
{
  progress_clear (&refresh->progress);
  log_complaint (LEDGER_NAME, error->message);
  refresh->broken = TRUE;
}

/* The moment the task ends, so that whoever kills the run finds in it what was done. */
static void
add_to_ledger (Refresh *refresh, const RefreshTask *task)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = task_ledger_line (task, task->record.made_with != NULL);
  gboolean written = ledger_hold (refresh->ledger, &error) && ledger_write (refresh->ledger, line, &error);
  ledger_release (refresh->ledger);
  if (!written || !ledger_sync (refresh->ledger, &error))
    task_break (refresh, error);
}

void
task_finish (Refresh *refresh, RefreshTask *task, TaskOutcome outcome)
{
  task->outcome = outcome;
  if (!task->recorded) {
    g_free (task->record.checked);
    task->record.checked = time_now ();
  }
  record_set (&task->record.outcome, task_outcome_name (outcome));
  if (!refresh->dry)
    events_of_task (refresh, task);
  task_keep (refresh, task);
  /* A sheet that is reported is on the disk; other outcomes write none. */
  if ((outcome != OUTCOME_UNCHANGED && outcome != OUTCOME_FAILED) || refresh->events > 0)
    refresh_commit (refresh);
  if (!refresh->dry && !refresh->broken && !task->recorded)
    add_to_ledger (refresh, task);
  if (!refresh->dry)
    events_write (refresh);
  if (!refresh->broken)
    say_outcome (refresh, task);
}
