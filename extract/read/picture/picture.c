/* picture.c - see picture.h */
#include "read/picture/picture.h"

#include <math.h>
#include <string.h>

/* Ink is darker than the mean of the square around it by this share of the mean, and by this much; the square is this
 * wide, points. */
#define DARKER 0.20
#define DARKER_LEAST 16
#define AROUND 9.0

/* Darker than this is always ink, as in the middle of a large dark area. */
#define BLACK 60

Picture *
picture_new (int width, int height, double scale)
{
  Picture *picture = g_new0 (Picture, 1);
  *picture = (Picture){MAX (width, 1), MAX (height, 1), scale, NULL};
  gsize size = (gsize)picture->width * picture->height;
  picture->grey = g_malloc (size);
  memset (picture->grey, 255, size);
  return picture;
}

void
picture_free (Picture *picture)
{
  if (!picture)
    return;
  g_free (picture->grey);
  g_free (picture);
}

PixelBox
picture_pixel_box (const Picture *picture, Box box)
{
  double scale = picture->scale;
  return (PixelBox){
      CLAMP ((int)floor (box.x0 * scale), 0, picture->width), CLAMP ((int)floor (box.y0 * scale), 0, picture->height),
      CLAMP ((int)ceil (box.x1 * scale), 0, picture->width), CLAMP ((int)ceil (box.y1 * scale), 0, picture->height)};
}

Box
box_of_pixels (const Picture *picture, PixelBox part)
{
  double scale = picture->scale;
  return (Box){part.x0 / scale, part.y0 / scale, part.x1 / scale, part.y1 / scale};
}

gboolean
pixel_box_is_empty (PixelBox part)
{
  return part.x1 <= part.x0 || part.y1 <= part.y0;
}

void
picture_clear_part (Picture *picture, PixelBox part)
{
  for (int y = part.y0; y < part.y1 && part.x1 > part.x0; y++)
    memset (picture->grey + (gsize)y * picture->width + part.x0, 255, part.x1 - part.x0);
}

/* The median of the grey values. */
static int
median_of_part (const Picture *picture, PixelBox part)
{
  guint counts[256] = {0}, seen = 0, half = (guint)((part.x1 - part.x0) * (gsize)(part.y1 - part.y0) / 2);
  for (int y = part.y0; y < part.y1; y++)
    for (int x = part.x0; x < part.x1; x++)
      counts[picture->grey[(gsize)y * picture->width + x]]++;
  int level = 0;
  while (level < 255 && (seen += counts[level]) <= half)
    level++;
  return level;
}

gboolean
picture_invert_dark_part (Picture *picture, PixelBox part)
{
  if (pixel_box_is_empty (part) || median_of_part (picture, part) >= 128)
    return FALSE;
  for (int y = part.y0; y < part.y1; y++)
    for (int x = part.x0; x < part.x1; x++) {
      guchar *grey = &picture->grey[(gsize)y * picture->width + x];
      *grey = 255 - *grey;
    }
  return TRUE;
}

void
picture_lighten_dark_page (Picture *picture)
{
  PixelBox inner = {0, 0, picture->width, picture->height};
  if (!picture_invert_dark_part (picture, inner))
    return;
  for (gboolean dark = TRUE; dark && !pixel_box_is_empty (inner);) {
    const PixelBox edges[] = {{inner.x0, inner.y0, inner.x0 + 1, inner.y1},
                              {inner.x1 - 1, inner.y0, inner.x1, inner.y1},
                              {inner.x0, inner.y0, inner.x1, inner.y0 + 1},
                              {inner.x0, inner.y1 - 1, inner.x1, inner.y1}};
    int *sides[] = {&inner.x0, &inner.x1, &inner.y0, &inner.y1};
    dark = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (edges) && !dark; i++)
      if (median_of_part (picture, edges[i]) < 128) {
        picture_clear_part (picture, edges[i]);
        *sides[i] += i % 2 ? -1 : 1;
        dark = TRUE;
      }
  }
}

/* The summed-area table: sums of all grey values above and to the left, (width + 1) * (height + 1). */
static guint32 *
sums_of_part (const Picture *picture, PixelBox part)
{
  int width = part.x1 - part.x0, height = part.y1 - part.y0;
  guint32 *sums = g_new0 (guint32, (gsize)(width + 1) * (height + 1));
  for (int y = 0; y < height; y++) {
    const guchar *grey = picture->grey + (gsize)(part.y0 + y) * picture->width + part.x0;
    const guint32 *above = sums + (gsize)y * (width + 1);
    guint32 *row = sums + (gsize)(y + 1) * (width + 1), sum = 0;
    for (int x = 0; x < width; x++) {
      sum += grey[x];
      row[x + 1] = above[x + 1] + sum;
    }
  }
  return sums;
}

static double
mean_around (const guint32 *sums, const Ink *ink, int x, int y, int reach)
{
  int left = MAX (x - reach, 0), top = MAX (y - reach, 0);
  int right = MIN (x + reach + 1, ink->width), bottom = MIN (y + reach + 1, ink->height);
  gsize stride = ink->width + 1;
  guint32 sum = sums[bottom * stride + right] - sums[bottom * stride + left] - sums[top * stride + right] +
                sums[top * stride + left];
  return sum / ((double)(right - left) * (bottom - top));
}

Ink *
ink_from_part (const Picture *picture, PixelBox part)
{
  Ink *ink = g_new0 (Ink, 1);
  *ink = (Ink){part, MAX (part.x1 - part.x0, 0), MAX (part.y1 - part.y0, 0), NULL};
  ink->bits = g_new0 (guchar, (gsize)ink->width * ink->height + 1);
  if (pixel_box_is_empty (part))
    return ink;
  g_autofree guint32 *sums = sums_of_part (picture, part);
  int reach = (int)(AROUND * picture->scale / 2);
  guchar *bit = ink->bits;
  for (int y = 0; y < ink->height; y++) {
    const guchar *grey = picture->grey + (gsize)(part.y0 + y) * picture->width + part.x0;
    for (int x = 0; x < ink->width; x++) {
      double mean = mean_around (sums, ink, x, y, reach);
      *bit++ = grey[x] < BLACK || grey[x] < mean - MAX (DARKER * mean, DARKER_LEAST);
    }
  }
  return ink;
}

PixelBox
ink_take_piece (Ink *ink, int x, int y, GArray *pixels)
{
  PixelBox box = {x, y, x + 1, y + 1};
  g_array_set_size (pixels, 0);
  guint start = (guint)y * ink->width + x;
  ink->bits[start] = 0;
  g_array_append_val (pixels, start);
  for (guint next = 0; next < pixels->len; next++) {
    guint at = g_array_index (pixels, guint, next);
    int at_x = (int)(at % ink->width), at_y = (int)(at / ink->width);
    box = (PixelBox){MIN (box.x0, at_x), MIN (box.y0, at_y), MAX (box.x1, at_x + 1), MAX (box.y1, at_y + 1)};
    for (int j = MAX (at_y - 1, 0); j <= MIN (at_y + 1, ink->height - 1); j++)
      for (int i = MAX (at_x - 1, 0); i <= MIN (at_x + 1, ink->width - 1); i++) {
        guint index = (guint)j * ink->width + i;
        if (!ink->bits[index])
          continue;
        ink->bits[index] = 0;
        g_array_append_val (pixels, index);
      }
  }
  return box;
}

void
ink_free (Ink *ink)
{
  if (!ink)
    return;
  g_free (ink->bits);
  g_free (ink);
}
