/* digit_shapes.c - see digit_shapes.h */
#include "read/picture/digit_shapes.h"

#include <string.h>

/* Parts of the height of the highest digit: another is as high as this; what is wider than this is several that touch,
 * or no digit. */
#define HEIGHT_LEAST 0.8
#define WIDTH_MOST 0.85
#define POINT_MOST 0.3 /* points and commas are lower */

/* Pixels: the holes of lower digits close. */
#define PIXELS_LEAST 16

/* Parts of the digit's box: a smaller hole is a speck; that of a 0 is higher than this, others lower than that. */
#define HOLE_AREA 0.015
#define TALL_HOLE 0.5
#define LOW_HOLE 0.45

/* How far from the digit's middle the middle of a hole is, parts of its height, where it is in one half of the digit. */
#define OFF_MIDDLE 0.1

/* Parts of a digit's height: where a piece as high is this near, the columns may have cut a digit off. */
#define CUT_OFF 0.6

/* Parts of a digit's height: the rings of % are as high. */
#define RING_LEAST 0.3
#define RING_MOST 0.7

/* What is in parts of the digit's height. */
typedef struct {
  int count;
  double height, middle;   /* of the last */
  double first_end, begin; /* where the first of several ends, and the last begins */
} Holes;

static int
order_by_left (gconstpointer a, gconstpointer b)
{
  return ((const PixelBox *)a)->x0 - ((const PixelBox *)b)->x0;
}

/* The pieces whose middle is between two columns, from left to right (PixelBox). */
static GArray *
pieces_between (const Ink *ink, double from, double to)
{
  g_autofree guchar *bits = g_memdup2 (ink->bits, (gsize)ink->width * ink->height);
  Ink left = {ink->part, ink->width, ink->height, bits};
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      if (bits[(gsize)y * ink->width + x]) {
        PixelBox piece = ink_take_piece (&left, x, y, pixels);
        double middle = (piece.x0 + piece.x1) / 2.0;
        if (middle > from && middle < to)
          g_array_append_val (pieces, piece);
      }
  g_array_sort (pieces, order_by_left);
  return pieces;
}

/* Leaves the digits in PIECES. FALSE: some touch each other, or one is in several pieces. */
static gboolean
keep_digits (GArray *pieces)
{
  int highest = 0;
  for (guint i = 0; i < pieces->len; i++) {
    const PixelBox *piece = &g_array_index (pieces, PixelBox, i);
    highest = MAX (highest, piece->y1 - piece->y0);
  }
  for (guint i = pieces->len; i-- > 0;) {
    const PixelBox *piece = &g_array_index (pieces, PixelBox, i);
    if (piece->x1 - piece->x0 > WIDTH_MOST * highest)
      return FALSE;
    int height = piece->y1 - piece->y0;
    if (height < HEIGHT_LEAST * highest && height > POINT_MOST * highest)
      return FALSE;
    if (height < HEIGHT_LEAST * highest)
      g_array_remove_index (pieces, i);
  }
  return highest >= PIXELS_LEAST;
}

/* The holes in the piece of INK in BOX: pieces of its ground, two pixels around the box included, that do not reach its
 * corner. */
static Holes
holes_of_piece (const Ink *ink, PixelBox box)
{
  int width = box.x1 - box.x0 + 2, height = box.y1 - box.y0 + 2;
  g_autofree guchar *bits = g_malloc ((gsize)width * height);
  memset (bits, 1, (gsize)width * height);
  for (int y = box.y0; y < box.y1; y++)
    for (int x = box.x0; x < box.x1; x++)
      bits[(gsize)(y - box.y0 + 1) * width + (x - box.x0 + 1)] = !ink->bits[(gsize)y * ink->width + x];
  Ink ground = {{0, 0, width, height}, width, height, bits};
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  Holes holes = {0};
  ink_take_piece (&ground, 0, 0, pixels);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (bits[(gsize)y * width + x]) {
        PixelBox hole = ink_take_piece (&ground, x, y, pixels);
        if (pixels->len < HOLE_AREA * width * height)
          continue;
        if (++holes.count == 1)
          holes.first_end = (double)hole.y1 / height;
        holes.height = (double)(hole.y1 - hole.y0) / height;
        holes.begin = (double)hole.y0 / height;
        holes.middle = (hole.y0 + hole.y1) / 2.0 / height;
      }
  return holes;
}

