/* appearance.h - which elements of a web page are seen, and which are struck out, by their styles (style.h) and by what
 * their page lets a reader open.
 *
 *     hidden   display: none, opacity: 0, off the screen, clipped to nothing: with all below it
 *              visibility: hidden, font-size: 0, a far text-indent: its own text, until an element below says otherwise
 *     panel    hidden until a click opens it, or a script shows it: that is seen. Its name, its button, or a rule that
 *              shows it in another state (.answer.is-open) tell.
 *     struck   line-through, by its own style or that of an element around it
 */
#pragma once

#include "model/note.h"
#include "read/html/html_node.h"
#include "read/html/style.h"

typedef struct Appearance Appearance;

/* ROOT must outlive it. LINKED may be NULL (style.h). */
Appearance *appearance_from_tree (const GumboNode *root, const LinkedStyles *linked);
void appearance_free (Appearance *appearance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Appearance, appearance_free)

/* Whether NODE, an element or text, is not shown and no click shows it; of an element, with all below it. */
gboolean node_is_hidden (const GumboNode *node, const Appearance *appearance);

/* Whether NODE, an element or text, is struck out. */
gboolean node_is_struck (const GumboNode *node, const Appearance *appearance);

/* How many columns the element NODE puts what is in it into, by its style (CSS Grid Layout); 0: it does not say. */
int node_grid_columns (const GumboNode *node, const Appearance *appearance);

/* Adds to NOTES (Note) what styles hide: how many characters, and the first words. */
void appearance_note_hidden (const Appearance *appearance, GPtrArray *notes);
