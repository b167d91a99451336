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

/* KEY as it is, or without marks between its words. */
static Match
match_key (const Knowledge *knowledge, const char *key)
{
  Match match = match_in_index (knowledge->index->names, key);
  g_autofree char *letters = match.item ? NULL : name_letters (key);
  return letters && *letters ? match_in_index (knowledge->index->letters, letters) : match;
}

/* The part of KEY that is the name by RULE of patterns/names.pattern; the score says how much of the key it is. */
static Match
match_part (const Knowledge *knowledge, const char *rule, const char *key)
{
  PatternMatch found;
  if (!patterns_match_rule (knowledge->names, rule, key, 0, &found))
    return no_match;
  const char *part = pattern_field (&found, "name");
  Match match = part && *part ? match_key (knowledge, part) : no_match;
  if (match.item)
    match.score = text_similarity (key, part);
  pattern_match_clear (&found);
  return match;
}

/* KEY by itself; or the larger of the text around brackets and the text in them. */
static Match
match_one_name (const Knowledge *knowledge, const char *key)
{
  Match match = match_key (knowledge, key);
  if (match.item)
    return match;
  Match around = match_part (knowledge, "around", key), inside = match_part (knowledge, "inside", key);
  return around.score >= inside.score ? around : inside;
}

static Match
match_part_of_name (const Knowledge *knowledge, const char *part)
{
  g_autofree char *key = text_folded (knowledge->comparing, part);
  return *key ? match_one_name (knowledge, key) : no_match;
}

/* The two parts of a name in two languages: lines, or what a slash or bar parts; else the Japanese and the English,
 * where they are parted by a space or bracket. NULL: it has not two. The caller frees. */
static GStrv
parts_of_name (const Knowledge *knowledge, const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name, "\n/|", -1);
  if (g_strv_length (parts) == 2)
    return g_steal_pointer (&parts);
  PatternMatch match;
  if (strlen (name) > NAME_BYTES || !patterns_match_rule (knowledge->language, "two-languages", name, 0, &match))
    return NULL;
  GStrv pair = g_new0 (char *, 3);
  pair[0] = g_strdup (pattern_field (&match, "first"));
  pair[1] = g_strdup (pattern_field (&match, "second"));
  pattern_match_clear (&match);
  return pair;
}

