/* report.c - see refresh.h: what a run says, to people and to programs. */
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "refresh/task.h"
#include "run/ledger.h"
#include "text/width.h"

enum { OUTCOME_CELLS = 9 };

/* As they are said, in the order of the summary. */
static const char *const outcome_words[TASK_OUTCOMES] = {
    [OUTCOME_NEW] = N_ ("new"),       [OUTCOME_REVISED] = N_ ("revised"),
    [OUTCOME_REMADE] = N_ ("remade"), [OUTCOME_UNCHANGED] = N_ ("unchanged"),
    [OUTCOME_FAILED] = N_ ("failed"),
};

void
tell_task (Refresh *refresh, const Task *task)
{
  Progress *progress = &refresh->progress;
  gboolean quiet = isatty (STDERR_FILENO) && task->outcome == OUTCOME_UNCHANGED;
  if (!quiet) {
    g_autofree char *why = task->reason ? name_for_showing (task->reason) : NULL;
    const char *rest = why ? why : task->said;
    progress_clear (progress);
    const char *word = _ (outcome_words[task->outcome]);
    g_autoptr (GString) line = g_string_new (NULL);
    text_append_padded (line, word, strlen (word), OUTCOME_CELLS);
    fprintf (stderr, "%s  %s%s%s\n", line->str, task->document->id, rest ? ": " : "", rest ? rest : "");
  }
  progress_step (progress, task->document->id, task->outcome == OUTCOME_FAILED);
}

void
tell_summary (Refresh *refresh)
{
  int counts[TASK_OUTCOMES] = {0};
  for (guint i = 0; i < refresh->tasks->len; i++)
    counts[g_array_index (refresh->tasks, Task, i).outcome]++;
  g_autoptr (GString) line = g_string_new (NULL);
  for (int outcome = OUTCOME_NEW; outcome < TASK_OUTCOMES; outcome++)
    g_string_append_printf (line, "%s%d %s", line->len ? ", " : "", counts[outcome], _ (outcome_words[outcome]));
  if (refresh->options->dry)
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

static char *
record_of_task (const Task *task)
{
  const Known *known = &task->known;
  g_autofree char *output = known->made_with ? g_strdup_printf ("out/%s.json", task->document->id) : NULL;
  Outcome outcome = {.status = task->status, .sha256 = known->sha256, .reason = task->reason, .seconds = task->seconds};
  const char *uri = known->address ? known->address : task->document->url ? task->document->url : task->document->page;
  return ledger_record (uri, &outcome, output);
}

static gboolean
write_ledger (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = corpus_path (refresh->corpus, "ledger.jsonl");
  g_autoptr (Output) ledger = output_open (path, &error);
  for (guint i = 0; ledger && !error && i < refresh->tasks->len; i++) {
    g_autofree char *line = record_of_task (&g_array_index (refresh->tasks, Task, i));
    output_write (ledger, line, strlen (line), &error);
  }
  return (!error && output_commit (ledger, &error)) || fail (refresh, path, error);
}

/* Of all the revisions that this run found, also before it was interrupted. */
static gboolean
write_changes (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  const char *path = refresh->options->changes;
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

gboolean
tell_programs (Refresh *refresh)
{
  return write_ledger (refresh) && (!refresh->options->changes || write_changes (refresh));
}
