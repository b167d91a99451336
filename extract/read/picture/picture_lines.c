/* picture_lines.c - see picture_lines.h */
#include "read/picture/picture_lines.h"

#include <string.h>

/* Two pieces that are together no higher than this, in ems, are one line; a line higher than that is several. */
#define ONE_LINE 1.12
#define TWO_LINES 1.75

/* A gap as wide as this, in ems, parts what stands side by side: in a cell, and where there are no cells. Beside 、 and
 * （, pieces of ink less wide than HALF_WIDE, half an em more is empty. */
#define GAP_IN_CELL 3.0
#define GAP 0.85
#define GAP_AT_MARK 1.45
#define HALF_WIDE 0.42

/* Where the em is not known yet, points. */
#define EM_USUAL 9.0

/* Columns in columns in columns. */
#define DEPTH_LIMIT 8

/* Between two lines that touch there is less ink than this part of what a row has on the whole. */
#define WEAK 0.35

/* A character is no wider than this, in ems; a cell for one column of them is this wide. */
#define ONE_CHARACTER 1.3
#define NARROW 2.5

/* An area as it is cut. Parts count from the ink's own corner. */
typedef struct {
  const Ink *ink;
  double em;      /* pixels */
  gboolean known; /* else EM is usual, and nothing is joined or parted by height */
  gboolean cell;
  GArray *strips; /* Strip */
} Cutting;

static int
ink_of_row (const Ink *ink, const Part *part, int y)
{
  int sum = 0;
  for (int x = part->x0; x < part->x1; x++)
    sum += ink->bits[(gsize)y * ink->width + x];
  return sum;
}

static gboolean
column_has_ink (const Ink *ink, const Part *part, int x)
{
  for (int y = part->y0; y < part->y1; y++)
    if (ink->bits[(gsize)y * ink->width + x])
      return TRUE;
  return FALSE;
}

/* PART in rows of pixels with ink, from the top: an array of Part. */
static GArray *
bands_of_part (const Ink *ink, const Part *part)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (Part));
  int from = -1;
  for (int y = part->y0; y <= part->y1; y++) {
    gboolean has = y < part->y1 && ink_of_row (ink, part, y) > 0;
    if (has && from < 0)
      from = y;
    if (!has && from >= 0) {
      Part band = {part->x0, from, part->x1, y};
      g_array_append_val (bands, band);
      from = -1;
    }
  }
  return bands;
}

static void
join_low_bands (GArray *bands, double em)
{
  for (guint i = 0; i + 1 < bands->len;) {
    Part *band = &g_array_index (bands, Part, i), *next = band + 1;
    if (next->y1 - band->y0 > ONE_LINE * em) {
      i++;
      continue;
    }
    band->y1 = next->y1;
    g_array_remove_index (bands, i + 1);
  }
}

/* The columns of pixels of BAND with ink, from the left: an array of Part. */
static GArray *
pieces_of_band (const Ink *ink, const Part *band)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Part));
  int from = -1;
  for (int x = band->x0; x <= band->x1; x++) {
    gboolean has = x < band->x1 && column_has_ink (ink, band, x);
    if (has && from < 0)
      from = x;
    if (!has && from >= 0) {
      Part piece = {from, band->y0, x, band->y1};
      g_array_append_val (pieces, piece);
      from = -1;
    }
  }
  return pieces;
}

/* How wide a gap parts two pieces, pixels. */
static double
gap_between_pieces (const Cutting *cutting, const Part *left, const Part *right)
{
  double narrower = MIN (left->x1 - left->x0, right->x1 - right->x0);
  double gap = cutting->cell ? GAP_IN_CELL : narrower < HALF_WIDE * cutting->em ? GAP_AT_MARK : GAP;
  return gap * cutting->em;
}

/* BAND in columns with ink, from the left, where the gaps between them are wide enough: an array of Part. */
static GArray *
columns_of_band (const Cutting *cutting, const Part *band)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) pieces = pieces_of_band (cutting->ink, band);
  for (guint i = 0; i < pieces->len; i++) {
    const Part *piece = &g_array_index (pieces, Part, i);
    if (i > 0 && piece->x0 - piece[-1].x1 <= gap_between_pieces (cutting, &piece[-1], piece))
      g_array_index (columns, Part, columns->len - 1).x1 = piece->x1;
    else
      g_array_append_val (columns, *piece);
  }
  return columns;
}

/* The row with the least ink about one line below the top of BAND, where it has little; else 0. */
static int
weakest_row (const Ink *ink, const Part *band, double em)
{
  int best = 0, least = G_MAXINT, sum = 0;
  for (int y = band->y0; y < band->y1; y++) {
    int row = ink_of_row (ink, band, y);
    sum += row;
    if (y >= band->y0 + (int)(0.8 * em) && y < band->y0 + (int)(1.6 * em) && row < least) {
      least = row;
      best = y;
    }
  }
  return least < WEAK * sum / (band->y1 - band->y0) ? best : 0;
}

