/* shadow_root.c - see shadow_root.h */
#include "read/html/shadow_root.h"

#include "read/html/html_node.h"

#include <string.h>

typedef struct {
  TreeAllocator allocate;
  void *tree;
} Flattening;

static gboolean
is_shadow_root (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_TEMPLATE &&
         (node_attribute (node, "shadowrootmode") || node_attribute (node, "shadowroot"));
}

/* Gumbo does not know <slot>. */
static gboolean
is_slot (const GumboNode *node)
{
  if (node_tag (node) != GUMBO_TAG_UNKNOWN)
    return FALSE;
  GumboStringPiece tag = node->v.element.original_tag;
  gumbo_tag_from_original_text (&tag);
  return tag.length == 4 && !g_ascii_strncasecmp (tag.data, "slot", 4);
}

static const char *
slot_name (const GumboNode *node, const char *attribute)
{
  const char *name = node_is_element (node) ? node_attribute (node, attribute) : NULL;
  return name ? name : "";
}

static gboolean
is_blank (const GumboNode *node)
{
  return node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_COMMENT;
}

/* The first shadow root among the children of HOST; NULL: it has none. */
static GumboNode *
shadow_root_of (const GumboNode *host)
{
  for (int i = 0; node_is_element (host) && i < node_children (host); i++)
    if (is_shadow_root (node_child (host, i)))
      return (GumboNode *)node_child (host, i);
  return NULL;
}

static void
set_children (GumboNode *node, void **children, guint count)
{
  node->v.element.children = (GumboVector){children, count, count};
  for (guint i = 0; i < count; i++) {
    ((GumboNode *)children[i])->parent = node;
    ((GumboNode *)children[i])->index_within_parent = i;
  }
}

/* Puts into SLOT the nodes of LIGHT, the children of the host, that belong there, and takes them from LIGHT. */
static void
fill_slot (const Flattening *flattening, GumboNode *slot, GPtrArray *light)
{
  guint count = 0, filled = 0;
  const char *name = slot_name (slot, "name");
  for (guint i = 0; i < light->len; i++)
    if (light->pdata[i] && !strcmp (slot_name (light->pdata[i], "slot"), name)) {
      count++;
      filled += !is_blank (light->pdata[i]);
    }
  if (filled == 0)
    return;
  void **children = flattening->allocate (flattening->tree, count * sizeof (void *));
  count = 0;
  for (guint i = 0; i < light->len; i++)
    if (light->pdata[i] && !strcmp (slot_name (light->pdata[i], "slot"), name)) {
      children[count++] = light->pdata[i];
      light->pdata[i] = NULL;
    }
  set_children (slot, children, count);
}

static void
flatten_host (const Flattening *flattening, GumboNode *host, GumboNode *shadow_root)
{
  g_autoptr (GPtrArray) light = g_ptr_array_new (), slots = g_ptr_array_new ();
  for (int i = 0; i < node_children (host); i++)
    if (node_child (host, i) != shadow_root)
      g_ptr_array_add (light, (gpointer)node_child (host, i));
  for (const GumboNode *node = shadow_root; node;
       node = node_next (node, shadow_root, !is_shadow_root (node) || node == shadow_root))
    if (is_slot (node))
      g_ptr_array_add (slots, (gpointer)node);
  for (guint i = 0; i < slots->len; i++)
    fill_slot (flattening, slots->pdata[i], light);
  GumboVector shown = shadow_root->v.element.children;
  set_children (host, shown.data, shown.length);
}

void
shadow_roots_flatten (GumboNode *root, TreeAllocator allocate, void *tree)
{
  Flattening flattening = {allocate, tree};
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE)) {
    GumboNode *shadow_root = shadow_root_of (node);
    if (shadow_root)
      flatten_host (&flattening, (GumboNode *)node, shadow_root);
  }
}
