/* value.c - see value.h
 *
 * Every kind of value has a rule that finds it (recogniser.c). From the left, the match that begins first is taken, of
 * several that begin there the longest; what follows it is looked at next. So a URL keeps its digits, and 24時間365日
 * is not a length of 24 hours.
 *
 *     2022年稼働率 99.97%以上、…
 *     └ date ────┘ └ percentage: 99.97, at least ┘     the date is what the percentage is about, and no value by itself
 */
#include "answer/value.h"

#include "answer/value_around.h"
#include "answer/value_kind.h"

#include <string.h>

/* Finding */

/* The next match of one recogniser. */
typedef struct {
  gboolean known, none;
  PatternMatch match;
} Next;

typedef struct {
  SearchedText text;
  Next next[RECOGNISERS_MOST];
} Search;

static const Next *
next_of (Search *search, int index, int at)
{
  Next *next = &search->next[index];
  if (next->none || (next->known && next->match.start >= at))
    return next;
  if (next->known)
    pattern_match_clear (&next->match);
  const Recogniser *recogniser = &recognisers ()[index];
  next->known = patterns_find (patterns_named (recogniser->file), recogniser->rule, &search->text, at, &next->match);
  next->none = !next->known;
  return next;
}

static gboolean
is_better (const PatternMatch *a, const PatternMatch *b)
{
  return a->start < b->start || (a->start == b->start && a->end > b->end);
}

/* The recogniser whose match comes first from AT on and is of use, -1: none. */
static int
first_of (Search *search, int at, guint refused)
{
  int best = -1;
  for (int i = 0; recognisers ()[i].rule; i++) {
    const Next *next = next_of (search, i, at);
    if (next->none || next->match.end <= next->match.start || (refused & 1U << i && next->match.start == at))
      continue;
    if (best < 0 || is_better (&next->match, &search->next[best].match))
      best = i;
  }
  return best;
}

static Value *
value_new (const Recogniser *recogniser, const PatternMatch *match, const Setting *setting)
{
  char *unit = NULL;
  GVariant *variant = recogniser->value (match, setting, &unit);
  if (!variant) {
    g_free (unit);
    return NULL;
  }
  Value *value = g_new0 (Value, 1);
  *value = (Value){recogniser->kind, g_variant_ref_sink (variant), unit};
  value->start = match->start;
  value->end = match->end;
  return value;
}

static void
search_end (Search *search)
{
  for (int i = 0; recognisers ()[i].rule; i++)
    if (search->next[i].known)
      pattern_match_clear (&search->next[i].match);
}

static GPtrArray *
find_values (const Setting *setting, int at)
{
  GPtrArray *values = values_new ();
  Search search = {.text = searched_text (setting->text)};
  guint refused = 0; /* recognisers, as bits, whose match at `at` is no value after all */
  for (int best; values->len < VALUES_MOST && (best = first_of (&search, at, refused)) >= 0;) {
    const Recogniser *recogniser = &recognisers ()[best];
    const PatternMatch *match = &search.next[best].match;
    Value *value = recogniser->kind ? value_new (recogniser, match, setting) : NULL;
    if (value)
      g_ptr_array_add (values, value);
    gboolean refuses = recogniser->kind && !value;
    refused = refuses ? (match->start == at ? refused : 0) | 1U << best : 0;
    at = refuses ? match->start : match->end;
  }
  search_end (&search);
  return values;
}

/* Values */

/* What a number at the head of the answer is in the unit of the row; NULL: there is none. */
static Value *
value_of_bare_number (const Plain *plain, int start, const Setting *setting)
{
  int from, to;
  g_autofree char *number = number_with_unit_of_row (plain->text, start, setting->unit, &from, &to);
  if (!number)
    return NULL;
  const Setting alone = {setting->unit, number};
  g_autoptr (GPtrArray) values = find_values (&alone, 0);
  if (values->len != 1)
    return NULL;
  Value *value = g_ptr_array_steal_index (values, 0);
  value->start = from;
  value->end = to;
  return value;
}

GPtrArray *
values_from_plain (const Plain *plain, const char *original, int from, const char *unit)
{
  g_autofree char *plain_unit = unit ? text_made_plain (unit) : NULL;
  const Setting setting = {plain_unit ? plain_unit : unit ? unit : "", plain->text};
  Value *bare = value_of_bare_number (plain, from, &setting);
  GPtrArray *values = find_values (&setting, bare ? bare->end : from);
  if (bare)
    g_ptr_array_insert (values, 0, bare);
  values_add_low_ends (values, plain->text, from);
  values_join (values, plain->text, from);
  values_read_around (values, plain, original, from);
  values_bound_ranges (values, plain->text);
  return values;
}
