/* match.c - see match.h */
#include "items/match.h"

#include <stdlib.h>
#include <string.h>

/* Longer than any name in two languages; a longer text is not a name, though it may contain one. */
#define NAME_BYTES 240

static const Match no_match = {NULL, MATCH_NONE, 0};

/* Names */

/* The match that KEY has in an index of names. */
static Match
match_in_index (GHashTable *names, const char *key)
{
  const Match *match = g_hash_table_lookup (names, key);
  return match ? *match : no_match;
}

/* The part of KEY that is the name by RULE of patterns/names.pattern; the score says how much of the key it is. */
static Match
match_part (const Knowledge *knowledge, const char *rule, const char *key)
{
  PatternMatch found;
  if (!patterns_match_rule (knowledge->names, rule, key, 0, &found))
    return no_match;
  const char *part = pattern_field (&found, "name");
  Match match = part && *part ? match_in_index (knowledge->index->names, part) : no_match;
  if (match.item)
    match.score = text_similarity (key, part);
  pattern_match_clear (&found);
  return match;
}

/* KEY as it is; or without marks between its words; or the larger of the text around brackets and the text in them. */
static Match
match_one_name (const Knowledge *knowledge, const char *key)
{
  Match match = match_in_index (knowledge->index->names, key);
  g_autofree char *letters = match.item ? NULL : name_letters (key);
  if (letters && *letters)
    match = match_in_index (knowledge->index->letters, letters);
  if (match.item)
    return match;
  Match around = match_part (knowledge, "around", key), inside = match_part (knowledge, "inside", key);
  return around.score >= inside.score ? around : inside;
}

/* A name in two languages has one a line, or a slash between them. Longer texts only mention names. */
static Match
match_any_part (const Knowledge *knowledge, const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name, "\n/|", -1);
  for (char **part = parts; g_strv_length (parts) == 2 && *part; part++) {
    g_autofree char *key = text_folded (knowledge->comparing, *part);
    Match match = *key ? match_one_name (knowledge, key) : no_match;
    if (match.item)
      return match;
  }
  return no_match;
}

static Match
match_exactly (const Knowledge *knowledge, const char *name, const char *key)
{
  if (strlen (key) > NAME_BYTES)
    return no_match;
  Match match = match_one_name (knowledge, key);
  return match.item ? match : match_any_part (knowledge, name);
}

Match
match_one_line_name (const Knowledge *knowledge, const char *name)
{
  g_autofree char *key = text_folded (knowledge->comparing, name);
  return *key && strlen (key) <= NAME_BYTES ? match_one_name (knowledge, key) : no_match;
}

const CatalogueItem *
match_name (const Knowledge *knowledge, const char *name)
{
  g_autofree char *key = text_folded (knowledge->comparing, name);
  return *key ? match_exactly (knowledge, name, key).item : NULL;
}

/* Likeness */

/* The best of the catalogue's items, where SCORES (by the items' order) has a clear one. */
static Match
best_of (const Catalogue *catalogue, const double *scores, MatchHow how, double least)
{
  int best = 0;
  double second = 0;
  for (int i = 1; i < catalogue->count; i++) {
    if (scores[i] > scores[best]) {
      second = scores[best];
      best = i;
    } else
      second = MAX (second, scores[i]);
  }
  gboolean clear = scores[best] >= least && (scores[best] - second >= MATCH_LEAD || scores[best] > 0.999);
  return clear ? (Match){&catalogue->items[best], how, scores[best]} : no_match;
}

/* Dice's coefficient is limited by the lengths. Most texts are not definitions, and this excludes them at once. */
static gboolean
may_be_alike (gsize a, gsize b, double least)
{
  return 2.0 * MIN (a, b) >= least * (a + b);
}

static Match
match_definition_key (const Knowledge *knowledge, const char *key)
{
  const CatalogueItem *same = g_hash_table_lookup (knowledge->index->definitions, key);
  if (same)
    return (Match){same, MATCH_DEFINITION, 1};
  LikenessIndex *definitions = knowledge->index->definition_likeness;
  g_autofree double *scores = g_new0 (double, knowledge->catalogue->count);
  guint count = text_feature_count (key);
  likeness_index_compare (definitions, key, scores);
  for (int i = 0; i < knowledge->catalogue->count; i++)
    if (!may_be_alike (count, likeness_index_feature_count (definitions, i), MATCH_DEFINITION_SCORE - MATCH_LEAD))
      scores[i] = 0;
  return best_of (knowledge->catalogue, scores, MATCH_DEFINITION, MATCH_DEFINITION_SCORE);
}

