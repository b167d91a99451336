/* qpdf_document.c - see qpdf_document.h */
#include "read/pdf/qpdf_document.h"

/* Trees of documents in use are not deeper. */
#define DEPTH_LIMIT 50

/* One more than the program reads: it will say that there are too many. */
#define SLOTS_LIMIT 5001

QpdfDocument
qpdf_document_from_bytes (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_auto (QpdfDocument) pdf = qpdf_init ();
  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  if (qpdf_read_memory (pdf, "", data, size, NULL) & QPDF_ERRORS)
    return NULL;
  return g_steal_pointer (&pdf);
}

void
qpdf_document_free (QpdfDocument pdf)
{
  qpdf_cleanup (&pdf);
}

gboolean
qpdf_document_complained (QpdfDocument pdf)
{
  gboolean complained = FALSE;
  while (qpdf_more_warnings (pdf)) {
    qpdf_next_warning (pdf);
    complained = TRUE;
  }
  if (qpdf_has_error (pdf)) {
    qpdf_get_error (pdf);
    complained = TRUE;
  }
  return complained;
}

/* Page tree */

typedef struct {
  QpdfDocument pdf;
  PageTree *tree;
  GHashTable *visited; /* ids of nodes */
} PageTreeWalk;

static gboolean
is_of_type (QpdfDocument pdf, qpdf_oh object, const char *type)
{
  return qpdf_oh_is_dictionary (pdf, object) &&
         qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key (pdf, object, "/Type"), type);
}

static gboolean
is_page (QpdfDocument pdf, qpdf_oh object)
{
  return is_of_type (pdf, object, "/Page") ||
         (qpdf_oh_is_dictionary (pdf, object) && qpdf_oh_has_key (pdf, object, "/Contents"));
}

static void
add_slot (PageTreeWalk *walk, qpdf_oh kid)
{
  gboolean lost = !is_page (walk->pdf, kid);
  PageSlot slot = {.id = qpdf_oh_get_object_id (walk->pdf, kid), .page = lost ? 0 : kid};
  if (walk->tree->slots->len >= SLOTS_LIMIT)
    return;
  g_array_append_val (walk->tree->slots, slot);
  walk->tree->found += !lost;
}

static void
walk_node (PageTreeWalk *walk, qpdf_oh node, int depth)
{
  qpdf_oh kids = qpdf_oh_get_key (walk->pdf, node, "/Kids");
  int id = qpdf_oh_get_object_id (walk->pdf, node);
  if (depth == 0 || !qpdf_oh_is_array (walk->pdf, kids) ||
      (id && !g_hash_table_add (walk->visited, GINT_TO_POINTER (id))))
    return;
  int count = qpdf_oh_get_array_n_items (walk->pdf, kids);
  for (int i = 0; i < count && walk->tree->slots->len < SLOTS_LIMIT; i++) {
    qpdf_oh kid = qpdf_oh_get_array_item (walk->pdf, kids, i);
    if (qpdf_oh_is_dictionary (walk->pdf, kid) && qpdf_oh_has_key (walk->pdf, kid, "/Kids"))
      walk_node (walk, kid, depth - 1);
    else
      add_slot (walk, kid);
  }
}

/* A page count, as the document says. */
static int
count_in (QpdfDocument pdf, qpdf_oh dictionary, const char *key)
{
  if (!qpdf_oh_is_dictionary (pdf, dictionary))
    return 0;
  qpdf_oh count = qpdf_oh_get_key (pdf, dictionary, key);
  gint64 number = qpdf_oh_is_integer (pdf, count) ? qpdf_oh_get_int_value (pdf, count) : 0;
  return number > 0 && number <= OBJECT_NUMBER_LIMIT ? (int)number : 0;
}

static PageTree *
page_tree_from_node (QpdfDocument pdf, qpdf_oh root, qpdf_oh node)
{
  PageTree *tree = g_new0 (PageTree, 1);
  tree->root = root;
  tree->slots = g_array_new (FALSE, FALSE, sizeof (PageSlot));
  tree->expected = count_in (pdf, node, "/Count");
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  if (qpdf_oh_is_dictionary (pdf, node))
    walk_node (&(PageTreeWalk){.pdf = pdf, .tree = tree, .visited = visited}, node, DEPTH_LIMIT);
  return tree;
}

PageTree *
page_tree_from_root (QpdfDocument pdf)
{
  qpdf_oh root = qpdf_get_root (pdf);
  return page_tree_from_node (pdf, root, qpdf_oh_get_key_if_dict (pdf, root, "/Pages"));
}

/* What is found among the objects of a document; 0: it is not there. */
typedef struct {
  qpdf_oh catalogue, top; /* top: the root of the page tree */
  int expected;
  GArray *pages; /* PageSlot */
} PageTreeObjects;

static void
take_object (QpdfDocument pdf, int id, PageTreeObjects *objects)
{
  qpdf_oh object = qpdf_get_object_by_id (pdf, id, 0);
  if (!qpdf_oh_is_dictionary (pdf, object))
    return;
  objects->expected =
      MAX (objects->expected, qpdf_oh_has_key (pdf, object, "/Linearized") ? count_in (pdf, object, "/N") : 0);
  PageSlot slot = {.id = id, .page = object};
  if (is_of_type (pdf, object, "/Page"))
    g_array_append_val (objects->pages, slot);
  else if (is_of_type (pdf, object, "/Catalog") && qpdf_oh_has_key (pdf, object, "/Pages"))
    objects->catalogue = object;
  else if (is_of_type (pdf, object, "/Pages") && !qpdf_oh_is_dictionary (pdf, qpdf_oh_get_key (pdf, object, "/Parent")))
    objects->top = object;
}

