/* reading.c - see reading.h */
#include "refresh/reading.h"

#include "change/comparison.h"
#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "library/document_task.h"
#include "read/sheet_json.h"
#include "refresh/store/store.h"
#include "refresh/store/sweep.h"
#include "refresh/task_end.h"
#include "run/output.h"
#include "run/pool.h"
#include "text/translated.h"

typedef enum { PART_NEW, PART_CURRENT, PART_BEFORE, PARTS } RevisionPart;

typedef struct {
  RefreshTask *task;
  RevisionPart part;
  char sha256[65]; /* of the bytes expected */
  gboolean last;   /* of the task */
} RevisionReading;

/* How the reading of one part ended. */
typedef struct {
  char *text; /* the sheet's JSON; NULL: it could not be read, or did not have to be */
  gsize length;
  Sheet *sheet; /* the same */
  const char *status;
  char *reason;
  gboolean has_changes; /* what it changed was written before, and cannot be written anew */
} ReadRevision;

typedef struct {
  Refresh *refresh;
  GPtrArray *inputs; /* Input, of each reading */
  GArray *readings;  /* RevisionReading */
  guint turn;
  ReadRevision parts[PARTS]; /* of the task whose turn it is */
} SheetsReader;

static void
read_clear (ReadRevision *part)
{
  g_free (part->text);
  sheet_free (part->sheet);
  g_free (part->reason);
  *part = (ReadRevision){0};
}

/* What is to be read. */

static void
add_reading (SheetsReader *reader, RefreshTask *task, RevisionPart part, const char *sha256, const char *address,
             const char *charset)
{
  g_autofree char *path = store_path (reader->refresh->corpus, sha256);
  RevisionReading reading = {.task = task, .part = part};
  g_strlcpy (reading.sha256, sha256, sizeof reading.sha256);
  Input *input = input_new (path, address, charset);
  input_read_passwords (input, task->document->password_file);
  g_ptr_array_add (reader->inputs, input);
  g_array_append_val (reader->readings, reading);
}

static void
add_revision (SheetsReader *reader, RefreshTask *task, RevisionPart part, const RevisionRecord *revision)
{
  if (revision->row)
    add_reading (reader, task, part, revision->sha256, revision->address, revision->charset);
}

static void
add_readings (SheetsReader *reader, RefreshTask *task)
{
  const DocumentRecord *record = &task->record;
  if (task_has_news (reader->refresh, task))
    add_reading (reader, task, PART_NEW, record->sha256, record->address, record->charset);
  add_revision (reader, task, PART_CURRENT, &record->current);
  if (task_is_stale (reader->refresh, task))
    add_revision (reader, task, PART_BEFORE, &record->before);
  g_array_index (reader->readings, RevisionReading, reader->readings->len - 1).last = TRUE;
}

/* What was read. */

static gboolean
fail_with_name (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
write_changes_file (const char *path, const Changes *changes, GError **error)
{
  g_autofree char *text = changes ? json_from_changes (changes) : NULL;
  if (!text)
    return g_unlink (path), TRUE; /* of an older revision */
  g_autoptr (Output) output = output_open (path, error);
  return (output && output_write (output, text, strlen (text), error) && output_commit (output, error)) ||
         fail_with_name (path, error);
}

/* The file that will be PATH; NULL: it cannot be written. */
static Output *
write_sheet (const char *path, const ReadRevision *part, GError **error)
{
  g_autoptr (Output) output = output_open (path, error);
  return output && output_write (output, part->text, part->length, error) && output_sync (output, error)
             ? g_steal_pointer (&output)
             : NULL;
}

/* Puts the sheet in out/ and its record in the ledger, in one step (ledger_put). FALSE: it is not in out/. */
static gboolean
put_sheet (Refresh *refresh, RefreshTask *task, const ReadRevision *part, GError **error)
{
  g_autofree char *path = corpus_output (refresh->corpus, task->document->id, ".json");
  g_autoptr (GError) fault = NULL;
  g_autoptr (Output) output = write_sheet (path, part, error);
  if (!output)
    return fail_with_name (path, error);
  g_free (task->record.checked);
  task->record.checked = time_now ();
  g_autofree char *line = task_ledger_line (task, TRUE);
  task->recorded = ledger_hold (refresh->ledger, &fault) && ledger_put (refresh->ledger, output, line, &fault);
  ledger_release (refresh->ledger);
  output_sync_folder (path);
  if (!output_is_placed (output)) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return fail_with_name (path, error);
  }
  if (!task->recorded || !ledger_sync (refresh->ledger, &fault))
    task_break (refresh, fault);
  return TRUE;
}

