/* picture_cells.c - see picture_cells.h */
#include "read/picture/picture_cells.h"

#include "layout/cells.h"
#include "model/numbers.h"
#include "read/picture/picture_specks.h"

#include <math.h>

/* Left out along the sides of a cell, points: half of the thickness of a line. */
#define INSET 0.6

/* How far around a table its lines are blurred, points. */
#define AROUND 2.0

/* A line ends at a cell where it is as near as this, points; a hidden one is at most HIDDEN wide, and has no ink beside
 * it up to BESIDE. */
#define ENDS_NEAR 4.0
#define HIDDEN 0.9
#define BESIDE 2.2

/* The light rim of a dark cell is at most this wide, points; this share of it is ink when it has been inverted. */
#define RIM 3.6
#define RIM_INK 0.2

/* The height of a dark row, points. */
#define DARK_ROW_LOWEST 6.0
#define DARK_ROW_HIGHEST 60.0

/* Of a head. */
#define CELLS_LEAST 3

static GPtrArray *
frames_of_page (const Page *page)
{
  g_autoptr (Dividers) dividers = dividers_from_ruling_lines (page->ruling_lines);
  return frames_from_dividers (dividers);
}

/* The boxes of the cells that the ruling lines of the page make. */
static GArray *
boxes_of_cells (const Page *page)
{
  g_autoptr (GPtrArray) frames = frames_of_page (page);
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (GArray) cells = cell_boxes_from_frame (g_ptr_array_index (frames, i));
    g_array_append_vals (boxes, cells->data, cells->len);
  }
  return boxes;
}

static Box
box_inset (Box box)
{
  return (Box){box.x0 + INSET, box.y0 + INSET, box.x1 - INSET, box.y1 - INSET};
}

/* Where vertical lines below BOX end at it, from its left to its right side, both included; points. */
static GArray *
boundaries_below (const Page *page, Box box)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *line = &g_array_index (page->ruling_lines, RulingLine, i);
    if (line->kind == RULING_VERTICAL && fabs (line->box.y0 - box.y1) < ENDS_NEAR &&
        line->box.x0 > box.x0 + ENDS_NEAR && line->box.x0 < box.x1 - ENDS_NEAR)
      g_array_append_val (all, line->box.x0);
  }
  g_array_sort (all, order_numbers);
  GArray *boundaries = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (boundaries, box.x0);
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, double, i) > g_array_index (boundaries, double, boundaries->len - 1) + ENDS_NEAR)
      g_array_append_val (boundaries, g_array_index (all, double, i));
  g_array_append_val (boundaries, box.x1);
  return boundaries;
}

/* Whether there is INK between two places, points. */
static gboolean
has_ink_between (const Ink *ink, double scale, double from, double to)
{
  int left = MAX ((int)(from * scale) - ink->part.x0, 0), right = MIN ((int)(to * scale) - ink->part.x0, ink->width);
  for (int y = 0; y < ink->height; y++)
    for (int x = left; x < right; x++)
      if (ink->bits[(gsize)y * ink->width + x])
        return TRUE;
  return FALSE;
}

/* Whether all lines below would continue through gaps in the ink, and all of the columns but one have ink. */
static gboolean
is_head (const Ink *ink, double scale, GArray *boundaries)
{
  int empty = 0;
  for (guint i = 0; i + 1 < boundaries->len; i++) {
    double from = g_array_index (boundaries, double, i), to = g_array_index (boundaries, double, i + 1);
    if (i > 0 && (has_ink_between (ink, scale, from - BESIDE, from - HIDDEN) ||
                  has_ink_between (ink, scale, from + HIDDEN, from + BESIDE)))
      return FALSE;
    empty += !has_ink_between (ink, scale, from + BESIDE, to - BESIDE);
  }
  return boundaries->len > CELLS_LEAST && empty <= 1;
}

/* Appends the cells of ALL, a head, without the lines; the hidden lines are added to the page. */
static void
take_head (const Picture *picture, Page *page, PixelBox all, GArray *boundaries, GArray *parts)
{
  Box box = box_of_pixels (picture, all);
  for (guint i = 0; i + 1 < boundaries->len; i++) {
    double from = g_array_index (boundaries, double, i), to = g_array_index (boundaries, double, i + 1);
    PixelBox part =
        picture_pixel_box (picture, (Box){MAX (from + HIDDEN, box.x0), box.y0, MIN (to - HIDDEN, box.x1), box.y1});
    if (!pixel_box_is_empty (part))
      g_array_append_val (parts, part);
    RulingLine line = {
        .kind = RULING_VERTICAL, .box = {from, box.y0 - INSET, from, box.y1 + INSET}, .thickness = INSET};
    if (i > 0)
      g_array_append_val (page->ruling_lines, line);
  }
}

static double
share_of_ink (const Ink *ink, PixelBox part)
{
  int sum = 0;
  for (int y = part.y0; y < part.y1; y++)
    for (int x = part.x0; x < part.x1; x++)
      sum += ink->bits[(gsize)y * ink->width + x];
  return sum / MAX ((double)(part.x1 - part.x0) * (part.y1 - part.y0), 1);
}

