/* style.h - what the style sheets of a web page say of whether its text is seen: the part of CSS that hides and strikes.
 *
 *     .sp { display: none }     ──►  rules: selectors (selector.h), and the few properties that count (style_value.h)
 *     <span class="sp">         ──►  the cascade (CSS Cascade 4): importance, origin, style attribute, specificity, order
 *                                    ──►  Style: a small number for each property
 *
 * A page may be hostile: the text of the sheets is bounded, reading it is linear, and the steps of matching are counted.
 * No library of Debian does this for C (NetSurf's libcss and lexbor are not packaged, libcroco is no longer kept).
 *
 * Left out: style sheets of other files that do not come with the page, and whatever needs a layout. A variable has one value on
 * the whole page: that of :root, else the only one; but in `content`, where it is that of the nearest element that sets it.
 */
#pragma once

#include "read/html/counters.h"
#include "read/html/html_node.h"
#include "read/html/selector.h"
#include "read/html/style_value.h"

typedef struct {
  guint32 values[STYLE_PROPERTIES]; /* style_value.h; 0 where nothing is said */
  gboolean said[STYLE_PROPERTIES];
} Style;

typedef struct StyleSheets StyleSheets;

/* Where the style sheets of other files come from: TEXT gives what is at the address HREF, to be freed by the caller, or
 * NULL. */
typedef struct {
  char *(*text) (const char *href, gconstpointer data);
  gconstpointer data;
} LinkedStyles;

/* The sheets in the <style> and <link> elements of ROOT's tree that count on a desktop screen 1280 pixels wide, over
 * those of browsers. LINKED may be NULL: only those in the page. The caller frees. */
StyleSheets *style_sheets_from_tree (const GumboNode *root, const LinkedStyles *linked);
void style_sheets_free (StyleSheets *sheets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StyleSheets, style_sheets_free)

/* The style of the element NODE by the sheets and its style attribute, with nothing inherited. */
Style style_of_node (StyleSheets *sheets, const GumboNode *node, SelectorMode mode);

/* Counts what STYLE, that of NODE, wants to be counted. */
void style_count (StyleSheets *sheets, const GumboNode *node, const Style *style, Counters *counters);

gboolean style_sheets_count (const StyleSheets *sheets); /* whether a rule counts */
gboolean style_generates (const StyleSheets *sheets);    /* whether one puts something before or after an element */

/* The style of what the sheets put before or after what is in NODE (::before, ::after). */
Style style_of_generated (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo);

/* The text that the sheets put there, to be freed by the caller; *FAMILY: the fonts that they set it in, borrowed from SHEETS.
 * NULL: none. */
char *style_generated_text (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo, const char **family,
                            Counters *counters);

/* The text that is the value of STYLE_FONT_FAMILY; NULL for 0. Borrowed. */
const char *style_text (const StyleSheets *sheets, guint32 value);

/* Whether a style sheet that the page links does not come with it. */
gboolean style_sheets_are_missing (const StyleSheets *sheets);

/* Whether the sheets are so long, or matching took so many steps, that some of them is left out. */
gboolean style_sheets_gave_up (const StyleSheets *sheets);
