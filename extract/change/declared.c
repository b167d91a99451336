/* declared.c - see declared.h */
#include "change/declared.h"

#include "change/new_revision.h"
#include "change/wording.h"

#include <stdlib.h>
#include <string.h>

/* A name without a number is looked for in a note where it has so many characters; shorter ones are any words. */
enum { NAME_LENGTH_LEAST = 4 };

/* A range names no more items than this: 1〜300 is a misreading. */
enum { RANGE_MOST = 100 };

/* A table that names more, or has more and longer notes, is none that a person wrote: the rest is not read. */
enum { MENTIONS_MOST = 1000, NOTES_MOST = 200, NOTE_BYTES_MOST = 8000 };

/* An item that a note may name: one of NEW, or one that is gone. */
typedef struct {
  const Item *item;
  ItemChange *change;   /* NULL: nothing became of it */
  gboolean gone;        /* it was removed */
  char *number, *name;  /* their keys; "" where there is none */
  gboolean is_declared; /* a note names it */
} Candidate;

typedef struct {
  GArray *candidates;  /* Candidate: those of NEW in order, then those that are gone */
  GPtrArray *unknown;  /* char *: numbers that no item has */
  const char *note;    /* that is read */
  char *note_key;      /* folded as names are, to look for these */
  int mentions;        /* so far, in all notes */
  gboolean *key_taken; /* for each byte of it: an item is named there */
} Reading;

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
candidate (const Reading *reading, guint index)
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
}

