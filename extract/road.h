/* road.h - the whole way of a document from its bytes to its sheet.
 *
 *     Source ─► Page[] ─► Block[] ─► Table[] ─► Sheet
 *        may fail └── cannot fail: adds Note[] ──┘└─ may fail
 */
#pragma once

#include "model/sheet.h"
#include "read/reader.h"

/* The sheet in SOURCE. Errors: those of pages_from_source (read/reader.h), and NO_SHEET. The caller frees. */
Sheet *sheet_from_source (const Source *source, const ReadOptions *options, GError **error);

/* The pages of SOURCE, or, where it is a wrapping (read/wrapping/wrapping.h), of the document in it that has a sheet, else of
 * the first that can be read. Errors: those of pages_from_source and members_from_source. The caller frees. */
GPtrArray *pages_of_input (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);

/* The steps before it, for `checksheet show`: a list of Block and one of Table, to be freed by the caller; adds to
 * NOTES (Note). Errors: those of pages_from_source. */
GPtrArray *blocks_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *tables_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