/* What changed is written before the sheet that it led to. */
static gboolean
write_files (Refresh *refresh, RefreshTask *task, const ReadRevision *part, const Changes *changes, GError **error)
{
  g_autofree char *changed = corpus_output (refresh->corpus, task->document->id, ".changes.json");
  return corpus_make_vendor (refresh->corpus, task->document->vendor, error) &&
         (part->has_changes || write_changes_file (changed, changes, error)) && put_sheet (refresh, task, part, error);
}

static char *
words_of_changes (const Changes *changes)
{
  return g_strdup_printf (_ ("changed %u, added %u, removed %u"), changes->changed->len, changes->added->len,
                          changes->removed->len);
}

static void
say_what_is_new (RefreshTask *task, const ReadRevision *part, const ReadRevision *old, const Changes *changes)
{
  g_autofree char *reason = old->reason ? text_translated (old->reason) : NULL;
  g_free (task->news);
  if (changes)
    task->news = words_of_changes (changes);
  else if (reason)
    task->news = g_strdup_printf (_ ("%u items; what changed is unknown: %s"), part->sheet->items->len, reason);
  else
    task->news = g_strdup_printf (_ ("%u items"), part->sheet->items->len);
}

/* PART is the sheet of the current revision as it is now, CHANGES what that revision changed (NULL: nothing, or
 * unknown). */
static gboolean
keep_sheet (Refresh *refresh, RefreshTask *task, const ReadRevision *part, const Changes *changes)
{
  g_autoptr (GError) error = NULL;
  DocumentRecord *record = &task->record;
  if (!task->reason)
    task->status = part->status;
  if (!write_files (refresh, task, part, changes, &error)) {
    task_fail (task, checksheet_error_status (CHECKSHEET_ERROR_IO), g_strdup (error->message));
    return FALSE;
  }
  record_set (&record->made_with, refresh->fingerprint);
  record->made_bytes = part->length;
  return TRUE;
}

static void
keep_changes (Refresh *refresh, const RefreshTask *task, const Changes *changes)
{
  const DocumentRecord *record = &task->record;
  if (!changes)
    return;
  g_autofree char *lines =
      ndjson_from_changes (changes, task->document->id, record->before.sha256, record->current.sha256);
  record_write_changes (refresh->database, record, changes->catalogue->key, lines);
}

/* The new bytes are a sheet: the document's next revision. The files are written before the rows; a run that dies
 * between the two does both again. */
static TaskOutcome
accept_news (SheetsReader *reader, RefreshTask *task)
{
  Refresh *refresh = reader->refresh;
  const ReadRevision *news = &reader->parts[PART_NEW];
  const Sheet *old = reader->parts[PART_CURRENT].sheet;
  g_autoptr (Changes) changes = old ? changes_from_sheets (refresh->knowledge, old, news->sheet) : NULL;
  if (!keep_sheet (refresh, task, news, changes))
    return OUTCOME_FAILED;
  say_what_is_new (task, news, &reader->parts[PART_CURRENT], changes);
  task->compared = changes != NULL;
  TaskOutcome outcome = task->record.current.row ? OUTCOME_REVISED : OUTCOME_NEW;
  record_set (&task->record.status, news->status);
  record_set (&task->record.reason, NULL);
  record_set (&task->record.read_with, refresh->fingerprint);
  refresh_begin (refresh);
  record_save (refresh->database, task->document, &task->record); /* for its row */
  record_add_revision (refresh->database, &task->record, news->sheet, news->status, refresh->run);
  keep_changes (refresh, task, changes);
  return outcome;
}