static void
add_candidate (const Knowledge *knowledge, Reading *reading, const Item *item, ItemChange *change, gboolean gone)
{
  Candidate candidate = {item,
                         change,
                         gone,
                         item_number_key (knowledge, item->number ? item->number : ""),
                         wording_key (knowledge, item->name),
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
add_candidates (const Knowledge *knowledge, Reading *reading, const Changes *changes, const Sheet *new)
{
  g_autoptr (GHashTable) by_item = g_hash_table_new (NULL, NULL);
  add_by_item (by_item, changes->reworded); /* what is changed too counts as changed */
  add_by_item (by_item, changes->changed);
  add_by_item (by_item, changes->added);
  for (guint i = 0; i < new->items->len; i++)
    add_candidate (knowledge, reading, sheet_item (new, (int)i),
                   g_hash_table_lookup (by_item, sheet_item (new, (int)i)), FALSE);
  for (guint i = 0; i < changes->removed->len; i++) {
    ItemChange *change = g_ptr_array_index (changes->removed, i);
    add_candidate (knowledge, reading, change->old, change, TRUE);
  }
}

/* What a note names */

/* Of the items that fit, those that became something are meant; where none did, the first. */
typedef gboolean (*Fits) (const Candidate *candidate, const char *key);

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
declare_where (Reading *reading, Fits fits, const char *key, gboolean gone)
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

/* Whether the first thing that TEXT says is that something was taken out. */
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
declare (const Knowledge *knowledge, Reading *reading, Fits fits, const char *key, const char *rest)
{
  if (reading->mentions++ >= MENTIONS_MOST)
    return;
  gboolean gone = says_taken_out (knowledge, rest);
  if (declare_where (reading, fits, key, gone) || declare_where (reading, fits, key, !gone))
    return;
  if (!g_ptr_array_find_with_equal_func (reading->unknown, key, g_str_equal, NULL))
    g_ptr_array_add (reading->unknown, g_strdup (key));
}

/* The longest name that KEY begins with; NULL: none. Borrowed. */
static const char *
name_at (const Reading *reading, const char *key)
{
  const char *longest = NULL;
  for (guint i = 0; i < reading->candidates->len; i++) {
    const char *name = candidate (reading, i)->name;
    if (*name && g_str_has_prefix (key, name) && (!longest || strlen (name) > strlen (longest)))
      longest = name;
  }
  return longest;
}

/* Goes past what REST begins with if it fits the rule. */
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
number_is_known (const Knowledge *knowledge, const Reading *reading, const char *number)
{
  g_autofree char *key = item_number_key (knowledge, number);
  for (guint i = 0; i < reading->candidates->len; i++)
    if (number_fits (candidate (reading, i), key))
      return TRUE;
  return FALSE;
}

static void
declare_number (const Knowledge *knowledge, Reading *reading, const char *number, const char *rest)
{
  g_autofree char *key = item_number_key (knowledge, number);
  declare (knowledge, reading, number_fits, key, rest);
}

/* Those between the two, and the last; nothing where that is no range of numbers. */
static void
declare_range (const Knowledge *knowledge, Reading *reading, const char *first, const char *last, const char *rest)
{
  g_autofree char *from = item_number_key (knowledge, first), *to = item_number_key (knowledge, last);
  int low = atoi (from), high = atoi (to);
  if (low < 1 || high <= low || high - low > RANGE_MOST || strspn (from, "0123456789") != strlen (from))
    return;
  for (int number = low; number <= high; number++) {
    g_autofree char *text = g_strdup_printf ("%d", number);
    declare_number (knowledge, reading, text, rest);
  }
}

/* "3-7" may be one number, or a range. */
static gboolean
declare_number_or_range (const Knowledge *knowledge, Reading *reading, const char *number, const char *rest)
{
  const char *dash = strchr (number, '-');
  if (dash && g_ascii_isdigit (*number) && !number_is_known (knowledge, reading, number)) {
    g_autofree char *first = g_strndup (number, dash - number);
    declare_range (knowledge, reading, first, dash + 1, rest);
    return TRUE;
  }
  declare_number (knowledge, reading, number, rest);
  return FALSE;
}

/* What goes on after a number: "〜7", "、7". Gives where it ends. */
static int
declare_continuation (const Knowledge *knowledge, Reading *reading, const char *number, int at)
{
  g_autofree char *latest = g_strdup (number);
  PatternMatch match;
  for (;;) {
    const char *field;
    if (patterns_match_rule (knowledge->changes, "range", reading->note, at, &match)) {
      field = pattern_field (&match, "last");
      declare_range (knowledge, reading, latest, field, reading->note + match.end);
    } else if (patterns_match_rule (knowledge->changes, "one-more", reading->note, at, &match)) {
      field = pattern_field (&match, "item");
      declare_number_or_range (knowledge, reading, field, reading->note + match.end);
    } else
      return at;
    g_free (latest);
    latest = g_strdup (field);
    at = match.end;
    pattern_match_clear (&match);
  }
}

/* One item with its number, at byte AT behind that. Gives where to go on. */
static int
declare_numbered (const Knowledge *knowledge, Reading *reading, const char *number, int at)
{
  const char *rest = reading->note + at;
  g_autofree char *key = wording_key (knowledge, after_lead (knowledge, rest));
  const char *name = name_at (reading, key);
  if (name) {
    declare (knowledge, reading, name_fits, name, rest);
    return at;
  }
  declare_number_or_range (knowledge, reading, number, rest);
  return declare_continuation (knowledge, reading, number, at);
}

static void
read_numbers (const Knowledge *knowledge, Reading *reading)
{
  const Patterns *document = knowledge->document;
  PatternMatch match;
  for (int start = 0; patterns_match_rule (document, "revision-item", reading->note, start, &match);) {
    start = declare_numbered (knowledge, reading, pattern_field (&match, "item"), match.end);
    pattern_match_clear (&match);
  }
}

/* Names that stand in the note by themselves, where no longer one does. */
static int
order_by_name_length (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *)a, *second = *(const char *const *)b;
  gsize ours = strlen (first), theirs = strlen (second);
  return ours != theirs ? (ours > theirs ? -1 : 1) : strcmp (first, second);
}

static void
read_name (const Knowledge *knowledge, Reading *reading, const char *name)
{
  gsize length = strlen (name);
  for (const char *at = reading->note_key; (at = strstr (at, name)); at += length) {
    gboolean *taken = reading->key_taken + (at - reading->note_key);
    if (!taken[0] && !taken[length - 1])
      declare (knowledge, reading, name_fits, name, at + length);
    for (gsize i = 0; i < length; i++)
      taken[i] = TRUE;
  }
}

static void
read_names (const Knowledge *knowledge, Reading *reading)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < reading->candidates->len; i++) {
    char *name = candidate (reading, i)->name;
    if (g_utf8_strlen (name, -1) >= NAME_LENGTH_LEAST)
      g_ptr_array_add (names, name);
  }
  g_ptr_array_sort (names, order_by_name_length);
  for (guint i = 0; i < names->len; i++)
    read_name (knowledge, reading, g_ptr_array_index (names, i));
}

static void
read_note (const Knowledge *knowledge, Reading *reading, const char *note)
{
  g_autofree char *head = g_strndup (note, NOTE_BYTES_MOST), *valid = g_utf8_make_valid (head, -1);
  reading->note = valid;
  reading->note_key = wording_key (knowledge, valid);
  reading->key_taken = g_new0 (gboolean, strlen (reading->note_key) + 1);
  read_numbers (knowledge, reading);
  read_names (knowledge, reading);
  g_clear_pointer (&reading->note_key, g_free);
  g_clear_pointer (&reading->key_taken, g_free);
}

/* What it comes to */

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
fill_lists (Changes *changes, const Reading *reading)
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

void
changes_compare_declared (const Knowledge *knowledge, Changes *changes, const Sheet *old, const Sheet *new)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  Reading reading = {.candidates = candidates, .unknown = unknown};
  const GPtrArray *revisions = new->document.revisions;
  g_array_set_clear_func (candidates, candidate_clear);
  add_candidates (knowledge, &reading, changes, new);
  changes->declares = revisions && revisions->len > 0;
  for (guint i = 0; changes->declares && i < MIN (revisions->len, NOTES_MOST); i++) {
    const Revision *revision = g_ptr_array_index (revisions, i);
    if (revision->note && revision_is_new (knowledge, revision, &old->document))
      read_note (knowledge, &reading, revision->note);
  }
  fill_lists (changes, &reading);
}
