/* tags.c - see tags.h */
#include "read/pdf/tags.h"

#include "modules/module.h"
#include "read/pdf/qpdf_document.h"

#include <string.h>

/* Structure tree (ISO 32000-1, 14.7 and 14.8.4.3)
 *
 *   StructTreeRoot ─ Document ─ Table ─ TBody ─ TR ─ TD /RowSpan 2 ─ P ─ 17      mark 17 of a page
 *
 * Names that the document defines itself are mapped to the standard ones by its role map. What is in a cell of a table
 * within a cell belongs to the inner table.
 */

/* Content of a cell: what has the mark `mark` on the page that is object `page`. */
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

/* Sheets have no deeper or larger trees, and no wider cells. */
#define DEPTH_LIMIT 60
#define ELEMENTS_LIMIT 100000
#define SPAN_LIMIT 60

/* Columns beyond this are taken as one. */
#define COLUMNS_LIMIT 500

typedef enum { KIND_OTHER, KIND_TABLE, KIND_ROW, KIND_CELL } TagKind;

/* The position of the walk in the tree. */
typedef struct {
  int table; /* -1: in none */
  int cell;  /* of the tree's cells; -1: in none */
  int page;  /* object of the page that holds the content */
} TagPosition;

/* The cells of a table so far. */
typedef struct {
  int row;
  GHashTable *taken; /* set of grid_key */
} TagTableLayout;

typedef struct {
  QpdfDocument pdf;
  qpdf_oh roles;
  TagTree *tree;
  GPtrArray *layouts; /* TagTableLayout, one a table */
  int elements;
} TagTreeWalk;

static void
layout_free (gpointer data)
{
  TagTableLayout *layout = data;
  g_hash_table_unref (layout->taken);
  g_free (layout);
}

static TagKind
kind_of_name (const char *name)
{
  static const struct {
    const char *name;
    TagKind kind;
  } kinds[] = {{"/Table", KIND_TABLE}, {"/TR", KIND_ROW}, {"/TD", KIND_CELL}, {"/TH", KIND_CELL}};
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return kinds[i].kind;
  return KIND_OTHER;
}

static TagKind
kind_of_element (TagTreeWalk *walk, qpdf_oh element)
{
  qpdf_oh type = qpdf_oh_get_key (walk->pdf, element, "/S");
  for (int i = 0; i < 3 && qpdf_oh_is_name (walk->pdf, type); i++) {
    g_autofree char *name = g_strdup (qpdf_oh_get_name (walk->pdf, type));
    TagKind kind = kind_of_name (name);
    if (kind != KIND_OTHER || !qpdf_oh_is_dictionary (walk->pdf, walk->roles))
      return kind;
    type = qpdf_oh_get_key (walk->pdf, walk->roles, name);
  }
  return KIND_OTHER;
}

static int
span_in (TagTreeWalk *walk, qpdf_oh attributes, const char *key)
{
  qpdf_oh span = qpdf_oh_get_key_if_dict (walk->pdf, attributes, key);
  gint64 number = qpdf_oh_is_integer (walk->pdf, span) ? qpdf_oh_get_int_value (walk->pdf, span) : 1;
  return (int)CLAMP (number, 1, SPAN_LIMIT);
}

/* The attributes of an element are one dictionary, or an array of them. */
static int
span_of (TagTreeWalk *walk, qpdf_oh element, const char *key)
{
  qpdf_oh attributes = qpdf_oh_get_key (walk->pdf, element, "/A");
  if (!qpdf_oh_is_array (walk->pdf, attributes))
    return span_in (walk, attributes, key);
  int span = 1, count = MIN (qpdf_oh_get_array_n_items (walk->pdf, attributes), 10);
  for (int i = 0; i < count; i++)
    span = MAX (span, span_in (walk, qpdf_oh_get_array_item (walk->pdf, attributes, i), key));
  return span;
}

static gpointer
grid_key (int row, int column)
{
  return GINT_TO_POINTER (row * (COLUMNS_LIMIT + SPAN_LIMIT) + column + 1);
}

/* As in HTML, a cell takes the next free position of its row. */
static int
add_tag_cell (TagTreeWalk *walk, qpdf_oh element, int table)
{
  TagTableLayout *layout = walk->layouts->pdata[table];
  TagCell cell = {.table = table, .row = MAX (layout->row, 0)};
  cell.row_span = span_of (walk, element, "/RowSpan");
  cell.column_span = span_of (walk, element, "/ColSpan");
  while (cell.column < COLUMNS_LIMIT && g_hash_table_contains (layout->taken, grid_key (cell.row, cell.column)))
    cell.column++;
  for (int row = cell.row; row < cell.row + cell.row_span; row++)
    for (int column = cell.column; column < cell.column + cell.column_span; column++)
      g_hash_table_add (layout->taken, grid_key (row, column));
  g_array_append_val (walk->tree->cells, cell);
  return (int)walk->tree->cells->len - 1;
}

