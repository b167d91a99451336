/* road.h - the whole way of a document, from its bytes to its sheet.
 *
 *     Source ─► Page[] ─► Block[] ─► Table[] ─► Sheet
 *        may fail └── cannot fail: adds Note[] ──┘└─ may fail
 */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"
#include "read/source.h"

/* The sheet in SOURCE. Errors: those of pages_from_source (read/reader.h), and NO_SHEET. The caller frees. */
Sheet *sheet_from_source (const Knowledge *knowledge, const Source *source, GError **error);

/* The steps before, for those who want to see them; NOTES (Note) are added to. A list of Block, and one of Table. */
GPtrArray *blocks_from_source (const Source *source, GPtrArray *notes, GError **error);
GPtrArray *tables_from_source (const Source *source, GPtrArray *notes, GError **error);

/* The sheet in SOURCE as text in the format of DATA, a Writer (write/writer.h): a WorkerTask (run/worker.h). The
 * warning is the first of the sheet's notes that is more than information, and how many there are. */
char *sheet_task (const Knowledge *knowledge, const Source *source, gconstpointer data, char **warning, GError **error);
