/* icon.h - the mark that an icon of a web page is: a tick, a cross, a ring.
 *
 *     <i class="fa fa-check"></i>                    ✓    by the name that libraries of icons have for it
 *     <i class="material-icons">close</i>            ×
 *     <svg><use href="#check"/></svg>                ✓    by that of what it uses, or its shapes
 *     <svg><circle fill="none" …/></svg>             ○    by the shapes that it is drawn with
 */
#pragma once

#include "read/html/html_node.h"

/* The mark that the element NODE shows; NULL: none that is known. IDS: the page's elements by their ids (char *), where
 * the drawings are that it may use. The caller frees. */
char *icon_mark (const GumboNode *node, GHashTable *ids);
