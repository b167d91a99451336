/* road.h - the whole way of a document, from its bytes to its sheet.
 *
 *     Source ─► Page[] ─► Block[] ─► Table[] ─► Sheet
 *        may fail └── cannot fail: adds Note[] ──┘└─ may fail
 */
#pragma once

#include "model/sheet.h"
#include "read/reader.h"
#include "run/worker.h"
#include "write/writer.h"

/* The sheet in SOURCE. OPTIONS: NULL for the defaults. Errors: those of pages_from_source (read/reader.h), and
 * NO_SHEET. The caller frees. */
Sheet *sheet_from_source (const Source *source, const ReadOptions *options, GError **error);

/* The steps before, for those who want to see them; NOTES (Note) are added to. A list of Block, and one of Table. */
GPtrArray *blocks_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *tables_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);

/* What sheet_task is given. */
typedef struct {
  const Writer *writer;
  const OcrModel *ocr_model; /* as in ReadOptions */
} SheetTask;

/* The sheet in SOURCE as text in the format of DATA, a SheetTask: a WorkerTask (run/worker.h). The warning is the first
 * of the sheet's notes that is more than information, and how many there are. */
char *sheet_task (const Source *source, gconstpointer data, const MoreTime *more_time, char **warning, GError **error);