/* One line, or several that touch. */
static void
add_strips (Cutting *cutting, Part band)
{
  Part corner = cutting->ink->part;
  int cut = cutting->known && band.y1 - band.y0 >= TWO_LINES * cutting->em
                ? weakest_row (cutting->ink, &band, cutting->em)
                : 0;
  Part first = {band.x0, band.y0, band.x1, cut > band.y0 ? cut : band.y1};
  Strip strip = {{corner.x0 + first.x0, corner.y0 + first.y0, corner.x0 + first.x1, corner.y0 + first.y1}, corner};
  g_array_append_val (cutting->strips, strip);
  band.y0 = first.y1;
  if (band.y0 < band.y1)
    add_strips (cutting, band);
}

/* By turns into rows and columns (XY cut: Nagy and Seth 1984), until nothing parts. */
static void
cut_part (Cutting *cutting, const Part *part, int depth)
{
  g_autoptr (GArray) bands = bands_of_part (cutting->ink, part);
  if (cutting->known)
    join_low_bands (bands, cutting->em);
  for (guint i = 0; i < bands->len; i++) {
    g_autoptr (GArray) columns = columns_of_band (cutting, &g_array_index (bands, Part, i));
    for (guint j = 0; j < columns->len; j++)
      if (columns->len > 1 && depth < DEPTH_LIMIT)
        cut_part (cutting, &g_array_index (columns, Part, j), depth + 1);
      else
        add_strips (cutting, g_array_index (columns, Part, j));
  }
}

void
strips_from_area (const Picture *picture, Part area, gboolean cell, double em, GArray *strips)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  Cutting cutting = {ink, em > 0 ? em : EM_USUAL * picture->scale, em > 0, cell, strips};
  Part all = {0, 0, ink->width, ink->height};
  cut_part (&cutting, &all, 0);
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

double
em_of_strips (GArray *strips, double least)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < strips->len; i++) {
    const Part *part = &g_array_index (strips, Strip, i).part;
    int height = part->y1 - part->y0;
    if (height >= least && part->x1 - part->x0 > 3 * height)
      g_array_append_val (heights, height);
  }
  g_array_sort (heights, order_numbers);
  return heights->len > 0 ? g_array_index (heights, int, heights->len / 2) : 0;
}

/* Whether ink stands within REACH pixels. */
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
  const Part *part = &strip->part;
  g_autoptr (Ink) ink = ink_from_part (picture, *part);
  Picture *line = picture_new (ink->width + 2 * margin, ink->height + 2 * margin, picture->scale);
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      if (is_near_ink (ink, x, y, 2))
        line->grey[(gsize)(y + margin) * line->width + x + margin] =
            picture->grey[(gsize)(part->y0 + y) * picture->width + part->x0 + x];
  return line;
}

gboolean
strips_are_upright (GArray *strips, guint first, double em)
{
  guint count = strips->len - first;
  const Part *area = count > 0 ? &g_array_index (strips, Strip, first).area : NULL;
  if (count < 2 || (count == 2 && area->x1 - area->x0 > NARROW * em))
    return FALSE;
  for (guint i = first; i < strips->len; i++) {
    const Part *part = &g_array_index (strips, Strip, i).part;
    if (part->x1 - part->x0 > ONE_CHARACTER * em)
      return FALSE;
  }
  return TRUE;
}

/* ー stands upright in words written downwards. */
static gboolean
is_turned (const Part *part)
{
  return part->y1 - part->y0 > 3 * (part->x1 - part->x0);
}

/* Puts PART into LINE with its middle at MIDDLE, turned back to the left where it stands upright. */
static void
place_part (const Picture *picture, const Part *part, Picture *line, int middle)
{
  int width = part->x1 - part->x0, height = part->y1 - part->y0;
  gboolean turned = is_turned (part);
  int left = middle - (turned ? height : width) / 2, top = (line->height - (turned ? width : height)) / 2;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int to_x = left + (turned ? y : x), to_y = top + (turned ? width - 1 - x : y);
      if (to_x >= 0 && to_x < line->width && to_y >= 0 && to_y < line->height)
        line->grey[(gsize)to_y * line->width + to_x] =
            picture->grey[(gsize)(part->y0 + y) * picture->width + part->x0 + x];
    }
}

Picture *
picture_from_upright (const Picture *picture, GArray *strips, guint first, int margin, int *step)
{
  int widest = 1, highest = 1, count = (int)(strips->len - first);
  for (guint i = first; i < strips->len; i++) {
    const Part *part = &g_array_index (strips, Strip, i).part;
    gboolean turned = is_turned (part);
    widest = MAX (widest, turned ? part->y1 - part->y0 : part->x1 - part->x0);
    highest = MAX (highest, turned ? part->x1 - part->x0 : part->y1 - part->y0);
  }
  *step = widest * 11 / 10 + 1;
  Picture *line = picture_new (count * *step + 2 * margin, highest + 2 * margin, picture->scale);
  for (int i = 0; i < count; i++)
    place_part (picture, &g_array_index (strips, Strip, first + i).part, line, margin + i * *step + *step / 2);
  return line;
}
