/* ruby.c - see ruby.h */
#include "read/pdf/ruby.h"

#include <math.h>

/* Readings are between these parts of the size of the word: half of it by rule, .3 for three kana to one ideograph, and
 * .6 where a style sheet gives a percentage. */
#define RUBY_LEAST 0.25
#define RUBY_MOST 0.65

/* Writer sets all readings in 6 points, however small the word is: up to this part of it they are readings where the
 * middle of their hiragana is that of their word, so many of its ems off at most. */
#define RUBY_FIXED_MOST 0.8
#define MIDDLE_OFF 0.15

/* Ems of the word: a reading's middle is no further than this from the word's, across the line: half of each (.75), and
 * what fonts and line heights put between (measured: .70 to 1.1 by Word, Writer and Chromium). It is no nearer than a
 * raised letter of the line would be. */
#define ACROSS_LEAST 0.5
#define ACROSS_MOST 1.25

/* The same where the reading is larger than half of the word, in ems of both: their two lines are so high. */
#define ACROSS_BOTH 0.85

/* Ems of the word by which a reading may begin before it and end after it. */
#define OVERHANG 1.0

/* A program that takes no note of the size of readings sets them as large as the word. */
#define SAME_SIZE 1.1

/* Ems of the word: it is spread under a longer reading where there is this much room between its letters, and nowhere
 * more or less than that by this. */
#define SPREAD_LEAST 0.2
#define SPREAD_OFF 0.1

/* Ems of the reading: kana of one run are no further apart. Over a long word they are spread. */
#define RUN_GAP 3.0

/* A run of small kana in paint order, or a larger glyph: where it is in the directions of its line and across it. */
typedef struct {
  double from, to; /* along the line */
  double across;   /* its middle; grows towards the foot of upright text, and to the left of vertical text */
  double size;
  guint first, last;  /* glyphs, all between them included */
  gunichar character; /* of a single glyph */
  gboolean along_x;
} LineRun;

static gboolean
is_kana (gunichar character)
{
  return (character >= 0x3041 && character <= 0x30FF) || (character >= 0xFF66 && character <= 0xFF9F);
}

static gboolean
is_ideograph (gunichar character)
{
  return g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN;
}

static LineRun
run_of_glyph (const PaintedGlyph *glyph, guint index)
{
  gboolean along_x = fabs (glyph->direction_x) >= fabs (glyph->direction_y);
  Box box = glyph->box;
  LineRun run = {.size = glyph->size, .first = index, .last = index, .character = glyph->character, .along_x = along_x};
  run.from = along_x ? box.x0 : box.y0;
  run.to = along_x ? box.x1 : box.y1;
  run.across = along_x ? (box.y0 + box.y1) / 2 : (box.x0 + box.x1) / 2;
  return run;
}

static gboolean
goes_on (const LineRun *run, const LineRun *next)
{
  double gap = next->from > run->from ? next->from - run->to : run->from - next->to;
  return run->along_x == next->along_x && fabs (run->size - next->size) < 0.1 * run->size &&
         fabs (run->across - next->across) < 0.2 * run->size && gap < RUN_GAP * run->size;
}

static void
run_add (LineRun *run, const LineRun *next)
{
  run->from = MIN (run->from, next->from);
  run->to = MAX (run->to, next->to);
  run->last = next->last;
}

/* The runs of nothing but kana among the seen glyphs of PAGE. Kana that other characters of their size go on with, or
 * lead up to, are no reading. */
static GArray *
kana_runs (const SeenPage *page)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (LineRun));
  LineRun run = {0};
  gboolean pure = FALSE;
  for (guint i = 0; i < page->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->painted->glyphs, PaintedGlyph, i);
    if (page->glyph_fates[i] != FATE_SEEN || glyph->space)
      continue;
    LineRun own = run_of_glyph (glyph, i);
    gboolean kana = is_kana (glyph->character);
    if (run.size > 0 && goes_on (&run, &own)) {
      run_add (&run, &own);
      pure = pure && kana;
      continue;
    }
    if (pure)
      g_array_append_val (runs, run);
    run = own;
    pure = kana;
  }
  if (pure)
    g_array_append_val (runs, run);
  return runs;
}

static int
order_across (gconstpointer a, gconstpointer b)
{
  const LineRun *one = a, *other = b;
  return one->across < other->across ? -1 : one->across > other->across;
}

/* The ideographs and kana of PAGE, in the order of `across`. */
static GArray *
letters_of_page (const SeenPage *page)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (LineRun));
  for (guint i = 0; i < page->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->painted->glyphs, PaintedGlyph, i);
    if (page->glyph_fates[i] != FATE_SEEN || !(is_ideograph (glyph->character) || is_kana (glyph->character)))
      continue;
    LineRun own = run_of_glyph (glyph, i);
    g_array_append_val (letters, own);
  }
  g_array_sort (letters, order_across);
  return letters;
}

