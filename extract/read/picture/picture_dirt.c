/* picture_dirt.c - see picture_dirt.h
 *
 * A speck is as small as a full stop or a bullet. But a full stop stands right behind a letter, and a bullet, a middle
 * dot or a colon not far before one: a small piece is a speck where it does neither.
 */
#include "read/picture/picture_dirt.h"

/* Always a speck: smaller than this, points; in ems, since the two dots of び are small in small letters. */
#define TINY 0.62
#define TINY_OF_EM 0.09

/* Before the em is known, what is tiny stays where larger ink is this near, points. */
#define NEAR 0.8

/* A speck where it stands alone, in ems; else larger ink stands so far before it, behind it, above or below. */
#define SMALL 0.24
#define BEFORE 0.35
#define BEHIND 0.9
#define ABOVE 0.3

/* What is left of a line: so near to the side of the cell, so thin; points. */
#define BESIDE 2.4
#define THIN 1.4

/* Where the em is not known yet, points. */
#define EM_USUAL 9.0

typedef struct {
  Part box;
  guint first, count; /* of its pixels in the list of all */
} Piece;

typedef struct {
  Picture *picture;
  Ink *ink;       /* pieces are taken off it as they are found; then what is large is put back */
  GArray *pieces; /* Piece */
  GArray *pixels; /* guint: indices in the ink's bits */
  double em;
} Dirt;

static void
find_pieces (Dirt *dirt)
{
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int y = 0; y < dirt->ink->height; y++)
    for (int x = 0; x < dirt->ink->width; x++) {
      if (!dirt->ink->bits[(gsize)y * dirt->ink->width + x])
        continue;
      Piece piece = {ink_take_piece (dirt->ink, x, y, pixels), dirt->pixels->len, pixels->len};
      g_array_append_vals (dirt->pixels, pixels->data, pixels->len);
      g_array_append_val (dirt->pieces, piece);
    }
}

static gboolean
is_smaller (Part box, double size)
{
  return box.x1 - box.x0 < size && box.y1 - box.y0 < size;
}

/* I and 1 are as thin as what is left of a line; but a letter stands right beside them, as high as they are. */
static gboolean
is_thin_letter (const Dirt *dirt, Part box)
{
  double em = dirt->em > 0 ? dirt->em : EM_USUAL * dirt->picture->scale, height = box.y1 - box.y0;
  if (height < 0.5 * em || height > 1.0 * em || box.x1 - box.x0 > 0.3 * em)
    return FALSE;
  for (guint i = 0; i < dirt->pieces->len; i++) {
    Part other = g_array_index (dirt->pieces, Piece, i).box;
    if (other.x0 >= box.x1 && other.x0 - box.x1 < 0.35 * em && ABS (other.y0 - box.y0) < 0.1 * em &&
        ABS (other.y1 - box.y1) < 0.1 * em)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_remains_of_line (const Dirt *dirt, Part box)
{
  double near = BESIDE * dirt->picture->scale, thin = THIN * dirt->picture->scale;
  gboolean beside = box.x1 <= near || box.x0 >= dirt->ink->width - near;
  gboolean above_or_below = box.y1 <= near || box.y0 >= dirt->ink->height - near;
  return (beside && box.x1 - box.x0 <= thin && !is_thin_letter (dirt, box)) ||
         (above_or_below && box.y1 - box.y0 <= thin);
}

static void
put_back (Dirt *dirt, const Piece *piece)
{
  for (guint i = 0; i < piece->count; i++)
    dirt->ink->bits[g_array_index (dirt->pixels, guint, piece->first + i)] = 1;
}

static gboolean
stands_alone (const Dirt *dirt, Part box)
{
  int near = (int)(NEAR * dirt->picture->scale);
  int before = dirt->em > 0 ? (int)(BEFORE * dirt->em) : near, behind = dirt->em > 0 ? (int)(BEHIND * dirt->em) : near;
  int above = dirt->em > 0 ? (int)(ABOVE * dirt->em) : near;
  for (int y = MAX (box.y0 - above, 0); y < MIN (box.y1 + above, dirt->ink->height); y++)
    for (int x = MAX (box.x0 - before, 0); x < MIN (box.x1 + behind, dirt->ink->width); x++)
      if (dirt->ink->bits[(gsize)y * dirt->ink->width + x])
        return FALSE;
  return TRUE;
}

static void
clear_piece (Dirt *dirt, Part box)
{
  Part origin = dirt->ink->part;
  Part part = {origin.x0 + box.x0 - 2, origin.y0 + box.y0 - 2, origin.x0 + box.x1 + 2, origin.y0 + box.y1 + 2};
  picture_clear_part (dirt->picture, (Part){MAX (part.x0, origin.x0), MAX (part.y0, origin.y0),
                                            MIN (part.x1, origin.x1), MIN (part.y1, origin.y1)});
}

static void
clear_dirt (Dirt *dirt)
{
  double speck = TINY * dirt->picture->scale, small = MAX (SMALL * dirt->em, speck);
  double tiny = MIN (TINY_OF_EM * dirt->em, speck);
  for (guint i = 0; i < dirt->pieces->len; i++) {
    const Piece *piece = &g_array_index (dirt->pieces, Piece, i);
    if (!is_smaller (piece->box, small) && !is_remains_of_line (dirt, piece->box))
      put_back (dirt, piece);
  }
  for (guint i = 0; i < dirt->pieces->len; i++) {
    Part box = g_array_index (dirt->pieces, Piece, i).box;
    if (is_smaller (box, tiny) || is_remains_of_line (dirt, box) ||
        (is_smaller (box, small) && stands_alone (dirt, box)))
      clear_piece (dirt, box);
  }
}

void
picture_clean_part (Picture *picture, Part area, double em)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  Dirt dirt = {picture, ink, pieces, pixels, em};
  find_pieces (&dirt);
  clear_dirt (&dirt);
}
