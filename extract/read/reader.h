/* reader.h - from bytes to pages: one reader for each kind of input, in one table (reader.c). */
#pragma once

#include "model/note.h"
#include "model/page.h"
#include "read/source.h"

/* Reads SOURCE with the reader for its media type. Gives a list of Page, at least one. Errors: NEEDS_PASSWORD, DAMAGED,
 * UNSUPPORTED (a PDF without any text: a picture), LIMIT_PAGES. What could be read around adds notes. */
GPtrArray *pages_from_source (const Source *source, GPtrArray *notes, GError **error);

/* The readers, for reader.c. */
GPtrArray *pages_from_pdf (const Source *source, GPtrArray *notes, GError **error);
GPtrArray *pages_from_html (const Source *source, GPtrArray *notes, GError **error);
GPtrArray *pages_from_text (const Source *source, GPtrArray *notes, GError **error);
GPtrArray *pages_from_workbook (const Source *source, GPtrArray *notes, GError **error);
GPtrArray *pages_from_encrypted (const Source *source, GPtrArray *notes, GError **error); /* always NEEDS_PASSWORD */
GPtrArray *pages_from_archive (const Source *source, GPtrArray *notes, GError **error);   /* DAMAGED or UNSUPPORTED */
