/* pen_stroke.c - see pen_stroke.h */
#include "read/pdf/pen_stroke.h"

#include <math.h>

/* A stroke over one line is at least so wide and at most so high, in ems of what it crosses, and so much of it is over
 * letters. An ellipse round a word has less than a third of its length over them. */
#define WIDTH_LEAST 1.6
#define HEIGHT_MOST 2.0
#define OVER_LETTERS 0.6
#define LETTERS_LEAST 2

/* A wave is no higher than this, points; Chromium's is 3.8 through letters of 9.5. */
#define WAVE_HIGHEST 8.0

/* Above the baseline, in ems: what is lower is a wave under the words. */
#define BAND_LOW 0.02
#define BAND_HIGH 0.85

/* Points between the places of a stroke that are looked at, and how many there are at most. */
#define STEP 1.0
#define PLACES_LIMIT 400

/* Two strokes are one cross where their boxes share this much of both; a cross is no more than this part of a page. */
#define CROSS_SHARE 0.8
#define CROSS_AREA 0.15

/* A dash is over a letter where it has this much of the narrower one's width. */
#define DASH_SHARE 0.4

/* Glyphs that are looked at, on a page. */
#define STEPS_LIMIT 20000000

typedef struct {
  SeenPage *seen;
  guint steps;
} PenSearch;

static const PaintedGlyph *
letter_at (const PenSearch *search, guint index)
{
  const PaintedGlyph *glyph = &g_array_index (search->seen->painted->glyphs, PaintedGlyph, index);
  return search->seen->glyph_fates[index] == FATE_SEEN && !glyph->space ? glyph : NULL;
}

static double
share_of (double from, double to, double other_from, double other_to)
{
  double shared = MIN (to, other_to) - MAX (from, other_from);
  return shared / MAX (MIN (to - from, other_to - other_from), 0.1);
}

/* A band filled with a pattern: a wave as browsers paint it (text-decoration: line-through wavy). */
static gboolean
may_be_wave (const PaintedPath *path)
{
  double height = path->box.y1 - path->box.y0;
  return path->filled && !path->colour.known && !path->shaded && height > 0.3 && height <= WAVE_HIGHEST &&
         path->box.x1 - path->box.x0 > height;
}

/* Slanted, or of several points; not closed. */
static gboolean
may_be_stroke (const PenSearch *search, guint index)
{
  const PaintedPath *path = &g_array_index (search->seen->painted->paths, PaintedPath, index);
  if (search->seen->path_fates[index] == FATE_SEEN && may_be_wave (path))
    return TRUE;
  if (search->seen->path_fates[index] != FATE_SEEN || path->filled || path->count < 2 || path->count > PLACES_LIMIT ||
      path->state.opacity < 0.2f || path->box.x1 - path->box.x0 < 1 || path->box.y1 - path->box.y0 < 0.3)
    return FALSE;
  const PathPoint *points = &g_array_index (search->seen->painted->path_points, PathPoint, path->first);
  for (guint i = 1; i < path->count; i++)
    if (points[i].kind == PATH_CLOSE || points[i].kind == PATH_MOVE)
      return FALSE;
  double ends = hypot (points[path->count - 1].x - points[0].x, points[path->count - 1].y - points[0].y);
  return ends > 0.7 * (path->box.x1 - path->box.x0);
}

/* Indexes of the letters with their middles in BOX, of horizontal lines; the caller frees. */
static GArray *
letters_in (PenSearch *search, Box box)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < search->seen->painted->glyphs->len && search->steps++ < STEPS_LIMIT; i++) {
    const PaintedGlyph *glyph = letter_at (search, i);
    if (glyph && glyph->direction_x > 0.9 && !glyph->vertical &&
        box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
      g_array_append_val (letters, i);
  }
  return letters;
}

static gboolean
is_on_letter (const PaintedGlyph *glyph, double x, double y)
{
  return x >= glyph->box.x0 && x <= glyph->box.x1 && y <= glyph->origin_y - BAND_LOW * glyph->size &&
         y >= glyph->origin_y - BAND_HIGH * glyph->size;
}

/* The share of the stroke that is over LETTERS. */
static double
share_over (const PenSearch *search, const PaintedPath *path, GArray *letters)
{
  const PathPoint *points = &g_array_index (search->seen->painted->path_points, PathPoint, path->first);
  int places = 0, over = 0;
  for (guint i = 1; i < path->count; i++) {
    double dx = points[i].x - points[i - 1].x, dy = points[i].y - points[i - 1].y;
    int steps = CLAMP ((int)(hypot (dx, dy) / STEP), 1, PLACES_LIMIT);
    for (int step = 0; step < steps && places < PLACES_LIMIT; step++, places++) {
      double x = points[i - 1].x + dx * (step + 0.5) / steps, y = points[i - 1].y + dy * (step + 0.5) / steps;
      for (guint j = 0; j < letters->len; j++)
        if (is_on_letter (letter_at (search, g_array_index (letters, guint, j)), x, y)) {
          over++;
          break;
        }
    }
  }
  return places > 0 ? over / (double)places : 0;
}

