/* event.c - see event.h */
#include "refresh/event.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "refresh/log.h"
#include "run/process.h"
#include "text/translated.h"
#include "write/json.h"
#include "write/json_text.h"

static const char *const kinds[] = {
    [EVENT_NEW] = "new",           [EVENT_REVISED] = "revised",     [EVENT_FAILED] = "failed",
    [EVENT_GONE] = "gone",         [EVENT_RECOVERED] = "recovered", [EVENT_RETIRED] = "retired",
    [EVENT_RESTORED] = "restored",
};

/* JSON. */

static const char select_items[] =
    "select change, meti, number, name, declared from changes where revision = ? order by position";

static void
add_text (cJSON *object, const char *name, const char *text)
{
  cJSON_AddItemToObject (object, name, json_from_text (text));
}

static cJSON *
json_from_item_change (sqlite3_stmt *row)
{
  static const char *const names[] = {"change", "meti", "number", "name"};
  cJSON *object = cJSON_CreateObject ();
  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    add_text (object, names[i], (const char *)sqlite3_column_text (row, i));
  gboolean asked = sqlite3_column_type (row, 4) == SQLITE_INTEGER;
  cJSON_AddItemToObject (object, "declared",
                         asked ? cJSON_CreateBool (sqlite3_column_int (row, 4)) : cJSON_CreateNull ());
  return object;
}

/* {"added", "removed", "changed", "renumbered": how many, "items": which}; null for what is no revision. COUNTS: the
 * four numbers. */
static cJSON *
json_from_revision (Refresh *refresh, const Event *event, int counts[4])
{
  static const char *const names[4] = {"added", "removed", "changed", "renumbered"};
  if (event->kind != EVENT_REVISED || !event->compared)
    return cJSON_CreateNull ();
  cJSON *list = cJSON_CreateArray (), *object = cJSON_CreateObject ();
  sqlite3_stmt *rows = database_ask (refresh->database, select_items, "i", event->revision);
  while (database_row (refresh->database, rows)) {
    for (int i = 0; i < 4; i++)
      counts[i] += g_str_equal (names[i], (const char *)sqlite3_column_text (rows, 0));
    cJSON_AddItemToArray (list, json_from_item_change (rows));
  }
  for (int i = 0; i < 4; i++)
    cJSON_AddNumberToObject (object, names[i], counts[i]);
  cJSON_AddItemToObject (object, "items", list);
  return object;
}

/* One line for people, in their language. */
static char *
text_of_event (const Event *event, const int counts[4])
{
  const char *id = event->document;
  g_autofree char *reason = text_translated (event->reason ? event->reason : "?");
  switch (event->kind) {
  case EVENT_NEW:
    return g_strdup_printf (_ ("%s: new"), id);
  case EVENT_REVISED:
    if (!event->compared)
      return g_strdup_printf (_ ("%s: revised; what changed is unknown"), id);
    return g_strdup_printf (_ ("%s: revised: changed %d, added %d, removed %d"), id, counts[2], counts[0], counts[1]);
  case EVENT_FAILED:
    return g_strdup_printf (_ ("%s: failed: %s"), id, reason);
  case EVENT_GONE:
    return g_strdup_printf (_ ("%s: gone: %s"), id, reason);
  case EVENT_RECOVERED:
    return g_strdup_printf (_ ("%s: recovered, had failed since %s"), id, event->since);
  case EVENT_RETIRED:
    return g_strdup_printf (_ ("%s: retired, vendors.yaml lists it no longer"), id);
  case EVENT_RESTORED:
    return g_strdup_printf (_ ("%s: vendors.yaml lists it again"), id);
  }
  return g_strdup (id);
}

