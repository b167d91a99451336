/* struck.c - see struck.h */
#include "read/pdf/struck.h"

#include "read/pdf/ruling_lines.h"

#include <math.h>

/* Where above the baseline a line strikes out, in ems: 0.2 to 0.3 for Latin letters, 0.35 to 0.4 for kanji; an underline
 * is at 0 and less. Of vertical writing: to either side of the middle. */
#define STRIKE_LOW 0.12
#define STRIKE_HIGH 0.56
#define STRIKE_BESIDE 0.2

/* Upright letters set one below the other, as browsers set vertical text, are struck out by a line down their middles
 * that is over so many of them: one letter and the border of a cell that is too narrow for its text may meet so. */
#define COLUMN_LETTERS 2

/* The score from which a line strikes out, and its parts. Measured on tests/painting.py and on the lines of corpus/ and
 * tests/cases/: the borders that cross glyphs there have 0 to 0.2 of their length over them. */
#define STRUCK_SCORE 0.6
#define WEIGHT_MOST_OF_IT 0.7 /* at least MOST of the line is over words */
#define WEIGHT_SOME_OF_IT 0.3 /* at least SOME of it */
#define WEIGHT_MANY_WORDS 0.4 /* it crosses so many runs of glyphs, apart from each other */
#define WEIGHT_COLOUR 0.2     /* it has another colour than most lines */
#define WEIGHT_ANNOTATION 1.0 /* a StrikeOut annotation draws it */
#define WEIGHT_BORDERS -0.3   /* both of its ends are at lines across it, and it is not over words for the most part */
#define MOST 0.6
#define SOME 0.3
#define MANY_WORDS 3

/* Glyphs with less between them than so many ems are one run. */
#define RUN_GAP 1.0

/* Glyphs of a line's bucket that are looked at, on a page. */
#define STEPS_LIMIT 20000000

/* A strip of the page that has the middles of its glyphs, in points. */
#define STRIP 8.0

/* The glyphs whose text runs along one axis of the page, by strips of it. */
typedef struct {
  gboolean vertical; /* text runs up or down */
  guint count;
  GArray **strips; /* indexes of glyphs */
} StruckStrips;

static gboolean
runs_vertically (const PaintedGlyph *glyph)
{
  return fabs (glyph->direction_y) > fabs (glyph->direction_x);
}

/* Across the text: the middle of where a line strikes the glyph out, and how far to either side. VERTICAL: of a line that
 * is. */
static void
strike_range (const PaintedGlyph *glyph, gboolean vertical, double *middle, double *half)
{
  if (vertical && !runs_vertically (glyph)) {
    *middle = (glyph->box.x0 + glyph->box.x1) / 2;
    *half = glyph->size * STRIKE_BESIDE;
    return;
  }
  double baseline = vertical ? glyph->origin_x : glyph->origin_y;
  /* "Above" is to the right of a direction turned a quarter against the clock; y grows downwards. */
  double up = vertical ? (glyph->direction_y > 0 ? 1 : -1) : (glyph->direction_x > 0 ? -1 : 1);
  *middle = glyph->vertical ? baseline : baseline + up * glyph->size * (STRIKE_LOW + STRIKE_HIGH) / 2;
  *half = glyph->size * (glyph->vertical ? STRIKE_BESIDE : (STRIKE_HIGH - STRIKE_LOW) / 2);
}

static guint
strip_at (const StruckStrips *strips, double across)
{
  return (guint)CLAMP (across / STRIP, 0, strips->count - 1);
}

static void
strips_add (StruckStrips *strips, const PaintedGlyph *glyph, guint index)
{
  double middle, half;
  strike_range (glyph, strips->vertical, &middle, &half);
  guint last = strip_at (strips, middle + half);
  for (guint strip = strip_at (strips, middle - half); strip <= last; strip++) {
    if (!strips->strips[strip])
      strips->strips[strip] = g_array_new (FALSE, FALSE, sizeof (guint));
    g_array_append_val (strips->strips[strip], index);
  }
}

