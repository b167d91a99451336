/* skew.c - see skew.h */
#include "read/skew.h"

#include <math.h>
#include <string.h>

/* Ink is counted in squares as wide as this, points: a quarter of a small letter. */
#define SQUARE 0.72

#define WIDEST 0.07 /* radians: 4° */
#define COARSE 0.0035
#define FINE 0.0002 /* over 800 points, a sixth of a point */

/* A picture made small: how dark each square is. */
typedef struct {
  int width, height;
  float *dark;
} Squares;

static Squares
squares_from_picture (const Picture *picture)
{
  int side = MAX ((int)(SQUARE * picture->scale), 1);
  Squares squares = {picture->width / side, picture->height / side, NULL};
  squares.dark = g_new0 (float, (gsize)squares.width *squares.height + 1);
  g_autoptr (Ink) ink = ink_from_part (picture, (Part){0, 0, squares.width * side, squares.height * side});
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      squares.dark[(gsize)(y / side) * squares.width + x / side] += ink->bits[(gsize)y * ink->width + x];
  return squares;
}

/* How much the sums along rows differ from row to row when each column is shifted as ANGLE says. */
static double
sharpness (const Squares *squares, double angle)
{
  g_autofree double *sums = g_new0 (double, squares->height + 1);
  double middle = squares->width / 2.0;
  for (int x = 0; x < squares->width; x++) {
    double shift = (x - middle) * tan (angle);
    int whole = (int)floor (shift);
    double part = shift - whole;
    int from = MAX (0, whole + 1), to = MIN (squares->height, squares->height + whole);
    for (int y = from; y < to; y++) {
      double dark = squares->dark[(gsize)y * squares->width + x];
      sums[y - whole] += dark * (1 - part);
      sums[y - whole - 1] += dark * part;
    }
  }
  double sum = 0;
  for (int y = 1; y < squares->height; y++)
    sum += (sums[y] - sums[y - 1]) * (sums[y] - sums[y - 1]);
  return sum;
}

static double
sharpest (const Squares *squares, double from, double to, double step)
{
  double best = (from + to) / 2, most = sharpness (squares, best);
  for (double angle = from; angle <= to; angle += step) {
    double now = sharpness (squares, angle);
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
  Squares squares = squares_from_picture (picture);
  double coarse = sharpest (&squares, -WIDEST, WIDEST, COARSE);
  double fine = sharpest (&squares, coarse - COARSE, coarse + COARSE, FINE);
  g_free (squares.dark);
  return fine;
}

gboolean
picture_lies_on_its_side (const Picture *picture)
{
  g_autoptr (Picture) turned = picture_turned_right (picture);
  Squares level = squares_from_picture (picture), upright = squares_from_picture (turned);
  double one = sharpness (&level, sharpest (&level, -WIDEST, WIDEST, COARSE));
  double other = sharpness (&upright, sharpest (&upright, -WIDEST, WIDEST, COARSE));
  g_free (level.dark);
  g_free (upright.dark);
  return other > 1.5 * one;
}
