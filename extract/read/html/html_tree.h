/* html_tree.h - a web page as the tree that a browser builds of it (HTML Standard, section 13.2), by gumbo.
 *
 * A page may be hostile: parsing is bounded in size, in nesting and in memory. The tree may be deep: a function over it
 * must not recurse once for each level; html_node.h has the steps for walking it in a loop.
 */
#pragma once

#include <glib.h>
#include <gumbo.h>

typedef struct HtmlTree HtmlTree;

/* The encoding that the page declares: the XML declaration, <meta charset> or <meta http-equiv>, in the first 4096
 * bytes, as the prescan of the HTML Standard does it (section 13.2.3.2, which reads 1024). A page whose declaration can
 * be read as ASCII is not in UTF-16, whatever it declares. In lower case; NULL where nothing is declared; the caller
 * frees. */
char *html_charset_from_bytes (GBytes *bytes);

/* Parses TEXT (valid UTF-8), of which the tree keeps a copy. Pictures in data: URLs are left out first, so that they do
 * not count against the limits. Errors: CHECKSHEET_ERROR_LIMIT_SIZE, where the text is nested so deeply that gumbo would
 * take minutes; LIMIT_MEMORY, where the process may not have the memory that its tree takes. */
HtmlTree *html_tree_from_text (const char *text, GError **error);

const GumboNode *html_tree_root (const HtmlTree *tree); /* the <html> element; borrowed */

void html_tree_free (HtmlTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtmlTree, html_tree_free)
