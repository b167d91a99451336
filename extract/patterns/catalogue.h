/* catalogue.h - reads a catalogue from its file (patterns/meti.json is one; patterns/README.md has the format), and an
 * index of its names, definitions and units.
 */
#pragma once

#include "model/catalogue.h"
#include "model/item.h"
#include "patterns/thesaurus.h"
#include "text/folding.h"
#include "text/likeness.h"

/* The catalogue in BYTES. Errors: CHECKSHEET_ERROR_PATTERNS, "NAME: what is wrong". The caller frees. */
Catalogue *catalogue_from_bytes (const char *name, GBytes *bytes, GError **error);

/* CATALOGUE, to be built into the program, and what was. The caller frees. */
GVariant *catalogue_compiled (const Catalogue *catalogue);
Catalogue *catalogue_from_compiled (GVariant *compiled);

/* All texts in it are folded by `comparing`; a text that is looked up must be too. */
typedef struct {
  GHashTable *names;       /* names and aliases, char * -> Match *, the match that they prove */
  GHashTable *letters;     /* the same by name_letters */
  GHashTable *definitions; /* char * -> const CatalogueItem *, the first item that has it */
  GHashTable *units;       /* char * */

  LikenessIndex *definition_likeness; /* of each item's definition, by the items' order */
  LikenessIndex *name_likeness;       /* of all names, aliases and wordings */
  GArray *name_items;                 /* int, the item of each of them, by the items' order */
  GPtrArray *name_terms;              /* GArray of Term, of each of them */
  guint64 *name_bits;                 /* their terms_bits */
  GPtrArray *definition_terms;  /* GArray of Term, of each item's definition and companions, by the items' order */
  const char **definition_keys; /* by the items' order; "" where an item has none */

  GVariant *compiled; /* has the texts */
  Match *matches;
} CatalogueIndex;

/* What catalogue_index_new takes: built into the program for its own catalogue, since that takes longer than all else
 * at its start. The caller frees. */
GVariant *catalogue_index_compiled (const Catalogue *catalogue, const Folding *comparing, const Thesaurus *thesaurus);

/* COMPILED is of CATALOGUE and THESAURUS, which are borrowed and must outlive the index. The caller frees. */
CatalogueIndex *catalogue_index_new (GVariant *compiled, const Catalogue *catalogue, const Thesaurus *thesaurus);
void catalogue_index_free (CatalogueIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CatalogueIndex, catalogue_index_free)

/* The letters and digits of KEY, a folded name: 方法／間隔 and 方法・間隔 are the same. The caller frees. */
char *name_letters (const char *key);
