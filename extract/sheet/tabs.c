/* tabs.c - see tabs.h */
#include "sheet/tabs.h"

#include "items/item_list.h"

#include <string.h>

/* Of the catalogue's items in the tab that has fewest of them, the share that other tabs have too from which on tabs are
 * products (or plans, or editions) and not parts. Parts have had 0 or 1 item in common, products all but a few. */
#define PRODUCTS_SHARE 0.5

typedef struct {
  const char *name; /* as in the places of its items */
  GPtrArray *items; /* Item, borrowed */
} SheetTab;

static void
tab_free (SheetTab *tab)
{
  g_ptr_array_unref (tab->items);
  g_free (tab);
}

static const char *
tab_of_item (const Item *item)
{
  return item->places->len > 0 ? g_array_index (item->places, Place, 0).sheet : NULL;
}

static SheetTab *
tab_named (GPtrArray *tabs, const char *name)
{
  for (guint i = 0; i < tabs->len; i++)
    if (!strcmp (((SheetTab *)g_ptr_array_index (tabs, i))->name, name))
      return g_ptr_array_index (tabs, i);
  SheetTab *tab = g_new0 (SheetTab, 1);
  *tab = (SheetTab){name, g_ptr_array_new ()};
  g_ptr_array_add (tabs, tab);
  return tab;
}

static GPtrArray *
tabs_of_lists (GPtrArray *lists)
{
  GPtrArray *tabs = g_ptr_array_new_with_free_func ((GDestroyNotify)tab_free);
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++) {
      Item *item = g_ptr_array_index (list->items, j);
      if (tab_of_item (item))
        g_ptr_array_add (tab_named (tabs, tab_of_item (item))->items, item);
    }
  }
  return tabs;
}

/* In how many of the tabs each item of the catalogue is; the caller frees. */
static int *
tabs_with_each_item (const Catalogue *catalogue, GPtrArray *tabs)
{
  int *counts = g_new0 (int, catalogue->count);
  g_autofree guint *last = g_new0 (guint, catalogue->count);
  for (guint i = 0; i < tabs->len; i++) {
    const SheetTab *tab = g_ptr_array_index (tabs, i);
    for (guint j = 0; j < tab->items->len; j++) {
      const Item *item = g_ptr_array_index (tab->items, j);
      int index = item->match.item ? catalogue_index (catalogue, item->match.item) : -1;
      if (index < 0 || last[index] == i + 1)
        continue;
      last[index] = i + 1;
      counts[index]++;
    }
  }
  return counts;
}

static gboolean
are_products (const Catalogue *catalogue, GPtrArray *tabs)
{
  g_autofree int *counts = tabs_with_each_item (catalogue, tabs);
  double highest = 0;
  for (guint i = 0; i < tabs->len; i++) {
    const SheetTab *tab = g_ptr_array_index (tabs, i);
    int known = 0, repeated = 0;
    for (guint j = 0; j < tab->items->len; j++) {
      const Item *item = g_ptr_array_index (tab->items, j);
      known += item->match.item != NULL;
      repeated += item->match.item && counts[catalogue_index (catalogue, item->match.item)] > 1;
    }
    highest = MAX (highest, known > 0 ? (double)repeated / known : 0);
  }
  return highest >= PRODUCTS_SHARE;
}

/* The name of a tab without the number before it; the caller frees. */
static char *
name_of_tab (const Knowledge *knowledge, const char *name)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->headings, "tab", name, 0, &match))
    return heading_text (knowledge, name);
  char *text = heading_text (knowledge, pattern_field (&match, "heading"));
  pattern_match_clear (&match);
  return text;
}

/* Whether the rows of the tab say NAME themselves. */
static gboolean
is_said_by_rows (const SheetTab *tab, const char *name)
{
  for (guint i = 0; i < tab->items->len; i++) {
    const Item *item = g_ptr_array_index (tab->items, i);
    if ((item->category && strstr (name, item->category)) || (item->section && strstr (name, item->section)) ||
        (item->section && strstr (item->section, name)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_no_categories (const SheetTab *tab)
{
  for (guint i = 0; i < tab->items->len; i++)
    if (((const Item *)g_ptr_array_index (tab->items, i))->category)
      return FALSE;
  return TRUE;
}

/* The section becomes the tab's name; one that the item has already follows it. */
static void
set_section (Item *item, const char *name)
{
  char *section = item->section ? g_strdup_printf ("%s / %s", name, item->section) : g_strdup (name);
  g_free (item->section);
  item->section = section;
}

static void
name_items (const Knowledge *knowledge, const SheetTab *tab, gboolean products)
{
  g_autofree char *name = products ? heading_text (knowledge, tab->name) : name_of_tab (knowledge, tab->name);
  if (!name || (!products && patterns_has (knowledge->headings, "tab-without-name", name)) ||
      (!products && is_said_by_rows (tab, name)))
    return;
  gboolean category = !products && has_no_categories (tab);
  for (guint i = 0; i < tab->items->len; i++) {
    Item *item = g_ptr_array_index (tab->items, i);
    if (category)
      item->category = g_strdup (name);
    else if (products || !item->section)
      set_section (item, name);
  }
}

void
items_take_tabs (const Knowledge *knowledge, GPtrArray *lists)
{
  g_autoptr (GPtrArray) tabs = tabs_of_lists (lists);
  gboolean products = tabs->len > 1 && are_products (knowledge->catalogue, tabs);
  for (guint i = 0; i < tabs->len && tabs->len > 1; i++)
    name_items (knowledge, g_ptr_array_index (tabs, i), products);
}

/* Whether LIST has a column that says the category of each row. */
static gboolean
has_category_column (const ItemList *list)
{
  return list->columns && columns_find (list->columns, COLUMN_CATEGORY) >= 0;
}

/* The items of LISTS by the heading over their table, as tabs; NULL: one has no heading, or a column or a word for
 * categories. The caller frees. */
static GPtrArray *
tabs_of_headings (const Knowledge *knowledge, GPtrArray *lists)
{
  g_autoptr (GPtrArray) tabs = g_ptr_array_new_with_free_func ((GDestroyNotify)tab_free);
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++) {
      Item *item = g_ptr_array_index (list->items, j);
      if (!item->category || item->section || has_category_column (list) ||
          patterns_has (knowledge->rows, "category", item->category))
        return NULL;
      g_ptr_array_add (tab_named (tabs, item->category)->items, item);
    }
  }
  return g_steal_pointer (&tabs);
}

void
items_take_headings (const Knowledge *knowledge, GPtrArray *lists)
{
  g_autoptr (GPtrArray) tabs = tabs_of_headings (knowledge, lists);
  if (!tabs || tabs->len < 2 || !are_products (knowledge->catalogue, tabs))
    return;
  for (guint i = 0; i < tabs->len; i++) {
    const SheetTab *tab = g_ptr_array_index (tabs, i);
    for (guint j = 0; j < tab->items->len; j++) {
      Item *item = g_ptr_array_index (tab->items, j);
      item->section = g_steal_pointer (&item->category);
    }
  }
}