static guint
first_from (GArray *runs, double across)
{
  guint low = 0, high = runs->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (runs, LineRun, middle).across < across)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static int
order_along (gconstpointer a, gconstpointer b)
{
  const LineRun *one = a, *other = b;
  return one->from < other->from ? -1 : one->from > other->from;
}

/* Whether the ideograph OWN is along KANA, which may begin before its word and end after it. */
static gboolean
ideograph_is_along (const LineRun *own, const LineRun *kana)
{
  return is_ideograph (own->character) && own->to >= kana->from - OVERHANG * own->size &&
         own->from <= kana->to + OVERHANG * own->size;
}

/* Whether OWN is one of as many letters as KANA has around its middle: a reading is set in the middle of its word, and
 * katakana are read by as many hiragana. */
static gboolean
letter_is_along (const LineRun *own, const LineRun *kana)
{
  double off = (own->from + own->to - kana->from - kana->to) / 2;
  return fabs (off) < (kana->last - kana->first + 1) * own->size / 2;
}

/* The letters that are IS_ALONG beside KANA, in the order of `from`: those of the nearest line that has such. */
static GArray *
letters_beside (const LineRun *kana, GArray *letters, gboolean (*is_along) (const LineRun *own, const LineRun *kana))
{
  GArray *word = g_array_new (FALSE, FALSE, sizeof (LineRun));
  double reach = ACROSS_MOST / RUBY_LEAST * kana->size, nearest = G_MAXDOUBLE;
  for (guint i = first_from (letters, kana->across - reach); i < letters->len; i++) {
    const LineRun *own = &g_array_index (letters, LineRun, i);
    double across = fabs (own->across - kana->across), part = kana->size / own->size;
    if (own->across > kana->across + reach)
      break;
    if (own->along_x != kana->along_x || part < RUBY_LEAST || part > SAME_SIZE || across < ACROSS_LEAST * own->size ||
        across > MAX (ACROSS_MOST * own->size, ACROSS_BOTH * (own->size + kana->size)) ||
        across > nearest + 0.2 * own->size || !is_along (own, kana))
      continue;
    if (across < nearest - 0.2 * own->size)
      g_array_set_size (word, 0);
    nearest = MIN (nearest, across);
    g_array_append_val (word, *own);
  }
  g_array_sort (word, order_along);
  return word;
}

/* The room between each two of WORD, where it is the same everywhere; 0: there is none. */
static double
room_in (GArray *word)
{
  double room = 0;
  for (guint i = 1; i < word->len; i++) {
    const LineRun *before = &g_array_index (word, LineRun, i - 1), *own = &g_array_index (word, LineRun, i);
    double gap = own->from - before->to;
    if (i > 1 && fabs (gap - room) > SPREAD_OFF * own->size)
      return 0;
    room = gap;
  }
  return word->len > 1 && room >= SPREAD_LEAST * g_array_index (word, LineRun, 0).size ? room : 0;
}

/* Whether WORD is spread under KANA as JIS X 4051 sets it: half of the room before it, all of it between two, half after
 * it. */
static gboolean
is_spread_under (const LineRun *kana, GArray *word)
{
  if (word->len == 0)
    return FALSE;
  const LineRun *first = &g_array_index (word, LineRun, 0), *last = &g_array_index (word, LineRun, word->len - 1);
  double room = room_in (word);
  return room > 0 && fabs (first->from - kana->from - room / 2) <= SPREAD_OFF * first->size &&
         fabs (kana->to - last->to - room / 2) <= SPREAD_OFF * first->size;
}

static gboolean
is_hiragana (const SeenPage *page, const LineRun *kana)
{
  for (guint i = kana->first; i <= kana->last; i++) {
    gunichar character = g_array_index (page->painted->glyphs, PaintedGlyph, i).character;
    if (character < 0x3041 || character > 0x309F)
      return FALSE;
  }
  return TRUE;
}

/* Whether hiragana nearly as large as WORD have one middle with those of its ideographs that are below them. */
static gboolean
is_centred_over (const SeenPage *page, const LineRun *kana, GArray *word)
{
  double from = G_MAXDOUBLE, to = -G_MAXDOUBLE, em = 0;
  for (guint i = 0; i < word->len; i++) {
    const LineRun *own = &g_array_index (word, LineRun, i);
    double middle = (own->from + own->to) / 2;
    if (middle < kana->from - MIDDLE_OFF * own->size || middle > kana->to + MIDDLE_OFF * own->size)
      continue;
    from = MIN (from, own->from);
    to = MAX (to, own->to);
    em = own->size;
  }
  return kana->size <= RUBY_FIXED_MOST * em && fabs (from + to - kana->from - kana->to) / 2 <= MIDDLE_OFF * em &&
         is_hiragana (page, kana);
}

