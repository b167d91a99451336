/* declared.c - see declared.h */
#include "change/declared.h"

#include "change/wording.h"
#include "facts/number_mention.h"
#include "text/plain.h"

#include <stdlib.h>
#include <string.h>

/* A name without a number is looked for in a note where it has this many characters; shorter ones are common words. */
enum { NAME_LENGTH_LEAST = 4 };

/* The same of an abbreviation (RTO), and of a name that the catalogue has for the item: it counts where the item changed. */
enum { SHORT_LENGTH_LEAST = 3 };

/* A range names no more items than this: 1〜300 is a misreading. */
enum { RANGE_MOST = 100 };

/* Limits against tables that no person wrote: the rest is not read. */
enum { MENTIONS_MOST = 1000, NOTES_MOST = 200, NOTE_BYTES_MOST = 8000 };

/* An item that a note may name: one of NEW, or one that was removed. */
typedef struct {
  const Item *item;
  ItemChange *change;     /* NULL: it did not change */
  gboolean gone;          /* removed */
  char *number, *name;    /* their keys; "" where the item has none */
  GPtrArray *short_names; /* char *: keys of the name before its brackets, and of an abbreviation in them */
  GPtrArray *aliases;     /* char *: keys of the catalogue's names of it */
  gboolean is_declared;   /* a note names it */
} Candidate;

typedef struct {
  const Knowledge *knowledge;
  GArray *candidates;   /* Candidate: those of NEW in order, then the removed ones */
  GPtrArray *unknown;   /* char *: numbers that no item has */
  int mentions;         /* so far, in all notes */
  GHashTable *excepted; /* char *: the numbers and names that the note being read leaves out */
  char *note_key;       /* folded as names are, to look for these */
  gboolean *key_taken;  /* for each byte of `note_key`: an item is named there */
} DeclarationReading;

char *
item_number_key (const Knowledge *knowledge, const char *number)
{
  g_autofree char *folded = text_folded (knowledge->comparing, number);
  PatternMatch match;
  const char *at = folded;
  if (patterns_match_rule (knowledge->changes, "number-lead", folded, 0, &match)) {
    at += match.end;
    pattern_match_clear (&match);
  }
  while (at[0] == '0' && g_ascii_isdigit (at[1]))
    at++;
  char *key = g_strdup (at);
  for (gsize length = strlen (key); length > 0 && strchr (".)", key[length - 1]);)
    key[--length] = 0;
  return key;
}

static Candidate *
candidate (const DeclarationReading *reading, guint index)
{
  return &g_array_index (reading->candidates, Candidate, index);
}

/* Candidates */

static void
candidate_clear (gpointer data)
{
  Candidate *candidate = data;
  g_free (candidate->number);
  g_free (candidate->name);
  g_ptr_array_unref (candidate->short_names);
  g_ptr_array_unref (candidate->aliases);
}

static void
add_key (GPtrArray *keys, const Knowledge *knowledge, const char *text)
{
  char *key = wording_key (knowledge, text);
  if (g_utf8_strlen (key, -1) >= SHORT_LENGTH_LEAST)
    g_ptr_array_add (keys, key);
  else
    g_free (key);
}

/* 目標復旧時間(RTO): 目標復旧時間, RTO. */
static GPtrArray *
short_names_of (const Knowledge *knowledge, const Item *item)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  PatternMatch match;
  if (!item->name || !patterns_match_rule (knowledge->changes, "name-abbreviated", item->name, 0, &match))
    return keys;
  add_key (keys, knowledge, pattern_field (&match, "name"));
  add_key (keys, knowledge, pattern_field (&match, "abbreviation"));
  pattern_match_clear (&match);
  return keys;
}

static GPtrArray *
aliases_of (const Knowledge *knowledge, const Item *item)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  const CatalogueItem *meant = item->match.item;
  if (!meant)
    return keys;
  add_key (keys, knowledge, meant->name);
  for (guint i = 0; i < meant->aliases->len; i++)
    add_key (keys, knowledge, meant->aliases->pdata[i]);
  return keys;
}

static void
add_candidate (DeclarationReading *reading, const Item *item, ItemChange *change, gboolean gone)
{
  Candidate candidate = {item,
                         change,
                         gone,
                         item_number_key (reading->knowledge, item->number ? item->number : ""),
                         wording_key (reading->knowledge, item->name),
                         short_names_of (reading->knowledge, item),
                         aliases_of (reading->knowledge, item),
                         FALSE};
  g_array_append_val (reading->candidates, candidate);
}

