/* shape_votes.c - see shape_votes.h */
#include "read/pdf/shape_votes.h"

#include <math.h>

/* Glyphs whose middles are within this many ems across the line are on one line. */
#define SAME_LINE 0.4

/* The costs of aligning the glyphs of a line with the characters that are recognised on it. Tesseract's boxes are off by
 * up to an em at times, but their order is right: a place that is off by an em costs OFF_COST, one that is off by more
 * than OFF_MOST is another one. */
#define OFF_COST 0.4
#define OFF_MOST 1.5
#define ALIKE_BONUS 0.6
#define UNALIGNED_COST 0.7

/* The character of the map is right where it has this share of the votes: recognition takes 二 for ニ as often as not. */
#define MAPPED_LEAST 0.25

/* Votes that settle a character: so many, and this share of all. */
#define SETTLED_VOTES 2.5
#define SETTLED_SHARE 0.6

/* The glyphs of a page that are to have votes: with fewer its picture was not read as its glyphs are painted. */
#define VOTED_LEAST 0.6

typedef struct {
  guint shape;
  gunichar character;
  double weight;
} ShapeVote;

struct ShapeVotes {
  GArray *votes;   /* ShapeVote; those alike are one where it is sorted */
  gboolean sorted; /* by shape, then by weight, greatest first */
};

ShapeVotes *
shape_votes_new (void)
{
  ShapeVotes *votes = g_new0 (ShapeVotes, 1);
  votes->votes = g_array_new (FALSE, FALSE, sizeof (ShapeVote));
  return votes;
}

void
shape_votes_free (ShapeVotes *votes)
{
  if (!votes)
    return;
  g_array_unref (votes->votes);
  g_free (votes);
}

guint
shape_of_code (int font, guint code)
{
  return (guint)font * 0x10000 + code;
}

/* Counting */

static int
order_by_character (gconstpointer a, gconstpointer b)
{
  const ShapeVote *one = a, *other = b;
  if (one->shape != other->shape)
    return one->shape < other->shape ? -1 : 1;
  return one->character < other->character ? -1 : one->character > other->character;
}

static int
order_by_weight (gconstpointer a, gconstpointer b)
{
  const ShapeVote *one = a, *other = b;
  if (one->shape != other->shape)
    return one->shape < other->shape ? -1 : 1;
  if (one->weight != other->weight)
    return one->weight > other->weight ? -1 : 1;
  return order_by_character (a, b);
}

static void
count_votes (ShapeVotes *votes)
{
  if (votes->sorted)
    return;
  g_array_sort (votes->votes, order_by_character);
  guint kept = 0;
  for (guint i = 0; i < votes->votes->len; i++) {
    ShapeVote vote = g_array_index (votes->votes, ShapeVote, i);
    ShapeVote *last = kept > 0 ? &g_array_index (votes->votes, ShapeVote, kept - 1) : NULL;
    if (last && order_by_character (last, &vote) == 0)
      last->weight += vote.weight;
    else
      g_array_index (votes->votes, ShapeVote, kept++) = vote;
  }
  g_array_set_size (votes->votes, kept);
  g_array_sort (votes->votes, order_by_weight);
  votes->sorted = TRUE;
}

static guint
first_of_shape (const ShapeVotes *votes, guint shape)
{
  guint low = 0, high = votes->votes->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (votes->votes, ShapeVote, middle).shape < shape)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* What was said of one shape. */
typedef struct {
  double all;
  double mapped;   /* for the character that it has by its font */
  double most;     /* for `winner` */
  gunichar winner; /* 0: there are no votes */
} Election;

static Election
election_of (ShapeVotes *votes, guint shape, gunichar character)
{
  Election election = {0};
  count_votes (votes);
  guint first = first_of_shape (votes, shape);
  for (guint i = first; i < votes->votes->len; i++) {
    const ShapeVote *vote = &g_array_index (votes->votes, ShapeVote, i);
    if (vote->shape != shape)
      break;
    election.winner = i == first ? vote->character : election.winner;
    election.most = i == first ? vote->weight : election.most;
    election.all += vote->weight;
    election.mapped += vote->character == character ? vote->weight : 0;
  }
  return election;
}

/* Votes */

static double
middle_y (const Glyph *glyph)
{
  return (glyph->box.y0 + glyph->box.y1) / 2;
}

static double
middle_x (const Glyph *glyph)
{
  return (glyph->box.x0 + glyph->box.x1) / 2;
}

static int
order_by_y (gconstpointer a, gconstpointer b)
{
  double one = middle_y (*(const Glyph *const *)a), other = middle_y (*(const Glyph *const *)b);
  return one < other ? -1 : one > other;
}

static int
order_by_x (gconstpointer a, gconstpointer b)
{
  double one = middle_x (*(const Glyph *const *)a), other = middle_x (*(const Glyph *const *)b);
  return one < other ? -1 : one > other;
}

static GPtrArray *
glyphs_by_y (GArray *glyphs)
{
  GPtrArray *sorted = g_ptr_array_sized_new (glyphs->len);
  for (guint i = 0; i < glyphs->len; i++)
    g_ptr_array_add (sorted, &g_array_index (glyphs, Glyph, i));
  g_ptr_array_sort (sorted, order_by_y);
  return sorted;
}