/* A sheet's JSON without what the bytes alone decide: their sum, their number, where they were found. */
static char *
content_of (const char *text)
{
  static const char *const of_bytes[] = {"sha256", "bytes", "uri"};
  cJSON *tree = cJSON_Parse (text), *source = cJSON_GetObjectItemCaseSensitive (tree, "source");
  for (gsize i = 0; i < G_N_ELEMENTS (of_bytes); i++)
    cJSON_DeleteItemFromObjectCaseSensitive (source, of_bytes[i]);
  char *printed = tree ? cJSON_PrintUnformatted (tree) : NULL, *content = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (tree);
  return content;
}

/* Whether the new bytes say what the current revision says, in the same places: a page whose tokens, scripts or comments
 * are others each time, a PDF with another date of its making. Both were read by this program. */
static gboolean
says_the_same (const SheetsReader *reader)
{
  const ReadRevision *news = &reader->parts[PART_NEW], *current = &reader->parts[PART_CURRENT];
  if (!news->text || !current->text)
    return FALSE;
  g_autofree char *new_content = content_of (news->text), *old_content = content_of (current->text);
  return new_content && g_strcmp0 (new_content, old_content) == 0;
}

/* Those bytes are not kept: the store would grow with each run. The validators of the response are: a server that says
 * that these bytes did not change says that nothing did. */
static void
drop_same_content (Refresh *refresh, RefreshTask *task)
{
  DocumentRecord *record = &task->record;
  g_free (record->same_sha256);
  g_free (record->same_seen);
  record->same_sha256 = g_steal_pointer (&record->sha256);
  record->same_seen = time_now ();
  record_set (&record->sha256, record->current.sha256);
  record_set (&record->charset, record->current.charset);
  record_set (&record->status, "ok");
  record_set (&record->reason, NULL);
  record_set (&record->read_with, refresh->fingerprint);
  g_free (task->news);
  task->news = g_strdup (_ ("other bytes, the same content"));
  task->status = "not-modified";
  task_keep (refresh, task);
  refresh_commit (refresh);
  if (!refresh->broken && !store_is_named (refresh->database, record->same_sha256, 0))
    store_remove (refresh->corpus, record->same_sha256);
}

/* Whether reading the same bytes again may end otherwise: the disk was full, the machine busy or out of memory, or the
 * limits are other ones. */
static gboolean
may_end_otherwise (const char *status)
{
  static const ChecksheetError errors[] = {CHECKSHEET_ERROR_IO,           CHECKSHEET_ERROR_CRASH,
                                           CHECKSHEET_ERROR_LIMIT_WALL,   CHECKSHEET_ERROR_LIMIT_CPU,
                                           CHECKSHEET_ERROR_LIMIT_MEMORY, CHECKSHEET_ERROR_LIMIT_PAGES,
                                           CHECKSHEET_ERROR_LIMIT_SIZE};
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (status, checksheet_error_status (errors[i])))
      return TRUE;
  return FALSE;
}

static void
refuse_news (SheetsReader *reader, RefreshTask *task)
{
  ReadRevision *news = &reader->parts[PART_NEW];
  gboolean for_now = may_end_otherwise (news->status); /* the next run reads them again */
  record_set (&task->record.status, for_now ? NULL : news->status);
  record_set (&task->record.reason, for_now ? NULL : news->reason);
  record_set (&task->record.read_with, for_now ? NULL : reader->refresh->fingerprint);
  task_fail (task, news->status, g_steal_pointer (&news->reason));
}

static TaskOutcome
remake (SheetsReader *reader, RefreshTask *task)
{
  Refresh *refresh = reader->refresh;
  ReadRevision *current = &reader->parts[PART_CURRENT];
  const Sheet *old = reader->parts[PART_BEFORE].sheet;
  if (!current->sheet) {
    task_fail (task, current->status, g_steal_pointer (&current->reason));
    return OUTCOME_FAILED;
  }
  g_autoptr (Changes) changes = old ? changes_from_sheets (refresh->knowledge, old, current->sheet) : NULL;
  current->has_changes = !old && task->record.before.row;
  if (!keep_sheet (refresh, task, current, changes))
    return OUTCOME_FAILED;
  refresh_begin (refresh);
  record_write_sheet (refresh->database, &task->record, current->sheet, current->status);
  keep_changes (refresh, task, changes);
  return OUTCOME_REMADE;
}