static int
slot_of (const PageTree *tree, int id)
{
  for (guint i = 0; i < tree->slots->len; i++)
    if (id && g_array_index (tree->slots, PageSlot, i).id == id)
      return (int)i;
  return -1;
}

static int
first_lost (const PageTree *tree)
{
  for (guint i = 0; i < tree->slots->len; i++)
    if (!g_array_index (tree->slots, PageSlot, i).page)
      return (int)i;
  return -1;
}

/* Puts a page that the tree does not reach before the lost slot that its parent had; else in the place of a lost page;
 * else at the end, if pages are missing. */
static void
place_page (QpdfDocument pdf, PageTree *tree, const PageSlot *page)
{
  int node = slot_of (tree, qpdf_oh_get_object_id (pdf, qpdf_oh_get_key (pdf, page->page, "/Parent")));
  int lost = first_lost (tree);
  if (slot_of (tree, page->id) >= 0 || tree->slots->len >= SLOTS_LIMIT)
    return;
  if (node >= 0)
    g_array_insert_val (tree->slots, node, *page);
  else if (lost >= 0)
    g_array_index (tree->slots, PageSlot, lost) = *page;
  else if (tree->expected == 0 || tree->found < tree->expected)
    g_array_append_val (tree->slots, *page);
  else
    return;
  tree->found++;
}

/* Removes the slots of nodes whose pages were found elsewhere. */
static void
drop_nodes (QpdfDocument pdf, PageTree *tree, GArray *pages)
{
  g_autoptr (GHashTable) parents = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < pages->len; i++) {
    qpdf_oh parent = qpdf_oh_get_key (pdf, g_array_index (pages, PageSlot, i).page, "/Parent");
    g_hash_table_add (parents, GINT_TO_POINTER (qpdf_oh_get_object_id (pdf, parent)));
  }
  for (guint i = tree->slots->len; i > 0; i--) {
    const PageSlot *slot = &g_array_index (tree->slots, PageSlot, i - 1);
    if (!slot->page && slot->id && g_hash_table_contains (parents, GINT_TO_POINTER (slot->id)))
      g_array_remove_index (tree->slots, i - 1);
  }
}

PageTree *
page_tree_from_objects (QpdfDocument pdf, GArray *ids)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (PageSlot));
  PageTreeObjects objects = {.pages = pages};
  for (guint i = 0; i < ids->len; i++)
    take_object (pdf, g_array_index (ids, int, i), &objects);
  qpdf_oh node = objects.catalogue ? qpdf_oh_get_key (pdf, objects.catalogue, "/Pages") : 0;
  if (!node || !qpdf_oh_is_dictionary (pdf, node))
    node = objects.top;
  PageTree *tree = page_tree_from_node (pdf, objects.catalogue ? objects.catalogue : qpdf_get_root (pdf), node);
  if (tree->expected == 0)
    tree->expected = objects.expected;
  for (guint i = 0; i < pages->len; i++)
    place_page (pdf, tree, &g_array_index (pages, PageSlot, i));
  drop_nodes (pdf, tree, pages);
  return tree;
}

gboolean
page_tree_is_whole (const PageTree *tree)
{
  return tree->found == (int)tree->slots->len && (tree->expected == 0 || tree->expected == tree->found);
}

/* Copies to PAGE what it inherits from the nodes above it (ISO 32000-1, 7.7.3.4). */
static void
inherit (QpdfDocument pdf, qpdf_oh page)
{
  static const char *const keys[] = {"/Resources", "/MediaBox", "/CropBox", "/Rotate"};
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    qpdf_oh holder = page;
    for (int depth = 0;
         depth < DEPTH_LIMIT && qpdf_oh_is_dictionary (pdf, holder) && !qpdf_oh_has_key (pdf, holder, keys[i]); depth++)
      holder = qpdf_oh_get_key (pdf, holder, "/Parent");
    if (holder != page && qpdf_oh_is_dictionary (pdf, holder) && qpdf_oh_has_key (pdf, holder, keys[i]))
      qpdf_oh_replace_key (pdf, page, keys[i], qpdf_oh_get_key (pdf, holder, keys[i]));
  }
}

static qpdf_oh
page_of_slot (QpdfDocument pdf, const PageSlot *slot, qpdf_oh pages)
{
  qpdf_oh page = slot->page ? slot->page : qpdf_oh_parse (pdf, "<< /MediaBox [0 0 595 842] >>");
  inherit (pdf, page);
  if (!qpdf_oh_is_indirect (pdf, page))
    page = qpdf_make_indirect_object (pdf, page);
  qpdf_oh_replace_key (pdf, page, "/Type", qpdf_oh_new_name (pdf, "/Page"));
  qpdf_oh_replace_key (pdf, page, "/Parent", pages);
  return page;
}

void
page_tree_replace (QpdfDocument pdf, const PageTree *tree)
{
  qpdf_oh pages = qpdf_make_indirect_object (pdf, qpdf_oh_parse (pdf, "<< /Type /Pages >>"));
  qpdf_oh kids = qpdf_oh_new_array (pdf);
  for (guint i = 0; i < tree->slots->len; i++)
    qpdf_oh_append_item (pdf, kids, page_of_slot (pdf, &g_array_index (tree->slots, PageSlot, i), pages));
  qpdf_oh_replace_key (pdf, pages, "/Kids", kids);
  qpdf_oh_replace_key (pdf, pages, "/Count", qpdf_oh_new_integer (pdf, tree->slots->len));
  qpdf_oh_replace_key (pdf, tree->root, "/Pages", pages);
  qpdf_oh_replace_key (pdf, qpdf_get_trailer (pdf), "/Root", tree->root);
}

void
page_tree_free (PageTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->slots);
  g_free (tree);
}