static void
add_by_item (GHashTable *by_item, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++) {
    ItemChange *change = g_ptr_array_index (list, i);
    g_hash_table_insert (by_item, (gpointer)change->new, change);
  }
}

static void
add_candidates (DeclarationReading *reading, const Changes *changes, const Sheet *new)
{
  g_autoptr (GHashTable) by_item = g_hash_table_new (NULL, NULL);
  add_by_item (by_item, changes->reworded); /* an item that is in `changed` too counts as changed */
  add_by_item (by_item, changes->changed);
  add_by_item (by_item, changes->added);
  for (guint i = 0; i < new->items->len; i++)
    add_candidate (reading, sheet_item (new, (int)i), g_hash_table_lookup (by_item, sheet_item (new, (int)i)), FALSE);
  for (guint i = 0; i < changes->removed->len; i++) {
    ItemChange *change = g_ptr_array_index (changes->removed, i);
    add_candidate (reading, change->old, change, TRUE);
  }
}

/* What a note names */

/* Whether CANDIDATE has KEY. */
typedef gboolean (*CandidateTest) (const Candidate *candidate, const char *key);

static gboolean
number_fits (const Candidate *candidate, const char *key)
{
  return g_str_equal (candidate->number, key);
}

static gboolean
name_fits (const Candidate *candidate, const char *key)
{
  return g_str_equal (candidate->name, key);
}

static gboolean
is_among (const GPtrArray *keys, const char *key)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *)keys, key, g_str_equal, NULL);
}

static gboolean
short_name_fits (const Candidate *candidate, const char *key)
{
  return is_among (candidate->short_names, key);
}

/* Only of an item that changed: names of the catalogue are words that notes have for other things too. */
static gboolean
alias_fits (const Candidate *candidate, const char *key)
{
  return candidate->change && is_among (candidate->aliases, key);
}

/* Of the items that fit, those that changed are meant; where none did, the first. */
static gboolean
declare_where (DeclarationReading *reading, CandidateTest fits, const char *key, gboolean gone)
{
  Candidate *first = NULL;
  gboolean declared = FALSE;
  for (guint i = 0; i < reading->candidates->len; i++) {
    Candidate *each = candidate (reading, i);
    if (each->gone != gone || !fits (each, key))
      continue;
    first = first ? first : each;
    if (each->change)
      declared = each->is_declared = TRUE;
  }
  if (first && !declared)
    first->is_declared = TRUE;
  return first != NULL;
}

/* Whether TEXT says that something was taken out, before it says that anything was put in. */
static gboolean
says_taken_out (const Knowledge *knowledge, const char *text)
{
  PatternMatch out, in;
  if (!patterns_match_rule (knowledge->changes, "taken-out", text, 0, &out))
    return FALSE;
  gboolean first = TRUE;
  if (patterns_match_rule (knowledge->changes, "put-in", text, 0, &in)) {
    first = out.start < in.start;
    pattern_match_clear (&in);
  }
  pattern_match_clear (&out);
  return first;
}

static void
declare (DeclarationReading *reading, CandidateTest fits, const char *key, const char *rest)
{
  if (g_hash_table_contains (reading->excepted, key) || reading->mentions++ >= MENTIONS_MOST)
    return;
  gboolean gone = says_taken_out (reading->knowledge, rest);
  if (declare_where (reading, fits, key, gone) || declare_where (reading, fits, key, !gone) || fits != number_fits)
    return;
  if (!g_ptr_array_find_with_equal_func (reading->unknown, key, g_str_equal, NULL))
    g_ptr_array_add (reading->unknown, g_strdup (key));
}

/* The longest name that KEY begins with; NULL: none. Borrowed. */
static const char *
name_at (const DeclarationReading *reading, const char *key)
{
  const char *longest = NULL;
  for (guint i = 0; i < reading->candidates->len; i++) {
    const char *name = candidate (reading, i)->name;
    if (*name && g_str_has_prefix (key, name) && (!longest || strlen (name) > strlen (longest)))
      longest = name;
  }
  return longest;
}

/* REST without what the rule `name-lead` allows between a number and a name. */
static const char *
after_lead (const Knowledge *knowledge, const char *rest)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->changes, "name-lead", rest, 0, &match))
    return rest;
  rest += match.end;
  pattern_match_clear (&match);
  return rest;
}

static gboolean
number_is_known (const DeclarationReading *reading, const char *number)
{
  g_autofree char *key = item_number_key (reading->knowledge, number);
  for (guint i = 0; i < reading->candidates->len; i++)
    if (number_fits (candidate (reading, i), key))
      return TRUE;
  return FALSE;
}

