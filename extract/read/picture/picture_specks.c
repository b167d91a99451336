/* picture_specks.c - see picture_specks.h */
#include "read/picture/picture_specks.h"

#include "read/picture/picture_lines.h"

/* Smaller than this: always a speck, points; in ems too, since the two dots of び are small in small letters. */
#define TINY 0.62
#define TINY_OF_EM 0.09

/* Before the em is known, what is tiny stays where larger ink is this near, points. */
#define NEAR 0.8

/* Smaller than SMALL: a speck where no larger ink is as near as this in front of it, behind it, above or below; ems. */
#define SMALL 0.24
#define BEFORE 0.35
#define BEHIND 0.9
#define ABOVE 0.3

/* Remains of a line: so near to the edge of the cell, and so thin, points; and so many times as long as thin: the
 * two dots of ビ are near the edge too where words stand close to it. */
#define BESIDE 2.4
#define THIN 1.4
#define LONG 3

/* A frame round words, or what is left of one: longer than letters, ems, and nowhere further from the sides of its box
 * than this. A line by itself is one where the part has other ink; ――― is three ems long and may be an answer. */
#define FRAME_WIDE 2.5
#define FRAME_HIGH 1.5
#define FRAME_THICK 0.3

typedef struct {
  PixelBox box;
  guint first, count; /* of its pixels in the list of all */
} InkPiece;

typedef struct {
  Picture *picture;
  Ink *ink;       /* components are removed as they are found; then the large ones are put back */
  GArray *pieces; /* InkPiece */
  GArray *pixels; /* guint: indices in the ink's bits */
  double em;
} SpeckSearch;

static void
find_pieces (SpeckSearch *search)
{
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int y = 0; y < search->ink->height; y++)
    for (int x = 0; x < search->ink->width; x++) {
      if (!search->ink->bits[(gsize)y * search->ink->width + x])
        continue;
      InkPiece piece = {ink_take_piece (search->ink, x, y, pixels), search->pixels->len, pixels->len};
      g_array_append_vals (search->pixels, pixels->data, pixels->len);
      g_array_append_val (search->pieces, piece);
    }
}

static gboolean
is_smaller (PixelBox box, double size)
{
  return box.x1 - box.x0 < size && box.y1 - box.y0 < size;
}

/* I and 1 are as thin as the remains of a line; but a letter of the same height is right beside them. */
static gboolean
is_thin_letter (const SpeckSearch *search, PixelBox box)
{
  double em = search->em > 0 ? search->em : EM_USUAL * search->picture->scale, height = box.y1 - box.y0;
  if (height < 0.5 * em || height > 1.0 * em || box.x1 - box.x0 > 0.3 * em)
    return FALSE;
  for (guint i = 0; i < search->pieces->len; i++) {
    PixelBox other = g_array_index (search->pieces, InkPiece, i).box;
    if (other.x0 >= box.x1 && other.x0 - box.x1 < 0.35 * em && ABS (other.y0 - box.y0) < 0.1 * em &&
        ABS (other.y1 - box.y1) < 0.1 * em)
      return TRUE;
  }
  return FALSE;
}

/* Whether a piece that is from FROM to TO, across an edge of the cell at 0 and SIZE, and ALONG long, may be of a line. */
static gboolean
is_of_line (double scale, int from, int to, int size, int along)
{
  int thick = to - from;
  return MIN (from, size - to) <= BESIDE * scale && thick <= THIN * scale && along >= LONG * thick;
}

static gboolean
is_remains_of_line (const SpeckSearch *search, PixelBox box)
{
  double scale = search->picture->scale;
  int width = box.x1 - box.x0, height = box.y1 - box.y0;
  return (is_of_line (scale, box.x0, box.x1, search->ink->width, height) && !is_thin_letter (search, box)) ||
         is_of_line (scale, box.y0, box.y1, search->ink->height, width);
}

