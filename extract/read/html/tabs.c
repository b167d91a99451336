/* tabs.c - see tabs.h */
#include "read/html/tabs.h"

#include "read/html/html_text.h"

#include <string.h>

struct Tabs {
  GHashTable *titles; /* const GumboNode * (a panel) -> char * */
};

static const char *const tab_role[] = {"tab", NULL};
static const char *const list_role[] = {"tablist", NULL};
static const char *const panel_role[] = {"tabpanel", NULL};

/* Whether a word of NODE's class begins or ends with "tab" or "tabs", as tab-item and nav-tabs do, and table does not. */
static gboolean
is_named_tab (const GumboNode *node)
{
  const char *value = node_attribute (node, "class");
  g_auto (GStrv) words = g_strsplit_set (value ? value : "", " -_\t\n", -1);
  for (char **word = words; *word; word++)
    if (!g_ascii_strcasecmp (*word, "tab") || !g_ascii_strcasecmp (*word, "tabs"))
      return TRUE;
  return FALSE;
}

gboolean
node_is_tab_list (const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  return node_attribute_is (node, "role", list_role) ||
         ((tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) && is_named_tab (node));
}

/* The id that NODE, or a link or button in it, points at; NULL: none. */
static const char *
target_of (const GumboNode *node)
{
  static const char *const names[] = {"aria-controls", "data-bs-target", "data-target", "href"};
  for (const GumboNode *at = node; at; at = node_next (at, node, TRUE))
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
      const char *value = node_attribute (at, names[i]);
      if (value && *value == '#' && value[1])
        return value + 1;
      if (value && *value && i == 0)
        return value;
    }
  return NULL;
}

static gboolean
is_tab (const GumboNode *node)
{
  if (node_attribute_is (node, "role", tab_role))
    return TRUE;
  return node->parent && node_is_tab_list (node->parent) && !node_attribute_is (node->parent, "role", list_role) &&
         target_of (node);
}

static void
add_title (Tabs *tabs, const GumboNode *panel, const GumboNode *tab, const Appearance *appearance)
{
  char *title = text_of_node (tab, appearance, NULL);
  if (*title)
    g_hash_table_insert (tabs->titles, (gpointer)panel, title);
  else
    g_free (title);
}

/* The ids of the page's elements, and its tabs and panels in their order. */
typedef struct {
  GHashTable *ids;          /* char * -> const GumboNode * */
  GPtrArray *tabs, *panels; /* const GumboNode * */
} TabParts;

static void
find_parts (TabParts *parts, const GumboNode *root)
{
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE)) {
    const char *id = node_is_element (node) ? node_attribute (node, "id") : NULL;
    if (id)
      g_hash_table_insert (parts->ids, (gpointer)id, (gpointer)node);
    if (node_is_element (node) && is_tab (node))
      g_ptr_array_add (parts->tabs, (gpointer)node);
    if (node_is_element (node) && node_attribute_is (node, "role", panel_role))
      g_ptr_array_add (parts->panels, (gpointer)node);
  }
}

Tabs *
tabs_from_tree (const GumboNode *root, const Appearance *appearance)
{
  Tabs *tabs = g_new0 (Tabs, 1);
  tabs->titles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new (), panels = g_ptr_array_new ();
  TabParts parts = {ids, found, panels};
  find_parts (&parts, root);
  for (guint i = 0; i < found->len; i++) {
    const char *id = target_of (found->pdata[i]);
    const GumboNode *panel = id ? g_hash_table_lookup (ids, id) : NULL;
    if (panel)
      add_title (tabs, panel, found->pdata[i], appearance);
  }
  for (guint i = 0; i < panels->len; i++) {
    const char *id = node_attribute (panels->pdata[i], "aria-labelledby");
    const GumboNode *tab = id ? g_hash_table_lookup (ids, id) : panels->len == found->len ? found->pdata[i] : NULL;
    if (tab && !g_hash_table_contains (tabs->titles, panels->pdata[i]))
      add_title (tabs, panels->pdata[i], tab, appearance);
  }
  return tabs;
}

void
tabs_free (Tabs *tabs)
{
  if (!tabs)
    return;
  g_hash_table_unref (tabs->titles);
  g_free (tabs);
}

const char *
tabs_title_of (const Tabs *tabs, const GumboNode *node)
{
  return g_hash_table_lookup (tabs->titles, node);
}
