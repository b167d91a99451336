/* sheet_stream.h - the sheets that a call names (SHEET…), one at a time, each with its exact text.
 *
 * A SHEET is one of these; what it is, its first bytes say:
 *
 *     the JSON of a sheet           as convert writes it
 *     NDJSON                        a sheet a line, as convert and `export --nested` write it
 *     a database                    that `export --format sqlite` made
 *     a folder of these             as convert -o makes it; failures in its ledger.jsonl are told
 *     a corpus                      a folder with vendors.yaml: the current sheet of each document
 *     -                             standard input: any of these but a folder or a database
 *     a document, an address        what convert reads; a folder of documents too, if no sheet is in it
 *
 * Only one sheet is in memory. JSON is checked as a whole (read/sheet_json.h) before anyone sees it; documents are read
 * in processes of their own (run/pool.h). What cannot be read is told on standard error with file, line and cure, and
 * counted; the others follow.
 */
#pragma once

#include "library/options.h"
#include "patterns/knowledge.h"
#include "run/sandbox.h"

#include <cjson/cJSON.h>

/* All borrowed, and gone after the turn. */
typedef struct {
  const char *origin; /* for messages: "sheets/x.json", "all.ndjson:12" */
  const char *file; /* a name for a file of it: the input's without folder and extension, or its source's; not unique */
  const char *text; /* its JSON, byte for byte; of a line of NDJSON without the "\n" at its end */
  gsize length;
  const cJSON *tree;   /* the same, parsed; what is newer than this program is there too */
  const char *vendor;  /* as the document says, else as vendors.yaml has it, else `file`; never NULL */
  const char *product; /* NULL: the document does not say */
  const char *revised; /* the date of the last revision, else of issue, ISO 8601; NULL: the document does not say */
} StreamedSheet;

/* FALSE: stop, nothing more can be done. */
typedef gboolean (*SheetTurn) (const StreamedSheet *sheet, gpointer data);

/* How it ended. */
typedef struct {
  guint sheets; /* given to TURN */
  guint failed; /* what is named and could not be read */
  guint told;   /* inputs that had failed before, as a ledger or a line of NDJSON says */
  int signal;   /* that asks the program to end (pool_end_by_signal), or 0 */
  gboolean stopped;
} StreamEnd;

/* What documents are read with; all borrowed. */
typedef struct {
  const Knowledge *knowledge;
  const Sandbox *sandbox;
  const ChecksheetOptions *options;
} StreamReading;

/* Gives TURN the sheets that PATHS (ended by NULL) name, in that order. OUTPUT, the file or folder that the call writes,
 * is not read where it is in a folder that is walked; NULL: none. */
StreamEnd sheets_streamed (const StreamReading *reading, char *const *paths, const char *output, SheetTurn turn,
                           gpointer data);

/* The exit status of a call that did nothing but read them; says it where there were none. */
int exit_status_of_stream (const StreamEnd *end);
