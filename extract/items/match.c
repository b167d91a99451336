/* match.c - see match.h */
#include "items/match.h"

#include "patterns/catalogue.h"
#include "patterns/pattern.h"
#include "text/character.h"
#include "text/folding.h"
#include "text/likeness.h"

#include <stdlib.h>
#include <string.h>

/* Longer than any name in two languages; what is longer is no name, though one may stand in it. */
#define NAME_BYTES 240

static const Match no_match = {0, MATCH_NONE, 0};

/* Names and aliases, folded, to the Match they prove: made once. */
static GHashTable *
known_names (void)
{
  static GHashTable *names;
  if (names)
    return names;
  names = g_hash_table_new (g_str_hash, g_str_equal);
  for (int no = CATALOGUE_ITEMS; no >= 1; no--) {
    const CatalogueItem *item = catalogue_item (no);
    for (guint i = 0; i < item->alias_keys->len; i++)
      g_hash_table_insert (names, g_ptr_array_index (item->alias_keys, i), GINT_TO_POINTER (no * 8 + MATCH_ALIAS));
    g_hash_table_insert (names, (gpointer)item->name_en_key, GINT_TO_POINTER (no * 8 + MATCH_ALIAS));
  }
  for (int no = 1; no <= CATALOGUE_ITEMS; no++)
    g_hash_table_insert (names, (gpointer)catalogue_item (no)->name_key, GINT_TO_POINTER (no * 8 + MATCH_NAME));
  return names;
}

/* The match of a folded name as it stands. */
static Match
match_key (const char *key)
{
  int found = GPOINTER_TO_INT (g_hash_table_lookup (known_names (), key));
  return found ? (Match){found / 8, found % 8, 1} : no_match;
}

/* The part of KEY that is the name by RULE of patterns/names.pattern; its score tells how much of the key it is. */
static Match
match_part (const char *rule, const char *key)
{
  PatternMatch found;
  if (!patterns_match_rule (patterns_named ("names.pattern"), rule, key, 0, &found))
    return no_match;
  const char *part = pattern_field (&found, "name");
  Match match = part && *part ? match_key (part) : no_match;
  if (match.no)
    match.score = text_similarity (key, part);
  pattern_match_clear (&found);
  return match;
}

/* Names that differ in nothing but marks between their words: 方法／間隔, 方法・間隔. */
static char *
letters_of (const char *key)
{
  char *letters = g_malloc (strlen (key) + 1), *end = letters;
  for (const char *at = key, *next; *at; at = next) {
    next = g_utf8_next_char (at);
    if (g_unichar_isalnum (character_at (at)))
      end = mempcpy (end, at, next - at);
  }
  *end = '\0';
  return letters;
}

static GHashTable *
known_letters (void)
{
  static GHashTable *names;
  GHashTableIter iterator;
  gpointer name, found;
  if (names)
    return names;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iterator, known_names ());
  while (g_hash_table_iter_next (&iterator, &name, &found))
    g_hash_table_insert (names, letters_of (name), found);
  return names;
}

static Match
match_letters (const char *key)
{
  g_autofree char *letters = letters_of (key);
  int same = *letters ? GPOINTER_TO_INT (g_hash_table_lookup (known_letters (), letters)) : 0;
  return same ? (Match){same / 8, same % 8, 1} : no_match;
}

/* KEY as it stands, but for marks; or the larger of what stands before brackets and what stands in them. */
static Match
match_one_name (const char *key)
{
  Match match = match_key (key);
  if (!match.no)
    match = match_letters (key);
  if (match.no)
    return match;
  Match around = match_part ("around", key), inside = match_part ("inside", key);
  return around.score >= inside.score ? around : inside;
}

/* A name in two languages has one a line, or a slash between them. Longer texts only mention names. */
static Match
match_any_part (const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name, "\n/|", -1);
  for (char **part = parts; g_strv_length (parts) == 2 && *part; part++) {
    g_autofree char *key = text_for_comparing (*part);
    Match match = *key ? match_one_name (key) : no_match;
    if (match.no)
      return match;
  }
  return no_match;
}