/* Longer texts only mention names. */
static Match
match_any_part (const Knowledge *knowledge, const char *name)
{
  g_auto (GStrv) parts = parts_of_name (knowledge, name);
  for (char **part = parts; part && *part; part++) {
    Match match = match_part_of_name (knowledge, *part);
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

/* Words that are the same, but for rounding. */
#define SAME_SCORE 0.999

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
  gboolean is_same = scores[best] > SAME_SCORE && second <= SAME_SCORE;
  gboolean clear = scores[best] >= least && (is_same || scores[best] - second >= MATCH_LEAD);
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

/* Names in other words: both are cut into terms (patterns/thesaurus.h), and what has a word that the other has not is
 * another subject: バックアップ費用, First response time. */

/* The most that the words may weigh that only the name has: less than one word. Neighbours make it no more: アップグレード作業の担当者
 * stands where アップグレード方針 does. */
#define LEFT_OVER_MOST 0.95

/* The same for names that are alike by their letters: slips of the pen, and endings. */
#define LEFT_OVER_LETTERS 0.5

/* What speaks for an item besides its words, where the rows beside it are its neighbours: each of them, its unit, and its
 * category. */
#define NEIGHBOUR_WEIGHT 0.08
#define UNIT_WEIGHT 0.04
#define CATEGORY_WEIGHT 0.05

/* Words that are less like an item are not it, wherever they stand. */
#define BESIDE_LEAST 0.55

/* The score of the same words in another order, or of other words that mean the same. */
#define WORDS_SCORE_MOST 0.99

/* Letters that are less alike are not compared by their words. */
#define LETTERS_LEAST 0.5

/* By the items' order, how like each of them the name is, by its letters (LETTERS) and by its words (WORDS): the best
 * of the item's names, of those that have nearly all of its words. */
static void
compare_names (const Knowledge *knowledge, const char *name, const char *name_key, double *letters, double *words)
{
  const CatalogueIndex *index = knowledge->index;
  g_autoptr (GArray) terms = terms_from_text (knowledge->thesaurus, name);
  guint64 bits = terms_bits (terms);
  g_autofree double *alike = g_new (double, index->name_items->len);
  likeness_index_compare (index->name_likeness, name_key, alike);
  for (guint i = 0; i < index->name_items->len; i++) {
    int item = g_array_index (index->name_items, int, i);
    const GArray *others = index->name_terms->pdata[i], *definition = index->definition_terms->pdata[item];
    double by_words = bits & index->name_bits[i] ? terms_likeness (terms, others, definition) : 0;
    gboolean better = alike[i] > MAX (letters[item], LETTERS_LEAST) || by_words > words[item];
    double left = better ? terms_left_over (terms, others, definition) : 0;
    if (better && left <= LEFT_OVER_MOST)
      words[item] = MAX (words[item], by_words);
    if (better && left <= LEFT_OVER_LETTERS)
      letters[item] = MAX (letters[item], alike[i]);
  }
}

/* By the items' order, how like each of them the words are, from what compare_names found; the caller frees. A
 * different definition counts against the item, but names decide: they weigh twice as much. Some of an item's words
 * alone do not make it (鍵管理 is not マルチテナントストレージの鍵管理); with its definition they may. */
static double *
likeness_of_items (const Knowledge *knowledge, const double *letters, const double *words, const char *definition_key)
{
  int count = knowledge->catalogue->count;
  double *scores = g_new0 (double, count);
  g_autofree double *definitions = g_new0 (double, count);
  likeness_index_compare (knowledge->index->definition_likeness, definition_key, definitions);
  for (int i = 0; i < count; i++)
    scores[i] = MAX (letters[i], *definition_key ? words[i] : 0);
  for (int i = 0; *definition_key && i < count; i++)
    scores[i] = (2 * scores[i] + definitions[i]) / 3;
  return scores;
}

/* For people: by letters alone, whatever words are left over. */
static double *
nearness_of_items (const Knowledge *knowledge, const char *name_key, const char *definition_key)
{
  const CatalogueIndex *index = knowledge->index;
  int count = knowledge->catalogue->count;
  g_autofree double *names = g_new (double, index->name_items->len), *letters = g_new0 (double, count);
  likeness_index_compare (index->name_likeness, name_key, names);
  for (guint i = 0; i < index->name_items->len; i++) {
    double *score = &letters[g_array_index (index->name_items, int, i)];
    *score = MAX (*score, names[i]);
  }
  return likeness_of_items (knowledge, letters, letters, definition_key);
}

void
match_nearest (const Knowledge *knowledge, const char *name, const char *definition, Match nearest[], int count)
{
  const Catalogue *catalogue = knowledge->catalogue;
  g_autofree char *name_key = text_folded (knowledge->comparing, name ? name : "");
  g_autofree char *definition_key = text_folded (knowledge->comparing, definition ? definition : "");
  g_autofree double *scores = nearness_of_items (knowledge, name_key, definition_key);
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

/* A part of the name is the catalogue's: not, if the rest of it makes another subject of it, or if all of its words are
 * another item's. WORDED: what the words are. */
static Match
match_part_or_words (const Knowledge *knowledge, const char *name, Match part, Match worded)
{
  g_autoptr (GArray) terms = terms_from_text (knowledge->thesaurus, name);
  if (part.item && terms_have_other_subject (terms) && worded.item != part.item)
    return no_match;
  gboolean prefers_words =
      worded.item && (!part.item || (part.item != worded.item && worded.score >= MATCH_SAME_WORDS));
  return prefers_words ? worded : part;
}

/* The item whose name has the same words; `alias` where nearly all of them are. */
static Match
match_same_words (const Knowledge *knowledge, const double *words)
{
  Match match = best_of (knowledge->catalogue, words, MATCH_SIMILAR, MATCH_WORDS_SCORE);
  if (match.item && match.score >= MATCH_SAME_WORDS)
    match.how = MATCH_ALIAS;
  match.score = MIN (match.score, WORDS_SCORE_MOST);
  return match;
}

/* NAME without its last brackets: データの保管先（国内／海外）, DR（災害復旧）サイト; *INSIDE is what is in them. NULL: it has none,
 * or nothing else. The caller frees both. */
static char *
name_without_brackets (const char *name, char **inside)
{
  static const char *const brackets[][2] = {{"(", ")"},   {"（", "）"}, {"[", "]"},
                                            {"【", "】"}, {"<", ">"},   {"＜", "＞"}};
  for (gsize i = 0; i < G_N_ELEMENTS (brackets); i++) {
    const char *close = g_strrstr (name, brackets[i][1]);
    const char *open = close ? g_strrstr_len (name, close - name, brackets[i][0]) : NULL;
    if (!open || open == name)
      continue;
    *inside = g_strndup (open, close - open);
    return g_strdup_printf ("%.*s%s", (int)(open - name), name, close + strlen (brackets[i][1]));
  }
  return NULL;
}

static gboolean
has_other_subject (const Knowledge *knowledge, const char *words)
{
  g_autoptr (GArray) terms = terms_from_text (knowledge->thesaurus, words);
  return terms_have_other_subject (terms);
}

/* The item that the words around NAME's brackets are, unless a word there or in them makes another subject of it. */
static Match
match_around_brackets (const Knowledge *knowledge, const char *name)
{
  g_autofree char *inside = NULL, *around = name_without_brackets (name, &inside);
  if (!around || has_other_subject (knowledge, around) || has_other_subject (knowledge, inside))
    return no_match;
  int count = knowledge->catalogue->count;
  g_autofree double *letters = g_new0 (double, count), *words = g_new0 (double, count);
  g_autofree char *key = text_folded (knowledge->comparing, around);
  compare_names (knowledge, around, key, letters, words);
  return match_same_words (knowledge, words);
}

Match
match_from_words (const Knowledge *knowledge, const char *name, const char *definition)
{
  const CatalogueItem *judged;
  if (is_judged (knowledge, name, &judged))
    return judged ? (Match){judged, MATCH_ALIAS, 1} : no_match;
  int count = knowledge->catalogue->count;
  g_autofree double *letters = g_new0 (double, count), *words = g_new0 (double, count);
  g_autofree char *name_key = text_folded (knowledge->comparing, name ? name : "");
  g_autofree char *definition_key = text_folded (knowledge->comparing, definition ? definition : "");
  gboolean is_name = *name_key && strlen (name_key) <= NAME_BYTES;
  Match match = is_name ? match_one_name (knowledge, name_key) : no_match;
  if (is_name && match.score < 1) {
    match = match.item ? match : match_any_part (knowledge, name);
    compare_names (knowledge, name, name_key, letters, words);
    match = match_part_or_words (knowledge, name, match, match_same_words (knowledge, words));
    match = match.item ? match : match_around_brackets (knowledge, name);
  }
  if (!match.item || match.how == MATCH_SIMILAR) {
    /* a sheet of questions may have METI's definition where others have its name */
    Match defined = match_definition_key (knowledge, *definition_key ? definition_key : name_key);
    match = defined.item ? defined : match;
  }
  if (match.item || !*name_key)
    return match;
  g_autofree double *scores = likeness_of_items (knowledge, letters, words, definition_key);
  return best_of (knowledge->catalogue, scores, MATCH_SIMILAR, MATCH_SIMILAR_SCORE);
}

static gboolean
is_unit_of (const Knowledge *knowledge, const CatalogueItem *item, const char *unit)
{
  g_autofree char *own = text_folded (knowledge->comparing, item->unit ? item->unit : "");
  g_autofree char *key = text_folded (knowledge->comparing, unit ? unit : "");
  return *key && !strcmp (own, key);
}

/* For an item of CATEGORY (the catalogue's name; NULL: not known), and as much against one of another. */
static double
category_weight (const CatalogueItem *item, const char *category)
{
  if (!category || !item->category)
    return 0;
  return g_str_equal (item->category, category) ? CATEGORY_WEIGHT : -CATEGORY_WEIGHT;
}

Match
match_beside (const Knowledge *knowledge, const Item *item, const int *neighbours, const char *category)
{
  const CatalogueItem *judged;
  const Catalogue *catalogue = knowledge->catalogue;
  g_autoptr (GArray) terms = terms_from_text (knowledge->thesaurus, item->name);
  g_autofree char *name_key = text_folded (knowledge->comparing, item->name);
  g_autofree char *definition_key = text_folded (knowledge->comparing, item->definition ? item->definition : "");
  if (strlen (name_key) > NAME_BYTES || terms_have_other_subject (terms) || is_judged (knowledge, item->name, &judged))
    return no_match;
  g_autofree double *letters = g_new0 (double, catalogue->count), *words = g_new0 (double, catalogue->count);
  compare_names (knowledge, item->name, name_key, letters, words);
  for (int i = 0; i < catalogue->count; i++)
    letters[i] = MAX (letters[i], words[i]);
  g_autofree double *scores = likeness_of_items (knowledge, letters, letters, definition_key);
  for (int i = 0; i < catalogue->count; i++) {
    if (neighbours[i] < 0)
      scores[i] = 0;
    else if (neighbours[i] && scores[i] >= BESIDE_LEAST)
      scores[i] = MIN (scores[i] + neighbours[i] * NEIGHBOUR_WEIGHT, WORDS_SCORE_MOST) +
                  (is_unit_of (knowledge, &catalogue->items[i], item->unit) ? UNIT_WEIGHT : 0) +
                  category_weight (&catalogue->items[i], category);
  }
  Match match = best_of (catalogue, scores, MATCH_SIMILAR, MATCH_SIMILAR_SCORE);
  match.score = MIN (match.score, WORDS_SCORE_MOST);
  return match.item && neighbours[catalogue_index (catalogue, match.item)] > 0 ? match : no_match;
}

gboolean
match_is_unit (const Knowledge *knowledge, const char *text)
{
  g_autofree char *key = text_folded (knowledge->comparing, text);
  return (*key && g_hash_table_contains (knowledge->index->units, key)) || patterns_has (knowledge->rows, "unit", text);
}
