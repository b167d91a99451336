/* reader.h - from bytes to pages: one reader for each kind of input, in one table (reader.c).
 *
 *   Source ─► media type ─► reader ─► Page[]
 *
 * A page of a PDF has glyphs and ruling lines, in points from its top left corner. The other formats name their own
 * tables: their one page has blocks.
 */
#pragma once

#include "layout/evidence.h"
#include "model/note.h"
#include "model/page.h"
#include "modules/module.h"
#include "patterns/knowledge.h"
#include "read/picture/ocr_model.h"
#include "read/source.h"

/* What every reader is given. All of it is borrowed. */
typedef struct {
  const Knowledge *knowledge; /* never NULL */
  const OcrModel *ocr_model;  /* NULL: looked up when a page has to be recognised from its picture */

  /* Called once a document, before its first page is recognised from its picture, with their number: each takes seconds.
   * May be NULL. */
  void (*pictures_ahead) (int pages, gpointer data);

  /* Saves a document of an old format anew (office/libreoffice.h); UNSUPPORTED: LibreOffice is not installed. NULL: the
   * reader starts it itself. */
  GBytes *(*save_office) (GBytes *bytes, const char *from, const char *filter, const char *to, gpointer data,
                          GError **error);

  /* Opens a module that the document needs, or says why it cannot be (IO). NULL: module_open. */
  gboolean (*open_module) (ModuleKind kind, gpointer data, GError **error);
  gpointer data; /* for all three */

  const Weighing *weighing; /* how the evidence for tables weighs; NULL: as usual */
} ReadOptions;

/* Reads SOURCE with the reader for its media type; returns a list of Page, at least one;
 * the caller frees. Errors: NEEDS_PASSWORD, DAMAGED, UNSUPPORTED (an unknown type; a PDF of pictures that cannot
 * be recognised), LIMIT_PAGES. What could be read in spite of a fault adds to NOTES (Note). */
GPtrArray *pages_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);

/* Opens what OPTIONS open it with. FALSE with ERROR set: it cannot be. */
gboolean reader_open_module (const ReadOptions *options, ModuleKind kind, GError **error);

/* Sets the error UNSUPPORTED for SOURCE, with what to do instead. */
void refuse_source (const Source *source, GError **error);

/* The readers, for reader.c. */
GPtrArray *pages_from_pdf (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_html (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_text (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_old_office (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_opendocument (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_word (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_workbook (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
GPtrArray *pages_from_spreadsheet_xml (const Source *source, const ReadOptions *options, GPtrArray *notes,
                                       GError **error);
