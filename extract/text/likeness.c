/* likeness.c - see likeness.h
 *
 *     slots (hashed by feature)         postings (chained, the newest text first)
 *     稼働 ─ most 1, latest ──────────►  text 7, once ──► text 4, once
 *     の   ─ most 2, latest ──────────►  text 9, twice ──► text 4, once ──► text 0, once
 *
 * The n-th time a feature occurs in the text compared, it is common with every text that has it n times or more. Beyond
 * `most` it is common with none, so that a long text of few different features costs one look-up for each.
 */
#include "text/likeness.h"

#include "text/compiled.h"

#include <string.h>

#define SLOTS_FIRST 64 /* a power of two, as all sizes are */

/* A row of the compiled index: (uui). */
typedef struct {
  guint text, times;
  int next; /* -1: the last */
} Posting;

/* A row of the compiled index: (tiuuu). */
typedef struct {
  guint64 feature; /* 0: the slot is free */
  int latest;
  guint most;       /* how often it occurs in the text that has it most often */
  guint seen, when; /* how often it occurred so far in the text compared, if that is the one numbered `when` */
} FeatureSlot;

struct LikenessIndex {
  FeatureSlot *slots;
  guint size, used;
  GArray *postings; /* Posting */
  GArray *counts;   /* guint: the number of features of each text */
  guint compared;   /* the number of texts that were compared */
};

/* Features */

/* Character by character: first itself, then the pair with the one before. */
typedef struct {
  const char *at;
  guint64 before, pair;
} FeatureWalk;

/* The next feature; 0: none is left. */
static guint64
next_feature (FeatureWalk *features)
{
  guint64 pair = features->pair;
  if (pair) {
    features->pair = 0;
    return pair;
  }
  if (!*features->at)
    return 0;
  guint64 character = g_utf8_get_char (features->at);
  features->at = g_utf8_next_char (features->at);
  features->pair = features->before ? features->before << 32 | character : 0;
  features->before = character;
  return character;
}

guint
text_feature_count (const char *text)
{
  glong characters = g_utf8_strlen (text, -1);
  return characters ? (guint)(2 * characters - 1) : 0;
}

/* Slots */