/* Those of GLYPHS, in the order of y, from *NEXT on that are above Y, in the order of x. */
static GPtrArray *
line_above (GPtrArray *glyphs, guint *next, double y)
{
  GPtrArray *line = g_ptr_array_new ();
  for (; *next < glyphs->len && middle_y (g_ptr_array_index (glyphs, *next)) < y; (*next)++)
    g_ptr_array_add (line, g_ptr_array_index (glyphs, *next));
  g_ptr_array_sort (line, order_by_x);
  return line;
}

/* What it costs that SEEN is what GLYPH shows, which may be CHARACTER. */
static double
cost_of (const Glyph *glyph, gunichar character, const Glyph *seen)
{
  double em = MAX (glyph->box.y1 - glyph->box.y0, 1), off = fabs (middle_x (glyph) - middle_x (seen)) / em;
  if (off > OFF_MOST)
    return 2 * UNALIGNED_COST + 1;
  return OFF_COST * off - (character == seen->character ? ALIKE_BONUS : 0);
}

/* A page whose glyphs are voted on. */
typedef struct {
  const Page *page;
  GArray *shapes;
  const gunichar *characters; /* of each glyph: what it is likely to be */
} VotedPage;

static guint
index_in (const VotedPage *voted, const Glyph *glyph)
{
  return (guint)(glyph - (const Glyph *)(gconstpointer)voted->page->glyphs->data);
}

/* A vote for each glyph of LINE that is aligned with one of SEEN: the cheapest of all alignments that keep the order of
 * both (Needleman and Wunsch 1970). */
static void
vote_on_line (ShapeVotes *votes, const VotedPage *voted, GPtrArray *line, GPtrArray *seen)
{
  guint rows = line->len + 1, columns = seen->len + 1;
  g_autofree double *costs = g_new (double, (gsize)rows *columns);
  for (guint i = 0; i < rows; i++)
    for (guint j = 0; j < columns; j++) {
      double best = i + j == 0 ? 0 : G_MAXDOUBLE;
      if (i > 0)
        best = MIN (best, costs[(i - 1) * columns + j] + UNALIGNED_COST);
      if (j > 0)
        best = MIN (best, costs[i * columns + j - 1] + UNALIGNED_COST);
      if (i > 0 && j > 0)
        best = MIN (best, costs[(i - 1) * columns + j - 1] +
                              cost_of (line->pdata[i - 1], voted->characters[index_in (voted, line->pdata[i - 1])],
                                       seen->pdata[j - 1]));
      costs[i * columns + j] = best;
    }
  for (guint i = line->len, j = seen->len; i > 0 && j > 0;) {
    double here = costs[i * columns + j];
    if (here >= costs[(i - 1) * columns + j] + UNALIGNED_COST) {
      i--;
      continue;
    }
    if (here >= costs[i * columns + j - 1] + UNALIGNED_COST) {
      j--;
      continue;
    }
    const Glyph *glyph = line->pdata[--i], *found = seen->pdata[--j];
    ShapeVote vote = {g_array_index (voted->shapes, guint, index_in (voted, glyph)), found->character,
                      MAX (found->confidence, 0.1)};
    g_array_append_val (votes->votes, vote);
  }
}

/* What each glyph of PAGE is likely to be: what EARLIER votes have settled, or what its font says. */
static gunichar *
likely_characters (const Page *page, GArray *shapes, ShapeVotes *earlier)
{
  gunichar *characters = g_new (gunichar, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    characters[i] = g_array_index (page->glyphs, Glyph, i).character;
    Election election = {0};
    if (earlier)
      election = election_of (earlier, g_array_index (shapes, guint, i), characters[i]);
    if (election.all >= SETTLED_VOTES && election.most >= SETTLED_SHARE * election.all)
      characters[i] = election.winner;
  }
  return characters;
}

void
shape_votes_add (ShapeVotes *votes, const Page *page, GArray *shapes, const Page *recognised, ShapeVotes *earlier)
{
  g_autoptr (GPtrArray) glyphs = glyphs_by_y (page->glyphs), all_seen = glyphs_by_y (recognised->glyphs);
  g_autofree gunichar *characters = likely_characters (page, shapes, earlier);
  VotedPage voted = {page, shapes, characters};
  votes->sorted = FALSE;
  for (guint next = 0, next_seen = 0; next < glyphs->len;) {
    const Glyph *first = g_ptr_array_index (glyphs, next);
    double reach = (first->box.y1 - first->box.y0) * SAME_LINE;
    g_autoptr (GPtrArray) line = line_above (glyphs, &next, middle_y (first) + reach);
    g_ptr_array_unref (line_above (all_seen, &next_seen, middle_y (first) - reach)); /* between the lines */
    g_autoptr (GPtrArray) seen = line_above (all_seen, &next_seen, middle_y (first) + 2 * reach);
    vote_on_line (votes, &voted, line, seen);
  }
}

GArray *
shape_votes_glyphs (ShapeVotes *votes, const Page *page, GArray *shapes)
{
  g_autoptr (GArray) glyphs = g_array_copy (page->glyphs);
  guint voted = 0;
  for (guint i = 0; i < glyphs->len; i++) {
    Glyph *glyph = &g_array_index (glyphs, Glyph, i);
    Election election = election_of (votes, g_array_index (shapes, guint, i), glyph->character);
    if (!election.winner)
      continue;
    voted++;
    gboolean keep = election.mapped >= MAPPED_LEAST * election.all;
    glyph->character = keep ? glyph->character : election.winner;
    glyph->confidence = (float)(keep ? 1 : election.most / election.all);
  }
  return voted >= VOTED_LEAST * glyphs->len ? g_steal_pointer (&glyphs) : NULL;
}