/* ALONG: of level and of vertical text, and of upright letters that may be set so. */
static void
strips_init (StruckStrips along[2], const SeenPage *seen)
{
  for (int vertical = 0; vertical < 2; vertical++) {
    double across = vertical ? seen->painted->width : seen->painted->height;
    guint count = (guint)CLAMP (across / STRIP + 1, 1, 4000);
    along[vertical] = (StruckStrips){vertical, count, g_new0 (GArray *, count)};
  }
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] != FATE_SEEN || glyph->space)
      continue;
    if (!runs_vertically (glyph))
      strips_add (&along[0], glyph, i);
    if (runs_vertically (glyph) || g_unichar_iswide (glyph->character))
      strips_add (&along[1], glyph, i);
  }
}

static void
strips_clear (StruckStrips *strips)
{
  for (guint i = 0; i < strips->count; i++)
    g_clear_pointer (&strips->strips[i], g_array_unref);
  g_free (strips->strips);
}

/* A glyph that a line crosses, by its extent along the line. */
typedef struct {
  double from, to, em;
  guint glyph;
} CrossedGlyph;

static int
compare_crossed (gconstpointer a, gconstpointer b)
{
  double first = ((const CrossedGlyph *)a)->from, second = ((const CrossedGlyph *)b)->from;
  return first < second ? -1 : first > second;
}

typedef struct {
  double at, from, to; /* across it; along it */
} StrikeLine;

static StrikeLine
strike_line (const RulingLine *line, gboolean vertical)
{
  return vertical ? (StrikeLine){line->box.x0, line->box.y0, line->box.y1}
                  : (StrikeLine){line->box.y0, line->box.x0, line->box.x1};
}

/* The glyphs that the line crosses in their middle, by their places along it. */
static void
find_crossed (const SeenPage *seen, const StruckStrips *strips, StrikeLine line, GArray *crossed, guint *steps)
{
  g_array_set_size (crossed, 0);
  GArray *strip = strips->strips[strip_at (strips, line.at)];
  for (guint i = 0; strip && i < strip->len && ++*steps < STEPS_LIMIT; i++) {
    guint index = g_array_index (strip, guint, i);
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, index);
    double middle, half, from = strips->vertical ? glyph->box.y0 : glyph->box.x0,
                         to = strips->vertical ? glyph->box.y1 : glyph->box.x1;
    strike_range (glyph, strips->vertical, &middle, &half);
    if (fabs (line.at - middle) > half || (from + to) / 2 < line.from || (from + to) / 2 > line.to)
      continue;
    CrossedGlyph found = {from, to, glyph->size, index};
    g_array_append_val (crossed, found);
  }
  g_array_sort (crossed, compare_crossed);
}

/* The length of the runs of glyphs in CROSSED, as far as the line goes, and their number in *RUNS. */
static double
length_of_runs (GArray *crossed, StrikeLine line, guint *runs)
{
  double length = 0, end = -G_MAXDOUBLE;
  *runs = 0;
  for (guint i = 0; i < crossed->len; i++) {
    const CrossedGlyph *glyph = &g_array_index (crossed, CrossedGlyph, i);
    double from = MAX (glyph->from, line.from), to = MIN (glyph->to, line.to);
    gboolean apart = from - end > RUN_GAP * glyph->em;
    *runs += apart;
    if (to > end)
      length += to - (apart ? from : end);
    end = MAX (end, to);
  }
  return length;
}

/* Whether a line across it is at END of the line. */
static gboolean
meets_border (GArray *lines, gboolean vertical, StrikeLine line, double end)
{
  for (guint i = 0; i < lines->len; i++) {
    const RulingLine *other = &g_array_index (lines, PaintedLine, i).line;
    if (other->kind != (vertical ? RULING_HORIZONTAL : RULING_VERTICAL))
      continue;
    StrikeLine border = strike_line (other, !vertical);
    if (fabs (border.at - end) < 1.5 && border.from < line.at - 1 && border.to > line.at + 1)
      return TRUE;
  }
  return FALSE;
}

static guint32
colour_of (const RulingLine *line)
{
  return (guint32)(line->red * 255) << 16 | (guint32)(line->green * 255) << 8 | (guint32)(line->blue * 255);
}

