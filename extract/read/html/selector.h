/* selector.h - the selectors of style sheets (Selectors 4, CSS Nesting): which elements of a page a rule is for.
 *
 *     ul > li.sp:not(.a)::before, p   ──►  two selectors, the first before its element
 *                                     ──►  compounds, from the element itself leftwards: li.sp:not(.a), then ul, its parent
 *                                     ──►  of simple selectors: a tag, a class, not a class
 *
 * Alternatives (:is, :where, lists within :not and :has) are written out as selectors of their own. One that is not understood
 * matches nothing. Left out: pseudo-classes beyond those of `pseudo_classes`, pseudo-elements but ::before and ::after.
 *
 * A page may be hostile: how many selectors there are is bounded, and the steps of matching are counted.
 */
#pragma once

#include <gumbo.h>

#include <glib.h>

/* What a selector's rule is for: the element, or what is put before or after its content. */
typedef enum {
  PSEUDO_NONE,
  PSEUDO_BEFORE,
  PSEUDO_AFTER,
} PseudoElement;

/* How strictly selectors are taken. */
typedef enum {
  SELECTORS_AS_IS,  /* the page as it is opened */
  SELECTORS_OPENED, /* after clicks and scrolling: :checked and :target hold, and classes of states (is-open, active) */
} SelectorMode;

/* All selectors of a page's style sheets, and what matching them has cost. */
typedef struct Selectors Selectors;

/* One of them; its parts are kept by the Selectors. */
typedef struct {
  guint first, count; /* of the compounds, from the element itself leftwards */
  guint specificity;  /* ids from bit 16, classes from bit 8, tags; many of a kind run into the next */
  PseudoElement pseudo;
} Selector;

/* CLICKABLE tells whether a click changes a form control of the page, with DATA, which it borrows. */
Selectors *selectors_new (gboolean (*clickable) (const GumboNode *control, gpointer data), gpointer data);
void selectors_free (Selectors *selectors);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Selectors, selectors_free)

/* Adds the selectors that TEXT is, parted by commas, to the Selectors and to LIST (Selector). FALSE: there are so many by now that some
 * are left out. */
gboolean selectors_add (Selectors *selectors, const char *text, GArray *list);

/* The selectors INNER of a rule within one of OUTER: "&" is the outer one. The caller frees. */
char *selectors_nested (const char *outer, const char *inner);

/* What an element must have for SELECTOR: "#id", else ".class", else "tag", else "*" for anything. The caller frees. */
char *selector_key (const Selectors *selectors, const Selector *selector);

/* The keys that the element NODE has; g_strfreev frees them. */
char **selector_keys_of_node (const GumboNode *node);

gboolean selector_matches (Selectors *selectors, const Selector *selector, const GumboNode *node, SelectorMode mode);

/* Whether matching took so many steps that nothing matches any more. */
gboolean selectors_gave_up (const Selectors *selectors);