/* Whether KANA are small above the ideographs WORD and reach beyond them by little. */
static gboolean
is_small_over (const LineRun *kana, GArray *word)
{
  if (word->len == 0)
    return FALSE;
  const LineRun *first = &g_array_index (word, LineRun, 0), *last = &g_array_index (word, LineRun, word->len - 1);
  return kana->size <= RUBY_MOST * first->size && kana->from >= first->from - OVERHANG * first->size &&
         kana->to <= last->to + OVERHANG * first->size;
}

static gunichar
hiragana_of (gunichar character)
{
  return character >= 0x30A1 && character <= 0x30F6 ? character - 0x60 : character;
}

/* How many katakana of WORD the hiragana KANA spell letter by letter, where they can be the reading of all of it: each
 * kana of it is itself, each ideograph one kana or more. 0: they can't be, or have katakana themselves. The sets of
 * places in KANA that a beginning of WORD may reach are those of a finite automaton. */
static guint
katakana_spelled (const SeenPage *page, const LineRun *kana, GArray *word)
{
  g_autoptr (GArray) reading = g_array_new (FALSE, FALSE, sizeof (gunichar));
  for (guint i = kana->first; i <= kana->last; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->painted->glyphs, PaintedGlyph, i);
    if (page->glyph_fates[i] != FATE_SEEN || glyph->space)
      continue;
    if (hiragana_of (glyph->character) != glyph->character)
      return 0;
    g_array_append_val (reading, glyph->character);
  }
  guint katakana = 0, places = reading->len + 1;
  g_autofree guint8 *reached = g_new0 (guint8, places);
  reached[0] = TRUE;
  for (guint i = 0; i < word->len; i++) {
    gunichar letter = g_array_index (word, LineRun, i).character, plain = hiragana_of (letter);
    katakana += plain != letter;
    gboolean before = FALSE, any = FALSE;
    for (guint k = 0; k < places; k++) {
      gboolean here = k > 0 && (is_kana (letter) ? before && g_array_index (reading, gunichar, k - 1) == plain : any);
      before = reached[k];
      any = any || reached[k];
      reached[k] = here;
    }
  }
  return reached[reading->len] ? katakana : 0;
}

/* Whether so many katakana under the hiragana that spell them are no accident. */
#define KATAKANA_LEAST 2

/* The letters beside the run KANA whose reading they are, or NULL. */
static GArray *
word_of_reading (const SeenPage *page, const LineRun *kana, GArray *letters)
{
  g_autoptr (GArray) ideographs = letters_beside (kana, letters, ideograph_is_along);
  if (is_small_over (kana, ideographs) || is_spread_under (kana, ideographs) ||
      is_centred_over (page, kana, ideographs))
    return g_steal_pointer (&ideographs);
  g_autoptr (GArray) beside = letters_beside (kana, letters, letter_is_along);
  return katakana_spelled (page, kana, beside) >= KATAKANA_LEAST ? g_steal_pointer (&beside) : NULL;
}

/* Puts the letters of WORD, which is spread, side by side around its middle: the room between them is no space. */
static void
draw_together (SeenPage *page, GArray *word)
{
  double room = room_in (word);
  for (guint i = 0; room > 0 && i < word->len; i++) {
    const LineRun *own = &g_array_index (word, LineRun, i);
    if (page->glyph_fates[own->first] != FATE_SEEN)
      continue;
    PaintedGlyph glyph = g_array_index (page->painted->glyphs, PaintedGlyph, own->first);
    double shift = ((word->len - 1) / 2.0 - i) * room;
    glyph.box.x0 += own->along_x ? shift : 0;
    glyph.box.x1 += own->along_x ? shift : 0;
    glyph.box.y0 += own->along_x ? 0 : shift;
    glyph.box.y1 += own->along_x ? 0 : shift;
    glyph.origin_x += own->along_x ? shift : 0;
    glyph.origin_y += own->along_x ? 0 : shift;
    page->glyph_fates[own->first] = FATE_REPLACED;
    g_array_append_val (page->added, glyph);
  }
}

void
ruby_leave_out (SeenPage *page)
{
  g_autoptr (GArray) kana = kana_runs (page);
  g_autoptr (GArray) letters = kana->len > 0 ? letters_of_page (page) : NULL;
  for (guint i = 0; i < kana->len; i++) {
    const LineRun *run = &g_array_index (kana, LineRun, i);
    g_autoptr (GArray) word = word_of_reading (page, run, letters);
    if (!word)
      continue;
    for (guint j = run->first; j <= run->last; j++)
      if (page->glyph_fates[j] == FATE_SEEN)
        page->glyph_fates[j] = FATE_RUBY;
    draw_together (page, word);
  }
}