/* What a piece without a hole tells. */
#define NO_HOLE 'n'

/* The digit that HOLES tell, or NO_HOLE; 0: it is not sure. The two of 8 are one above the other, those of a slashed 0
 * side by side. */
static gunichar
digit_of_holes (Holes holes)
{
  if (holes.count == 2)
    return holes.first_end > holes.begin ? '0' : '8';
  if (holes.count != 1)
    return holes.count == 0 ? NO_HOLE : 0;
  if (holes.height > TALL_HOLE && holes.middle > 0.5 - OFF_MIDDLE && holes.middle < 0.5 + OFF_MIDDLE)
    return '0';
  if (holes.height < LOW_HOLE && holes.middle > 0.5 + OFF_MIDDLE)
    return '6';
  return holes.height < LOW_HOLE && holes.middle < 0.5 - OFF_MIDDLE ? '9' : 0;
}

/* A 4 has a hole or none, where a 9 has its own or lower. The ring of a digit may be broken, one hole of an 8 filled. */
static gboolean
may_be (gunichar digit, gunichar told)
{
  return digit == told || told == 0 || told == NO_HOLE ||
         ((digit == '4' || digit == '8') && (told == '9' || told == '6'));
}

static gboolean
has_ring (gunichar digit)
{
  return digit == '0' || digit == '6' || digit == '8' || digit == '9';
}

static gboolean
is_highest (GArray *pieces, int height, double part)
{
  for (guint i = 0; i < pieces->len; i++) {
    const PixelBox *piece = &g_array_index (pieces, PixelBox, i);
    if (part * (piece->y1 - piece->y0) > height)
      return FALSE;
  }
  return TRUE;
}

/* The left side of the per cent sign behind a number, whose first ring is a piece by itself; -1: it is not found. */
static int
left_of_per_cent (const Ink *ink, GArray *pieces)
{
  for (guint i = 1; i < pieces->len; i++) {
    PixelBox piece = g_array_index (pieces, PixelBox, i);
    int height = piece.y1 - piece.y0;
    if (!is_highest (pieces, height, RING_MOST) && is_highest (pieces, height, RING_LEAST) &&
        holes_of_piece (ink, piece).count == 1)
      return piece.x0;
  }
  return -1;
}

/* What each of PIECES tells (gunichar). */
static GArray *
tell_digits (const Ink *ink, GArray *pieces)
{
  GArray *told = g_array_new (FALSE, FALSE, sizeof (gunichar));
  for (guint i = 0; i < pieces->len; i++) {
    gunichar digit = digit_of_holes (holes_of_piece (ink, g_array_index (pieces, PixelBox, i)));
    g_array_append_val (told, digit);
  }
  return told;
}

static gunichar
character_at (GArray *symbols, GArray *places, guint index)
{
  return g_array_index (symbols, Symbol, g_array_index (places, guint, index)).character;
}

/* Whether the digits at PLACES without the one at index LEFT_OUT are what TOLD says. */
static gboolean
agree_without (GArray *symbols, GArray *places, guint left_out, GArray *told)
{
  for (guint i = 0; i < told->len; i++) {
    gunichar digit = character_at (symbols, places, i + (i >= left_out)), one = g_array_index (told, gunichar, i);
    if (!may_be (digit, one) || (one == NO_HOLE && has_ring (digit)))
      return FALSE;
  }
  return TRUE;
}

/* The index in PLACES of the one digit that the ink does not have; -1: it may be several. Of equal digits that follow each
 * other any one is. */
static int
find_doubled (GArray *symbols, GArray *places, GArray *told)
{
  int found = -1;
  for (guint i = 0; i < places->len; i++) {
    if (!agree_without (symbols, places, i, told))
      continue;
    if (found >= 0 &&
        ((guint)found + 1 != i || character_at (symbols, places, i) != character_at (symbols, places, (guint)found)))
      return -1;
    found = (int)i;
  }
  return found;
}

