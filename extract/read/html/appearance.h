/* appearance.h - which elements of a web page are seen, and which are struck out, by their styles (style.h) and by what
 * their page lets a reader open.
 *
 *     hidden   display: none, opacity: 0, off the screen, clipped to nothing: with all below it
 *              visibility: hidden, font-size: 0, a far text-indent: its own text, until an element below says otherwise
 *     panel    hidden until a click opens it, or a script shows it: that is seen. Its name, its button, or a rule that
 *              shows it in another state (.answer.is-open) tell.
 *              the colour of its ground, in a table: the same
 *     struck   line-through, by its own style or that of an element around it
 */
#pragma once

#include "model/note.h"
#include "patterns/symbols.h"
#include "read/html/html_node.h"
#include "read/html/style.h"

typedef struct Appearance Appearance;

/* ROOT and SYMBOLS must outlive it. LINKED may be NULL (style.h), and SYMBOLS: no symbol font is known. */
Appearance *appearance_from_tree (const GumboNode *root, const LinkedStyles *linked, const Symbols *symbols);
void appearance_free (Appearance *appearance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Appearance, appearance_free)

/* Whether NODE, an element or text, is not shown and no click shows it; of an element, with all below it. */
gboolean node_is_hidden (const GumboNode *node, const Appearance *appearance);

/* Whether NODE, an element or text, is struck out. */
gboolean node_is_struck (const GumboNode *node, const Appearance *appearance);

/* The symbol font that the text of NODE is set in; NULL: none. */
const SymbolFont *node_symbol_font (const GumboNode *node, const Appearance *appearance);

/* What a reader sees of the element NODE, in which there is no text: what the page's styles put there, or the mark that an icon
 * is. NULL: nothing is known. Borrowed. */
const char *node_shown_text (const GumboNode *node, const Appearance *appearance);

/* Whether a line is drawn around the word NODE, one of the choices of its cell: as if there were a ○ before it. */
gboolean node_is_chosen (const GumboNode *node, const Appearance *appearance);

/* How many columns the element NODE puts what is in it into, by its style (CSS Grid Layout); 0: it does not say. */
int node_grid_columns (const GumboNode *node, const Appearance *appearance);

/* Adds to NOTES (Note) what styles hide: how many characters, and the first words; the marks that were read of icons and
 * drawings; form controls; and cells with nothing but a picture that says nothing. */
void appearance_add_notes (const Appearance *appearance, GPtrArray *notes);