/* PART, a dark cell that was inverted, without the light paper beside it, which has become dark. */
static PixelBox
part_without_rim (const Picture *picture, PixelBox part)
{
  g_autoptr (Ink) ink = ink_from_part (picture, part);
  PixelBox inner = {0, 0, ink->width, ink->height};
  int widest = MIN ((int)(RIM * picture->scale), MIN (ink->width, ink->height) / 4);
  for (int i = 0; i < widest; i++) {
    inner.x0 += share_of_ink (ink, (PixelBox){inner.x0, inner.y0, inner.x0 + 1, inner.y1}) > RIM_INK;
    inner.x1 -= share_of_ink (ink, (PixelBox){inner.x1 - 1, inner.y0, inner.x1, inner.y1}) > RIM_INK;
    inner.y0 += share_of_ink (ink, (PixelBox){inner.x0, inner.y0, inner.x1, inner.y0 + 1}) > RIM_INK;
    inner.y1 -= share_of_ink (ink, (PixelBox){inner.x0, inner.y1 - 1, inner.x1, inner.y1}) > RIM_INK;
  }
  return (PixelBox){part.x0 + inner.x0, part.y0 + inner.y0, part.x0 + inner.x1, part.y0 + inner.y1};
}

static void
take_cell (Picture *picture, Page *page, Box box, GArray *parts)
{
  PixelBox part = picture_pixel_box (picture, box_inset (box));
  if (pixel_box_is_empty (part))
    return;
  if (picture_invert_dark_part (picture, part))
    part = part_without_rim (picture, part);
  picture_clean_part (picture, part, 0);
  g_autoptr (GArray) boundaries = boundaries_below (page, box);
  g_autoptr (Ink) ink = ink_from_part (picture, part);
  if (is_head (ink, picture->scale, boundaries))
    take_head (picture, page, part, boundaries, parts);
  else
    g_array_append_val (parts, part);
}

/* Whether two horizontal lines are the upper and the lower side of what may be one dark row. */
static gboolean
are_sides_of_dark_row (const RulingLine *upper, const RulingLine *lower)
{
  double height = lower->box.y0 - upper->box.y0;
  return upper->kind == RULING_HORIZONTAL && lower->kind == RULING_HORIZONTAL && height > DARK_ROW_LOWEST &&
         height < DARK_ROW_HIGHEST && fabs (upper->box.x0 - lower->box.x0) < ENDS_NEAR &&
         fabs (upper->box.x1 - lower->box.x1) < ENDS_NEAR;
}

static gboolean
is_divided (const Page *page, Box row)
{
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *line = &g_array_index (page->ruling_lines, RulingLine, i);
    if (line->kind == RULING_VERTICAL && line->box.x0 > row.x0 + ENDS_NEAR && line->box.x0 < row.x1 - ENDS_NEAR &&
        line->box.y0 < row.y1 - ENDS_NEAR && line->box.y1 > row.y0 + ENDS_NEAR)
      return TRUE;
  }
  return FALSE;
}

/* Makes PART white around INNER. */
static void
clear_around (Picture *picture, PixelBox part, PixelBox inner)
{
  picture_clear_part (picture, (PixelBox){part.x0, part.y0, part.x1, inner.y0});
  picture_clear_part (picture, (PixelBox){part.x0, inner.y1, part.x1, part.y1});
  picture_clear_part (picture, (PixelBox){part.x0, part.y0, inner.x0, part.y1});
  picture_clear_part (picture, (PixelBox){inner.x1, part.y0, part.x1, part.y1});
}

/* Inverts dark rows that are not cells: the head of a table without lines. */
static void
lighten_dark_rows (Picture *picture, Page *page)
{
  for (guint i = 0; i < page->ruling_lines->len; i++)
    for (guint j = 0; j < page->ruling_lines->len; j++) {
      const RulingLine *upper = &g_array_index (page->ruling_lines, RulingLine, i),
                       *lower = &g_array_index (page->ruling_lines, RulingLine, j);
      Box row = {upper->box.x0, upper->box.y0, upper->box.x1, lower->box.y0};
      PixelBox part = picture_pixel_box (picture, row);
      if (are_sides_of_dark_row (upper, lower) && !is_divided (page, row) && picture_invert_dark_part (picture, part))
        clear_around (picture, part, part_without_rim (picture, part));
    }
}

/* Cells that others are in, a frame around the page or a table within a cell, after all others. */
static GArray *
parts_from_within (GArray *parts)
{
  g_autoptr (GArray) around = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  GArray *ordered = g_array_sized_new (FALSE, FALSE, sizeof (PixelBox), parts->len);
  for (guint i = 0; i < parts->len; i++) {
    PixelBox part = g_array_index (parts, PixelBox, i);
    gboolean has_others = FALSE;
    for (guint j = 0; j < parts->len && !has_others; j++) {
      PixelBox other = g_array_index (parts, PixelBox, j);
      has_others = i != j && other.x0 >= part.x0 && other.y0 >= part.y0 && other.x1 <= part.x1 && other.y1 <= part.y1;
    }
    g_array_append_val (has_others ? around : ordered, part);
  }
  g_array_append_vals (ordered, around->data, around->len);
  return ordered;
}

GArray *
cells_from_picture (Picture *picture, Page *page)
{
  lighten_dark_rows (picture, page);
  g_autoptr (GArray) boxes = boxes_of_cells (page);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  for (guint i = 0; i < boxes->len; i++)
    take_cell (picture, page, g_array_index (boxes, Box, i), parts);
  return parts_from_within (parts);
}

void
picture_clear_tables (Picture *picture, const Page *page)
{
  g_autoptr (GPtrArray) frames = frames_of_page (page);
  for (guint i = 0; i < frames->len; i++) {
    Box box = ((const Frame *)g_ptr_array_index (frames, i))->box;
    box = (Box){box.x0 - AROUND, box.y0 - AROUND, box.x1 + AROUND, box.y1 + AROUND};
    picture_clear_part (picture, picture_pixel_box (picture, box));
  }
}
