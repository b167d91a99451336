/* tabs.h - the tabs of a web page: which title shows which panel.
 *
 *     <ul role="tablist"><li role="tab"><a href="#t0">可用性</a> …      the titles, side by side
 *     <div role="tabpanel" id="t0"> … </div>                            a panel: its title is a heading over it
 *
 * A tab names its panel by aria-controls, data-bs-target, data-target or the address of its link, or the panel names its
 * tab by aria-labelledby; where none does, the first tab is that of the first panel. Roles are those of WAI-ARIA 1.2; a
 * class or id with the word "tab" does for them.
 */
#pragma once

#include "read/html/appearance.h"

typedef struct Tabs Tabs;

/* The tabs below ROOT, which is borrowed, as is APPEARANCE; the caller frees. */
Tabs *tabs_from_tree (const GumboNode *root, const Appearance *appearance);
void tabs_free (Tabs *tabs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tabs, tabs_free)

/* The title of the tab that shows NODE; NULL: it is not a panel. Borrowed. */
const char *tabs_title_of (const Tabs *tabs, const GumboNode *node);

/* Whether NODE is the list of the titles. */
gboolean node_is_tab_list (const GumboNode *node);
