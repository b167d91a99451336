/* comparison.c - see comparison.h */
#include "change/comparison.h"

#include "change/declared.h"
#include "change/pair.h"

/* Takes CHANGE into LIST, if a field of it changed. */
static void
keep_if_any (GPtrArray *list, ItemChange *change)
{
  if (change->fields->len > 0)
    g_ptr_array_add (list, change);
  else
    item_change_free (change);
}

static void
compare_numbers (const Knowledge *knowledge, Changes *changes, const Item *old, const Item *new)
{
  if (!old->number || !new->number)
    return;
  ItemChange *change = item_change_new (old, new);
  FieldChange field = {"number", old->number, new->number, NULL};
  g_autofree char *before = item_number_key (knowledge, old->number), *now = item_number_key (knowledge, new->number);
  if (!g_str_equal (before, now))
    g_array_append_val (change->fields, field);
  keep_if_any (changes->renumbered, change);
}

static void
compare_pair (const Knowledge *knowledge, Changes *changes, const Item *old, const Item *new)
{
  ItemChange *changed = item_change_new (old, new), *reworded = item_change_new (old, new);
  fields_compare (knowledge, old, new, changed->fields, reworded->fields);
  keep_if_any (changes->changed, changed);
  keep_if_any (changes->reworded, reworded);
  compare_numbers (knowledge, changes, old, new);
}

static void
compare_items (const Knowledge *knowledge, Changes *changes, const Sheet *old, const Sheet *new)
{
  g_autofree int *partners = partners_from_sheets (knowledge, old, new);
  g_autofree gboolean *paired = g_new0 (gboolean, old->items->len);
  for (guint i = 0; i < new->items->len; i++) {
    if (partners[i] < 0) {
      g_ptr_array_add (changes->added, item_change_new (NULL, sheet_item (new, (int)i)));
      continue;
    }
    paired[partners[i]] = TRUE;
    compare_pair (knowledge, changes, sheet_item (old, partners[i]), sheet_item (new, (int)i));
  }
  for (guint i = 0; i < old->items->len; i++)
    if (!paired[i])
      g_ptr_array_add (changes->removed, item_change_new (sheet_item (old, (int)i), NULL));
}

Changes *
changes_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new)
{
  Changes *changes = changes_new (new->catalogue);
  compare_items (knowledge, changes, old, new);
  changes_compare_declared (knowledge, changes, old, new);
  return changes;
}