const CatalogueItem *
match_definition (const Knowledge *knowledge, const char *definition)
{
  g_autofree char *key = text_folded (knowledge->comparing, definition);
  return *key ? match_definition_key (knowledge, key).item : NULL;
}

/* By the items' order, how like each of them the words are; the caller frees. A different definition counts against the
 * item, but names decide: they weigh twice as much. */
static double *
likeness_of_items (const Knowledge *knowledge, const char *name_key, const char *definition_key)
{
  const CatalogueIndex *index = knowledge->index;
  int count = knowledge->catalogue->count;
  double *scores = g_new0 (double, count);
  g_autofree double *names = g_new (double, index->name_items->len), *definitions = g_new0 (double, count);
  likeness_index_compare (index->name_likeness, name_key, names);
  likeness_index_compare (index->definition_likeness, definition_key, definitions);
  for (guint i = 0; i < index->name_items->len; i++) {
    double *score = &scores[g_array_index (index->name_items, int, i)];
    *score = MAX (*score, names[i]);
  }
  for (int i = 0; *definition_key && i < count; i++)
    scores[i] = (2 * scores[i] + definitions[i]) / 3;
  return scores;
}

void
match_nearest (const Knowledge *knowledge, const char *name, const char *definition, Match nearest[], int count)
{
  const Catalogue *catalogue = knowledge->catalogue;
  g_autofree char *name_key = text_folded (knowledge->comparing, name ? name : "");
  g_autofree char *definition_key = text_folded (knowledge->comparing, definition ? definition : "");
  g_autofree double *scores = likeness_of_items (knowledge, name_key, definition_key);
  for (int i = 0; i < count; i++) {
    int best = 0;
    for (int j = 1; j < catalogue->count; j++)
      best = scores[j] > scores[best] ? j : best;
    nearest[i] = i < catalogue->count ? (Match){&catalogue->items[best], MATCH_SIMILAR, scores[best]} : no_match;
    scores[best] = -1;
  }
}

/* Judgements */

/* Whether a person has judged NAME; *ITEM is then the item that it means, NULL: an extension. A rule is called "none", or
 * by the catalogue's key and the item's number, "meti-31". */
static gboolean
is_judged (const Knowledge *knowledge, const char *name, const CatalogueItem **item)
{
  PatternMatch match;
  *item = NULL;
  if (!name || !patterns_match (knowledge->judgements, name, 0, &match))
    return FALSE;
  const char *rule = match.rule, *key = knowledge->catalogue->key;
  pattern_match_clear (&match);
  if (g_str_equal (rule, "none"))
    return TRUE;
  if (g_str_has_prefix (rule, key) && rule[strlen (key)] == '-')
    *item = catalogue_item (knowledge->catalogue, atoi (rule + strlen (key) + 1));
  return *item != NULL;
}

Match
match_from_words (const Knowledge *knowledge, const char *name, const char *definition)
{
  const CatalogueItem *judged;
  if (is_judged (knowledge, name, &judged))
    return judged ? (Match){judged, MATCH_ALIAS, 1} : no_match;
  g_autofree char *name_key = text_folded (knowledge->comparing, name ? name : "");
  g_autofree char *definition_key = text_folded (knowledge->comparing, definition ? definition : "");
  Match match = *name_key ? match_exactly (knowledge, name, name_key) : no_match;
  if (!match.item && *definition_key)
    match = match_definition_key (knowledge, definition_key);
  if (match.item || !*name_key)
    return match;
  g_autofree double *scores = likeness_of_items (knowledge, name_key, definition_key);
  return best_of (knowledge->catalogue, scores, MATCH_SIMILAR, MATCH_SIMILAR_SCORE);
}

gboolean
match_is_unit (const Knowledge *knowledge, const char *text)
{
  g_autofree char *key = text_folded (knowledge->comparing, text);
  return (*key && g_hash_table_contains (knowledge->index->units, key)) || patterns_has (knowledge->rows, "unit", text);
}
