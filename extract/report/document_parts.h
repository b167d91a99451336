/* document_parts.h - what a report shows of a document itself: its pages as pictures, the lines of a text.
 *
 * A document is looked for where its sheet says, beside the sheet, in the folder of --documents, and in the store of a
 * corpus; it is shown only if its SHA-256 is the sheet's. It is read in a process of its own (run/worker.h).
 */
#pragma once

#include "library/options.h"
#include "report/report.h"
#include "run/sandbox.h"

/* Where documents may be. All borrowed. */
typedef struct {
  const char *documents;  /* the folder of --documents; NULL: none */
  char *const *sheets;    /* the SHEET arguments: a corpus has a store/ */
  const Sandbox *sandbox; /* that they are read in */
  const ChecksheetOptions *options;
} DocumentPlaces;

/* Fills in `pictures` and `lines`, or `no_document`, of OF, whose JSON (or which itself) is at ORIGIN. Returns 0, or a
 * signal that asks the program to end (run/pool.h). */
int report_sheet_add_document (ReportSheet *of, const char *origin, const DocumentPlaces *places);
