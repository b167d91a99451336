/* error.h - how an input can fail: the one GError domain of the program.
 *
 * Errors live at the edges (opening, reading, writing); the middle of the program cannot fail and adds notes (note.h).
 * A message is one line, in the user's language, present tense. It says what is wrong, with both numbers where there is
 * a limit ("5200 pages, the limit is 5000"), and what to do. It does not name the file: whoever prints it does, once,
 * in front ("checksheet: FILE: MESSAGE").
 */
#pragma once

#include <glib.h>

/* One code for each way an input can end; the names that the ledger writes are in error.c, in this order. */
typedef enum {
  CHECKSHEET_ERROR_NO_SHEET,       /* read, and there is no METI sheet in it */
  CHECKSHEET_ERROR_NEEDS_PASSWORD, /* encrypted */
  CHECKSHEET_ERROR_DAMAGED,        /* of a known type, but broken or cut short */
  CHECKSHEET_ERROR_UNSUPPORTED,    /* of a type, or a kind of a type, that the program does not read */
  CHECKSHEET_ERROR_LIMIT_CPU,
  CHECKSHEET_ERROR_LIMIT_WALL,
  CHECKSHEET_ERROR_LIMIT_MEMORY,
  CHECKSHEET_ERROR_LIMIT_PAGES,
  CHECKSHEET_ERROR_LIMIT_SIZE,
  CHECKSHEET_ERROR_CRASH,
  CHECKSHEET_ERROR_FETCH,    /* the server did not give it */
  CHECKSHEET_ERROR_BLOCKED,  /* an address that is not public */
  CHECKSHEET_ERROR_MANIFEST, /* vendors.yaml says what cannot be */
  CHECKSHEET_ERROR_PATTERNS, /* a file of patterns/ is wrong */
  CHECKSHEET_ERROR_IO,       /* cannot be opened, read or written; the last */
} ChecksheetError;

#define CHECKSHEET_ERROR (checksheet_error_quark ())
GQuark checksheet_error_quark (void);

/* The ledger's word for CODE: "no-sheet", "needs-password", ... Borrowed. */
const char *checksheet_error_status (ChecksheetError code);