static char *
json_from_event (Refresh *refresh, const Event *event, gint64 number, const char *now)
{
  int counts[4] = {0};
  cJSON *object = cJSON_CreateObject (), *changes = json_from_revision (refresh, event, counts);
  g_autofree char *text = text_of_event (event, counts);
  add_text (object, "format", "checksheet-event/1");
  cJSON_AddNumberToObject (object, "id", number);
  add_text (object, "time", now);
  add_text (object, "event", kinds[event->kind]);
  add_text (object, "change", kinds[event->kind]);
  add_text (object, "document", event->document);
  add_text (object, "vendor", event->vendor);
  add_text (object, "vendor_name", event->vendor_name);
  add_text (object, "address", event->address);
  add_text (object, "status", event->status);
  add_text (object, "reason", event->reason);
  add_text (object, "since", event->since);
  cJSON_AddNumberToObject (object, "tries", event->tries);
  add_text (object, "old_sha256", event->old_sha256);
  add_text (object, "new_sha256", event->new_sha256);
  cJSON_AddItemToObject (object, "changes", changes);
  add_text (object, "text", text);
  char *line = json_text_of_one_line (object);
  cJSON_Delete (object);
  return line;
}

/* Rows. */

static gint64
next_number (Database *database)
{
  gint64 number = 1;
  sqlite3_stmt *row = database_ask (database, "select coalesce (max (event), 0) + 1 from events", "");
  while (database_row (database, row))
    number = sqlite3_column_int64 (row, 0);
  return number;
}

void
event_add (Refresh *refresh, const Event *event)
{
  g_autofree char *now = time_now ();
  gint64 number = next_number (refresh->database);
  g_autofree char *line = json_from_event (refresh, event, number, now);
  refresh_begin (refresh);
  database_do (refresh->database,
               "insert into events (event, time, document, kind, run, revision, json) values (?,?,?,?,?,?,?)",
               "itttint", number, now, event->document, kinds[event->kind], refresh->run, event->revision, line);
  refresh->events++;
}

static Event
event_of_task (const RefreshTask *task, EventKind kind)
{
  const DocumentRecord *record = &task->record;
  const ManifestDocument *document = task->document;
  const char *asked = document->url ? document->url : document->page;
  return (Event){.kind = kind,
                 .document = document->id,
                 .vendor = document->vendor,
                 .vendor_name = document->vendor_name,
                 .status = task->status,
                 .reason = task->reason,
                 .address = record->address ? record->address : asked,
                 .new_sha256 = record->current.sha256};
}

static void
tell_of_failure (Refresh *refresh, RefreshTask *task)
{
  DocumentRecord *record = &task->record;
  EventKind kind = task->gone ? EVENT_GONE : EVENT_FAILED;
  g_autofree char *now = time_now ();
  if (!record->failed_since)
    record_set (&record->failed_since, now);
  Event event = event_of_task (task, kind);
  record_set (&record->failure, task->status);
  record_set (&record->failure_reason, event.reason);
  record->tries++;
  gboolean is_told = record->told && (kind == EVENT_FAILED || g_str_equal (record->told, kinds[EVENT_GONE]));
  if (is_told)
    return;
  event.since = record->failed_since;
  event.tries = record->tries;
  event_add (refresh, &event);
  record_set (&record->told, kinds[kind]);
}

static void
tell_of_recovery (Refresh *refresh, RefreshTask *task)
{
  DocumentRecord *record = &task->record;
  Event event = event_of_task (task, EVENT_RECOVERED);
  event.reason = record->failure_reason;
  event.since = record->failed_since;
  event.tries = record->tries;
  event_add (refresh, &event);
  g_clear_pointer (&record->failure, g_free);
  g_clear_pointer (&record->failure_reason, g_free);
  g_clear_pointer (&record->failed_since, g_free);
  g_clear_pointer (&record->told, g_free);
  record->tries = 0;
}

static void
tell_of_revision (Refresh *refresh, RefreshTask *task)
{
  const DocumentRecord *record = &task->record;
  Event event = event_of_task (task, task->outcome == OUTCOME_NEW ? EVENT_NEW : EVENT_REVISED);
  event.old_sha256 = record->before.sha256;
  event.revision = record->current.row;
  event.compared = task->compared;
  event_add (refresh, &event);
}