/* The highest number of all items. */
static int
number_highest (const DeclarationReading *reading)
{
  int highest = 0;
  for (guint i = 0; i < reading->candidates->len; i++)
    highest = MAX (highest, atoi (candidate (reading, i)->number));
  return highest;
}

/* What a mention names in its note: REST is what is behind it. */
typedef void (*MentionUse) (DeclarationReading *reading, CandidateTest fits, const char *key, const char *rest);

static void
leave_out (DeclarationReading *reading, CandidateTest fits G_GNUC_UNUSED, const char *key,
           const char *rest G_GNUC_UNUSED)
{
  g_hash_table_add (reading->excepted, g_strdup (key));
}

/* All from LOW to HIGH; nothing where they are not a range. */
static void
use_range (DeclarationReading *reading, MentionUse use, int low, int high, const char *rest)
{
  if (low < 1 || high <= low || high - low > RANGE_MOST)
    return;
  for (int number = low; number <= high; number++) {
    g_autofree char *key = g_strdup_printf ("%d", number);
    use (reading, number_fits, key, rest);
  }
}

/* "3-7" may be one number, or a range. */
static void
use_mention (DeclarationReading *reading, MentionUse use, const NumberMention *mention, const char *note)
{
  const char *rest = note + mention->end, *dash = strchr (mention->number, '-');
  g_autofree char *name_key = wording_key (reading->knowledge, after_lead (reading->knowledge, rest));
  g_autofree char *key = item_number_key (reading->knowledge, mention->number);
  const char *name = name_at (reading, name_key);
  if (mention->last)
    use_range (reading, use, atoi (key), *mention->last ? atoi (mention->last) : number_highest (reading), rest);
  else if (name)
    use (reading, name_fits, name, rest);
  else if (dash && g_ascii_isdigit (*mention->number) && !number_is_known (reading, mention->number))
    use_range (reading, use, atoi (mention->number), atoi (dash + 1), rest);
  else
    use (reading, number_fits, key, rest);
}

/* All items with numbers: first those that are left out. */
static void
read_numbers (DeclarationReading *reading, const char *note)
{
  g_autoptr (GArray) mentions = number_mentions_from_note (reading->knowledge, note);
  for (int excepted = TRUE; excepted >= FALSE; excepted--)
    for (guint i = 0; i < mentions->len; i++) {
      const NumberMention *mention = &g_array_index (mentions, NumberMention, i);
      if (mention->is_excepted == excepted)
        use_mention (reading, excepted ? leave_out : declare, mention, note);
    }
}

/* The longest first. */
static int
order_by_name_length (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *)a, *second = *(const char *const *)b;
  gsize ours = strlen (first), theirs = strlen (second);
  return ours != theirs ? (ours > theirs ? -1 : 1) : strcmp (first, second);
}

/* Whether the LENGTH bytes at AT are a part of a longer word in Latin letters. */
static gboolean
is_within_word (const char *text, const char *at, gsize length)
{
  return (at > text && g_ascii_isalnum (at[-1]) && g_ascii_isalnum (at[0])) ||
         (g_ascii_isalnum (at[length - 1]) && g_ascii_isalnum (at[length]));
}

/* Declares the item of that name wherever the note has it, unless it is within a longer name. */
static void
read_name (DeclarationReading *reading, CandidateTest fits, const char *name)
{
  gsize length = strlen (name);
  for (const char *at = reading->note_key; (at = strstr (at, name)); at += length) {
    gboolean *taken = reading->key_taken + (at - reading->note_key);
    if (is_within_word (reading->note_key, at, length))
      continue;
    if (!taken[0] && !taken[length - 1] && !patterns_has (reading->knowledge->changes, "excepted-after", at + length))
      declare (reading, fits, name, at + length);
    for (gsize i = 0; i < length; i++)
      taken[i] = TRUE;
  }
}

static void
add_all (GPtrArray *names, const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (names, keys->pdata[i]);
}

static void
read_longest_first (DeclarationReading *reading, CandidateTest fits, GPtrArray *names)
{
  g_ptr_array_sort (names, order_by_name_length);
  for (guint i = 0; i < names->len; i++)
    read_name (reading, fits, g_ptr_array_index (names, i));
}