static int
add_tag_table (TagTreeWalk *walk)
{
  TagTableLayout *layout = g_new0 (TagTableLayout, 1);
  layout->row = -1;
  layout->taken = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (walk->layouts, layout);
  return walk->tree->tables++;
}

static void
add_tag_mark (TagTreeWalk *walk, TagPosition position, gint64 mark)
{
  TagMark own = {.page = position.page, .mark = (int)CLAMP (mark, 0, G_MAXINT), .cell = position.cell};
  if (position.cell >= 0 && position.page > 0)
    g_array_append_val (walk->tree->marks, own);
}

static void walk_kid (TagTreeWalk *walk, qpdf_oh kid, TagPosition position, int depth);

static void
walk_kids (TagTreeWalk *walk, qpdf_oh element, TagPosition position, int depth)
{
  qpdf_oh kids = qpdf_oh_get_key (walk->pdf, element, "/K");
  if (!qpdf_oh_is_array (walk->pdf, kids)) {
    walk_kid (walk, kids, position, depth);
    return;
  }
  int count = qpdf_oh_get_array_n_items (walk->pdf, kids);
  for (int i = 0; i < count && walk->elements < ELEMENTS_LIMIT; i++)
    walk_kid (walk, qpdf_oh_get_array_item (walk->pdf, kids, i), position, depth);
}

/* A kid is an element, the number of a marked-content sequence, or a dictionary with that number and its page. */
static void
walk_kid (TagTreeWalk *walk, qpdf_oh kid, TagPosition position, int depth)
{
  QpdfDocument pdf = walk->pdf;
  if (qpdf_oh_is_integer (pdf, kid))
    add_tag_mark (walk, position, qpdf_oh_get_int_value (pdf, kid));
  if (depth == 0 || ++walk->elements > ELEMENTS_LIMIT || !qpdf_oh_is_dictionary (pdf, kid))
    return;
  qpdf_oh page = qpdf_oh_get_key (pdf, kid, "/Pg");
  if (qpdf_oh_is_dictionary (pdf, page))
    position.page = qpdf_oh_get_object_id (pdf, page);
  qpdf_oh mark = qpdf_oh_get_key (pdf, kid, "/MCID");
  if (qpdf_oh_is_integer (pdf, mark)) {
    add_tag_mark (walk, position, qpdf_oh_get_int_value (pdf, mark));
    return;
  }
  TagKind kind = kind_of_element (walk, kid);
  if (kind == KIND_TABLE)
    position = (TagPosition){.table = add_tag_table (walk), .cell = -1, .page = position.page};
  else if (kind == KIND_ROW && position.table >= 0 && position.cell < 0)
    ((TagTableLayout *)walk->layouts->pdata[position.table])->row++;
  else if (kind == KIND_CELL && position.table >= 0 && position.cell < 0)
    position.cell = add_tag_cell (walk, kid, position.table);
  walk_kids (walk, kid, position, depth - 1);
}

static void
tag_tree_free (TagTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->cells);
  g_array_unref (tree->marks);
  g_free (tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TagTree, tag_tree_free)

/* NULL: the document has no table in its structure. */
static TagTree *
tag_tree_from_pdf (QpdfDocument pdf)
{
  g_autoptr (TagTree) tree = g_new0 (TagTree, 1);
  tree->cells = g_array_new (FALSE, FALSE, sizeof (TagCell));
  tree->marks = g_array_new (FALSE, FALSE, sizeof (TagMark));
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (layout_free);
  qpdf_oh root = qpdf_oh_get_key_if_dict (pdf, qpdf_get_root (pdf), "/StructTreeRoot");
  if (!qpdf_oh_is_dictionary (pdf, root))
    return NULL;
  TagTreeWalk walk = {.pdf = pdf, .tree = tree, .layouts = layouts};
  walk.roles = qpdf_oh_get_key (pdf, root, "/RoleMap");
  walk_kids (&walk, root, (TagPosition){.table = -1, .cell = -1}, DEPTH_LIMIT);
  return tree->tables > 0 ? g_steal_pointer (&tree) : NULL;
}

/* The share of a glyph's box that letters leave free above and below. */
#define BEARING 0.15

typedef struct {
  QpdfDocument pdf;
  const TagTree *tree;
  GArray *columns; /* GArray of TaggedColumn, one a table */
} TagReading;

/* Marks of cells */

static int
order_of_marks (gconstpointer a, gconstpointer b)
{
  const TagMark *one = a, *other = b;
  if (one->page != other->page)
    return one->page < other->page ? -1 : 1;
  return one->mark < other->mark ? -1 : one->mark > other->mark;
}

/* The cell of the mark, or -1. */
static int
cell_of_mark (const TagTree *tree, int page, int mark)
{
  TagMark wanted = {.page = page, .mark = mark};
  guint index;
  if (mark < 0 || !g_array_binary_search (tree->marks, &wanted, order_of_marks, &index))
    return -1;
  return g_array_index (tree->marks, TagMark, index).cell;
}

