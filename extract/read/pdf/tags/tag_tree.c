/* tag_tree.c - see tag_tree.h */
#include "read/pdf/tags/tag_tree.h"

/* Deeper trees, larger ones and wider cells are no sheet's. */
#define DEEP 60
#define ELEMENTS_MOST 100000
#define SPAN_MOST 60

/* Columns beyond this are one. */
#define COLUMNS_MOST 500

typedef enum { KIND_OTHER, KIND_TABLE, KIND_ROW, KIND_CELL } Kind;

/* Where the walk is. */
typedef struct {
  int table; /* -1: in none */
  int cell;  /* of the tree's cells; -1: in none */
  int page;  /* object of the page that holds the content */
} Place;

/* Where the next cell of a table goes. */
typedef struct {
  int row;
  GHashTable *taken; /* place_key of the places that cells have */
} Layout;

typedef struct {
  qpdf_data pdf;
  qpdf_oh roles;
  TagTree *tree;
  GPtrArray *layouts; /* Layout, one a table */
  int elements;
} Walk;

static void
layout_free (gpointer data)
{
  Layout *layout = data;
  g_hash_table_unref (layout->taken);
  g_free (layout);
}

static Kind
kind_of_name (const char *name)
{
  static const struct {
    const char *name;
    Kind kind;
  } kinds[] = {{"/Table", KIND_TABLE}, {"/TR", KIND_ROW}, {"/TD", KIND_CELL}, {"/TH", KIND_CELL}};
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return kinds[i].kind;
  return KIND_OTHER;
}

static Kind
kind_of_element (Walk *walk, qpdf_oh element)
{
  qpdf_oh type = qpdf_oh_get_key (walk->pdf, element, "/S");
  for (int i = 0; i < 3 && qpdf_oh_is_name (walk->pdf, type); i++) {
    g_autofree char *name = g_strdup (qpdf_oh_get_name (walk->pdf, type));
    Kind kind = kind_of_name (name);
    if (kind != KIND_OTHER || !qpdf_oh_is_dictionary (walk->pdf, walk->roles))
      return kind;
    type = qpdf_oh_get_key (walk->pdf, walk->roles, name);
  }
  return KIND_OTHER;
}

static int
span_in (Walk *walk, qpdf_oh attributes, const char *key)
{
  qpdf_oh span = qpdf_oh_get_key_if_dict (walk->pdf, attributes, key);
  gint64 number = qpdf_oh_is_integer (walk->pdf, span) ? qpdf_oh_get_int_value (walk->pdf, span) : 1;
  return (int)CLAMP (number, 1, SPAN_MOST);
}

/* The attributes of an element are one dictionary, or several. */
static int
span_of (Walk *walk, qpdf_oh element, const char *key)
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
place_key (int row, int column)
{
  return GINT_TO_POINTER (row * (COLUMNS_MOST + SPAN_MOST) + column + 1);
}

/* As in a web page: the next free place of the row. */
static int
add_cell (Walk *walk, qpdf_oh element, int table)
{
  Layout *layout = walk->layouts->pdata[table];
  TagCell cell = {.table = table, .row = MAX (layout->row, 0)};
  cell.row_span = span_of (walk, element, "/RowSpan");
  cell.column_span = span_of (walk, element, "/ColSpan");
  while (cell.column < COLUMNS_MOST && g_hash_table_contains (layout->taken, place_key (cell.row, cell.column)))
    cell.column++;
  for (int row = cell.row; row < cell.row + cell.row_span; row++)
    for (int column = cell.column; column < cell.column + cell.column_span; column++)
      g_hash_table_add (layout->taken, place_key (row, column));
  g_array_append_val (walk->tree->cells, cell);
  return (int)walk->tree->cells->len - 1;
}

static int
add_table (Walk *walk)
{
  Layout *layout = g_new0 (Layout, 1);
  layout->row = -1;
  layout->taken = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (walk->layouts, layout);
  return walk->tree->tables++;
}

static void
add_mark (Walk *walk, Place place, gint64 mark)
{
  TagMark own = {.page = place.page, .mark = (int)CLAMP (mark, 0, G_MAXINT), .cell = place.cell};
  if (place.cell >= 0 && place.page > 0)
    g_array_append_val (walk->tree->marks, own);
}

static void walk_kid (Walk *walk, qpdf_oh kid, Place place, int deep);

static void
walk_kids (Walk *walk, qpdf_oh element, Place place, int deep)
{
  qpdf_oh kids = qpdf_oh_get_key (walk->pdf, element, "/K");
  if (!qpdf_oh_is_array (walk->pdf, kids)) {
    walk_kid (walk, kids, place, deep);
    return;
  }
  int count = qpdf_oh_get_array_n_items (walk->pdf, kids);
  for (int i = 0; i < count && walk->elements < ELEMENTS_MOST; i++)
    walk_kid (walk, qpdf_oh_get_array_item (walk->pdf, kids, i), place, deep);
}

/* A kid is an element, the number of marked content, or a dictionary with that number and its page. */
static void
walk_kid (Walk *walk, qpdf_oh kid, Place place, int deep)
{
  qpdf_data pdf = walk->pdf;
  if (qpdf_oh_is_integer (pdf, kid))
    add_mark (walk, place, qpdf_oh_get_int_value (pdf, kid));
  if (deep == 0 || ++walk->elements > ELEMENTS_MOST || !qpdf_oh_is_dictionary (pdf, kid))
    return;
  qpdf_oh page = qpdf_oh_get_key (pdf, kid, "/Pg");
  if (qpdf_oh_is_dictionary (pdf, page))
    place.page = qpdf_oh_get_object_id (pdf, page);
  qpdf_oh mark = qpdf_oh_get_key (pdf, kid, "/MCID");
  if (qpdf_oh_is_integer (pdf, mark)) {
    add_mark (walk, place, qpdf_oh_get_int_value (pdf, mark));
    return;
  }
  Kind kind = kind_of_element (walk, kid);
  if (kind == KIND_TABLE)
    place = (Place){.table = add_table (walk), .cell = -1, .page = place.page};
  else if (kind == KIND_ROW && place.table >= 0 && place.cell < 0)
    ((Layout *)walk->layouts->pdata[place.table])->row++;
  else if (kind == KIND_CELL && place.table >= 0 && place.cell < 0)
    place.cell = add_cell (walk, kid, place.table);
  walk_kids (walk, kid, place, deep - 1);
}

TagTree *
tag_tree_from_pdf (qpdf_data pdf)
{
  g_autoptr (TagTree) tree = g_new0 (TagTree, 1);
  tree->cells = g_array_new (FALSE, FALSE, sizeof (TagCell));
  tree->marks = g_array_new (FALSE, FALSE, sizeof (TagMark));
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (layout_free);
  qpdf_oh root = qpdf_oh_get_key_if_dict (pdf, qpdf_get_root (pdf), "/StructTreeRoot");
  if (!qpdf_oh_is_dictionary (pdf, root))
    return NULL;
  Walk walk = {.pdf = pdf, .tree = tree, .layouts = layouts};
  walk.roles = qpdf_oh_get_key (pdf, root, "/RoleMap");
  walk_kids (&walk, root, (Place){.table = -1, .cell = -1}, DEEP);
  return tree->tables > 0 ? g_steal_pointer (&tree) : NULL;
}

void
tag_tree_free (TagTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->cells);
  g_array_unref (tree->marks);
  g_free (tree);
}
