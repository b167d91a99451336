/* picture_rings.c - see picture_rings.h */
#include "read/picture/picture_rings.h"

#include <math.h>

/* Ems. Letters are 1 em high, and hardly wider; a ring goes round a few of them on one line. */
#define RING_LEAST 1.15
#define HIGH_MOST 2.8
#define WIDE_MOST 6.0

/* Nothing of a ring is nearer to its middle than this, as a share of the way to its box; in most of its SECTORS it is there. */
#define HOLLOW 0.55
enum { SECTORS = 16, SECTORS_LEAST = 14 };

/* Ink of the word inside, square ems: half of a thin letter. */
#define WORD_LEAST 0.04

/* How far a pixel is from the middle of BOX: 1 on the ellipse that fits into it. */
static double
away_from_middle (PixelBox box, int x, int y, double *angle)
{
  double across = (2.0 * x + 1 - box.x0 - box.x1) / (box.x1 - box.x0);
  double down = (2.0 * y + 1 - box.y0 - box.y1) / (box.y1 - box.y0);
  *angle = atan2 (down, across);
  return hypot (across, down);
}

static gboolean
goes_round (const Ink *ink, PixelBox box, GArray *pixels)
{
  gboolean sectors[SECTORS] = {FALSE};
  int covered = 0;
  for (guint i = 0; i < pixels->len; i++) {
    guint at = g_array_index (pixels, guint, i);
    double angle;
    if (away_from_middle (box, (int)(at % ink->width), (int)(at / ink->width), &angle) < HOLLOW)
      return FALSE;
    sectors[(int)((angle / G_PI + 1) / 2 * SECTORS) % SECTORS] = TRUE;
  }
  for (int i = 0; i < SECTORS; i++)
    covered += sectors[i];
  return covered >= SECTORS_LEAST;
}

static gboolean
has_word (const Ink *ink, PixelBox box, double em)
{
  int count = 0;
  double angle;
  for (int y = box.y0; y < box.y1; y++)
    for (int x = box.x0; x < box.x1; x++)
      count += ink->bits[(gsize)y * ink->width + x] && away_from_middle (box, x, y, &angle) < 1;
  return count >= WORD_LEAST * em * em;
}

/* With the pixels around them, which are grey. */
static void
make_white (Picture *picture, const Ink *ink, GArray *pixels)
{
  for (guint i = 0; i < pixels->len; i++) {
    guint at = g_array_index (pixels, guint, i);
    int x = ink->part.x0 + (int)(at % ink->width), y = ink->part.y0 + (int)(at / ink->width);
    PixelBox around = {MAX (x - 1, 0), MAX (y - 1, 0), MIN (x + 2, picture->width), MIN (y + 2, picture->height)};
    picture_clear_part (picture, around);
  }
}

GArray *
rings_take (Picture *picture, PixelBox area, double em)
{
  GArray *rings = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  g_autoptr (Ink) ink = ink_from_part (picture, area), left = ink_from_part (picture, area);
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++) {
      if (!left->bits[(gsize)y * ink->width + x])
        continue;
      PixelBox box = ink_take_piece (left, x, y, pixels);
      int width = box.x1 - box.x0, height = box.y1 - box.y0;
      if (width < RING_LEAST * em || width > WIDE_MOST * em || height < RING_LEAST * em || height > HIGH_MOST * em ||
          !goes_round (ink, box, pixels))
        continue;
      for (guint i = 0; i < pixels->len; i++)
        ink->bits[g_array_index (pixels, guint, i)] = 0;
      if (!has_word (ink, box, em))
        continue;
      make_white (picture, ink, pixels);
      PixelBox ring = {area.x0 + box.x0, area.y0 + box.y0, area.x0 + box.x1, area.y0 + box.y1};
      g_array_append_val (rings, ring);
    }
  return rings;
}
