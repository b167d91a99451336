/* item.c - see item.h */
#include "model/item.h"

#include "patterns/catalogue.h"

static void
other_field_free (gpointer data)
{
  OtherField *other = data;
  g_free (other->name);
  g_free (other->text);
  g_free (other);
}

Item *
item_new (void)
{
  Item *item = g_new0 (Item, 1);
  item->others = g_ptr_array_new_with_free_func (other_field_free);
  item->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return item;
}

void
item_free (Item *item)
{
  if (!item)
    return;
  char *const texts[] = {item->number,     item->section, item->category, item->name,
                         item->definition, item->unit,    item->answer,   item->status};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  answer_free (item->meaning);
  g_ptr_array_unref (item->others);
  g_array_unref (item->places);
  g_free (item);
}

const char *
unit_of_item (const Item *item)
{
  if (item->unit || !item->match.no)
    return item->unit;
  return catalogue_item (item->match.no)->unit;
}

const char *
match_how_name (MatchHow how)
{
  static const char *const names[] = {NULL, "name", "alias", "definition", "similar"};
  return names[how];
}