/* Whether a piece as large as a digit is right beside PIECES, and not one of them: brackets are higher, ideographs wider. */
static gboolean
is_cut_off (const Ink *ink, GArray *pieces)
{
  g_autoptr (GArray) all = pieces_between (ink, 0, ink->width);
  PixelBox first = g_array_index (pieces, PixelBox, 0), last = g_array_index (pieces, PixelBox, pieces->len - 1);
  double high = first.y1 - first.y0;
  for (guint i = 0; i < all->len; i++) {
    PixelBox piece = g_array_index (all, PixelBox, i);
    double before = first.x0 - piece.x1, behind = piece.x0 - last.x1, height = piece.y1 - piece.y0;
    if (height >= HEIGHT_LEAST * high && height * HEIGHT_LEAST <= high && piece.x1 - piece.x0 <= WIDTH_MOST * high &&
        ((before > 0 && before < CUT_OFF * high) || (behind > 0 && behind < CUT_OFF * high)))
      return TRUE;
  }
  return FALSE;
}

/* The columns FROM to TO hold the number and, with PER_CENT, a sign behind it. NULL: its pieces are not known. */
static GArray *
pieces_of_number (const Ink *ink, double from, double to, gboolean per_cent)
{
  g_autoptr (GArray) all = pieces_between (ink, from, to);
  if (per_cent) {
    int left = left_of_per_cent (ink, all);
    g_array_unref (all);
    all = pieces_between (ink, from, left);
  }
  return keep_digits (all) && all->len > 0 ? g_steal_pointer (&all) : NULL;
}

static guint
zeros_told (GArray *told)
{
  guint zeros = 0;
  for (guint i = 0; i < told->len; i++)
    zeros += g_array_index (told, gunichar, i) == '0';
  return zeros;
}

static guint
zeros_among (GArray *symbols, GArray *places)
{
  guint zeros = 0;
  for (guint i = 0; i < places->len; i++)
    zeros += character_at (symbols, places, i) == '0';
  return zeros;
}

gboolean
digits_agree_with_ink (const Picture *line, double from, double to, gboolean per_cent, GArray *symbols, guint first,
                       guint end)
{
  g_autoptr (Ink) ink = ink_from_part (line, (PixelBox){0, 0, line->width, line->height});
  g_autoptr (GArray) pieces = pieces_of_number (ink, from, to, per_cent);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = first; i < end; i++)
    if (g_unichar_isdigit (g_array_index (symbols, Symbol, i).character))
      g_array_append_val (places, i);
  if (!pieces || pieces->len > places->len + 1)
    return TRUE;
  g_autoptr (GArray) told = tell_digits (ink, pieces);
  if (pieces->len > places->len) /* a part of the next ideograph, unless there is a 0 more */
    return zeros_told (told) <= zeros_among (symbols, places);
  if (pieces->len < places->len && is_cut_off (ink, pieces))
    return TRUE;
  if (pieces->len < places->len) {
    int doubled = pieces->len + 1 == places->len ? find_doubled (symbols, places, told) : -1;
    if (doubled >= 0)
      g_array_index (symbols, Symbol, g_array_index (places, guint, (guint)doubled)).character = 0;
    return FALSE;
  }
  gboolean agree = TRUE;
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (told, gunichar, i) == NO_HOLE && has_ring (character_at (symbols, places, i)))
      return TRUE; /* the ink is broken, or of something else */
  for (guint i = 0; i < places->len; i++) {
    Symbol *symbol = &g_array_index (symbols, Symbol, g_array_index (places, guint, i));
    gunichar digit = g_array_index (told, gunichar, i);
    if (may_be (symbol->character, digit))
      continue;
    agree = FALSE;
    /* 日 has the holes of 8, and may stand where a digit is looked for; nothing else beside a digit has those of 0 */
    if (digit == '0' && places->len > 1)
      symbol->character = digit;
  }
  return agree;
}
