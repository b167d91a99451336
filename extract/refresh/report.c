/* report.c - see report.h */
#include "refresh/report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "refresh/log.h"
#include "run/output.h"
#include "write/json.h"
#include "write/json_text.h"

void
report_summary (const Refresh *refresh)
{
  int counts[TASK_OUTCOMES] = {0};
  if (refresh->quiet)
    return;
  for (guint i = 0; i < refresh->tasks->len; i++)
    counts[g_array_index (refresh->tasks, RefreshTask, i).outcome]++;
  g_autoptr (GString) line = g_string_new (NULL);
  for (int outcome = OUTCOME_NEW; outcome < TASK_OUTCOMES; outcome++)
    g_string_append_printf (line, "%s%d %s", line->len ? ", " : "", counts[outcome], _ (task_outcome_name (outcome)));
  if (refresh->retired > 0)
    g_string_append_printf (line, ", %d %s", refresh->retired, _ ("retired"));
  if (refresh->dry)
    g_string_append_printf (line, " (%s)", _ ("nothing was written"));
  log_line ("%s", line->str);
}

/* For programs. */

/* {"ok": 3, …}: how many tasks ended with each of the ledger's words. */
static cJSON *
json_from_statuses (const Refresh *refresh)
{
  cJSON *object = cJSON_CreateObject ();
  for (guint i = 0; i < refresh->tasks->len; i++) {
    const char *status = g_array_index (refresh->tasks, RefreshTask, i).status;
    cJSON *count = cJSON_GetObjectItemCaseSensitive (object, status ? status : "?");
    if (count)
      cJSON_SetNumberValue (count, count->valuedouble + 1);
    else
      cJSON_AddNumberToObject (object, status ? status : "?", 1);
  }
  return object;
}

static cJSON *
json_from_outcomes (const Refresh *refresh)
{
  int counts[TASK_OUTCOMES] = {0};
  cJSON *object = cJSON_CreateObject ();
  for (guint i = 0; i < refresh->tasks->len; i++)
    counts[g_array_index (refresh->tasks, RefreshTask, i).outcome]++;
  for (int outcome = OUTCOME_NEW; outcome < TASK_OUTCOMES; outcome++)
    cJSON_AddNumberToObject (object, task_outcome_name (outcome), counts[outcome]);
  cJSON_AddNumberToObject (object, "retired", refresh->retired);
  return object;
}

static cJSON *
json_from_failure (const RefreshTask *task)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddItemToObject (object, "document", json_from_text (task->document->id));
  cJSON_AddItemToObject (object, "vendor", json_from_text (task->document->vendor));
  cJSON_AddItemToObject (object, "uri", json_from_text (task_uri (task)));
  cJSON_AddItemToObject (object, "status", json_from_text (task->status));
  cJSON_AddItemToObject (object, "reason", json_from_text (task->reason));
  cJSON_AddBoolToObject (object, "gone", task->gone);
  cJSON_AddItemToObject (object, "since", json_from_text (task->record.failed_since));
  cJSON_AddNumberToObject (object, "tries", task->record.tries);
  return object;
}

static cJSON *
json_from_failures (const Refresh *refresh)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < refresh->tasks->len; i++) {
    const RefreshTask *task = &g_array_index (refresh->tasks, RefreshTask, i);
    if (task->outcome == OUTCOME_FAILED)
      cJSON_AddItemToArray (list, json_from_failure (task));
  }
  return list;
}

gboolean
report_summary_json (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  g_autofree char *now = time_now ();
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "format", "checksheet-summary/1");
  cJSON_AddItemToObject (object, "corpus", json_from_text (refresh->corpus->folder));
  cJSON_AddBoolToObject (object, "dry_run", refresh->dry);
  cJSON_AddItemToObject (object, "started", json_from_text (refresh->started));
  cJSON_AddItemToObject (object, "finished", json_from_text (now));
  cJSON_AddNumberToObject (object, "seconds", (g_get_monotonic_time () - refresh->began) / 1000 / 1000.0);
  cJSON_AddNumberToObject (object, "documents", refresh->tasks->len);
  cJSON_AddItemToObject (object, "outcomes", json_from_outcomes (refresh));
  cJSON_AddItemToObject (object, "statuses", json_from_statuses (refresh));
  cJSON_AddItemToObject (object, "failed", json_from_failures (refresh));
  cJSON_AddBoolToObject (object, "broken", refresh->broken);
  g_autofree char *line = json_text_of_one_line (object);
  cJSON_Delete (object);
  if (output_write (output, line, strlen (line), &error))
    return TRUE;
  log_complaint (_ ("standard output"), error->message);
  return FALSE;
}
