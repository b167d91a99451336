/* catalogue.h - a list of questions that vendors answer, such as METI's クラウドサービスレベルのチェックリスト.
 *
 * It is read from a file (patterns/catalogue.h) and never changes after that.
 */
#pragma once

#include <glib.h>

typedef struct {
  int no;                      /* from 1; no two items have the same */
  char *id;                    /* "METI-CSL-05" */
  char *name;                  /* "サービス稼働率" */
  char *section, *category;    /* NULL: the item has none */
  char *name_en, *category_en; /* in English; the same */
  char *definition, *unit;     /* the same */
  GPtrArray *aliases;          /* char *: other names that vendors use */
  GPtrArray *wordings;         /* char *: words that mean the item where an item is named, and not elsewhere */
  char *companions;            /* words that are said beside a name of the item, and keep it the same; or NULL */
} CatalogueItem;

typedef struct {
  char *id;             /* "METI-CSL-2010" */
  char *key;            /* "meti": an item's key in the JSON, and the beginning of CSV columns and of rules in
                           judgements.pattern */
  char *owner;          /* "METI": who publishes it, for notes */
  char *title;          /* "クラウドサービスレベルのチェックリスト" */
  CatalogueItem *items; /* in the file's order */
  int count;
} Catalogue;

void catalogue_free (Catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalogue, catalogue_free)

/* The item with number NO, or NULL; borrowed. */
const CatalogueItem *catalogue_item (const Catalogue *catalogue, int no);

/* The place of ITEM in `items`, from 0. */
int catalogue_index (const Catalogue *catalogue, const CatalogueItem *item);

/* The item's name, and its category (which may be NULL), as shown to people in LANGUAGE ("ja", "en"): in English where the
 * catalogue has that; borrowed. */
const char *catalogue_item_words (const CatalogueItem *item, const char *language);
const char *category_words (const CatalogueItem *item, const char *language);