static gboolean
is_frame (const SpeckSearch *search, const InkPiece *piece)
{
  PixelBox box = piece->box;
  int width = box.x1 - box.x0, height = box.y1 - box.y0;
  double thick = FRAME_THICK * search->em;
  gboolean wide = width >= FRAME_WIDE * search->em, high = height >= FRAME_HIGH * search->em;
  if (search->em == 0 || !(wide || high) || !((wide && high) || MIN (width, height) < thick))
    return FALSE;
  for (guint i = 0; i < piece->count; i++) {
    guint at = g_array_index (search->pixels, guint, piece->first + i);
    int x = (int)(at % search->ink->width), y = (int)(at / search->ink->width);
    if (MIN (MIN (x - box.x0, box.x1 - x), MIN (y - box.y0, box.y1 - y)) > thick)
      return FALSE;
  }
  for (guint i = 0; i < search->pieces->len; i++) {
    const InkPiece *other = &g_array_index (search->pieces, InkPiece, i);
    if (other != piece && !is_smaller (other->box, SMALL * search->em))
      return TRUE;
  }
  return FALSE;
}

/* The piece alone, with the grey pixels around it: there may be words in its box. */
static void
clear_pixels (SpeckSearch *search, const InkPiece *piece)
{
  PixelBox origin = search->ink->part;
  for (guint i = 0; i < piece->count; i++) {
    guint at = g_array_index (search->pixels, guint, piece->first + i);
    int x = origin.x0 + (int)(at % search->ink->width), y = origin.y0 + (int)(at / search->ink->width);
    picture_clear_part (search->picture, (PixelBox){MAX (x - 1, origin.x0), MAX (y - 1, origin.y0),
                                                    MIN (x + 2, origin.x1), MIN (y + 2, origin.y1)});
  }
}

static void
put_back (SpeckSearch *search, const InkPiece *piece)
{
  for (guint i = 0; i < piece->count; i++)
    search->ink->bits[g_array_index (search->pixels, guint, piece->first + i)] = 1;
}

static gboolean
is_alone (const SpeckSearch *search, PixelBox box)
{
  int near = (int)(NEAR * search->picture->scale);
  int before = search->em > 0 ? (int)(BEFORE * search->em) : near,
      behind = search->em > 0 ? (int)(BEHIND * search->em) : near;
  int above = search->em > 0 ? (int)(ABOVE * search->em) : near;
  for (int y = MAX (box.y0 - above, 0); y < MIN (box.y1 + above, search->ink->height); y++)
    for (int x = MAX (box.x0 - before, 0); x < MIN (box.x1 + behind, search->ink->width); x++)
      if (search->ink->bits[(gsize)y * search->ink->width + x])
        return FALSE;
  return TRUE;
}

static void
clear_piece (SpeckSearch *search, PixelBox box)
{
  PixelBox origin = search->ink->part;
  PixelBox part = {origin.x0 + box.x0 - 2, origin.y0 + box.y0 - 2, origin.x0 + box.x1 + 2, origin.y0 + box.y1 + 2};
  picture_clear_part (search->picture, (PixelBox){MAX (part.x0, origin.x0), MAX (part.y0, origin.y0),
                                                  MIN (part.x1, origin.x1), MIN (part.y1, origin.y1)});
}

static void
clear_specks (SpeckSearch *search)
{
  double speck = TINY * search->picture->scale, small = MAX (SMALL * search->em, speck);
  double tiny = MIN (TINY_OF_EM * search->em, speck);
  for (guint i = 0; i < search->pieces->len; i++) {
    const InkPiece *piece = &g_array_index (search->pieces, InkPiece, i);
    if (!is_smaller (piece->box, small) && !is_remains_of_line (search, piece->box))
      put_back (search, piece);
  }
  for (guint i = 0; i < search->pieces->len; i++) {
    const InkPiece *piece = &g_array_index (search->pieces, InkPiece, i);
    PixelBox box = piece->box;
    if (is_frame (search, piece))
      clear_pixels (search, piece);
    else if (is_smaller (box, tiny) || is_remains_of_line (search, box) ||
             (is_smaller (box, small) && is_alone (search, box)))
      clear_piece (search, box);
  }
}

void
picture_clean_part (Picture *picture, PixelBox area, double em)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (InkPiece));
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  SpeckSearch search = {picture, ink, pieces, pixels, em};
  find_pieces (&search);
  clear_specks (&search);
}
