/* skew.c - see skew.h */
#include "read/picture/skew.h"

#include "read/picture/picture_filters.h"

#include <math.h>
#include <string.h>

/* Ink is counted in boxes as wide as this, points, and one pixel high. */
#define WIDE 2.9

/* A page on its side is this much sharper rotated than not; others are 0.9 times as sharp at most. */
#define SIDEWAYS 1.15

#define WIDEST 0.07 /* radians: 4° */
#define COARSE 0.002
#define FINE 0.0001 /* over 800 points, a twelfth of a point */

/* The amount of ink in each box. */
typedef struct {
  int width, height;
  double side; /* the width of a box, pixels */
  int *ink;    /* column by column */
} InkBoxes;

static InkBoxes
boxes_from_picture (const Picture *picture)
{
  int side = MAX ((int)(WIDE * picture->scale), 1);
  InkBoxes boxes = {picture->width / side, picture->height, side, NULL};
  boxes.ink = g_new0 (int, (gsize)boxes.width *boxes.height + 1);
  g_autoptr (Ink) ink = ink_from_part (picture, (PixelBox){0, 0, boxes.width * side, boxes.height});
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      boxes.ink[(gsize)(x / side) * boxes.height + y] += ink->bits[(gsize)y * ink->width + x];
  return boxes;
}

/* By how much the sums along rows differ from row to row when each column of boxes is shifted as for ANGLE. */
static double
sharpness (const InkBoxes *boxes, double angle)
{
  g_autofree int *sums = g_new0 (int, boxes->height + 1);
  double slope = tan (angle) * boxes->side;
  for (int x = 0; x < boxes->width; x++) {
    const int *column = boxes->ink + (gsize)x * boxes->height;
    int shift = (int)lround ((x - boxes->width / 2.0) * slope);
    int from = MAX (0, shift), to = MIN (boxes->height, boxes->height + shift);
    for (int y = from; y < to; y++)
      sums[y - shift] += column[y];
  }
  double sum = 0;
  for (int y = 1; y < boxes->height; y++)
    sum += (double)(sums[y] - sums[y - 1]) * (sums[y] - sums[y - 1]);
  return sum;
}

static double
sharpest (const InkBoxes *boxes, double from, double to, double step)
{
  double best = (from + to) / 2, most = sharpness (boxes, best);
  for (double angle = from; angle <= to; angle += step) {
    double now = sharpness (boxes, angle);
    if (now > most) {
      most = now;
      best = angle;
    }
  }
  return best;
}

double
skew_of_picture (const Picture *picture)
{
  InkBoxes boxes = boxes_from_picture (picture);
  double coarse = sharpest (&boxes, -WIDEST, WIDEST, COARSE);
  double fine = sharpest (&boxes, coarse - COARSE, coarse + COARSE, FINE);
  g_free (boxes.ink);
  return fine;
}

gboolean
picture_lies_on_its_side (const Picture *picture)
{
  g_autoptr (Picture) rotated = picture_rotated_clockwise (picture);
  InkBoxes straight = boxes_from_picture (picture), sideways = boxes_from_picture (rotated);
  double one = sharpness (&straight, sharpest (&straight, -WIDEST, WIDEST, COARSE));
  double other = sharpness (&sideways, sharpest (&sideways, -WIDEST, WIDEST, COARSE));
  g_free (straight.ink);
  g_free (sideways.ink);
  return other > SIDEWAYS * one;
}
