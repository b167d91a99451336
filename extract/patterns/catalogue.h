/* catalogue.h - the 49 items of METI's クラウドサービスレベルのチェックリスト (2010), from patterns/meti.json. */
#pragma once

#include <glib.h>

#define CATALOGUE_ITEMS 49

typedef struct {
  const char *id; /* "METI-CSL-05" */
  int no;         /* 1 to 49 */
  const char *section, *category, *name, *name_en, *definition, *unit;
  GPtrArray *aliases; /* char *: other names seen */
  /* The same through text_for_comparing: */
  const char *name_key, *name_en_key, *definition_key, *unit_key;
  GPtrArray *alias_keys;
} CatalogueItem;

/* "METI-CSL-2010". */
const char *catalogue_name (void);

/* The item with number NO, 1 to 49. Loaded once for the life of the process; borrowed. */
const CatalogueItem *catalogue_item (int no);
