/* item.c - see item.h */
#include "model/item.h"

#define ITEM_FIELD_LINE(field, kind, key, joined, shown, comparison)                                                   \
  {#field, key, COLUMN_##kind, G_STRUCT_OFFSET (Item, field), joined, shown, comparison},

const ItemField item_fields[ITEM_FIELD_COUNT] = {ITEM_FIELDS (ITEM_FIELD_LINE)};

char **
item_text_of (const Item *item, const ItemField *field)
{
  return (char **)G_STRUCT_MEMBER_P (item, field->offset);
}

const char *
column_kind_name (ColumnKind kind)
{
  if (kind >= COLUMN_NUMBER && kind < COLUMN_EXAMPLE)
    return item_fields[kind - COLUMN_NUMBER].name;
  static const char *const names[] = {"example", "other", "choice", "plan"};
  return kind == COLUMN_UNKNOWN ? "unknown" : names[kind - COLUMN_EXAMPLE];
}

static void
other_field_free (gpointer data)
{
  OtherField *other = data;
  g_free (other->name);
  g_free (other->text);
  g_free (other);
}

void
others_take (GPtrArray *others, char *name, char *text)
{
  OtherField *other = g_new0 (OtherField, 1);
  *other = (OtherField){name, text};
  g_ptr_array_add (others, other);
}

Item *
item_new (void)
{
  Item *item = g_new0 (Item, 1);
  item->others = g_ptr_array_new_with_free_func (other_field_free);
  item->struck_others = g_ptr_array_new_with_free_func (other_field_free);
  item->places = g_array_new (FALSE, FALSE, sizeof (Place));
  item->recognition = 1;
  item->confidence = 1;
  return item;
}

void
item_free (Item *item)
{
  if (!item)
    return;
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    g_free (*item_text_of (item, &item_fields[i]));
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    g_free (item->struck[i]);
  answer_free (item->meaning);
  g_clear_pointer (&item->choices, g_ptr_array_unref);
  g_clear_pointer (&item->by, g_ptr_array_unref);
  g_free (item->remark);
  g_ptr_array_unref (item->others);
  g_ptr_array_unref (item->struck_others);
  g_array_unref (item->places);
  g_free (item);
}

const char *
unit_of_item (const Item *item)
{
  return item->unit || !item->match.item ? item->unit : item->match.item->unit;
}

const char *
match_how_name (MatchHow how)
{
  static const char *const names[] = {NULL, "name", "alias", "definition", "similar"};
  return names[how];
}
