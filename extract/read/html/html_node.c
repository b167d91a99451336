/* html_node.c - see html_node.h */
#include "read/html/html_node.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) array, G_N_ELEMENTS (array)

static const GumboTag block_tags[] = {
    GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE,  GUMBO_TAG_ASIDE,   GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,
    GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER,   GUMBO_TAG_DD,      GUMBO_TAG_DETAILS,    GUMBO_TAG_DIR,
    GUMBO_TAG_DIV,     GUMBO_TAG_DL,       GUMBO_TAG_DT,      GUMBO_TAG_FIELDSET,   GUMBO_TAG_FIGCAPTION,
    GUMBO_TAG_FIGURE,  GUMBO_TAG_FOOTER,   GUMBO_TAG_FORM,    GUMBO_TAG_H1,         GUMBO_TAG_H2,
    GUMBO_TAG_H3,      GUMBO_TAG_H4,       GUMBO_TAG_H5,      GUMBO_TAG_H6,         GUMBO_TAG_HEADER,
    GUMBO_TAG_HGROUP,  GUMBO_TAG_HR,       GUMBO_TAG_HTML,    GUMBO_TAG_LEGEND,     GUMBO_TAG_LI,
    GUMBO_TAG_MAIN,    GUMBO_TAG_MENU,     GUMBO_TAG_NAV,     GUMBO_TAG_OL,         GUMBO_TAG_P,
    GUMBO_TAG_PRE,     GUMBO_TAG_SECTION,  GUMBO_TAG_SUMMARY, GUMBO_TAG_TABLE,      GUMBO_TAG_TBODY,
    GUMBO_TAG_TD,      GUMBO_TAG_TFOOT,    GUMBO_TAG_TH,      GUMBO_TAG_THEAD,      GUMBO_TAG_TR,
    GUMBO_TAG_UL,      GUMBO_TAG_FRAMESET, GUMBO_TAG_FRAME,   GUMBO_TAG_IFRAME,
};

/* Not shown, whatever the style sheet says. */
static const GumboTag unseen_tags[] = {
    GUMBO_TAG_HEAD,   GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_OBJECT,
    GUMBO_TAG_CANVAS, GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,    GUMBO_TAG_RT,       GUMBO_TAG_RP,       GUMBO_TAG_DATALIST,
    GUMBO_TAG_MAP,    GUMBO_TAG_TITLE,  GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED,
};

static const GumboTag content_tags[] = {GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION};

static const char *const table_roles[] = {"table", "grid", "treegrid", NULL};
static const char *const header_footer_roles[] = {"navigation", "banner", "contentinfo", "search", NULL};
/* Whole words of class or id that name headers, footers and navigation. The first list, as classes, counts only near
 * the body: a card or a panel may have a header too. */
static const char *const edge_names[] = {"header", "footer", "sidebar", "side", NULL};
static const char *const header_footer_names[] = {
    "site-header",  "site-footer", "global-header", "global-footer", "globalheader",
    "globalfooter", "gnav",        "global-nav",    "globalnav",     "breadcrumb",
    "breadcrumbs",  "pankuzu",     "topicpath",     "topic-path",    "pagetop",
    "page-top",     NULL};
#define NEAR_BODY 3 /* levels */

/* Parts of class words that name panels opened by a click, their heads, and icons. */
static const char *const panel_names[] = {"accordion", "collaps", "toggle", "panel", "tab", NULL};
static const char *const opener_names[] = {"accordion", "collaps", "toggle", NULL};
static const char *const head_names[] = {"head", "title", "button", "btn", "trigger", "question", "summary", NULL};
static const char *const icon_names[] = {"icon", "fa-", "material-symbols", NULL};

static gboolean
tag_is_in (GumboTag tag, const GumboTag *tags, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (tags[i] == tag)
      return TRUE;
  return FALSE;
}

