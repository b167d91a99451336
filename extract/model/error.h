/* error.h - how an input can fail: the one GError domain of the program.
 *
 * Errors live at the edges (opening, reading, writing); the middle of the program cannot fail and adds notes (note.h).
 * A message is one line, in the user's language, present tense. It says what is wrong, with both numbers if there is a
 * limit ("5200 pages, the limit is 2000"), and what to do. It does not name the file: that is printed before it, once
 * ("checksheet: FILE: MESSAGE").
 */
#pragma once

#include <glib.h>

/* One code for each way in which an input can fail; the ledger's words for them are in error.c. */
typedef enum {
  CHECKSHEET_ERROR_NO_SHEET,       /* read, but it does not contain a sheet of the catalogue */
  CHECKSHEET_ERROR_NEEDS_PASSWORD, /* encrypted */
  CHECKSHEET_ERROR_DAMAGED,        /* of a known type, but damaged or truncated */
  CHECKSHEET_ERROR_UNSUPPORTED,    /* of a type, or a variant of one, that the program does not read */
  CHECKSHEET_ERROR_LIMIT_CPU,
  CHECKSHEET_ERROR_LIMIT_WALL,
  CHECKSHEET_ERROR_LIMIT_MEMORY,
  CHECKSHEET_ERROR_LIMIT_PAGES,
  CHECKSHEET_ERROR_LIMIT_SIZE,
  CHECKSHEET_ERROR_CRASH,
  CHECKSHEET_ERROR_SANDBOX,  /* what reads it tried what it may not (run/sandbox.h) */
  CHECKSHEET_ERROR_FETCH,    /* the server did not deliver it */
  CHECKSHEET_ERROR_BLOCKED,  /* an address that is not public */
  CHECKSHEET_ERROR_MANIFEST, /* vendors.yaml is wrong */
  CHECKSHEET_ERROR_PATTERNS, /* a file of patterns/ is wrong */
  CHECKSHEET_ERROR_IO,       /* cannot be opened, read or written; must be the last */
} ChecksheetError;

#define CHECKSHEET_ERROR (checksheet_error_quark ())
GQuark checksheet_error_quark (void);

/* The ledger's word for CODE: "no-sheet", "needs-password", ... Static. */
const char *checksheet_error_status (ChecksheetError code);

/* Whether WORD is a status of the ledger, that of a failure or another ("ok"). */
gboolean status_is_known (const char *word);
