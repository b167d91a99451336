/* picture_lines.c - see picture_lines.h */
#include "read/picture/picture_lines.h"

#include <string.h>

/* Two pieces that are together no higher than this, in ems, are one line; a line higher than that is several. */
#define ONE_LINE 1.12
#define TWO_LINES 1.75

/* A gap as wide as this, in ems, parts what stands side by side. */
#define GAP 3.0

static int
ink_of_row (const Ink *ink, int y)
{
  int sum = 0;
  for (int x = 0; x < ink->width; x++)
    sum += ink->bits[(gsize)y * ink->width + x];
  return sum;
}

static gboolean
column_has_ink (const Ink *ink, int x, int y0, int y1)
{
  for (int y = y0; y < y1; y++)
    if (ink->bits[(gsize)y * ink->width + x])
      return TRUE;
  return FALSE;
}

/* Rows Y0 to Y1 of INK, parted where a gap is wider than WIDEST pixels. */
static void
add_strips (GArray *strips, const Ink *ink, int y0, int y1, double widest)
{
  int from = -1, to = -1;
  for (int x = 0; x <= ink->width; x++) {
    gboolean has = x < ink->width && column_has_ink (ink, x, y0, y1);
    if (from >= 0 && ((!has && x == ink->width) || (has && x - to > widest))) {
      Part part = {ink->part.x0 + from, ink->part.y0 + y0, ink->part.x0 + to, ink->part.y0 + y1};
      Strip strip = {part, ink->part};
      g_array_append_val (strips, strip);
      from = -1;
    }
    if (!has)
      continue;
    from = from < 0 ? x : from;
    to = x + 1;
  }
}

/* A character is no wider than this, in ems; a cell for one column of them is this wide. */
#define ONE_CHARACTER 1.3
#define NARROW 2.5

typedef struct {
  int from, to; /* rows of pixels */
} Band;

static GArray *
bands_of_ink (const Ink *ink)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (Band));
  int from = -1;
  for (int y = 0; y <= ink->height; y++) {
    gboolean has = y < ink->height && ink_of_row (ink, y) > 0;
    if (has && from < 0)
      from = y;
    if (!has && from >= 0) {
      Band band = {from, y};
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
    Band *band = &g_array_index (bands, Band, i), *next = band + 1;
    if (next->to - band->from > ONE_LINE * em) {
      i++;
      continue;
    }
    band->to = next->to;
    g_array_remove_index (bands, i + 1);
  }
}

/* The row with the least ink about one line below the top of BAND. */
static int
weakest_row (const Ink *ink, const Band *band, double em)
{
  int best = band->from + (int)em, least = G_MAXINT;
  for (int y = band->from + (int)(0.8 * em); y < MIN (band->from + (int)(1.6 * em), band->to); y++) {
    int sum = ink_of_row (ink, y);
    if (sum < least) {
      least = sum;
      best = y;
    }
  }
  return best;
}

static void
part_high_bands (const Ink *ink, GArray *bands, double em)
{
  for (guint i = 0; i < bands->len; i++) {
    Band *band = &g_array_index (bands, Band, i);
    if (band->to - band->from < TWO_LINES * em)
      continue;
    int cut = weakest_row (ink, band, em);
    Band rest = {cut, band->to};
    band->to = cut;
    g_array_insert_val (bands, i + 1, rest);
  }
}

void
strips_from_area (const Picture *picture, Part area, double em, GArray *strips)
{
  g_autoptr (Ink) ink = ink_from_part (picture, area);
  g_autoptr (GArray) bands = bands_of_ink (ink);
  if (em > 0) {
    part_high_bands (ink, bands, em);
    join_low_bands (bands, em);
  }
  for (guint i = 0; i < bands->len; i++) {
    const Band *band = &g_array_index (bands, Band, i);
    add_strips (strips, ink, band->from, band->to, em > 0 ? GAP * em : G_MAXINT);
  }
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

double
em_of_strips (GArray *strips)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < strips->len; i++) {
    const Part *part = &g_array_index (strips, Strip, i).part;
    int height = part->y1 - part->y0;
    if (part->x1 - part->x0 > 3 * height)
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
