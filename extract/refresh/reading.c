/* reading.c - see refresh.h: the sheets of the documents that changed or whose sheet is out of date.
 *
 *     task has       reads                            because
 *     news           the new bytes, the current       a revision is told by what it changes
 *     a stale sheet  the current, the one before      what it changed is told anew too
 */
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "read/sheet_json.h"
#include "refresh/store/revision.h"
#include "refresh/store/store.h"
#include "refresh/task.h"
#include "road.h"
#include "run/output.h"
#include "run/pool.h"
#include "write/writer.h"

typedef enum { PART_NEW, PART_CURRENT, PART_BEFORE, PARTS } Part;

typedef struct {
  Task *task;
  Part part;
  char sha256[65]; /* what the bytes have to be */
  gboolean last;   /* of the task */
} Reading;

/* How the reading of one part ended. */
typedef struct {
  char *text; /* the sheet's JSON; NULL: it could not be read, or did not have to be */
  gsize length;
  Sheet *sheet; /* the same */
  const char *status;
  char *reason;
  gboolean told; /* what it changed was told, and cannot be told anew */
} Read;

typedef struct {
  Refresh *refresh;
  GPtrArray *inputs; /* Input, of each reading */
  GArray *readings;  /* Reading */
  guint turn;
  Read parts[PARTS]; /* of the task whose turn it is */
} Reader;

static void
read_clear (Read *part)
{
  g_free (part->text);
  sheet_free (part->sheet);
  g_free (part->reason);
  *part = (Read){0};
}

/* What has to be read. */

static void
add_reading (Reader *reader, Task *task, Part part, const char *sha256, const char *address, const char *charset)
{
  g_autofree char *path = store_path (reader->refresh->corpus, sha256);
  Reading reading = {.task = task, .part = part};
  g_strlcpy (reading.sha256, sha256, sizeof reading.sha256);
  g_ptr_array_add (reader->inputs, input_new (path, address, charset));
  g_array_append_val (reader->readings, reading);
}

static void
add_revision (Reader *reader, Task *task, Part part, const KnownRevision *revision)
{
  if (revision->row)
    add_reading (reader, task, part, revision->sha256, revision->address, revision->charset);
}

static void
add_readings (Reader *reader, Task *task)
{
  const Known *known = &task->known;
  if (task_has_news (reader->refresh, task))
    add_reading (reader, task, PART_NEW, known->sha256, known->address, known->charset);
  add_revision (reader, task, PART_CURRENT, &known->current);
  if (task_is_stale (reader->refresh, task))
    add_revision (reader, task, PART_BEFORE, &known->before);
  g_array_index (reader->readings, Reading, reader->readings->len - 1).last = TRUE;
}

/* What was read. */