/* The colour of the most lines, by their length. */
static guint32
main_colour (GArray *lines)
{
  g_autoptr (GHashTable) lengths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  guint32 colour = 0;
  double longest = 0;
  for (guint i = 0; i < lines->len; i++) {
    const RulingLine *line = &g_array_index (lines, PaintedLine, i).line;
    if (line->kind == RULING_FILL)
      continue;
    double *length = g_hash_table_lookup (lengths, GUINT_TO_POINTER (colour_of (line)));
    if (!length) {
      length = g_new0 (double, 1);
      g_hash_table_insert (lengths, GUINT_TO_POINTER (colour_of (line)), length);
    }
    *length += line->box.x1 - line->box.x0 + line->box.y1 - line->box.y0;
    if (*length > longest) {
      longest = *length;
      colour = colour_of (line);
    }
  }
  return colour;
}

static gboolean
is_strike_out (const SeenPage *seen, const PaintedLine *painted)
{
  int annotation = g_array_index (seen->painted->paths, PaintedPath, painted->path).state.annotation;
  return annotation != PAINTED_NONE &&
         g_array_index (seen->painted->annotations, PaintedAnnotation, annotation).kind == ANNOTATION_STRIKE_OUT;
}

static gboolean
is_struck (const SeenPage *seen, GArray *lines, const PaintedLine *painted, gboolean vertical, GArray *crossed,
           guint32 usual)
{
  StrikeLine line = strike_line (&painted->line, vertical);
  guint runs;
  double share = length_of_runs (crossed, line, &runs) / MAX (line.to - line.from, 0.1), score = 0;
  guint last = g_array_index (crossed, CrossedGlyph, crossed->len - 1).glyph;
  if (vertical && !runs_vertically (&g_array_index (seen->painted->glyphs, PaintedGlyph, last)))
    return share >= MOST && crossed->len >= COLUMN_LETTERS;
  if (share >= MOST)
    score += WEIGHT_MOST_OF_IT;
  else if (share >= SOME)
    score += WEIGHT_SOME_OF_IT;
  if (runs >= MANY_WORDS)
    score += WEIGHT_MANY_WORDS;
  if (colour_of (&painted->line) != usual)
    score += WEIGHT_COLOUR;
  if (is_strike_out (seen, painted))
    score += WEIGHT_ANNOTATION;
  if (score >= STRUCK_SCORE && share < MOST && meets_border (lines, vertical, line, line.from) &&
      meets_border (lines, vertical, line, line.to))
    score += WEIGHT_BORDERS;
  return score >= STRUCK_SCORE;
}

/* An annotation that draws no line that was found: one line of text in its box. */
static void
strike_in_boxes (SeenPage *seen)
{
  const PaintedPage *page = seen->painted;
  for (guint i = 0; i < page->annotations->len; i++) {
    const PaintedAnnotation *annotation = &g_array_index (page->annotations, PaintedAnnotation, i);
    for (guint j = 0; annotation->kind == ANNOTATION_STRIKE_OUT && j < page->glyphs->len; j++) {
      const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, j);
      Box box = annotation->box;
      double across = runs_vertically (glyph) ? box.x1 - box.x0 : box.y1 - box.y0;
      if (seen->glyph_fates[j] == FATE_SEEN && !glyph->space && across < 2 * glyph->size &&
          box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
        seen->glyph_fates[j] = FATE_STRUCK;
    }
  }
}