static Match
match_exactly (const char *name, const char *key)
{
  if (strlen (key) > NAME_BYTES)
    return no_match;
  Match match = match_one_name (key);
  return match.no ? match : match_any_part (name);
}

Match
match_one_line_name (const char *name)
{
  g_autofree char *key = text_for_comparing (name);
  return *key && strlen (key) <= NAME_BYTES ? match_one_name (key) : no_match;
}

int
match_name (const char *name)
{
  g_autofree char *key = text_for_comparing (name);
  return *key ? match_exactly (name, key).no : 0;
}

/* The two best of the 49, by a score that SCORES gives. */
static Match
best_of (const double *scores, MatchHow how, double least)
{
  int best = 0;
  double second = 0;
  for (int no = 1; no <= CATALOGUE_ITEMS; no++) {
    if (!best || scores[no] > scores[best]) {
      second = best ? scores[best] : 0;
      best = no;
    } else
      second = MAX (second, scores[no]);
  }
  gboolean clear = scores[best] >= least && (scores[best] - second >= MATCH_LEAD || scores[best] > 0.999);
  return clear ? (Match){best, how, scores[best]} : no_match;
}

/* Dice's coefficient cannot be more than the lengths allow. Most texts are no definition at all, and this tells at
 * once. */
static gboolean
may_be_alike (gsize a, gsize b, double least)
{
  return 2.0 * MIN (a, b) >= least * (a + b);
}

/* The definitions, in the order of the items: made when they are first asked for, and kept. */
static LikenessIndex *
definitions (void)
{
  static LikenessIndex *index;
  if (index)
    return index;
  index = likeness_index_new ();
  for (int no = 1; no <= CATALOGUE_ITEMS; no++)
    likeness_index_add (index, catalogue_item (no)->definition_key);
  return index;
}

/* All names of all items, and the item of each. */
typedef struct {
  LikenessIndex *index;
  GArray *items; /* int */
} Names;

static void
names_add (Names *names, const char *key, int no)
{
  likeness_index_add (names->index, key);
  g_array_append_val (names->items, no);
}

static const Names *
all_names (void)
{
  static Names names;
  if (names.index)
    return &names;
  names = (Names){likeness_index_new (), g_array_new (FALSE, FALSE, sizeof (int))};
  for (int no = 1; no <= CATALOGUE_ITEMS; no++) {
    const CatalogueItem *item = catalogue_item (no);
    names_add (&names, item->name_key, no);
    names_add (&names, item->name_en_key, no);
    for (guint i = 0; i < item->alias_keys->len; i++)
      names_add (&names, g_ptr_array_index (item->alias_keys, i), no);
  }
  return &names;
}

/* The definitions, folded, to the number of the first item that has each; and the units. */
static GHashTable *
known_definitions (void)
{
  static GHashTable *known;
  if (known)
    return known;
  known = g_hash_table_new (g_str_hash, g_str_equal);
  for (int no = CATALOGUE_ITEMS; no >= 1; no--)
    g_hash_table_insert (known, (gpointer)catalogue_item (no)->definition_key, GINT_TO_POINTER (no));
  return known;
}

static GHashTable *
known_units (void)
{
  static GHashTable *known;
  if (known)
    return known;
  known = g_hash_table_new (g_str_hash, g_str_equal);
  for (int no = 1; no <= CATALOGUE_ITEMS; no++)
    g_hash_table_add (known, (gpointer)catalogue_item (no)->unit_key);
  return known;
}