gboolean
node_is_element (const GumboNode *node)
{
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

gboolean
node_is_text (const GumboNode *node)
{
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

GumboTag
node_tag (const GumboNode *node)
{
  return node_is_element (node) ? node->v.element.tag : GUMBO_TAG_LAST;
}

const char *
node_attribute (const GumboNode *node, const char *name)
{
  if (!node_is_element (node))
    return NULL;
  const GumboAttribute *attribute = gumbo_get_attribute (&node->v.element.attributes, name);
  return attribute ? attribute->value : NULL;
}

gboolean
node_attribute_is (const GumboNode *node, const char *name, const char *const *values)
{
  const char *value = node_attribute (node, name);
  for (; value && *values; values++)
    if (!g_ascii_strcasecmp (value, *values))
      return TRUE;
  return FALSE;
}

int
node_number (const GumboNode *node, const char *name, int fallback, int limit)
{
  const char *value = node_attribute (node, name);
  if (!value)
    return fallback;
  char *end;
  gint64 number = g_ascii_strtoll (value, &end, 10);
  return end == value || number < 0 ? fallback : (int)MIN (number, limit);
}

static const GumboVector *
children_of (const GumboNode *node)
{
  static const GumboVector none;
  if (node->type == GUMBO_NODE_DOCUMENT)
    return &node->v.document.children;
  return node_is_element (node) ? &node->v.element.children : &none;
}

int
node_children (const GumboNode *node)
{
  return children_of (node)->length;
}

const GumboNode *
node_child (const GumboNode *node, int index)
{
  return children_of (node)->data[index];
}

/* The index of NODE among its siblings. Gumbo's own may be wrong where the parser moved nodes
 * (foster parenting). */
static int
node_index (const GumboNode *node)
{
  const GumboVector *siblings = children_of (node->parent);
  gsize index = node->index_within_parent;
  if (index < siblings->length && siblings->data[index] == node)
    return index;
  for (index = 0; index < siblings->length; index++)
    if (siblings->data[index] == node)
      return index;
  return siblings->length;
}

const GumboNode *
node_after (const GumboNode *node)
{
  int index = node->parent ? node_index (node) + 1 : 0;
  return node->parent && index < node_children (node->parent) ? node_child (node->parent, index) : NULL;
}

const GumboNode *
node_element_before (const GumboNode *node)
{
  if (!node->parent)
    return NULL;
  for (int i = node_index (node) - 1; i >= 0; i--)
    if (node_is_element (node_child (node->parent, i)))
      return node_child (node->parent, i);
  return NULL;
}

const GumboNode *
node_next (const GumboNode *node, const GumboNode *root, gboolean into)
{
  if (into && node_children (node) > 0)
    return node_child (node, 0);
  for (; node && node != root; node = node->parent) {
    const GumboNode *after = node_after (node);
    if (after)
      return after;
  }
  return NULL;
}

Place
node_place (const GumboNode *node)
{
  int line = 0;
  for (; node && line == 0; node = node->parent)
    if (node_is_element (node))
      line = node->v.element.start_pos.line;
    else if (node_is_text (node))
      line = node->v.text.start_pos.line;
  return (Place){.line = line};
}

/* Whether the style attribute contains PROPERTY ("display:none"), white space aside. */
static gboolean
style_has (const GumboNode *node, const char *property)
{
  const char *style = node_attribute (node, "style");
  if (!style)
    return FALSE;
  g_autofree char *plain = g_ascii_strdown (style, -1);
  char *end = plain;
  for (char *at = plain; *at; at++)
    if (!g_ascii_isspace (*at))
      *end++ = *at;
  *end = '\0';
  return strstr (plain, property) != NULL;
}

gboolean
node_is_table (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_TABLE || node_attribute_is (node, "role", table_roles);
}

gboolean
node_is_frame (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_IFRAME || node_tag (node) == GUMBO_TAG_FRAME;
}

gboolean
node_is_block (const GumboNode *node)
{
  if (!node_is_element (node) || node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
    return FALSE;
  return tag_is_in (node->v.element.tag, COUNT (block_tags)) || node_is_table (node) ||
         style_has (node, "display:block");
}

gboolean
node_contains_block (const GumboNode *node)
{
  for (const GumboNode *at = node_next (node, node, TRUE); at; at = node_next (at, node, TRUE))
    if (node_is_block (at))
      return TRUE;
  return FALSE;
}

gboolean
node_contains (const GumboNode *node, const GumboTag *tags, gsize count)
{
  for (const GumboNode *at = node_next (node, node, TRUE); at; at = node_next (at, node, TRUE))
    if (node_is_element (at) && tag_is_in (at->v.element.tag, tags, count))
      return TRUE;
  return FALSE;
}

/* Whether WORD has PART in it, but not as the start of "table" or "tablet". */
static gboolean
word_has (const char *word, const char *part)
{
  for (const char *at = word; (at = strcasestr (at, part)); at++)
    if (g_ascii_strncasecmp (at, "tabl", 4))
      return TRUE;
  return FALSE;
}

static gboolean
word_is_in (const char *word, const char *const *names, gboolean whole)
{
  for (; *names; names++)
    if (whole ? !g_ascii_strcasecmp (word, *names) : word_has (word, *names))
      return TRUE;
  return FALSE;
}

/* Whether a word of the attribute is one of NAMES, or, where not WHOLE, contains one. */
static gboolean
words_have (const GumboNode *node, const char *attribute, const char *const *names, gboolean whole)
{
  const char *value = node_attribute (node, attribute);
  if (!value)
    return FALSE;
  g_auto (GStrv) words = g_strsplit_set (value, " \t\r\n\f", -1);
  for (char **word = words; *word; word++)
    if (word_is_in (*word, names, whole))
      return TRUE;
  return FALSE;
}

Panels *
panels_from_tree (const GumboNode *root)
{
  Panels *panels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char *const openers[] = {"aria-controls", "data-target", "data-bs-target"};
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE))
    for (gsize i = 0; i < G_N_ELEMENTS (openers); i++) {
      const char *id = node_attribute (node, openers[i]);
      if (id)
        g_hash_table_add (panels, g_strdup (*id == '#' ? id + 1 : id));
    }
  return panels;
}

gboolean
node_opens_panel (const GumboNode *node)
{
  if (!node_is_element (node))
    return FALSE;
  if (node_tag (node) == GUMBO_TAG_SUMMARY || node_attribute (node, "aria-expanded"))
    return TRUE;
  if (node_tag (node) == GUMBO_TAG_BUTTON)
    return node_attribute (node, "aria-controls") || words_have (node, "class", opener_names, FALSE);
  return words_have (node, "class", opener_names, FALSE) && words_have (node, "class", head_names, FALSE) &&
         !node_contains_block (node);
}

gboolean
node_is_panel (const GumboNode *node, const Panels *panels)
{
  const char *id = node_attribute (node, "id"), *role = node_attribute (node, "role");
  if ((id && g_hash_table_contains ((GHashTable *)panels, id)) || (role && !strcmp (role, "tabpanel")))
    return TRUE;
  const GumboNode *before = node_element_before (node);
  return words_have (node, "class", panel_names, FALSE) || (before && node_opens_panel (before));
}

gboolean
node_is_icon (const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  return tag == GUMBO_TAG_I || tag == GUMBO_TAG_SVG || words_have (node, "class", icon_names, FALSE);
}

const char *
node_control_mark (const GumboNode *node)
{
  static const char *const roles[] = {"checkbox", "switch", "radio", "menuitemcheckbox", "menuitemradio", NULL};
  static const char *const set[] = {"true", NULL}, *const clear[] = {"false", NULL};
  if (node_tag (node) == GUMBO_TAG_INPUT || !node_attribute_is (node, "role", roles))
    return NULL;
  return node_attribute_is (node, "aria-checked", set)     ? "☑"
         : node_attribute_is (node, "aria-checked", clear) ? "☐"
                                                           : NULL;
}

gboolean
node_is_unseen (const GumboNode *node)
{
  static const char *const yes[] = {"true", NULL};
  if (!node_is_element (node))
    return FALSE;
  return tag_is_in (node->v.element.tag, COUNT (unseen_tags)) ||
         (node_attribute_is (node, "aria-hidden", yes) && node_is_icon (node));
}

/* Whether a header or footer is that of the page, not of a section of its content. */
static gboolean
is_at_page_level (const GumboNode *node)
{
  for (node = node->parent; node; node = node->parent)
    if (tag_is_in (node_tag (node), COUNT (content_tags)))
      return FALSE;
  return TRUE;
}

static gboolean
is_near_body (const GumboNode *node)
{
  for (int i = 0; i < NEAR_BODY && node->parent; i++) {
    node = node->parent;
    if (node_tag (node) == GUMBO_TAG_BODY)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_named (const GumboNode *node, const char *const *names)
{
  return words_have (node, "class", names, TRUE) || words_have (node, "id", names, TRUE);
}

gboolean
node_is_header_footer (const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  if (tag == GUMBO_TAG_LAST || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML)
    return FALSE;
  if (tag == GUMBO_TAG_NAV || node_attribute_is (node, "role", header_footer_roles) ||
      is_named (node, header_footer_names))
    return TRUE;
  gboolean edge = tag == GUMBO_TAG_HEADER || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_ASIDE ||
                  words_have (node, "id", edge_names, TRUE) ||
                  (words_have (node, "class", edge_names, TRUE) && is_near_body (node));
  return edge && is_at_page_level (node);
}
