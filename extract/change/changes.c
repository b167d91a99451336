/* changes.c - see changes.h */
#include "change/changes.h"

#include "change/declared.h"
#include "change/fields.h"
#include "change/pair.h"

static void
item_change_free (gpointer data)
{
  ItemChange *change = data;
  g_array_unref (change->fields);
  g_free (change);
}

static ItemChange *
item_change_new (const Item *old, const Item *new)
{
  ItemChange *change = g_new0 (ItemChange, 1);
  *change = (ItemChange){old, new, g_array_new (FALSE, FALSE, sizeof (FieldChange)), FALSE};
  return change;
}

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
compare_numbers (Changes *changes, const Item *old, const Item *new)
{
  if (!old->number || !new->number)
    return;
  ItemChange *change = item_change_new (old, new);
  FieldChange field = {"number", old->number, new->number, NULL};
  g_autofree char *before = item_number_key (old->number), *now = item_number_key (new->number);
  if (!g_str_equal (before, now))
    g_array_append_val (change->fields, field);
  keep_if_any (changes->renumbered, change);
}

static void
compare_pair (Changes *changes, const Item *old, const Item *new)
{
  ItemChange *changed = item_change_new (old, new), *reworded = item_change_new (old, new);
  fields_compare (old, new, changed->fields, reworded->fields);
  keep_if_any (changes->changed, changed);
  keep_if_any (changes->reworded, reworded);
  compare_numbers (changes, old, new);
}

static void
compare_items (Changes *changes, const Sheet *old, const Sheet *new)
{
  g_autofree int *partners = partners_from_sheets (old, new);
  g_autofree gboolean *paired = g_new0 (gboolean, old->items->len);
  for (guint i = 0; i < new->items->len; i++) {
    if (partners[i] < 0) {
      g_ptr_array_add (changes->added, item_change_new (NULL, sheet_item (new, (int)i)));
      continue;
    }
    paired[partners[i]] = TRUE;
    compare_pair (changes, sheet_item (old, partners[i]), sheet_item (new, (int)i));
  }
  for (guint i = 0; i < old->items->len; i++)
    if (!paired[i])
      g_ptr_array_add (changes->removed, item_change_new (sheet_item (old, (int)i), NULL));
}

Changes *
changes_from_sheets (const Sheet *old, const Sheet *new)
{
  Changes *changes = g_new0 (Changes, 1);
  GPtrArray **const lists[] = {&changes->added, &changes->removed, &changes->changed, &changes->renumbered,
                               &changes->reworded};
  GPtrArray **const numbers[] = {&changes->declared, &changes->undeclared, &changes->unfounded};
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func (item_change_free);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = g_ptr_array_new_with_free_func (g_free);
  compare_items (changes, old, new);
  changes_compare_declared (changes, old, new);
  return changes;
}

gboolean
changes_are_none (const Changes *changes)
{
  return changes->added->len + changes->removed->len + changes->changed->len == 0;
}

void
changes_free (Changes *changes)
{
  if (!changes)
    return;
  GPtrArray *const lists[] = {changes->added,    changes->removed,  changes->changed,    changes->renumbered,
                              changes->reworded, changes->declared, changes->undeclared, changes->unfounded};
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (lists[i]);
  g_free (changes);
}
