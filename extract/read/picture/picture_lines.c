/* picture_lines.c - see picture_lines.h */
#include "read/picture/picture_lines.h"

#include "read/picture/picture_filters.h"

#include <string.h>

/* Two pieces that are together no higher than this, in ems, are one line; a line higher than that is several. */
#define ONE_LINE 1.12
#define TWO_LINES 1.75

/* A gap as wide as this, in ems, separates what is side by side: in a cell, and where there are no cells. Beside 、 and
 * （, whose ink is less wide than HALF_WIDE, half an em more is empty. */
#define GAP_IN_CELL 3.0
#define GAP 0.85
#define GAP_AT_MARK 1.45
#define HALF_WIDE 0.42

/* Columns within columns are cut to this depth. */
#define DEPTH_LIMIT 8

/* Between two lines that touch, a row of pixels has less ink than this share of the mean. */
#define WEAK 0.35

/* A character is no wider than this, in ems; a cell for one column of them is this wide. */
#define ONE_CHARACTER 1.3
#define NARROW 2.5

/* An area as it is cut. Boxes count from the corner of the ink. */
typedef struct {
  const Ink *ink;
  double em;      /* pixels */
  gboolean known; /* else `em` is the usual one, and nothing is joined or split by height */
  gboolean cell;
  GArray *strips; /* Strip */
} XyCut;

static int
ink_of_pixel_row (const Ink *ink, const PixelBox *part, int y)
{
  int sum = 0;
  for (int x = part->x0; x < part->x1; x++)
    sum += ink->bits[(gsize)y * ink->width + x];
  return sum;
}

static gboolean
column_has_ink (const Ink *ink, const PixelBox *part, int x)
{
  for (int y = part->y0; y < part->y1; y++)
    if (ink->bits[(gsize)y * ink->width + x])
      return TRUE;
  return FALSE;
}

/* PART in rows of pixels with ink, from the top: an array of PixelBox. */
static GArray *
rows_of_part (const Ink *ink, const PixelBox *part)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  int from = -1;
  for (int y = part->y0; y <= part->y1; y++) {
    gboolean has = y < part->y1 && ink_of_pixel_row (ink, part, y) > 0;
    if (has && from < 0)
      from = y;
    if (!has && from >= 0) {
      PixelBox row = {part->x0, from, part->x1, y};
      g_array_append_val (rows, row);
      from = -1;
    }
  }
  return rows;
}

static void
join_low_rows (GArray *rows, double em)
{
  for (guint i = 0; i + 1 < rows->len;) {
    PixelBox *row = &g_array_index (rows, PixelBox, i), *next = row + 1;
    if (next->y1 - row->y0 > ONE_LINE * em) {
      i++;
      continue;
    }
    row->y1 = next->y1;
    g_array_remove_index (rows, i + 1);
  }
}

/* The columns of pixels of ROW with ink, from the left: an array of PixelBox. */
static GArray *
pieces_of_row (const Ink *ink, const PixelBox *row)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  int from = -1;
  for (int x = row->x0; x <= row->x1; x++) {
    gboolean has = x < row->x1 && column_has_ink (ink, row, x);
    if (has && from < 0)
      from = x;
    if (!has && from >= 0) {
      PixelBox piece = {from, row->y0, x, row->y1};
      g_array_append_val (pieces, piece);
      from = -1;
    }
  }
  return pieces;
}

/* The least gap that separates two pieces, pixels. */
static double
gap_between_pieces (const XyCut *cut, const PixelBox *left, const PixelBox *right)
{
  double narrower = MIN (left->x1 - left->x0, right->x1 - right->x0);
  double gap = cut->cell ? GAP_IN_CELL : narrower < HALF_WIDE * cut->em ? GAP_AT_MARK : GAP;
  return gap * cut->em;
}

/* ROW in columns with ink, from the left, where the gaps between them are wide enough: an array of PixelBox. */
static GArray *
columns_of_row (const XyCut *cut, const PixelBox *row)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  g_autoptr (GArray) pieces = pieces_of_row (cut->ink, row);
  for (guint i = 0; i < pieces->len; i++) {
    const PixelBox *piece = &g_array_index (pieces, PixelBox, i);
    if (i > 0 && piece->x0 - piece[-1].x1 <= gap_between_pieces (cut, &piece[-1], piece))
      g_array_index (columns, PixelBox, columns->len - 1).x1 = piece->x1;
    else
      g_array_append_val (columns, *piece);
  }
  return columns;
}

/* The row of pixels with the least ink about one line below the top of ROW, if it has little; else 0. */
static int
weakest_pixel_row (const Ink *ink, const PixelBox *row, double em)
{
  int best = 0, least = G_MAXINT, sum = 0;
  for (int y = row->y0; y < row->y1; y++) {
    int inked = ink_of_pixel_row (ink, row, y);
    sum += inked;
    if (y >= row->y0 + (int)(0.8 * em) && y < row->y0 + (int)(1.6 * em) && inked < least) {
      least = inked;
      best = y;
    }
  }
  return least < WEAK * sum / (row->y1 - row->y0) ? best : 0;
}

