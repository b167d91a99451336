/* event.h - what happens to the documents of a corpus that somebody may want to be told of, each once: rows of the table
 * `events`, written in the same commit as what they tell of, so that a run that is killed neither loses one nor tells it
 * twice.
 *
 *     new, revised        a revision; its changes, item by item, are in the table `changes`
 *     failed              no newest bytes, or they are no sheet; told again only after it recovered
 *     gone                the server says so (404, 410), or the file is no more; told also of one that failed before
 *     recovered           after one of these two: `since` says from when
 *     retired, restored   vendors.yaml lists it no longer, or again
 *
 * Two readers: the file of `--changes` gets the items that changed, a line each, and the events for which there are
 * none; the command of `--on-change` gets the events, a line each (out/event-1.schema.json).
 */
#pragma once

#include "refresh/line_file.h"
#include "refresh/task.h"

typedef enum {
  EVENT_NEW,
  EVENT_REVISED,
  EVENT_FAILED,
  EVENT_GONE,
  EVENT_RECOVERED,
  EVENT_RETIRED,
  EVENT_RESTORED
} EventKind;

/* One event of a document. Texts may be NULL where there is none. All borrowed. */
typedef struct {
  EventKind kind;
  const char *document, *vendor, *vendor_name; /* "vendor/document", "vendor", 株式会社… */
  const char *status, *reason;                 /* the ledger's word; why, in English */
  const char *since;                           /* of a failure or retirement: the time of the first */
  int tries;                                   /* how often it failed */
  const char *address, *old_sha256, *new_sha256;
  gint64 revision;   /* of new and revised: its row; else 0 */
  gboolean compared; /* of revised: what it changed is known */
} Event;

/* Adds its row, to be committed with what it tells of. */
void event_add (Refresh *refresh, const Event *event);

/* The event that TASK's end is, if it is one; its record keeps what was told. */
void events_of_task (Refresh *refresh, RefreshTask *task);

/* Appends what is not yet in the file of --changes, and notes that it is there. Where it cannot be written that is
 * reported, once, and the next run writes it. */
void events_write (Refresh *refresh);

/* Runs COMMAND (by sh) with the events that it was not told yet on its standard input; without any it is not run. FALSE:
 * it failed, or was ended since it took more than SECONDS, which was reported; the next run tells them again. */
gboolean events_tell (Refresh *refresh, const char *command, double seconds);

/* At the end of a run: what nobody asked for is not told later. */
void events_drop (Refresh *refresh, gboolean changes, gboolean command);