/* The items' own names; then those that are shorter, or the catalogue's. */
static void
read_names (DeclarationReading *reading)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new (), short_names = g_ptr_array_new (), aliases = g_ptr_array_new ();
  for (guint i = 0; i < reading->candidates->len; i++) {
    Candidate *each = candidate (reading, i);
    if (g_utf8_strlen (each->name, -1) >= NAME_LENGTH_LEAST)
      g_ptr_array_add (names, each->name);
    add_all (short_names, each->short_names);
    if (each->change)
      add_all (aliases, each->aliases);
  }
  read_longest_first (reading, name_fits, names);
  read_longest_first (reading, short_name_fits, short_names);
  read_longest_first (reading, alias_fits, aliases);
}

static void
read_note (DeclarationReading *reading, const char *note)
{
  g_autofree char *head = g_strndup (note, NOTE_BYTES_MOST), *valid = g_utf8_make_valid (head, -1);
  g_autofree char *plain = text_made_plain (valid);
  reading->excepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->note_key = wording_key (reading->knowledge, valid);
  reading->key_taken = g_new0 (gboolean, strlen (reading->note_key) + 1);
  read_numbers (reading, plain ? plain : valid);
  read_names (reading);
  g_clear_pointer (&reading->excepted, g_hash_table_unref);
  g_clear_pointer (&reading->note_key, g_free);
  g_clear_pointer (&reading->key_taken, g_free);
}

/* Results */

static char *
label_of (const Candidate *candidate)
{
  const Item *item = candidate->item;
  return g_strdup (item->number ? item->number : item->name ? item->name : "-");
}

static gboolean
is_change (const Candidate *candidate, const Changes *changes)
{
  return candidate->change && !g_ptr_array_find (changes->reworded, candidate->change, NULL);
}

static void
fill_lists (Changes *changes, const DeclarationReading *reading)
{
  for (guint i = 0; i < reading->candidates->len; i++) {
    const Candidate *each = candidate (reading, i);
    if (each->change)
      each->change->declared = each->is_declared;
    if (each->is_declared)
      g_ptr_array_add (changes->declared, label_of (each));
    if (each->is_declared && !each->change)
      g_ptr_array_add (changes->unfounded, label_of (each));
    if (!each->is_declared && is_change (each, changes))
      g_ptr_array_add (changes->undeclared, label_of (each));
  }
  for (guint i = 0; i < reading->unknown->len; i++) {
    const char *number = g_ptr_array_index (reading->unknown, i);
    g_ptr_array_add (changes->declared, g_strdup (number));
    g_ptr_array_add (changes->unfounded, g_strdup (number));
  }
}

/* New revisions */

static gboolean
same_or_unsaid (const Knowledge *knowledge, const char *a, const char *b)
{
  return !a || !b || wording_is_same (knowledge, a, b);
}

/* Without a number, two revisions may have one date: the notes tell them apart. */
static gboolean
is_same_revision (const Knowledge *knowledge, const Revision *a, const Revision *b)
{
  if (!same_or_unsaid (knowledge, a->number, b->number) || !same_or_unsaid (knowledge, a->date, b->date))
    return FALSE;
  gboolean both_numbered = a->number && b->number, both_dated = a->date && b->date;
  return (both_numbered && both_dated) || wording_is_same (knowledge, a->note, b->note);
}

/* Whether the document with the facts OLD did not have REVISION yet. */
static gboolean
is_new_revision (const Knowledge *knowledge, const Revision *revision, const DocumentFacts *old)
{
  for (guint i = 0; old->revisions && i < old->revisions->len; i++)
    if (is_same_revision (knowledge, g_ptr_array_index (old->revisions, i), revision))
      return FALSE;
  if (old->revisions && old->revisions->len > 0)
    return TRUE;
  const char *day = old->revised ? old->revised : old->issued;
  return !day || !revision->date || strcmp (revision->date, day) > 0;
}

void
changes_compare_declared (const Knowledge *knowledge, Changes *changes, const Sheet *old, const Sheet *new)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  DeclarationReading reading = {.knowledge = knowledge, .candidates = candidates, .unknown = unknown};
  const GPtrArray *revisions = new->document.revisions;
  g_array_set_clear_func (candidates, candidate_clear);
  add_candidates (&reading, changes, new);
  changes->declares = revisions && revisions->len > 0;
  for (guint i = 0; changes->declares && i < MIN (revisions->len, NOTES_MOST); i++) {
    const Revision *revision = g_ptr_array_index (revisions, i);
    if (revision->note && is_new_revision (knowledge, revision, &old->document))
      read_note (&reading, revision->note);
  }
  fill_lists (changes, &reading);
}