/* The slot of FEATURE, or the free one that it would have. */
static FeatureSlot *
slot_of (const LikenessIndex *index, guint64 feature)
{
  guint place = (guint)((feature * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32) & (index->size - 1);
  while (index->slots[place].feature && index->slots[place].feature != feature)
    place = (place + 1) & (index->size - 1);
  return &index->slots[place];
}

static void
make_room (LikenessIndex *index)
{
  if (index->used * 4 < index->size * 3) /* fuller than half, since every start pays for each page of memory */
    return;
  g_autofree FeatureSlot *before = index->slots;
  guint size = index->size;
  index->size = size * 2;
  index->slots = g_new0 (FeatureSlot, index->size);
  for (guint i = 0; i < size; i++)
    if (before[i].feature)
      *slot_of (index, before[i].feature) = before[i];
}

/* The index */

LikenessIndex *
likeness_index_new (void)
{
  LikenessIndex *index = g_new0 (LikenessIndex, 1);
  index->size = SLOTS_FIRST;
  index->slots = g_new0 (FeatureSlot, index->size);
  index->postings = g_array_sized_new (FALSE, FALSE, sizeof (Posting), SLOTS_FIRST);
  index->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  return index;
}

void
likeness_index_free (LikenessIndex *index)
{
  if (!index)
    return;
  g_array_unref (index->postings);
  g_array_unref (index->counts);
  g_free (index->slots);
  g_free (index);
}

static void
add_feature (LikenessIndex *index, guint64 feature, guint text)
{
  make_room (index);
  FeatureSlot *slot = slot_of (index, feature);
  if (!slot->feature) {
    *slot = (FeatureSlot){.feature = feature, .latest = -1};
    index->used++;
  }
  Posting *latest = slot->latest < 0 ? NULL : &g_array_index (index->postings, Posting, slot->latest);
  if (latest && latest->text == text) {
    latest->times++;
    slot->most = MAX (slot->most, latest->times);
    return;
  }
  Posting posting = {text, 1, slot->latest};
  slot->latest = (int)index->postings->len;
  slot->most = MAX (slot->most, 1);
  g_array_append_val (index->postings, posting);
}

guint
likeness_index_add (LikenessIndex *index, const char *text)
{
  guint place = index->counts->len, count = 0;
  FeatureWalk features = {.at = text};
  for (guint64 feature; (feature = next_feature (&features)); count++)
    add_feature (index, feature, place);
  g_array_append_val (index->counts, count);
  return place;
}

guint
likeness_index_feature_count (const LikenessIndex *index, guint place)
{
  return g_array_index (index->counts, guint, place);
}

/* FeatureSlot, how many are used, Posting, the number of features of each text. */
#define COMPILED_LIKENESS "(@a(tiuuu)u@a(uui)@au)"

GVariant *
likeness_index_compiled (const LikenessIndex *index)
{
  GVariant *slots =
      g_variant_new_fixed_array (G_VARIANT_TYPE ("(tiuuu)"), index->slots, index->size, sizeof (FeatureSlot));
  return g_variant_new (COMPILED_LIKENESS, slots, index->used, compiled_rows ("(uui)", index->postings),
                        compiled_rows ("u", index->counts));
}

LikenessIndex *
likeness_index_from_compiled (GVariant *compiled)
{
  gsize size;
  const FeatureSlot *slots = rows_of_compiled (compiled, 0, sizeof (FeatureSlot), &size);
  LikenessIndex *index = g_new0 (LikenessIndex, 1);
  g_variant_get_child (compiled, 1, "u", &index->used);
  index->size = (guint)size;
  index->slots = g_memdup2 (slots, size * sizeof (FeatureSlot)); /* what is compared is counted in them */
  index->postings = array_of_compiled (compiled, 2, sizeof (Posting));
  index->counts = array_of_compiled (compiled, 3, sizeof (guint));
  return index;
}

static void
count_common (LikenessIndex *index, guint64 feature, guint *common)
{
  FeatureSlot *slot = slot_of (index, feature);
  if (slot->when != index->compared) {
    slot->when = index->compared;
    slot->seen = 0;
  }
  if (!slot->feature || ++slot->seen > slot->most)
    return;
  const Posting *postings = (const Posting *)(gpointer)index->postings->data;
  for (int i = slot->latest; i >= 0; i = postings[i].next)
    common[postings[i].text] += slot->seen <= postings[i].times;
}

void
likeness_index_compare (LikenessIndex *index, const char *text, double *scores)
{
  g_autofree guint *common = g_new0 (guint, index->counts->len + 1);
  guint count = 0;
  index->compared++;
  FeatureWalk features = {.at = text};
  for (guint64 feature; (feature = next_feature (&features)); count++)
    count_common (index, feature, common);
  for (guint i = 0; i < index->counts->len; i++)
    scores[i] = common[i] ? 2.0 * common[i] / (count + likeness_index_feature_count (index, i)) : 0;
}

/* So few features are compared each with each, which is faster than an index of them. */
enum { FEW_FEATURES = 32 };

/* The features of TEXT; their number, or FEW_FEATURES + 1: there are more. */
static guint
few_features (const char *text, guint64 *features)
{
  FeatureWalk walk = {.at = text};
  guint count = 0;
  for (guint64 feature; (feature = next_feature (&walk)); count++) {
    if (count == FEW_FEATURES)
      return FEW_FEATURES + 1;
    features[count] = feature;
  }
  return count;
}

/* What both have in common is taken out of B. */
static double
similarity_of_few (const guint64 *a, guint count_a, guint64 *b, guint count_b)
{
  guint common = 0;
  for (guint i = 0; i < count_a; i++)
    for (guint j = 0; j < count_b; j++)
      if (a[i] == b[j]) {
        b[j] = 0;
        common++;
        break;
      }
  return common ? 2.0 * common / (count_a + count_b) : 0;
}

double
text_similarity (const char *a, const char *b)
{
  guint64 few_a[FEW_FEATURES], few_b[FEW_FEATURES];
  guint count_a = few_features (a, few_a), count_b = few_features (b, few_b);
  if (count_a <= FEW_FEATURES && count_b <= FEW_FEATURES)
    return similarity_of_few (few_a, count_a, few_b, count_b);
  double score;
  g_autoptr (LikenessIndex) index = likeness_index_new ();
  likeness_index_add (index, b);
  likeness_index_compare (index, a, &score);
  return score;
}