static gboolean
write_file (const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (Output) output = output_open (path, error);
  if (output && output_write (output, text, length, error) && output_commit (output, error))
    return TRUE;
  g_autofree char *name = g_path_get_basename (path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
write_changes_file (const char *path, const Changes *changes, GError **error)
{
  g_autofree char *text = changes ? json_from_changes (changes) : NULL;
  if (text)
    return write_file (path, text, strlen (text), error);
  g_unlink (path); /* of an older revision */
  return TRUE;
}

static gboolean
write_files (const Refresh *refresh, const Task *task, const Read *part, const Changes *changes, GError **error)
{
  const char *id = task->document->id;
  g_autofree char *sheet = corpus_output (refresh->corpus, id, ".json");
  g_autofree char *changed = corpus_output (refresh->corpus, id, ".changes.json");
  return corpus_make_vendor (refresh->corpus, task->document->vendor, error) &&
         (part->told || write_changes_file (changed, changes, error)) &&
         write_file (sheet, part->text, part->length, error);
}

static char *
words_of_changes (const Changes *changes)
{
  return g_strdup_printf (_ ("changed %u, added %u, removed %u"), changes->changed->len, changes->added->len,
                          changes->removed->len);
}

static void
say_what_is_new (Task *task, const Read *part, const Read *old, const Changes *changes)
{
  g_free (task->said);
  if (changes)
    task->said = words_of_changes (changes);
  else if (old->reason)
    task->said =
        g_strdup_printf (_ ("%u items; what changed cannot be told: %s"), part->sheet->items->len, old->reason);
  else
    task->said = g_strdup_printf (_ ("%u items"), part->sheet->items->len);
}

/* PART is the sheet of the current revision as it is now, CHANGES what that revision changed (NULL: nothing that can be
 * told). */
static gboolean
keep_sheet (Refresh *refresh, Task *task, const Read *part, const Changes *changes)
{
  g_autoptr (GError) error = NULL;
  Known *known = &task->known;
  if (!write_files (refresh, task, part, changes, &error)) {
    task_fail (task, checksheet_error_status (CHECKSHEET_ERROR_IO), g_strdup (error->message));
    return FALSE;
  }
  known_keep (&known->made_with, refresh->fingerprint);
  known->made_bytes = part->length;
  task->status = part->status;
  return TRUE;
}

static void
keep_changes (Refresh *refresh, const Task *task, const Changes *changes)
{
  const Known *known = &task->known;
  if (!changes)
    return;
  g_autofree char *lines =
      ndjson_from_changes (changes, task->document->id, known->before.sha256, known->current.sha256);
  revision_write_changes (refresh->database, known, lines);
}

/* The new bytes are a sheet: the document's next revision. The files come first and the rows after them; a run that
 * dies between the two does both again. */
static TaskOutcome
accept_news (Reader *reader, Task *task)
{
  Refresh *refresh = reader->refresh;
  const Read *news = &reader->parts[PART_NEW];
  const Sheet *old = reader->parts[PART_CURRENT].sheet;
  g_autoptr (Changes) changes = old ? changes_from_sheets (old, news->sheet) : NULL;
  if (!keep_sheet (refresh, task, news, changes))
    return OUTCOME_FAILED;
  say_what_is_new (task, news, &reader->parts[PART_CURRENT], changes);
  TaskOutcome outcome = task->known.current.row ? OUTCOME_REVISED : OUTCOME_NEW;
  known_keep (&task->known.status, news->status);
  known_keep (&task->known.read_with, refresh->fingerprint);
  refresh_begin (refresh);
  known_save (refresh->database, task->document, &task->known); /* for its row */
  revision_add (refresh->database, &task->known, news->sheet, news->status, refresh->run);
  keep_changes (refresh, task, changes);
  return outcome;
}

/* Whether the same bytes may end otherwise at another time: on a full disk, a busy machine, one without memory. */
static gboolean
may_end_otherwise (const char *status)
{
  static const ChecksheetError errors[] = {CHECKSHEET_ERROR_IO, CHECKSHEET_ERROR_LIMIT_WALL, CHECKSHEET_ERROR_CRASH};
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (status, checksheet_error_status (errors[i])))
      return TRUE;
  return FALSE;
}

static void
refuse_news (Reader *reader, Task *task)
{
  Read *news = &reader->parts[PART_NEW];
  gboolean for_now = may_end_otherwise (news->status); /* the next run reads them again */
  known_keep (&task->known.status, for_now ? NULL : news->status);
  known_keep (&task->known.reason, for_now ? NULL : news->reason);
  known_keep (&task->known.read_with, for_now ? NULL : reader->refresh->fingerprint);
  task_fail (task, news->status, g_steal_pointer (&news->reason));
}

static TaskOutcome
remake (Reader *reader, Task *task)
{
  Refresh *refresh = reader->refresh;
  Read *current = &reader->parts[PART_CURRENT];
  const Sheet *old = reader->parts[PART_BEFORE].sheet;
  if (!current->sheet) {
    task_fail (task, current->status, g_steal_pointer (&current->reason));
    return OUTCOME_FAILED;
  }
  g_autoptr (Changes) changes = old ? changes_from_sheets (old, current->sheet) : NULL;
  current->told = !old && task->known.before.row;
  if (!keep_sheet (refresh, task, current, changes))
    return OUTCOME_FAILED;
  refresh_begin (refresh);
  revision_write_sheet (refresh->database, &task->known, current->sheet, current->status);
  keep_changes (refresh, task, changes);
  return OUTCOME_REMADE;
}

static void
conclude (Reader *reader, Task *task)
{
  TaskOutcome outcome = OUTCOME_UNCHANGED;
  gboolean news = reader->parts[PART_NEW].status != NULL;
  if (reader->parts[PART_NEW].sheet)
    outcome = accept_news (reader, task);
  else if (news)
    refuse_news (reader, task);
  if (!reader->parts[PART_NEW].sheet && task_is_stale (reader->refresh, task))
    outcome = remake (reader, task);
  task_finish (reader->refresh, task, task->reason ? OUTCOME_FAILED : outcome);
}

static void
take_outcome (Read *part, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  part->status = outcome->status;
  part->reason = g_strdup (outcome->reason);
  if (outcome->failed)
    return;
  part->text = outcome_text (outcome, &part->length, &error);
  part->sheet = part->text ? sheet_from_json (part->text, part->length, &error) : NULL;
  if (part->sheet)
    return;
  part->status = checksheet_error_status (error->code);
  g_free (part->reason);
  part->reason = g_strdup (error->message);
}

/* What was read is not what the store's file is named for: nothing of it is taken for a revision. */
static void
refuse_altered (const Refresh *refresh, const char *sha256, Outcome *outcome)
{
  store_set_aside (refresh->corpus, sha256);
  outcome_fail (outcome, CHECKSHEET_ERROR_IO,
                g_strdup_printf (_ ("store/%s: was altered after it was stored, and is set aside"), sha256));
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  Reader *reader = data;
  const Reading *reading = &g_array_index (reader->readings, Reading, reader->turn++);
  if (outcome->sha256 && !g_str_equal (outcome->sha256, reading->sha256))
    refuse_altered (reader->refresh, reading->sha256, outcome);
  take_outcome (&reader->parts[reading->part], outcome);
  reading->task->seconds += outcome->seconds;
  if (!reading->last)
    return TRUE;
  conclude (reader, reading->task);
  for (Part part = 0; part < PARTS; part++)
    read_clear (&reader->parts[part]);
  return !reader->refresh->broken;
}

/* A dry run ends here: what would be read is said. */
static void
finish_dry (Refresh *refresh, Task *task)
{
  if (!task_has_news (refresh, task))
    task_finish (refresh, task, OUTCOME_REMADE);
  else
    task_finish (refresh, task, task->known.current.row ? OUTCOME_REVISED : OUTCOME_NEW);
}

static void
add_tasks (Reader *reader)
{
  Refresh *refresh = reader->refresh;
  for (guint i = 0; i < refresh->tasks->len; i++) {
    Task *task = &g_array_index (refresh->tasks, Task, i);
    if (task->outcome != OUTCOME_OPEN)
      continue;
    if (refresh->options->dry)
      finish_dry (refresh, task);
    else
      add_readings (reader, task);
  }
}

int
refresh_read (Refresh *refresh)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (input_free);
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  Reader reader = {.refresh = refresh, .inputs = inputs, .readings = readings};
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  SheetTask task = {writer_named ("json"), ocr_model};
  Work work = {.limits = &usual_limits, .task = sheet_task, .data = &task};
  add_tasks (&reader);
  refresh_commit (refresh); /* no row waits while documents are read */
  int number =
      inputs->len > 0 && !refresh->broken ? pool_run (inputs, &work, refresh->options->jobs, take_turn, &reader) : 0;
  for (Part part = 0; part < PARTS; part++)
    read_clear (&reader.parts[part]);
  return number;
}