/* One line, or several that touch. */
static void
add_strips (XyCut *cut, PixelBox row)
{
  PixelBox corner = cut->ink->part;
  int split = cut->known && row.y1 - row.y0 >= TWO_LINES * cut->em ? weakest_pixel_row (cut->ink, &row, cut->em) : 0;
  PixelBox first = {row.x0, row.y0, row.x1, split > row.y0 ? split : row.y1};
  Strip strip = {{corner.x0 + first.x0, corner.y0 + first.y0, corner.x0 + first.x1, corner.y0 + first.y1}, corner};
  g_array_append_val (cut->strips, strip);
  row.y0 = first.y1;
  if (row.y0 < row.y1)
    add_strips (cut, row);
}

/* Into rows and columns in turn, until nothing can be cut (recursive XY cut: Nagy and Seth 1984). */
static void
cut_part (XyCut *cut, const PixelBox *part, int depth)
{
  g_autoptr (GArray) rows = rows_of_part (cut->ink, part);
  if (cut->known)
    join_low_rows (rows, cut->em);
  for (guint i = 0; i < rows->len; i++) {
    g_autoptr (GArray) columns = columns_of_row (cut, &g_array_index (rows, PixelBox, i));
    for (guint j = 0; j < columns->len; j++)
      if (columns->len > 1 && depth < DEPTH_LIMIT)
        cut_part (cut, &g_array_index (columns, PixelBox, j), depth + 1);
      else
        add_strips (cut, g_array_index (columns, PixelBox, j));
  }
}

void
strips_from_area (const Picture *picture, PixelBox area, gboolean cell, double em, GArray *strips)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  XyCut cut = {ink, em > 0 ? em : EM_USUAL * picture->scale, em > 0, cell, strips};
  PixelBox all = {0, 0, ink->width, ink->height};
  cut_part (&cut, &all, 0);
}

static int
order_heights (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

double
em_of_strips (GArray *strips, double least)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < strips->len; i++) {
    const PixelBox *part = &g_array_index (strips, Strip, i).part;
    int height = part->y1 - part->y0;
    if (height >= least && part->x1 - part->x0 > 3 * height)
      g_array_append_val (heights, height);
  }
  g_array_sort (heights, order_heights);
  return heights->len > 0 ? g_array_index (heights, int, heights->len / 2) : 0;
}

/* Whether there is ink within REACH pixels. */
static gboolean
is_near_ink (const Ink *ink, int x, int y, int reach)
{
  for (int j = MAX (y - reach, 0); j <= MIN (y + reach, ink->height - 1); j++)
    for (int i = MAX (x - reach, 0); i <= MIN (x + reach, ink->width - 1); i++)
      if (ink->bits[(gsize)j * ink->width + i])
        return TRUE;
  return FALSE;
}

Picture *
picture_from_strip (const Picture *picture, const Strip *strip, int margin)
{
  const PixelBox *part = &strip->part;
  g_autoptr (Ink) ink = ink_from_part (picture, *part);
  Picture *line = picture_new (ink->width + 2 * margin, ink->height + 2 * margin, picture->scale);
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      if (is_near_ink (ink, x, y, 2))
        line->grey[(gsize)(y + margin) * line->width + x + margin] =
            picture->grey[(gsize)(part->y0 + y) * picture->width + part->x0 + x];
  picture_sharpen (line);
  return line;
}

gboolean
strips_are_vertical (GArray *strips, guint first, double em)
{
  guint count = strips->len - first;
  const PixelBox *area = count > 0 ? &g_array_index (strips, Strip, first).area : NULL;
  if (count < 2 || (count == 2 && area->x1 - area->x0 > NARROW * em))
    return FALSE;
  for (guint i = first; i < strips->len; i++) {
    const PixelBox *part = &g_array_index (strips, Strip, i).part;
    if (part->x1 - part->x0 > ONE_CHARACTER * em)
      return FALSE;
  }
  return TRUE;
}

/* ー is vertical in words written downwards. */
static gboolean
is_long_vowel (const PixelBox *part)
{
  return part->y1 - part->y0 > 3 * (part->x1 - part->x0);
}

/* Puts PART into LINE with its middle at MIDDLE; ー is rotated counterclockwise. */
static void
place_part (const Picture *picture, const PixelBox *part, Picture *line, int middle)
{
  int width = part->x1 - part->x0, height = part->y1 - part->y0;
  gboolean rotated = is_long_vowel (part);
  int left = middle - (rotated ? height : width) / 2, top = (line->height - (rotated ? width : height)) / 2;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int to_x = left + (rotated ? y : x), to_y = top + (rotated ? width - 1 - x : y);
      if (to_x >= 0 && to_x < line->width && to_y >= 0 && to_y < line->height)
        line->grey[(gsize)to_y * line->width + to_x] =
            picture->grey[(gsize)(part->y0 + y) * picture->width + part->x0 + x];
    }
}

Picture *
picture_from_vertical (const Picture *picture, GArray *strips, guint first, int margin, int *step)
{
  int widest = 1, highest = 1, count = (int)(strips->len - first);
  for (guint i = first; i < strips->len; i++) {
    const PixelBox *part = &g_array_index (strips, Strip, i).part;
    gboolean rotated = is_long_vowel (part);
    widest = MAX (widest, rotated ? part->y1 - part->y0 : part->x1 - part->x0);
    highest = MAX (highest, rotated ? part->x1 - part->x0 : part->y1 - part->y0);
  }
  *step = widest * 11 / 10 + 1;
  Picture *line = picture_new (count * *step + 2 * margin, highest + 2 * margin, picture->scale);
  for (int i = 0; i < count; i++)
    place_part (picture, &g_array_index (strips, Strip, first + i).part, line, margin + i * *step + *step / 2);
  return line;
}