static void
conclude (SheetsReader *reader, RefreshTask *task)
{
  TaskOutcome outcome = OUTCOME_UNCHANGED;
  gboolean news = reader->parts[PART_NEW].status != NULL, same = says_the_same (reader);
  if (same)
    drop_same_content (reader->refresh, task);
  else if (reader->parts[PART_NEW].sheet)
    outcome = accept_news (reader, task);
  else if (news)
    refuse_news (reader, task);
  if ((same || !reader->parts[PART_NEW].sheet) && task_is_stale (reader->refresh, task))
    outcome = remake (reader, task);
  task_finish (reader->refresh, task, task->reason ? OUTCOME_FAILED : outcome);
}

static void
take_outcome (const Knowledge *knowledge, ReadRevision *part, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  part->status = outcome->status;
  part->reason = g_strdup (outcome->reason);
  if (outcome->failed)
    return;
  part->text = outcome_text (outcome, &part->length, &error);
  part->sheet = part->text ? sheet_from_json (knowledge, part->text, part->length, &error) : NULL;
  if (part->sheet)
    return;
  part->status = checksheet_error_status (error->code);
  g_free (part->reason);
  part->reason = g_strdup (error->message);
}

/* The bytes do not match the name of their file: nothing of them is taken for a revision. */
static void
refuse_altered (const Refresh *refresh, const char *sha256, Outcome *outcome)
{
  store_set_aside (refresh->corpus, sha256);
  outcome_fail (outcome, CHECKSHEET_ERROR_IO,
                g_strdup_printf (N_ ("store/%s: was altered after it was stored, and is set aside"), sha256));
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  SheetsReader *reader = data;
  const RevisionReading *reading = &g_array_index (reader->readings, RevisionReading, reader->turn++);
  if (outcome->sha256 && !g_str_equal (outcome->sha256, reading->sha256))
    refuse_altered (reader->refresh, reading->sha256, outcome);
  take_outcome (reader->refresh->knowledge, &reader->parts[reading->part], outcome);
  reading->task->seconds += outcome->seconds;
  if (!reading->last)
    return TRUE;
  conclude (reader, reading->task);
  for (RevisionPart part = 0; part < PARTS; part++)
    read_clear (&reader->parts[part]);
  return !reader->refresh->broken;
}

/* In a dry run, what would be read. */
static void
finish_dry (Refresh *refresh, RefreshTask *task)
{
  if (!task_has_news (refresh, task))
    task_finish (refresh, task, OUTCOME_REMADE);
  else
    task_finish (refresh, task, task->record.current.row ? OUTCOME_REVISED : OUTCOME_NEW);
}

static void
add_tasks (SheetsReader *reader)
{
  Refresh *refresh = reader->refresh;
  for (guint i = 0; i < refresh->tasks->len; i++) {
    RefreshTask *task = &g_array_index (refresh->tasks, RefreshTask, i);
    if (task->outcome != OUTCOME_OPEN)
      continue;
    if (refresh->dry)
      finish_dry (refresh, task);
    else
      add_readings (reader, task);
  }
}

int
refresh_read (Refresh *refresh, int jobs)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (input_free);
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (RevisionReading));
  SheetsReader reader = {.refresh = refresh, .inputs = inputs, .readings = readings};
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = refresh->knowledge, .ocr_model = ocr_model, .writer = writer_named ("json")};
  Work work = {.limits = refresh->limits, .task = document_task, .data = &task, .sandbox = refresh->sandbox};
  add_tasks (&reader);
  refresh_commit (refresh); /* no row stays uncommitted while documents are read */
  int number = inputs->len > 0 && !refresh->broken ? pool_run (inputs, &work, jobs, take_turn, &reader) : 0;
  for (RevisionPart part = 0; part < PARTS; part++)
    read_clear (&reader.parts[part]);
  return number;
}