void
events_of_task (Refresh *refresh, RefreshTask *task)
{
  DocumentRecord *record = &task->record;
  if (record->retired) {
    Event event = event_of_task (task, EVENT_RESTORED);
    event.since = record->retired;
    event_add (refresh, &event);
    g_clear_pointer (&record->retired, g_free);
  }
  if (task->outcome == OUTCOME_FAILED)
    tell_of_failure (refresh, task);
  else if (record->failed_since)
    tell_of_recovery (refresh, task);
  if (task->outcome == OUTCOME_NEW || task->outcome == OUTCOME_REVISED)
    tell_of_revision (refresh, task);
}

/* The file of --changes. */

/* The items that the revision changed; where there are none, the event itself; nothing for a new document. */
static char *
lines_for_file (Refresh *refresh, const char *kind, gint64 revision, const char *json)
{
  GString *lines = g_string_new (NULL);
  if (g_str_equal (kind, kinds[EVENT_NEW]))
    return g_string_free (lines, FALSE);
  sqlite3_stmt *rows =
      database_ask (refresh->database, "select json from changes where revision = ? order by position", "n", revision);
  while (database_row (refresh->database, rows))
    g_string_append_printf (lines, "%s\n", (const char *)sqlite3_column_text (rows, 0));
  if (lines->len == 0)
    g_string_append (lines, json);
  return g_string_free (lines, FALSE);
}

static void
stop_writing (Refresh *refresh, const GError *error)
{
  const char *path = refresh->changes->path;
  progress_clear (&refresh->progress);
  log_complaint (g_str_equal (path, "-") ? _ ("standard output") : path, error->message);
  g_clear_pointer (&refresh->changes, line_file_close);
  refresh->untold = TRUE;
}

typedef struct {
  gint64 number, revision;
  char *kind, *json;
} PendingEvent;

static void
pending_event_clear (gpointer data)
{
  PendingEvent *event = data;
  g_free (event->kind);
  g_free (event->json);
}

/* SQL gives event, revision, kind and json of each. */
static GArray *
pending_events (Database *database, const char *sql)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (PendingEvent));
  g_array_set_clear_func (events, pending_event_clear);
  sqlite3_stmt *rows = database_ask (database, sql, "");
  while (database_row (database, rows)) {
    PendingEvent event = {sqlite3_column_int64 (rows, 0), sqlite3_column_int64 (rows, 1), database_text (rows, 2),
                          database_text (rows, 3)};
    g_array_append_val (events, event);
  }
  return events;
}

void
events_write (Refresh *refresh)
{
  g_autoptr (GError) error = NULL;
  if (!refresh->changes)
    refresh->events = 0;
  if (refresh->events == 0 || refresh->broken)
    return;
  refresh_commit (refresh); /* what is told of must not be taken back */
  g_autoptr (GArray) events = pending_events (
      refresh->database, "select event, revision, kind, json from events where written is null order by event");
  for (guint i = 0; i < events->len && !refresh->broken; i++) {
    const PendingEvent *event = &g_array_index (events, PendingEvent, i);
    g_autofree char *now = time_now ();
    g_autofree char *lines = lines_for_file (refresh, event->kind, event->revision, event->json);
    /* A run that was killed may have written the first of these and not have noted it. */
    gboolean there = refresh->first_events && i == 0 && *lines && line_file_ends_with (refresh->changes, lines);
    if (*lines && !there && !line_file_append (refresh->changes, lines, &error)) {
      stop_writing (refresh, error);
      return;
    }
    refresh_begin (refresh);
    database_do (refresh->database, "update events set written = ? where event = ?", "ti", now, event->number);
    refresh_commit (refresh);
  }
  refresh->first_events = FALSE;
  refresh->events = 0;
}

/* The command of --on-change. */

enum { TOO_LATE = -2 };

/* In the child. Its standard output is our standard error: ours carries data only. What it starts is in its group, so that
 * all of it can be ended. */
