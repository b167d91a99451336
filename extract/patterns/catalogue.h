/* catalogue.h - a catalogue out of its file (patterns/meti.json is one; patterns/README.md gives the format), and what
 * is looked up in it.
 */
#pragma once

#include "model/catalogue.h"
#include "model/item.h"
#include "text/folding.h"
#include "text/likeness.h"

/* The catalogue in BYTES. Errors: CHECKSHEET_ERROR_PATTERNS, "NAME: what is wrong". The caller frees. */
Catalogue *catalogue_from_bytes (const char *name, GBytes *bytes, GError **error);

/* What is looked up for a text, all of it through the folding `comparing`. */
typedef struct {
  GHashTable *names;       /* names and aliases, char * -> Match * that they prove */
  GHashTable *letters;     /* the same without the marks between their words (方法／間隔, 方法・間隔) */
  GHashTable *definitions; /* char * -> const CatalogueItem *, the first item that has it */
  GHashTable *units;       /* char * */

  LikenessIndex *definition_likeness; /* by the items' order */
  LikenessIndex *name_likeness;       /* all names and aliases */
  GArray *name_items;                 /* int, the index of the item of each */
  char **definition_keys;             /* by the items' order; "" where an item has none */

  GPtrArray *matches; /* Match, owned */
} CatalogueIndex;

/* Borrows CATALOGUE, which must outlive it. */
CatalogueIndex *catalogue_index_new (const Catalogue *catalogue, const Folding *comparing);
void catalogue_index_free (CatalogueIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CatalogueIndex, catalogue_index_free)

/* KEY, a folded name, without the marks between its words. The caller frees. */
char *name_letters (const char *key);
