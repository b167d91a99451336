/* catalogue.c - see catalogue.h */
#include "model/catalogue.h"

static void
catalogue_item_clear (CatalogueItem *item)
{
  char *const texts[] = {item->id,          item->name,       item->section, item->category,  item->name_en,
                         item->category_en, item->definition, item->unit,    item->companions};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&item->aliases, g_ptr_array_unref);
  g_clear_pointer (&item->wordings, g_ptr_array_unref);
}

void
catalogue_free (Catalogue *catalogue)
{
  if (!catalogue)
    return;
  for (int i = 0; i < catalogue->count; i++)
    catalogue_item_clear (&catalogue->items[i]);
  g_free (catalogue->items);
  g_free (catalogue->id);
  g_free (catalogue->key);
  g_free (catalogue->owner);
  g_free (catalogue->title);
  g_free (catalogue);
}

const CatalogueItem *
catalogue_item (const Catalogue *catalogue, int no)
{
  for (int i = 0; i < catalogue->count; i++)
    if (catalogue->items[i].no == no)
      return &catalogue->items[i];
  return NULL;
}

int
catalogue_index (const Catalogue *catalogue, const CatalogueItem *item)
{
  return (int)(item - catalogue->items);
}

const char *
catalogue_item_words (const CatalogueItem *item, const char *language)
{
  return item->name_en && g_str_equal (language, "en") ? item->name_en : item->name;
}

const char *
category_words (const CatalogueItem *item, const char *language)
{
  return item->category_en && g_str_equal (language, "en") ? item->category_en : item->category;
}
