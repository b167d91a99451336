/* html_replaced.c - see html.h: elements that are no containers of text, and what a reader sees in their place. */
#include "read/html/html.h"

static const char *const box_types[] = {"checkbox", "radio", NULL};
static const char *const silent_types[] = {"hidden",   "submit", "button", "reset", "image",
                                           "password", "file",   "search", NULL};
static const char *const image_roles[] = {"img", NULL};

static char *
image_text (const GumboNode *image, const Panels *panels)
{
  return g_strdup (node_attribute (image, "alt"));
}

static char *
input_text (const GumboNode *input, const Panels *panels)
{
  if (node_attribute_is (input, "type", box_types))
    return g_strdup (node_attribute (input, "checked") ? "☑" : "☐");
  return node_attribute_is (input, "type", silent_types) ? NULL : g_strdup (node_attribute (input, "value"));
}

/* The option chosen, or else the first. */
static char *
select_text (const GumboNode *select, const Panels *panels)
{
  const GumboNode *shown = NULL;
  for (const GumboNode *node = select; node; node = node_next (node, select, TRUE))
    if (node_tag (node) == GUMBO_TAG_OPTION && (!shown || node_attribute (node, "selected")))
      shown = node;
  return shown ? text_of_node (shown, panels) : NULL;
}

/* A drawing's title; of a button's or a link's it says only what a click does. */
static char *
drawing_text (const GumboNode *drawing, const Panels *panels)
{
  GumboTag around = drawing->parent ? node_tag (drawing->parent) : GUMBO_TAG_LAST;
  if (around == GUMBO_TAG_BUTTON || around == GUMBO_TAG_SUMMARY || around == GUMBO_TAG_A)
    return NULL;
  for (const GumboNode *node = drawing; node; node = node_next (node, drawing, TRUE))
    if (node_tag (node) == GUMBO_TAG_TITLE && node_children (node) > 0 && node_is_text (node_child (node, 0)))
      return g_strdup (node_child (node, 0)->v.text.text);
  return g_strdup (node_attribute (drawing, "aria-label"));
}

static const struct {
  GumboTag tag;
  char *(*text) (const GumboNode *node, const Panels *panels);
} replaced[] = {
    {GUMBO_TAG_IMG, image_text},
    {GUMBO_TAG_INPUT, input_text},
    {GUMBO_TAG_SELECT, select_text},
    {GUMBO_TAG_SVG, drawing_text},
};

static gboolean
is_empty (const GumboNode *node)
{
  for (const GumboNode *at = node_next (node, node, TRUE); at; at = node_next (at, node, TRUE))
    if (at->type == GUMBO_NODE_TEXT || node_tag (at) == GUMBO_TAG_IMG || node_tag (at) == GUMBO_TAG_SVG)
      return FALSE;
  return TRUE;
}

gboolean
node_is_replaced (const GumboNode *node, const Panels *panels, char **text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replaced); i++)
    if (replaced[i].tag == node_tag (node)) {
      *text = replaced[i].text (node, panels);
      return TRUE;
    }
  if (!node_attribute_is (node, "role", image_roles) || !is_empty (node))
    return FALSE;
  *text = g_strdup (node_attribute (node, "aria-label"));
  return TRUE;
}