static void
become_command (const char *command, int input)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  lseek (input, 0, SEEK_SET);
  dup2 (input, STDIN_FILENO);
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  signal (SIGPIPE, SIG_DFL);
  signal (SIGXFSZ, SIG_DFL);
  sigset_t none;
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  execl ("/bin/sh", "sh", "-c", command, NULL);
  _exit (127);
}

/* Waits for PROCESS, the first of its group, which is ended after SECONDS: it is asked to, then made to. Gives the status,
 * as wait does, or TOO_LATE. */
static int
wait_for_command (pid_t process, double seconds)
{
  enum { PAUSE = G_USEC_PER_SEC / 50, GRACE = 2 };
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
  int status = 0;
  gboolean late = FALSE;
  for (pid_t ended; (ended = waitpid (process, &status, WNOHANG)) != process; g_usleep (PAUSE)) {
    if (ended < 0 && errno != EINTR)
      return -1;
    if (g_get_monotonic_time () < end)
      continue;
    kill (-process, late ? SIGKILL : SIGTERM);
    late = TRUE;
    end = g_get_monotonic_time () + GRACE * G_USEC_PER_SEC;
  }
  if (late)
    kill (-process, SIGKILL); /* what it started may not have ended with it */
  return late ? TOO_LATE : status;
}

/* The status that the command ended with, as wait gives it; -1: it could not be started, errno says why; TOO_LATE: it was
 * ended after SECONDS. */
static int
run_command (const char *command, const GString *lines, double seconds)
{
  int status = -1, input = temporary_file ();
  if (input < 0)
    return -1;
  gboolean written = write (input, lines->str, lines->len) == (gssize)lines->len;
  pid_t process = written ? fork () : -1;
  if (process == 0)
    become_command (command, input);
  close (input);
  if (process > 0)
    setpgid (process, process); /* whoever of both comes first */
  if (process > 0)
    status = wait_for_command (process, seconds);
  return status;
}

static gboolean
complain_of_command (int status, double seconds)
{
  g_autofree char *why = NULL;
  if (status == -1)
    why = g_strdup_printf (_ ("the command cannot be started: %s; the next run tells it again"), g_strerror (errno));
  else if (status == TOO_LATE)
    why = g_strdup_printf (
        _ ("the command did not end within %g seconds and was ended; the next run tells it again; raise "
           "the limit with --on-change-timeout"),
        seconds);
  else if (WIFSIGNALED (status))
    why = g_strdup_printf (_ ("the command ended (%s); the next run tells it again"), g_strsignal (WTERMSIG (status)));
  else
    why = g_strdup_printf (_ ("the command ended with status %d; the next run tells it again"), WEXITSTATUS (status));
  log_complaint ("--on-change", why);
  return FALSE;
}

gboolean
events_tell (Refresh *refresh, const char *command, double seconds)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *now = time_now ();
  g_autoptr (GArray) events = pending_events (
      refresh->database, "select event, revision, kind, json from events where told is null order by event");
  for (guint i = 0; i < events->len; i++)
    g_string_append (lines, g_array_index (events, PendingEvent, i).json);
  if (events->len == 0)
    return TRUE;
  refresh_commit (refresh);
  int status = run_command (command, lines, seconds);
  if (status != 0)
    return complain_of_command (status, seconds);
  refresh_begin (refresh);
  database_do (refresh->database, "update events set told = ? where told is null and event <= ?", "ti", now,
               g_array_index (events, PendingEvent, events->len - 1).number);
  refresh_commit (refresh);
  return TRUE;
}

void
events_drop (Refresh *refresh, gboolean changes, gboolean command)
{
  refresh_begin (refresh);
  if (changes)
    database_do (refresh->database, "update events set written = 'unasked' where written is null and run = ?", "i",
                 refresh->run);
  if (command)
    database_do (refresh->database, "update events set told = 'unasked' where told is null and run = ?", "i",
                 refresh->run);
  refresh_commit (refresh);
}
