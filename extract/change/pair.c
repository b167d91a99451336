/* pair.c - see pair.h */
#include "change/pair.h"

#include "items/match.h"
#include "text/likeness.h"

#include <stdlib.h>
#include <string.h>

/* More pairs, or longer texts (bytes), than this are not compared for likeness; more items with one key than that are
 * not tried. */
enum { LIKENESS_PAIRS_MOST = 40000, LIKENESS_BYTES_MOST = 1500, SAME_KEY_MOST = 50 };

enum { BY_CATALOGUE = 1, BY_SECTION = 2, BY_NAME = 4 };

static const int pairing_rules[] = {BY_CATALOGUE | BY_SECTION | BY_NAME,
                                    BY_CATALOGUE | BY_SECTION,
                                    BY_CATALOGUE | BY_NAME,
                                    BY_CATALOGUE,
                                    BY_SECTION | BY_NAME,
                                    BY_NAME};

/* One revision's items, ready to be compared. */
typedef struct {
  const Sheet *sheet;
  int count;
  char **names, **sections; /* folded; "" where the item has none */
  GHashTable *all_sections; /* borrows from `sections` */
  int *partners;            /* in the other revision; -1: none yet */
} RevisionItems;

static char *
folded_or_empty (const Knowledge *knowledge, const char *text)
{
  return text_folded (knowledge->comparing, text ? text : "");
}

static RevisionItems
revision_items_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  int count = (int)sheet->items->len;
  RevisionItems items = {
      sheet, count, g_new0 (char *, count + 1), g_new0 (char *, count + 1), NULL, g_new (int, count)};
  items.all_sections = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < count; i++) {
    const Item *item = sheet_item (sheet, i);
    items.names[i] = folded_or_empty (knowledge, item->name ? item->name : item->definition);
    items.sections[i] = folded_or_empty (knowledge, item->section);
    items.partners[i] = -1;
    g_hash_table_add (items.all_sections, items.sections[i]);
  }
  return items;
}

static void
revision_items_clear (RevisionItems *items)
{
  g_strfreev (items->names);
  g_strfreev (items->sections);
  g_hash_table_unref (items->all_sections);
  g_free (items->partners);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RevisionItems, revision_items_clear)

/* What two items must have in common by RULE; NULL: the rule does not apply to this one. */
static char *
key_of_item (const RevisionItems *items, int index, int rule)
{
  const CatalogueItem *known = sheet_item (items->sheet, index)->match.item;
  if ((rule & BY_CATALOGUE && !known) || (rule & BY_NAME && !*items->names[index]))
    return NULL;
  return g_strdup_printf ("%s\n%s\n%s", rule & BY_CATALOGUE ? known->id : "",
                          rule & BY_SECTION ? items->sections[index] : "", rule & BY_NAME ? items->names[index] : "");
}

/* Whether the two are in different sections that both revisions have. */
static gboolean
are_apart (const RevisionItems *old, int old_index, const RevisionItems *new, int new_index)
{
  const char *before = old->sections[old_index], *now = new->sections[new_index];
  return !g_str_equal (before, now) && g_hash_table_contains (new->all_sections, before) &&
         g_hash_table_contains (old->all_sections, now);
}

static void
join (RevisionItems *old, int old_index, RevisionItems *new, int new_index)
{
  old->partners[old_index] = new_index;
  new->partners[new_index] = old_index;
}

/* The indices of the items without a partner by key: char * -> GArray of int. */
static GHashTable *
index_by_key (const RevisionItems *items, int rule)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (int i = 0; i < items->count; i++) {
    char *key = items->partners[i] < 0 ? key_of_item (items, i, rule) : NULL;
    GArray *same = key ? g_hash_table_lookup (index, key) : NULL;
    if (key && !same)
      g_hash_table_insert (index, g_strdup (key), same = g_array_new (FALSE, FALSE, sizeof (int)));
    if (same && same->len < SAME_KEY_MOST)
      g_array_append_val (same, i);
    g_free (key);
  }
  return index;
}

static void
pair_by_rule (RevisionItems *old, RevisionItems *new, int rule)
{
  g_autoptr (GHashTable) index = index_by_key (old, rule);
  for (int i = 0; i < new->count; i++) {
    g_autofree char *key = new->partners[i] < 0 ? key_of_item (new, i, rule) : NULL;
    const GArray *same = key ? g_hash_table_lookup (index, key) : NULL;
    for (guint j = 0; same && j < same->len && new->partners[i] < 0; j++) {
      int candidate = g_array_index (same, int, j);
      if (old->partners[candidate] < 0 && !are_apart (old, candidate, new, i))
        join (old, candidate, new, i);
    }
  }
}

typedef struct {
  int old, new;
  double score;
} PairLikeness;

static double
likeness_of (const Knowledge *knowledge, const RevisionItems *old, int old_index, const RevisionItems *new,
             int new_index)
{
  const Item *before = sheet_item (old->sheet, old_index), *now = sheet_item (new->sheet, new_index);
  if ((before->match.item && now->match.item) || are_apart (old, old_index, new, new_index))
    return 0;
  if (MAX (strlen (old->names[old_index]), strlen (new->names[new_index])) > LIKENESS_BYTES_MOST)
    return 0;
  double names = text_similarity (old->names[old_index], new->names[new_index]);
  if (!before->definition || !now->definition ||
      MAX (strlen (before->definition), strlen (now->definition)) > LIKENESS_BYTES_MOST)
    return names;
  g_autofree char *ours = text_folded (knowledge->comparing, before->definition),
                  *theirs = text_folded (knowledge->comparing, now->definition);
  return MAX (names, (names + text_similarity (ours, theirs)) / 2);
}

/* The likest first, then in the order of the sheets. */
static int
order_likeness (gconstpointer a, gconstpointer b)
{
  const PairLikeness *first = a, *second = b;
  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return first->new != second->new ? first->new - second->new : first->old - second->old;
}

static GArray *
free_indices (const RevisionItems *items)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; i < items->count; i++)
    if (items->partners[i] < 0)
      g_array_append_val (indices, i);
  return indices;
}

static void
pair_by_likeness (const Knowledge *knowledge, RevisionItems *old, RevisionItems *new)
{
  g_autoptr (GArray) before = free_indices (old), now = free_indices (new);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PairLikeness));
  if ((guint64)before->len * now->len > LIKENESS_PAIRS_MOST)
    return;
  for (guint i = 0; i < now->len; i++)
    for (guint j = 0; j < before->len; j++) {
      PairLikeness like = {g_array_index (before, int, j), g_array_index (now, int, i), 0};
      like.score = likeness_of (knowledge, old, like.old, new, like.new);
      if (like.score >= MATCH_SIMILAR_SCORE)
        g_array_append_val (found, like);
    }
  g_array_sort (found, order_likeness);
  for (guint i = 0; i < found->len; i++) {
    const PairLikeness *like = &g_array_index (found, PairLikeness, i);
    if (old->partners[like->old] < 0 && new->partners[like->new] < 0)
      join (old, like->old, new, like->new);
  }
}

int *
partners_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new)
{
  g_auto (RevisionItems) before = revision_items_from_sheet (knowledge, old),
                         now = revision_items_from_sheet (knowledge, new);
  for (gsize i = 0; i < G_N_ELEMENTS (pairing_rules); i++)
    pair_by_rule (&before, &now, pairing_rules[i]);
  pair_by_likeness (knowledge, &before, &now);
  return g_steal_pointer (&now.partners);
}
