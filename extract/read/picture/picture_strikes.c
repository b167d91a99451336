/* picture_strikes.c - see picture_strikes.h */
#include "read/picture/picture_strikes.h"

#include <stdlib.h>

/* A line is as long as this, and in most of its columns as thin; ems. Ideographs have strokes of .9 em, ー is shorter. */
#define LONG_LEAST 1.6
#define THIN_MOST 0.2

/* A step along the line, ems: it rises or falls by a pixel at most in each. */
#define STEP 0.08

/* Above the line, and below it, words reach so far, ems. */
#define WORDS_REACH 0.55

/* Shares of the columns of a line: those where a stroke crosses it, those with ink above it, those with ink below. Lines
 * drawn through words of three scans have .13 to .19, .40 to .77 and .31 to .60; of words without a line nothing is that
 * long and that thin, and an underline is not crossed and has nothing below. */
#define CROSSED_LEAST 0.08
#define BESIDE_LEAST 0.25

/* A cell with more lines than this is a drawing. */
enum { STRIKES_MOST = 12 };

/* A line from the left, a row of the ink for each step. */
typedef struct {
  int first, count; /* steps */
  int *rows;
} StrikePath;

typedef struct {
  Picture *picture;
  Ink *ink;
  double em;
  int step;
  GArray *found; /* PixelBox */
} StrikeSearch;

static gboolean
is_inked (const Ink *ink, int x, int y)
{
  return ink->bits[(gsize)y * ink->width + x] != 0;
}

/* Whether the row Y is ink all along step number AT. */
static gboolean
goes_through (const StrikeSearch *search, int at, int y)
{
  for (int x = at * search->step; x < (at + 1) * search->step; x++)
    if (!is_inked (search->ink, x, y))
      return FALSE;
  return TRUE;
}

/* The longest line of ink; FALSE: none is LONG_LEAST. The caller frees its rows. */
static gboolean
longest_path (const StrikeSearch *search, StrikePath *path)
{
  int steps = search->ink->width / search->step, height = search->ink->height, best = 0, best_at = 0, best_row = 0;
  g_autofree int *lengths = g_new0 (int, (gsize)steps *height + 1);
  for (int at = 0; at < steps; at++)
    for (int y = 0; y < height; y++) {
      if (!goes_through (search, at, y))
        continue;
      int before = 0;
      for (int row = MAX (y - 1, 0); at > 0 && row <= MIN (y + 1, height - 1); row++)
        before = MAX (before, lengths[(gsize)(at - 1) * height + row]);
      lengths[(gsize)at * height + y] = before + 1;
      if (before + 1 > best) {
        best = before + 1;
        best_at = at;
        best_row = y;
      }
    }
  if (best * search->step < LONG_LEAST * search->em)
    return FALSE;
  *path = (StrikePath){best_at - best + 1, best, g_new (int, best)};
  for (int i = best - 1, row = best_row; i >= 0; i--) {
    path->rows[i] = row;
    for (int above = MAX (row - 1, 0), end = MIN (row + 1, height - 1), length = i, y = above; i > 0 && y <= end; y++)
      if (lengths[(gsize)(path->first + i - 1) * height + y] == length)
        row = y;
  }
  return TRUE;
}

/* The rows of ink that hold row Y of column X, without the last. */
static void
run_of_ink (const Ink *ink, int x, int y, int *from, int *to)
{
  *from = y;
  *to = y + 1;
  while (*from > 0 && is_inked (ink, x, *from - 1))
    (*from)--;
  while (*to < ink->height && is_inked (ink, x, *to))
    (*to)++;
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* How thick the line is where nothing crosses it: the thickness of a quarter of its columns is less. */
static int
thickness_of (const StrikeSearch *search, const StrikePath *path)
{
  int count = path->count * search->step, from, to;
  g_autofree int *runs = g_new (int, count);
  for (int i = 0; i < count; i++) {
    run_of_ink (search->ink, path->first * search->step + i, path->rows[i / search->step], &from, &to);
    runs[i] = to - from;
  }
  qsort (runs, (gsize)count, sizeof *runs, order_numbers);
  return runs[count / 4];
}

static gboolean
has_ink (const Ink *ink, int x, int from, int to)
{
  for (int y = MAX (from, 0); y < MIN (to, ink->height); y++)
    if (is_inked (ink, x, y))
      return TRUE;
  return FALSE;
}

static gboolean
is_through_words (const StrikeSearch *search, const StrikePath *path, int thickness)
{
  int count = path->count * search->step, crossed = 0, above = 0, below = 0, from, to;
  int reach = (int)(WORDS_REACH * search->em);
  for (int i = 0; i < count; i++) {
    int x = path->first * search->step + i, row = path->rows[i / search->step];
    run_of_ink (search->ink, x, row, &from, &to);
    crossed += to - from > 2 * thickness;
    above += has_ink (search->ink, x, row - reach, row - thickness);
    below += has_ink (search->ink, x, row + thickness + 1, row + reach);
  }
  return crossed >= CROSSED_LEAST * count && above >= BESIDE_LEAST * count && below >= BESIDE_LEAST * count;
}

/* Takes PATH off the ink; WHITE: off the picture too, with the grey pixels around it, but for the strokes across it. */
static void
take_path (StrikeSearch *search, const StrikePath *path, int thickness, gboolean white)
{
  PixelBox origin = search->ink->part;
  for (int i = 0, from, to; i < path->count * search->step; i++) {
    int x = path->first * search->step + i, row = path->rows[i / search->step];
    run_of_ink (search->ink, x, row, &from, &to);
    gboolean crossed = to - from > 2 * thickness;
    for (int y = crossed ? row : from; y < (crossed ? row + 1 : to); y++)
      search->ink->bits[(gsize)y * search->ink->width + x] = 0;
    if (white && !crossed)
      picture_clear_part (search->picture, (PixelBox){origin.x0 + x, MAX (origin.y0 + from - 1, 0), origin.x0 + x + 1,
                                                      MIN (origin.y0 + to + 1, search->picture->height)});
  }
}

static void
add_strike (StrikeSearch *search, const StrikePath *path)
{
  int top = search->ink->height, bottom = 0;
  for (int i = 0; i < path->count; i++) {
    top = MIN (top, path->rows[i]);
    bottom = MAX (bottom, path->rows[i] + 1);
  }
  PixelBox origin = search->ink->part;
  PixelBox box = {origin.x0 + path->first * search->step, origin.y0 + top,
                  origin.x0 + (path->first + path->count) * search->step, origin.y0 + bottom};
  g_array_append_val (search->found, box);
}

/* The longest lines first. */
GArray *
strikes_take (Picture *picture, PixelBox area, double em)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  StrikeSearch search = {picture, ink, em, MAX ((int)(STEP * em), 2), g_array_new (FALSE, FALSE, sizeof (PixelBox))};
  StrikePath path;
  for (int i = 0; i < STRIKES_MOST && longest_path (&search, &path); i++) {
    int thickness = thickness_of (&search, &path);
    gboolean strike = thickness <= THIN_MOST * em && is_through_words (&search, &path, thickness);
    if (strike)
      add_strike (&search, &path);
    take_path (&search, &path, thickness, strike);
    g_free (path.rows);
  }
  return search.found;
}
