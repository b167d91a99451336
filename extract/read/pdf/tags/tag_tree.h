/* tag_tree.h - the tables in the structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8.4.3).
 *
 *   StructTreeRoot ─ Document ─ Table ─ TBody ─ TR ─ TD /RowSpan 2 ─ P ─ 17      the marked content 17 of a page
 *
 * Names that the document made up are led back to the standard ones by its role map. What stands in a cell of a table
 * within a cell is the inner table's.
 */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>

/* Content of a cell: what is marked with MARK on the page that is object PAGE. */
typedef struct {
  int page, mark;
  int cell; /* of TagTree's cells */
} TagMark;

typedef struct {
  int table, row, column, row_span, column_span;
} TagCell;

typedef struct {
  GArray *cells; /* TagCell */
  GArray *marks; /* TagMark */
  int tables;
} TagTree;

/* NULL: the document has no table in its structure. */
TagTree *tag_tree_from_pdf (qpdf_data pdf);

void tag_tree_free (TagTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TagTree, tag_tree_free)
