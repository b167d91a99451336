/* html_node.h - a node of a web page's tree: its attributes, its neighbours, what it is for.
 *
 * Whether it is a block follows from the HTML Standard's own style sheet (section 15.3) and from its style attribute,
 * what it is for from its tag, role (WAI-ARIA 1.2), class and id; whether it is seen is told by appearance.h. Nodes are
 * borrowed from the tree (html_tree.h). A tree may be deep: walk it by node_next in a loop, without recursion.
 */
#pragma once

#include "model/place.h"

#include <gumbo.h>

/* The ids of the elements that a button or a tab shows and hides (aria-controls and the like): char * -> itself. */
typedef GHashTable Panels;

Panels *panels_from_tree (const GumboNode *root); /* g_hash_table_unref frees it */

gboolean node_is_element (const GumboNode *node);
gboolean node_is_text (const GumboNode *node); /* white space and CDATA too, but no comment */
GumboTag node_tag (const GumboNode *node);     /* GUMBO_TAG_LAST where it is not an element */
Place node_place (const GumboNode *node);      /* its line in the source, or that of an element around it */

const char *node_attribute (const GumboNode *node, const char *name); /* NULL where it has none; borrowed */

/* Whether the attribute is one of VALUES, which end with NULL; ASCII case does not count. */
gboolean node_attribute_is (const GumboNode *node, const char *name, const char *const *values);

/* The attribute as a number from 0 to LIMIT; FALLBACK where it is not a number or is negative. */
int node_number (const GumboNode *node, const char *name, int fallback, int limit);

int node_children (const GumboNode *node); /* how many */
const GumboNode *node_child (const GumboNode *node, int index);
const GumboNode *node_after (const GumboNode *node); /* its next sibling, or NULL */

const GumboNode *node_element_before (const GumboNode *node); /* the sibling before it that is an element, or NULL */

/* The node that follows NODE in the document's order and is below ROOT, NULL after the last. INTO: its children come
 * first; else they are skipped. */
const GumboNode *node_next (const GumboNode *node, const GumboNode *root, gboolean into);

/* Whether a node below NODE is an element with one of the tags. */
gboolean node_contains (const GumboNode *node, const GumboTag *tags, gsize count);

gboolean node_is_block (const GumboNode *node); /* shown as a block by HTML's style sheet or its style attribute */
gboolean node_contains_block (const GumboNode *node); /* a node below it is a block */
gboolean node_is_table (const GumboNode *node);       /* by tag or role */
gboolean node_is_frame (const GumboNode *node);       /* shows another page: <iframe>, <frame> */

/* The box that NODE, a form control of the page's own making (WAI-ARIA), shows: ☑ or ☐; NULL: it is none. */
const char *node_control_mark (const GumboNode *node);

/* Whether NODE is an element that is not shown, whatever style sheets say: <script>, <rt>, an icon. */
gboolean node_is_unseen (const GumboNode *node);

/* Whether NODE is an element for an icon: <i>, <svg>, or of a class that says so. */
gboolean node_is_icon (const GumboNode *node);

/* Whether NODE, if it is hidden, is so only until a reader opens it. */
gboolean node_is_panel (const GumboNode *node, const Panels *panels);

/* Whether NODE is the page's header, footer or navigation, and not part of its content. */
gboolean node_is_header_footer (const GumboNode *node);

/* Whether a click on NODE opens a panel: <summary>, the button or the head of an accordion. */
gboolean node_opens_panel (const GumboNode *node);
