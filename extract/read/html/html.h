/* html.h - the parts of the web page reader, for html*.c and link.c only: the tree as a browser builds it, the text
 * of a part of it as a browser shows it, and its tables as grids.
 *
 * The tree may be deep, so nothing here calls itself for each level, but walking the containers (html.c), which
 * stops at a fixed depth.
 */
#pragma once

#include "model/block.h"

#include <gumbo.h>

/* html.c: what the page declares of itself, as browsers look for it before they parse: <meta charset>, <meta
 * http-equiv>, or the XML declaration. One that can be read as ASCII is not UTF-16. NULL: nothing; the caller frees. */
char *html_charset_from_bytes (GBytes *bytes);

/* Cuts pictures held in the page itself: they are no text, and would count against the limit of its size. */
void html_cut_pictures (char *text);

/* html_tree.c: the tree, parsed within bounds of size, nesting and memory. Errors: LIMIT_SIZE. TEXT must outlive it. */
typedef struct HtmlTree HtmlTree;
HtmlTree *html_tree_from_text (const char *text, GError **error);
const GumboNode *html_tree_root (const HtmlTree *tree); /* the <html> element; borrowed */
void html_tree_free (HtmlTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtmlTree, html_tree_free)

/* html_node.c: questions about one node. */
typedef GHashTable Panels; /* char * -> itself: the ids of elements that a button or a tab opens */

Panels *panels_from_tree (const GumboNode *root); /* g_hash_table_unref */

gboolean node_is_element (const GumboNode *node);
gboolean node_is_text (const GumboNode *node);
GumboTag node_tag (const GumboNode *node);                            /* GUMBO_TAG_LAST where it is no element */
const char *node_attribute (const GumboNode *node, const char *name); /* NULL: it has none */
gboolean node_attribute_is (const GumboNode *node, const char *name, const char *const *values);
int node_number (const GumboNode *node, const char *name, int fallback, int limit); /* 0 to LIMIT */
int node_children (const GumboNode *node);
const GumboNode *node_child (const GumboNode *node, int index);
const GumboNode *node_after (const GumboNode *node); /* its next sibling, or NULL */

/* The next node of ROOT in the document's order, NULL after the last; into the children of NODE or past them. */
const GumboNode *node_next (const GumboNode *node, const GumboNode *root, gboolean into);

/* What HTML's own style sheet shows as a block, or the element's style attribute does. */
gboolean node_is_block (const GumboNode *node);
gboolean node_holds_block (const GumboNode *node); /* somewhere below it */
gboolean node_holds (const GumboNode *node, const GumboTag *tags, gsize count);
gboolean node_is_hidden (const GumboNode *node, const Panels *panels);
gboolean node_is_furniture (const GumboNode *node);
gboolean node_is_table (const GumboNode *node);    /* by tag or role */
gboolean node_opens_panel (const GumboNode *node); /* the head of an accordion */
Place node_place (const GumboNode *node);

/* html_text.c: text as a browser lays it out, with "\n" where a line is broken on purpose. */
typedef struct TextRun TextRun;
TextRun *text_run_new (const Panels *panels);
void text_run_free (TextRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRun, text_run_free)
void text_run_add (TextRun *run, const GumboNode *node);        /* the node with all below it */
void text_run_begin_item (TextRun *run, const GumboNode *item); /* the mark of a list item, before what comes next */
void text_run_end_item (TextRun *run);                          /* drops the mark of an item in which nothing came */
Place text_run_place (const TextRun *run);                      /* of its first character */
char *text_run_take (TextRun *run); /* the text, trimmed, "" where there is none; the run is empty again */
char *text_of_node (const GumboNode *node, const Panels *panels); /* all of it at once */

/* html_replaced.c: whether NODE is an image, a form control and the like. *TEXT: what stands for it, NULL for nothing.
 */
gboolean node_is_replaced (const GumboNode *node, const Panels *panels, char **text);

/* html_table.c: NULL where the table is there for the layout of other things, or would take more than PLACES places. */
Grid *grid_from_table (const GumboNode *table, const Panels *panels, int places);
const GumboNode *table_caption (const GumboNode *table); /* or NULL */

/* html_definitions.c: a row for each dt and its dd. NULL where a dd holds tables or headings of its own. */
Grid *grid_from_definitions (const GumboNode *list, const Panels *panels);
