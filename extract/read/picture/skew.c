/* skew.c - see skew.h */
#include "read/picture/skew.h"

#include <leptonica/allheaders.h>

/* A page on its side is this much sharper rotated than not; others are 0.9 times as sharp at most. */
#define SIDEWAYS 1.15

#define WIDEST 4.0F /* degrees */
#define COARSE 0.25F
#define FINE 0.005F /* over 800 points, a fourteenth of a point */

/* The pictures that are searched are smaller by these factors: coarsely, and finely. */
enum { SMALLER_COARSE = 4, SMALLER_FINE = 2 };

static PIX *
pix_of_ink (const Picture *picture)
{
  g_autoptr (Ink) ink = ink_from_part (picture, (PixelBox){0, 0, picture->width, picture->height});
  PIX *pix = pixCreate (ink->width, ink->height, 1);
  for (int y = 0; pix && y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      if (ink->bits[(gsize)y * ink->width + x])
        SET_DATA_BIT (pixGetData (pix) + (gsize)y * pixGetWpl (pix), x);
  return pix;
}

/* The angle at which the rows of pixels of INK are told apart best, degrees, and how well they are. */
typedef struct {
  float angle, sharpness;
} SkewFound;

static SkewFound
find_skew (PIX *ink)
{
  SkewFound found = {0, 0};
  float confidence;
  if (ink)
    pixFindSkewSweepAndSearchScore (ink, &found.angle, &confidence, &found.sharpness, SMALLER_COARSE, SMALLER_FINE, 0,
                                    WIDEST, COARSE, FINE);
  return found;
}

double
skew_of_picture (const Picture *picture)
{
  PIX *ink = pix_of_ink (picture);
  SkewFound found = find_skew (ink);
  pixDestroy (&ink);
  return -found.angle * G_PI / 180;
}

gboolean
picture_lies_on_its_side (const Picture *picture)
{
  PIX *ink = pix_of_ink (picture), *rotated = ink ? pixRotate90 (ink, 1) : NULL;
  SkewFound straight = find_skew (ink), sideways = find_skew (rotated);
  pixDestroy (&ink);
  pixDestroy (&rotated);
  return sideways.sharpness > SIDEWAYS * straight.sharpness;
}
