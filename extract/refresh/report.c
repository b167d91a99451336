/* report.c - see report.h */
#include "refresh/report.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "run/ledger.h"
#include "run/output.h"

void
report_summary (const Refresh *refresh)
{
  int counts[TASK_OUTCOMES] = {0};
  for (guint i = 0; i < refresh->tasks->len; i++)
    counts[g_array_index (refresh->tasks, RefreshTask, i).outcome]++;
  g_autoptr (GString) line = g_string_new (NULL);
  for (int outcome = OUTCOME_NEW; outcome < TASK_OUTCOMES; outcome++)
    g_string_append_printf (line, "%s%d %s", line->len ? ", " : "", counts[outcome], _ (task_outcome_name (outcome)));
  if (refresh->dry)
    g_string_append_printf (line, " (%s)", _ ("nothing was written"));
  fprintf (stderr, "%s\n", line->str);
}

/* For programs. */

static gboolean
fail (Refresh *refresh, const char *path, const GError *error)
{
  complain (g_str_equal (path, "-") ? _ ("standard output") : path, error->message);
  refresh->broken = TRUE;
  return FALSE;
}

static gboolean
append_task (Ledger *ledger, const RefreshTask *task, GError **error)
{
  const DocumentRecord *record = &task->record;
  g_autofree char *output = record->made_with ? g_strdup_printf ("out/%s.json", task->document->id) : NULL;
  const char *uri = record->address       ? record->address
                    : task->document->url ? task->document->url
                                          : task->document->page;
  return ledger_append (ledger,
                        &(LedgerRecord){.uri = uri,
                                        .status = task->status,
                                        .sha256 = record->sha256,
                                        .reason = task->reason,
                                        .seconds = task->seconds,
                                        .output = output},
                        error);
}

gboolean
report_ledger (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = corpus_path (refresh->corpus, LEDGER_NAME);
  g_autoptr (Ledger) ledger = ledger_open (path, &error);
  for (guint i = 0; ledger && !error && i < refresh->tasks->len; i++)
    append_task (ledger, &g_array_index (refresh->tasks, RefreshTask, i), &error);
  return !error || fail (refresh, path, error);
}

gboolean
report_changes (Refresh *refresh, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = g_str_equal (path, "-") ? output_standard () : output_open (path, &error);
  sqlite3_stmt *rows = database_ask (refresh->database,
                                     "select c.json from changes c join revisions r on r.revision = c.revision "
                                     "where r.run = ? order by r.revision, c.position",
                                     "i", refresh->run);
  while (database_row (refresh->database, rows))
    if (output && !error) {
      g_autofree char *line = g_strconcat ((const char *)sqlite3_column_text (rows, 0), "\n", NULL);
      output_write (output, line, strlen (line), &error);
    }
  return (!error && (g_str_equal (path, "-") || output_commit (output, &error))) || fail (refresh, path, error);
}
