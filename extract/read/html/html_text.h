/* html_text.h - the text of a part of a web page as a browser shows it.
 *
 * White space collapses as CSS 2.2 has it (section 16.6.1), with one change: a line end in the source between two wide
 * characters gives no space. Browsers show one, but authors of Japanese pages do not mean it. "\n" is in the text only
 * where a line is broken on purpose: by <br>, by a block, in <pre>. Hidden elements are left out (node_is_hidden), list
 * items have their number or "・", and replaced elements (images, form controls) are shown as text:
 *
 *     <ol><li>可用性 <input type=checkbox checked>あり</ol>      1. 可用性 ☑あり
 */
#pragma once

#include "read/html/html_node.h"

/* Collects the text of nodes that follow each other in one paragraph. */
typedef struct TextRun TextRun;

TextRun *text_run_new (const Panels *panels); /* PANELS must outlive it */
void text_run_free (TextRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRun, text_run_free)

void text_run_add (TextRun *run, const GumboNode *node);        /* the node with all below it */
void text_run_begin_item (TextRun *run, const GumboNode *item); /* its marker precedes the next character */
void text_run_end_item (TextRun *run);                          /* drops the marker of an item without text */
Place text_run_place (const TextRun *run);                      /* of its first character */
char *text_run_take (TextRun *run); /* the text, trimmed, "" where it is empty; the run is empty again; caller frees */

/* The text of NODE and all below it, trimmed; the caller frees. */
char *text_of_node (const GumboNode *node, const Panels *panels);
