/* qpdf_document.h - a PDF opened with qpdf, which prints nothing on standard error, and its pages as far as they can be
 * reached.
 *
 * A handle of qpdf's (qpdf_oh) lives as long as its document.
 */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>

/* The highest number of an object (ISO 32000-1, annex C). */
#define OBJECT_NUMBER_LIMIT 8388607

typedef qpdf_data QpdfDocument;

/* NULL: qpdf cannot open BYTES, which must outlive the document. qpdf repairs a wrong cross-reference table. The caller
 * frees. */
QpdfDocument qpdf_document_from_bytes (GBytes *bytes);
void qpdf_document_free (QpdfDocument pdf);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (QpdfDocument, qpdf_document_free, NULL)

/* Whether qpdf warned, or failed, since the last call. */
gboolean qpdf_document_complained (QpdfDocument pdf);

typedef struct {
  int id;       /* object number of what the tree names; 0: it is written in the tree itself */
  qpdf_oh page; /* 0: it is lost */
} PageSlot;

typedef struct {
  qpdf_oh root;  /* the catalogue */
  GArray *slots; /* PageSlot, in the order of the document */
  int found;     /* those that are not lost */
  int expected;  /* pages according to the document; 0: it does not say */
} PageTree;

/* What the tree of PDF reaches from its root. Never NULL; the caller frees. */
PageTree *page_tree_from_root (QpdfDocument pdf);

/* The same, with the catalogue, the tree's root and the pages looked for among the objects IDS (int). Never NULL; the
 * caller frees. */
PageTree *page_tree_from_objects (QpdfDocument pdf, GArray *ids);

/* Whether no page is lost, and there are as many as the document says. */
gboolean page_tree_is_whole (const PageTree *tree);

/* Makes TREE the document's, of one level, with an empty page for each that is lost. */
void page_tree_replace (QpdfDocument pdf, const PageTree *tree);

void page_tree_free (PageTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageTree, page_tree_free)