static void
strike (const PenSearch *search, GArray *letters)
{
  for (guint i = 0; i < letters->len; i++)
    search->seen->glyph_fates[g_array_index (letters, guint, i)] = FATE_STRUCK;
}

/* The letters of one line that the stroke runs over, from end to end. */
static void
read_stroke (PenSearch *search, const PaintedPath *path)
{
  Box box = path->box;
  double middle = (box.y0 + box.y1) / 2, width = box.x1 - box.x0;
  Box reach = {box.x0 - 1, box.y0 - 12, box.x1 + 1, box.y1 + 12};
  g_autoptr (GArray) near = letters_in (search, reach);
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (guint));
  double em = 0;
  for (guint i = 0; i < near->len; i++) {
    guint index = g_array_index (near, guint, i);
    const PaintedGlyph *glyph = letter_at (search, index);
    if (!is_on_letter (glyph, (glyph->box.x0 + glyph->box.x1) / 2, middle))
      continue;
    g_array_append_val (letters, index);
    em = MAX (em, glyph->size);
  }
  if (letters->len >= LETTERS_LEAST && width >= WIDTH_LEAST * em && box.y1 - box.y0 <= HEIGHT_MOST * em &&
      share_over (search, path, letters) >= OVER_LETTERS)
    strike (search, letters);
}

static gboolean
is_straight (const PaintedPath *path)
{
  return path->count == 2;
}

/* Whether the two go from corner to corner of one box, each from others. */
static gboolean
are_cross (const PenSearch *search, const PaintedPath *one, const PaintedPath *other)
{
  const PathPoint *a = &g_array_index (search->seen->painted->path_points, PathPoint, one->first),
                  *b = &g_array_index (search->seen->painted->path_points, PathPoint, other->first);
  gboolean rises = (a[1].x - a[0].x) * (a[1].y - a[0].y) < 0, other_rises = (b[1].x - b[0].x) * (b[1].y - b[0].y) < 0;
  return rises != other_rises && share_of (one->box.x0, one->box.x1, other->box.x0, other->box.x1) >= CROSS_SHARE &&
         share_of (one->box.y0, one->box.y1, other->box.y0, other->box.y1) >= CROSS_SHARE;
}

static void
read_cross (PenSearch *search, const PaintedPath *one, const PaintedPath *other)
{
  const PaintedPage *page = search->seen->painted;
  Box box = box_union (one->box, other->box);
  if ((box.x1 - box.x0) * (box.y1 - box.y0) > CROSS_AREA * page->width * page->height)
    return;
  g_autoptr (GArray) letters = letters_in (search, box);
  if (letters->len >= LETTERS_LEAST)
    strike (search, letters);
}

static void
read_strokes (PenSearch *search)
{
  const PaintedPage *page = search->seen->painted;
  const PaintedPath *before = NULL;
  for (guint i = 0; i < page->paths->len; i++) {
    if (!may_be_stroke (search, i))
      continue;
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    if (before && is_straight (path) && is_straight (before) && are_cross (search, before, path))
      read_cross (search, before, path);
    read_stroke (search, path);
    before = path;
  }
}

/* ‐ to ―, − ─ ━ － and the hyphen. */
static gboolean
is_dash (gunichar character)
{
  return (character >= 0x2010 && character <= 0x2015) || character == 0x2212 || character == 0x2500 ||
         character == 0x2501 || character == 0xFF0D || character == '-';
}

static gboolean
is_over (const PaintedGlyph *dash, const PaintedGlyph *letter)
{
  return fabs (dash->origin_y - letter->origin_y) < 0.3 * letter->size &&
         share_of (dash->box.x0, dash->box.x1, letter->box.x0, letter->box.x1) >= DASH_SHARE;
}

/* Whether a dash follows or precedes the one at INDEX: a single one joins words, or says that there is nothing. */
static gboolean
is_among_dashes (const PenSearch *search, guint index)
{
  GArray *glyphs = search->seen->painted->glyphs;
  return is_dash (g_array_index (glyphs, PaintedGlyph, index - 1).character) ||
         (index + 1 < glyphs->len && is_dash (g_array_index (glyphs, PaintedGlyph, index + 1).character));
}

/* Dashes are painted after what they are set over, and seldom. */
static void
read_dashes (PenSearch *search)
{
  for (guint i = 1; i < search->seen->painted->glyphs->len; i++) {
    const PaintedGlyph *dash = &g_array_index (search->seen->painted->glyphs, PaintedGlyph, i);
    if (!is_dash (dash->character) || !is_among_dashes (search, i) || !letter_at (search, i))
      continue;
    for (guint j = i; j > 0 && search->steps++ < STEPS_LIMIT; j--) {
      const PaintedGlyph *letter = letter_at (search, j - 1);
      if (!letter || is_dash (letter->character) || !is_over (dash, letter))
        continue;
      search->seen->glyph_fates[j - 1] = FATE_STRUCK;
      search->seen->glyph_fates[i] = FATE_REPLACED;
    }
  }
}

void
pen_strokes_tell (SeenPage *seen)
{
  PenSearch search = {seen, 0};
  read_strokes (&search);
  read_dashes (&search);
}
