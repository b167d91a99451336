/* html_text.h - the text of a part of a web page as a browser shows it.
 *
 * White space collapses as CSS 2.2 has it (section 16.6.1), with one change: a line end in the source between two wide
 * characters gives no space. Browsers show one, but authors of Japanese pages do not mean it. "\n" is in the text only
 * where a line is broken on purpose: by <br>, by a block, in <pre>. Hidden elements are left out (node_is_hidden), list
 * items have their number or "・", and replaced elements (images, form controls) are shown as text. What is struck out
 * is a text of its own, and leaves neither a space nor an empty line:
 *
 *     <ol><li>可用性 <input type=checkbox checked>あり</ol>      1. 可用性 ☑あり
 */
#pragma once

#include "read/html/appearance.h"

/* Collects the text of nodes that follow each other in one paragraph. */
typedef struct TextRun TextRun;

TextRun *text_run_new (const Appearance *appearance); /* APPEARANCE must outlive it */
void text_run_free (TextRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRun, text_run_free)

void text_run_add (TextRun *run, const GumboNode *node);        /* the node with all below it */
void text_run_begin_item (TextRun *run, const GumboNode *item); /* its marker precedes the next character */
void text_run_end_item (TextRun *run);                          /* drops the marker of an item without text */
Place text_run_place (const TextRun *run);                      /* of its first character */

/* The text, trimmed, "" where it is empty; *STRUCK, where given, the struck words, NULL where there are none. The run is
 * empty again. The caller frees both. */
char *text_run_take (TextRun *run, char **struck);

/* The same for NODE and all below it. */
char *text_of_node (const GumboNode *node, const Appearance *appearance, char **struck);