/* Cells on pages */

static Box
letter_box (const Glyph *glyph)
{
  double bearing = (glyph->box.y1 - glyph->box.y0) * BEARING;
  return (Box){glyph->box.x0, glyph->box.y0 + bearing, glyph->box.x1, glyph->box.y1 - bearing};
}

/* What is on one page of the cells of the tree. */
typedef struct {
  Box *boxes;  /* one a cell */
  int *glyphs; /* one a table */
} TaggedPageCells;

static void
find_glyphs (const TagReading *tags, const Page *page, int object, TaggedPageCells *found)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    int cell = cell_of_mark (tags->tree, object, glyph->mark - 1);
    if (cell < 0)
      continue;
    Box *box = &found->boxes[cell], letter = letter_box (glyph);
    *box = box_is_empty (*box) ? letter : box_union (*box, letter);
    found->glyphs[g_array_index (tags->tree->cells, TagCell, cell).table]++;
  }
}

/* A column is as wide as its cells on all pages. */
static void
widen_column (const TagReading *tags, const TagCell *cell, Box box)
{
  GArray *columns = g_array_index (tags->columns, GArray *, cell->table);
  TaggedColumn none = {G_MAXDOUBLE, -G_MAXDOUBLE};
  while ((int)columns->len < cell->column + cell->column_span)
    g_array_append_val (columns, none);
  TaggedColumn *column = &g_array_index (columns, TaggedColumn, cell->column);
  if (cell->column_span > 1 || box_is_empty (box))
    return;
  column->from = MIN (column->from, box.x0);
  column->to = MAX (column->to, box.x1);
}

/* Adds the cells of rows that have something on the page, and those that span into them. */
static void
add_cells (const TagReading *tags, const TaggedPageCells *found, int table, TaggedTable *tagged)
{
  GArray *cells = tags->tree->cells;
  int first = G_MAXINT, last = -1;
  for (guint i = 0; i < cells->len; i++) {
    const TagCell *cell = &g_array_index (cells, TagCell, i);
    if (cell->table != table || box_is_empty (found->boxes[i]))
      continue;
    widen_column (tags, cell, found->boxes[i]);
    first = MIN (first, cell->row);
    last = MAX (last, cell->row);
  }
  for (guint i = 0; i < cells->len; i++) {
    const TagCell *cell = &g_array_index (cells, TagCell, i);
    if (cell->table != table || cell->row > last || cell->row + cell->row_span <= first)
      continue;
    TaggedCell own = {cell->row, cell->column, cell->row_span, cell->column_span, found->boxes[i]};
    g_array_append_val (tagged->cells, own);
  }
}

static void
read_page (const TagReading *tags, Page *page, const PageSlot *slot)
{
  if (!slot->page)
    return;
  g_autofree Box *boxes = g_new0 (Box, tags->tree->cells->len + 1);
  g_autofree int *glyphs = g_new0 (int, tags->tree->tables);
  TaggedPageCells found = {boxes, glyphs};
  find_glyphs (tags, page, slot->id, &found);
  page->tagged = g_ptr_array_new_with_free_func ((GDestroyNotify)tagged_table_free);
  for (int table = 0; table < tags->tree->tables; table++) {
    if (glyphs[table] == 0)
      continue;
    TaggedTable *tagged = tagged_table_new ();
    tagged->glyphs = glyphs[table];
    add_cells (tags, &found, table, tagged);
    g_array_unref (tagged->columns);
    tagged->columns = g_array_ref (g_array_index (tags->columns, GArray *, table));
    g_ptr_array_add (page->tagged, tagged);
  }
}

static void
unref_columns (gpointer columns)
{
  g_array_unref (*(GArray **)columns);
}

static void
read_pages (QpdfDocument pdf, const TagTree *tree, GPtrArray *pages)
{
  g_autoptr (PageTree) page_tree = page_tree_from_root (pdf);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (columns, unref_columns);
  for (int i = 0; i < tree->tables; i++) {
    GArray *own = g_array_new (FALSE, FALSE, sizeof (TaggedColumn));
    g_array_append_val (columns, own);
  }
  TagReading tags = {pdf, tree, columns};
  for (guint i = 0; i < pages->len; i++) {
    Page *page = pages->pdata[i];
    if (page->number <= (int)page_tree->slots->len)
      read_page (&tags, page, &g_array_index (page_tree->slots, PageSlot, page->number - 1));
  }
}

MODULE_ENTRY void
pages_read_tags (GPtrArray *pages, GBytes *bytes)
{
  g_auto (QpdfDocument) pdf = qpdf_document_from_bytes (bytes);
  g_autoptr (TagTree) tree = pdf ? tag_tree_from_pdf (pdf) : NULL;
  if (!tree)
    return;
  g_array_sort (tree->marks, order_of_marks);
  read_pages (pdf, tree, pages);
}
