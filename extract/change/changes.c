/* changes.c - see changes.h */
#include "change/changes.h"

void
item_change_free (ItemChange *change)
{
  g_array_unref (change->fields);
  g_free (change);
}

ItemChange *
item_change_new (const Item *old, const Item *new)
{
  ItemChange *change = g_new0 (ItemChange, 1);
  *change = (ItemChange){old, new, g_array_new (FALSE, FALSE, sizeof (FieldChange)), FALSE};
  return change;
}

Changes *
changes_new (const Catalogue *catalogue)
{
  Changes *changes = g_new0 (Changes, 1);
  GPtrArray **const lists[] = {&changes->added, &changes->removed, &changes->changed, &changes->renumbered,
                               &changes->reworded};
  GPtrArray **const numbers[] = {&changes->declared, &changes->undeclared, &changes->unfounded};
  changes->catalogue = catalogue;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func ((GDestroyNotify)item_change_free);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = g_ptr_array_new_with_free_func (g_free);
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