void
struck_tell (SeenPage *seen, GArray *lines)
{
  StruckStrips along[2];
  strips_init (along, seen);
  g_autoptr (GArray) crossed = g_array_new (FALSE, FALSE, sizeof (CrossedGlyph)),
                     kept = g_array_new (FALSE, FALSE, sizeof (PaintedLine)),
                     struck = g_array_new (FALSE, FALSE, sizeof (guint));
  guint32 usual = main_colour (lines);
  guint steps = 0;
  for (guint i = 0; i < lines->len; i++) {
    const PaintedLine *painted = &g_array_index (lines, PaintedLine, i);
    gboolean vertical = painted->line.kind == RULING_VERTICAL, strikes = FALSE;
    if (painted->line.kind == RULING_HORIZONTAL || vertical) {
      find_crossed (seen, &along[vertical], strike_line (&painted->line, vertical), crossed, &steps);
      strikes = crossed->len > 0 && is_struck (seen, lines, painted, vertical, crossed, usual);
    }
    for (guint j = 0; strikes && j < crossed->len; j++)
      g_array_append_val (struck, g_array_index (crossed, CrossedGlyph, j).glyph);
    if (!strikes)
      g_array_append_val (kept, *painted);
  }
  for (guint i = 0; i < struck->len; i++)
    seen->glyph_fates[g_array_index (struck, guint, i)] = FATE_STRUCK;
  strike_in_boxes (seen);
  g_array_set_size (lines, 0);
  if (kept->len > 0)
    g_array_append_vals (lines, kept->data, kept->len);
  strips_clear (&along[0]);
  strips_clear (&along[1]);
}

/* Writer strikes out with letters too: X or / set over the words, as often as fits. */
static gboolean
is_striking_letter (gunichar character)
{
  static const gunichar letters[] = {'X', 'x', 0xD7, 0xFF38, '/', 0xFF0F, '-', 0x2010, 0x2013, 0x2014, 0x2015, 0x2500};
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i] == character)
      return TRUE;
  return FALSE;
}

static double
place_along (const PaintedGlyph *glyph)
{
  return glyph->origin_x * glyph->direction_x + glyph->origin_y * glyph->direction_y;
}

static double
advance_of (const PaintedGlyph *glyph)
{
  return runs_vertically (glyph) ? glyph->box.y1 - glyph->box.y0 : glyph->box.x1 - glyph->box.x0;
}

static gboolean
on_one_baseline (const PaintedGlyph *one, const PaintedGlyph *other)
{
  double dx = other->origin_x - one->origin_x, dy = other->origin_y - one->origin_y;
  return one->direction_x * other->direction_x + one->direction_y * other->direction_y > 0.99 &&
         fabs (dx * one->direction_y - dy * one->direction_x) < 0.1 * one->size;
}

/* Whether NEXT goes on with the same letter that LAST is, side by side. */
static gboolean
goes_on (const PaintedGlyph *last, const PaintedGlyph *next)
{
  double step = place_along (next) - place_along (last), advance = advance_of (last);
  return next->character == last->character && on_one_baseline (last, next) && step > 0.5 * advance &&
         step < 1.2 * advance;
}

/* The letters FIRST to LAST are alike. The glyphs that were painted right before them, and that they are over. */
static void
strike_by_letters (SeenPage *seen, guint first, guint last)
{
  const PaintedGlyph *glyphs = (const PaintedGlyph *)(gpointer)seen->painted->glyphs->data;
  double from = place_along (&glyphs[first]), to = place_along (&glyphs[last]) + advance_of (&glyphs[last]), over = 0;
  guint under = first;
  for (; under > 0 && on_one_baseline (&glyphs[under - 1], &glyphs[first]); under--) {
    double place = place_along (&glyphs[under - 1]), end = place + advance_of (&glyphs[under - 1]);
    if ((place + end) / 2 < from || (place + end) / 2 > to || glyphs[under - 1].character == glyphs[first].character)
      break;
    over += MIN (end, to) - MAX (place, from);
  }
  if (over < MOST * (to - from))
    return;
  for (guint i = under; i <= last; i++)
    seen->glyph_fates[i] = i < first ? FATE_STRUCK : FATE_REPLACED;
}

void
struck_by_letters_tell (SeenPage *seen)
{
  const GArray *glyphs = seen->painted->glyphs;
  for (guint first = 0, last; first < glyphs->len; first = last + 1) {
    last = first;
    if (!is_striking_letter (g_array_index (glyphs, PaintedGlyph, first).character))
      continue;
    while (last + 1 < glyphs->len &&
           goes_on (&g_array_index (glyphs, PaintedGlyph, last), &g_array_index (glyphs, PaintedGlyph, last + 1)))
      last++;
    if (last > first)
      strike_by_letters (seen, first, last);
  }
}
