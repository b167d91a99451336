/* sheet_folder.h - the folder of convert -o DIR: a file for each sheet, and the ledger (ledger.h) beside them.
 *
 * Several runs may share it. A sheet keeps its file name from run to run; a name that is another input's is not taken
 * (input_name has more of them).
 */
#pragma once

#include "run/ledger.h"
#include "run/worker.h"

typedef struct {
  char *path;
  Ledger *ledger;
  char *extension; /* "json" */
  char *made_by;   /* what decides how a sheet comes out: program, patterns, format */
} SheetFolder;

/* The folder at PATH, which exists; all is copied. Error: CHECKSHEET_ERROR_IO. The caller closes. */
SheetFolder *sheet_folder_open (const char *path, const char *extension, const char *made_by, GError **error);
void sheet_folder_close (SheetFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SheetFolder, sheet_folder_close)

/* Writes what INPUT ended in: its sheet, after HEAD (NULL: nothing), and its record. A sheet that cannot be written
 * makes OUTCOME a failure (io-error). FALSE with ERROR (IO): the record cannot be written, so that the run must end. */
gboolean sheet_folder_put (SheetFolder *folder, const Input *input, Outcome *outcome, const char *head, GError **error);

/* Which inputs are done again. */
typedef struct {
  gboolean resume;    /* what is missing or changed, and what may have failed by the machine's fault */
  char *const *retry; /* what ended in one of these statuses; NULL: none */
} Redoing;

/* The status in which INPUT ended before, if it need not be done again; NULL: it is to be done. It is done where the
 * last record is of these bytes (SHA-256) and of the same program, patterns and format, and its sheet is there. A
 * failure counts as done too, but for those that the machine and not the document may have caused: crash, io-error,
 * fetch-error. With `retry` alone all others are left as they are; "": without a record. */
const char *sheet_folder_done (const SheetFolder *folder, const Input *input, const Redoing *redoing);

/* Whether STATUS, as the ledger has it, is that of a sheet. */
gboolean status_is_good (const char *status);