static Match
match_definition_key (const char *key)
{
  double scores[CATALOGUE_ITEMS + 1] = {0};
  int same = GPOINTER_TO_INT (g_hash_table_lookup (known_definitions (), key));
  if (same)
    return (Match){same, MATCH_DEFINITION, 1};
  guint count = text_feature_count (key);
  likeness_index_compare (definitions (), key, scores + 1);
  for (int no = 1; no <= CATALOGUE_ITEMS; no++)
    if (!may_be_alike (count, likeness_index_feature_count (definitions (), no - 1),
                       MATCH_DEFINITION_SCORE - MATCH_LEAD))
      scores[no] = 0;
  return best_of (scores, MATCH_DEFINITION, MATCH_DEFINITION_SCORE);
}

int
match_definition (const char *definition)
{
  g_autofree char *key = text_for_comparing (definition);
  return *key ? match_definition_key (key).no : 0;
}

/* A definition that is another one speaks against the item, but names decide: they weigh twice as much. */
static void
score_likeness (const char *name_key, const char *definition_key, double scores[CATALOGUE_ITEMS + 1])
{
  const Names *names = all_names ();
  g_autofree double *likeness = g_new (double, names->items->len);
  double definition[CATALOGUE_ITEMS + 1] = {0};
  likeness_index_compare (names->index, name_key, likeness);
  likeness_index_compare (definitions (), definition_key, definition + 1);
  for (guint i = 0; i < names->items->len; i++) {
    double *score = &scores[g_array_index (names->items, int, i)];
    *score = MAX (*score, likeness[i]);
  }
  for (int no = 1; *definition_key && no <= CATALOGUE_ITEMS; no++)
    scores[no] = (2 * scores[no] + definition[no]) / 3;
}

static Match
match_likeness (const char *name_key, const char *definition_key)
{
  double scores[CATALOGUE_ITEMS + 1] = {0};
  score_likeness (name_key, definition_key, scores);
  return best_of (scores, MATCH_SIMILAR, MATCH_SIMILAR_SCORE);
}

void
match_nearest (const char *name, const char *definition, Match nearest[], int count)
{
  g_autofree char *name_key = text_for_comparing (name ? name : "");
  g_autofree char *definition_key = text_for_comparing (definition ? definition : "");
  double scores[CATALOGUE_ITEMS + 1] = {0};
  score_likeness (name_key, definition_key, scores);
  for (int i = 0; i < count; i++) {
    int best = 1;
    for (int no = 2; no <= CATALOGUE_ITEMS; no++)
      best = scores[no] > scores[best] ? no : best;
    nearest[i] = (Match){best, MATCH_SIMILAR, scores[best]};
    scores[best] = -1;
  }
}

/* What a person has judged of a name that is not METI's: the item's number, 0: none of them, -1: nothing. */
static int
judgement_of (const char *name)
{
  PatternMatch match;
  if (!name || !patterns_match (patterns_named ("judgements.pattern"), name, 0, &match))
    return -1;
  int no = atoi (match.rule + strcspn (match.rule, "0123456789"));
  pattern_match_clear (&match);
  return no <= CATALOGUE_ITEMS ? no : -1;
}

Match
match_from_words (const char *name, const char *definition)
{
  int judged = judgement_of (name);
  if (judged >= 0)
    return judged ? (Match){judged, MATCH_ALIAS, 1} : no_match;
  g_autofree char *name_key = text_for_comparing (name ? name : "");
  g_autofree char *definition_key = text_for_comparing (definition ? definition : "");
  Match match = *name_key ? match_exactly (name, name_key) : no_match;
  if (!match.no && *definition_key)
    match = match_definition_key (definition_key);
  if (!match.no && *name_key)
    match = match_likeness (name_key, definition_key);
  return match;
}

gboolean
match_is_unit (const char *text)
{
  g_autofree char *key = text_for_comparing (text);
  if (*key && g_hash_table_contains (known_units (), key))
    return TRUE;
  return patterns_has (patterns_named ("rows.pattern"), "unit", text);
}

void
match_prepare (void)
{
  known_names ();
  known_letters ();
  known_definitions ();
  known_units ();
  definitions ();
  all_names ();
}
