/* ledger.h - the outcome of each input: a file of JSON, one object a line, that only grows.
 *
 *     {"uri": "a/x.pdf", "sha256": "…", "status": "ok", "reason": null, "seconds": 0.041, "output": "x.json",
 *      "made_by": "sha256:…"}
 *
 * Every input that a run ends has one record in it, a failed one too, in the order in which they end. Earlier runs'
 * records stay: THE LAST RECORD OF A URI COUNTS. `output` is a file in the ledger's folder; null: nothing was written,
 * and then `kept`, where it is there, is the sheet of an earlier run that was left in place. `made_by` is the
 * fingerprint of what made the sheet: program, patterns, format. `reason` is English. `seconds` is the only value that
 * differs between two runs over the same inputs.
 *
 * A uri is the input's path or address. A path that is not UTF-8 is percent-encoded: each byte that is not part of a
 * UTF-8 character, and "%" itself ("caf\xE9 5%.pdf" → "caf%E9 5%25.pdf"); any other path is written as it is.
 *
 * SEVERAL RUNS may share the file: it is opened with O_APPEND, a record is one write, and whoever puts a sheet in place
 * holds the file's lock (flock) from then until the record is written, so that the last sheet and the last record are
 * the same run's. What others appended is read each time the lock is taken.
 *
 * WHEN A RUN IS KILLED. A sheet is written and synced without a name. Then it gets its name, and its record is written,
 * by a process that no kill of the run, of its group or of a child that reads reaches (process_do_whole), and which holds
 * the lock until both are done:
 *
 *     killed before     neither sheet nor record: the input is missing, and --resume does it
 *     killed after      both are there; whoever waits for the lock finds them
 *
 * Only what ends that process in those two calls of the system (a kill by its own number, a loss of power) leaves a
 * sheet without a record, or with an older one: it has other bytes only if the input, or what made it, are others than
 * that record says; --resume compares both and does it again.
 *
 * So no record is ever of a sheet that was not put in place. When the power fails, what was not yet synced is lost too:
 * a sheet's name that is lost is noticed by --resume as a sheet that is gone; where a sheet replaces another, the
 * folder is synced before the record is written, so that no new record is beside an old sheet. A last line without its
 * end is cut off when the lock is taken: its writer is dead, since it would hold the lock.
 */
#pragma once

#include "run/output.h"

#define LEDGER_NAME "ledger.jsonl"

/* What is written; all borrowed, NULL is null. */
typedef struct {
  const char *uri; /* as ledger_uri gives it */
  const char *sha256, *status, *reason, *output;
  const char *made_by, *kept; /* NULL: the field is left out */
  double seconds;
} LedgerRecord;

/* What is remembered of the last record of an input. */
typedef struct {
  const char *status, *made_by; /* "": unknown */
  char sha256[65];              /* "": unknown */
  guint64 uri, output;          /* ledger_key of both; output 0: none */
} LedgerEntry;

typedef struct Ledger Ledger;

/* Opens the ledger at PATH, or makes it, and reads it. Error of all these: CHECKSHEET_ERROR_IO. The caller closes. */
Ledger *ledger_open (const char *path, GError **error);
void ledger_close (Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ledger, ledger_close)

/* Takes the lock, waiting for it, cuts off a torn line, and reads what others appended. File systems without locks are
 * used without. */
gboolean ledger_hold (Ledger *ledger, GError **error);
void ledger_release (Ledger *ledger);

/* Appends a LINE (ledger_line), or several, in one write; only while the lock is held. */
gboolean ledger_write (Ledger *ledger, const char *line, GError **error);

/* Gives OUTPUT, whose bytes are synced (output_sync), its path, and appends LINE, the record of it: both, whatever kills
 * this process. Where another file had that path, the new name is on the disk before the record is written. FALSE: the
 * record is not written; output_is_placed tells whether the file has its path. Only while the lock is held. */
gboolean ledger_put (Ledger *ledger, Output *output, const char *line, GError **error);

/* Waits until all that was written is on the disk. */
gboolean ledger_sync (Ledger *ledger, GError **error);

/* The last record of URI that was read; NULL: there is none. Borrowed, until the next ledger_hold. */
const LedgerEntry *ledger_entry (const Ledger *ledger, const char *uri);

/* Whether the file OUTPUT is the sheet of another input than URI. */
gboolean ledger_is_taken (const Ledger *ledger, const char *output, const char *uri);

/* A name as one number: the start of its SHA-256, never 0. */
guint64 ledger_key (const char *name);

/* PATH as a uri. The caller frees. */
char *ledger_uri (const char *path);

/* RECORD as a line with its "\n". The caller frees. */
char *ledger_line (const LedgerRecord *record);

/* The line of an input that failed in a stream of sheets, one a line:
 *
 *     {"format": "checksheet-failure/1", "source": {"uri": "a/x.pdf", "sha256": "…"}, "status": "damaged", "reason": "…"}
 *
 * The caller frees. */
char *failure_line (const LedgerRecord *record);
