/* page_tree.h - the pages of a PDF in qpdf's hands, as far as they can be reached; private to rebuild.c.
 *
 * The handles are qpdf's and live as long as the document.
 */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>

typedef struct {
  int id;       /* the object that the tree names; 0: it stands in the tree itself */
  qpdf_oh page; /* 0: it is lost */
} PageSlot;

typedef struct {
  qpdf_oh root;  /* the catalogue */
  GArray *slots; /* PageSlot, in the order of the document */
  int found;     /* those that are not lost */
  int expected;  /* pages that the document says it has; 0: it does not say */
} PageTree;

/* What the tree of PDF reaches from its root. Never NULL. */
PageTree *page_tree_from_root (qpdf_data pdf);

/* The same, with the catalogue, the tree's root and the pages looked for among the objects IDS (int). Never NULL. */
PageTree *page_tree_from_objects (qpdf_data pdf, GArray *ids);

/* Whether no page is lost, and there are as many as the document says. */
gboolean page_tree_is_whole (const PageTree *tree);

/* Makes TREE the document's, of one level, with an empty page for each that is lost. */
void page_tree_replace (qpdf_data pdf, const PageTree *tree);

void page_tree_free (PageTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageTree, page_tree_free)
