/* compiled.c - part-compiled FOLDER: what is known of the built-in files as they were compiled, and of the files in FOLDER, which
 * are the same, as they are read: both fold each character, match the examples of each rule, and know the catalogue's
 * names and the symbols' codes in the same way. Prints a line for each that differs, and how many were compared.
 */
#include "patterns/knowledge.h"
#include "patterns/pattern_folder.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const Knowledge *built_in, *read;
  int compared, different;
} Comparison;

static void
compare (Comparison *comparison, gboolean same, const char *what, const char *which)
{
  comparison->compared++;
  if (!same && ++comparison->different <= 20)
    printf ("%s %s differs\n", what, which);
}

/* Each character of the Basic Multilingual Plane, alone and before a mark that composes with some. */
static void
compare_foldings (Comparison *comparison, const Folding *one, const Folding *other, const char *name)
{
  for (gunichar character = 1; character < 0x10000; character++) {
    char text[16] = {0};
    if (!g_unichar_validate (character))
      continue;
    strcpy (text + g_unichar_to_utf8 (character, text), character % 2 ? "" : "\u3099");
    g_autofree char *folded = text_folded (one, text), *other_folded = text_folded (other, text);
    compare (comparison, g_str_equal (folded, other_folded), name, text);
  }
}

static void
compare_examples (Comparison *comparison, const Patterns *built_in, const Patterns *read)
{
  for (guint i = 0; i < read->file->rules->len; i++) {
    const PatternRule *rule = g_ptr_array_index (read->file->rules, i);
    for (guint j = 0; j < rule->examples->len; j++) {
      const PatternExample *example = g_ptr_array_index (rule->examples, j);
      PatternMatch match = {0}, other = {0};
      gboolean found = patterns_match_rule (built_in, rule->name, example->text, 0, &match),
               other_found = patterns_match_rule (read, rule->name, example->text, 0, &other);
      compare (comparison, found == other_found && match.start == other.start && match.end == other.end, rule->name,
               example->text);
      pattern_match_clear (&match);
      pattern_match_clear (&other);
    }
  }
}

static gboolean
same_terms (const GArray *terms, const GArray *other)
{
  if (terms->len != other->len)
    return FALSE;
  for (guint i = 0; i < terms->len; i++) {
    const Term *a = &g_array_index (terms, Term, i), *b = &g_array_index (other, Term, i);
    if (a->term != b->term || a->listed != b->listed || a->weight != b->weight || !g_str_equal (a->word, b->word))
      return FALSE;
  }
  return TRUE;
}

static void
compare_item (Comparison *comparison, const CatalogueItem *item, const CatalogueItem *other)
{
  const char *const texts[] = {item->id,      item->name,       item->section, item->category,
                               item->name_en, item->definition, item->unit,    item->companions};
  const char *const others[] = {other->id,      other->name,       other->section, other->category,
                                other->name_en, other->definition, other->unit,    other->companions};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    compare (comparison, !g_strcmp0 (texts[i], others[i]), "item", item->id);
  compare (comparison,
           item->no == other->no && item->aliases->len == other->aliases->len &&
               item->wordings->len == other->wordings->len,
           "item", item->id);
}

static void
compare_indexes (Comparison *comparison, const CatalogueIndex *index, const CatalogueIndex *other)
{
  GHashTableIter every;
  gpointer key, value;
  g_hash_table_iter_init (&every, index->names);
  while (g_hash_table_iter_next (&every, &key, &value)) {
    const Match *match = value, *same = g_hash_table_lookup (other->names, key);
    g_autofree double *scores = g_new0 (double, index->name_items->len + 1),
                      *other_scores = g_new0 (double, other->name_items->len + 1);
    likeness_index_compare (index->name_likeness, key, scores);
    likeness_index_compare (other->name_likeness, key, other_scores);
    compare (comparison,
             same && match->item->no == same->item->no && match->how == same->how &&
                 !memcmp (scores, other_scores, index->name_items->len * sizeof *scores),
             "name", key);
  }
  compare (comparison,
           g_hash_table_size (index->names) == g_hash_table_size (other->names) &&
               g_hash_table_size (index->letters) == g_hash_table_size (other->letters) &&
               g_hash_table_size (index->units) == g_hash_table_size (other->units) &&
               index->name_terms->len == other->name_terms->len,
           "the index", "");
  for (guint i = 0; i < index->name_terms->len; i++)
    compare (comparison, same_terms (index->name_terms->pdata[i], other->name_terms->pdata[i]), "terms", "of a name");
  for (guint i = 0; i < index->definition_terms->len; i++)
    compare (comparison, same_terms (index->definition_terms->pdata[i], other->definition_terms->pdata[i]), "terms",
             index->definition_keys[i]);
}

static void
compare_symbols (Comparison *comparison)
{
  static const char *const names[] = {"Wingdings", "Wingdings 2", "Webdings", "Symbol", "ZapfDingbats", "FontAwesome"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const SymbolFont *font = symbol_font_from_name (comparison->built_in->symbols, names[i]),
                     *other = symbol_font_from_name (comparison->read->symbols, names[i]);
    compare (comparison, !font == !other, "font", names[i]);
    for (guint code = 0; font && code < 0x10000; code++)
      compare (comparison, symbol_from_code (font, code) == symbol_from_code (other, code), "a code of", names[i]);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  const KnowledgeFiles files = {argv[1], NULL};
  g_auto (GStrv) names = pattern_folder_names (NULL);
  g_autoptr (Knowledge) built_in = knowledge_open (NULL, NULL), read = argc == 2 ? knowledge_open (&files, NULL) : NULL;
  g_assert (built_in && read);
  Comparison comparison = {built_in, read, 0, 0};
  for (char **name = names; *name; name++) {
    g_autoptr (GVariant) compiled = compiled_pattern_file (*name);
    compare (&comparison, compiled != NULL, *name, "compiled");
  }
  compare_foldings (&comparison, built_in->writing, read->writing, "writing");
  compare_foldings (&comparison, built_in->comparing, read->comparing, "comparing");
  compare_foldings (&comparison, built_in->changing, read->changing, "changing");
  Patterns *const *own = &built_in->certifications, *const *others = &read->certifications;
  for (; own <= (Patterns *const *)&built_in->values; own++, others++)
    compare_examples (&comparison, *own, *others);
  for (int i = 0; i < built_in->catalogue->count; i++)
    compare_item (&comparison, &built_in->catalogue->items[i], &read->catalogue->items[i]);
  compare_indexes (&comparison, built_in->index, read->index);
  compare_symbols (&comparison);
  printf ("%d compared\n", comparison.compared);
  return comparison.different > 0;
}
