/* picture_marks.c - see picture_marks.h
 *
 * A line is cut where a column of pixels has no ink. Each piece is measured in its own unit square: u runs from 0 at
 * its left to 1 at its right side, v from its top to its bottom.
 */
#include "read/picture/picture_marks.h"

#include <math.h>
#include <string.h>

typedef struct {
  const Ink *ink;
  PixelBox box;         /* in the ink */
  double width, height; /* ems */
  double before, after; /* ems to the next ink at both sides; large at the ends of the strip */
  gboolean first;       /* the first of its line */
} Shape;

static gboolean
inked (const Shape *shape, double u, double v)
{
  int x = shape->box.x0 + CLAMP ((int)(u * (shape->box.x1 - shape->box.x0)), 0, shape->box.x1 - shape->box.x0 - 1);
  int y = shape->box.y0 + CLAMP ((int)(v * (shape->box.y1 - shape->box.y0)), 0, shape->box.y1 - shape->box.y0 - 1);
  return shape->ink->bits[(gsize)y * shape->ink->width + x];
}

enum { STEPS = 24 };

/* The share of the area that is ink. */
static double
filled (const Shape *shape, double u0, double v0, double u1, double v1)
{
  int columns[STEPS], sum = 0, width = shape->box.x1 - shape->box.x0, height = shape->box.y1 - shape->box.y0;
  for (int i = 0; i < STEPS; i++)
    columns[i] = CLAMP ((int)((u0 + (u1 - u0) * (i + 0.5) / STEPS) * width), 0, width - 1);
  for (int j = 0; j < STEPS; j++) {
    int y = shape->box.y0 + CLAMP ((int)((v0 + (v1 - v0) * (j + 0.5) / STEPS) * height), 0, height - 1);
    const guchar *row = shape->ink->bits + (gsize)y * shape->ink->width + shape->box.x0;
    for (int i = 0; i < STEPS; i++)
      sum += row[columns[i]];
  }
  return sum / (double)(STEPS * STEPS);
}

static gboolean
is_square (const Shape *shape, double tolerance)
{
  return fabs (shape->width / shape->height - 1) <= tolerance;
}

/* The mean place of the ink in a column, 0 to 1; -1: there is none. */
static double
middle_of_column (const Shape *shape, double u)
{
  double sum = 0;
  int count = 0;
  for (int j = 0; j < 2 * STEPS; j++) {
    double v = (j + 0.5) / (2 * STEPS);
    if (inked (shape, u, v)) {
      sum += v;
      count++;
    }
  }
  return count > 0 ? sum / count : -1;
}

/* On the ray from the middle in a direction: where the ink begins and ends (1: at the side), and in how many pieces. */
typedef struct {
  double nearest, farthest;
  int pieces;
} Ray;

static Ray
ray_at (const Shape *shape, double angle)
{
  Ray ray = {2, 0, 0};
  gboolean before = FALSE;
  double across = cos (angle), down = sin (angle);
  for (int i = 0; i < 40; i++) {
    double radius = (i + 0.5) / 40 * 1.02;
    gboolean now = inked (shape, 0.5 + radius / 2 * across, 0.5 + radius / 2 * down);
    ray.pieces += now && !before;
    ray.nearest = now ? MIN (ray.nearest, radius) : ray.nearest;
    ray.farthest = now ? radius : ray.farthest;
    before = now;
  }
  return ray;
}

/* Whether the ink on nearly all rays is in so many PIECES, begins between FROM and TO, and reaches to the side. */
static gboolean
rays_agree (const Shape *shape, int pieces, double from, double to)
{
  int others = 0;
  for (int i = 0; i < 32 && others <= 3; i++) {
    Ray ray = ray_at (shape, i * G_PI / 16);
    others += !(ray.pieces == pieces && ray.farthest > 0.86 && ray.nearest > from && ray.nearest < to);
  }
  return others <= 3;
}

/* Whether the ink is one of RINGS rings about the middle. */
static gboolean
has_rings (const Shape *shape, int rings)
{
  return rays_agree (shape, rings, rings == 1 ? 0.65 : 0.2, 2);
}

/* ロ and 回 have corners. */
static gboolean
has_no_corners (const Shape *shape)
{
  return filled (shape, 0, 0, 0.1, 0.1) < 0.05 && filled (shape, 0.9, 0, 1, 0.1) < 0.05 &&
         filled (shape, 0, 0.9, 0.1, 1) < 0.05 && filled (shape, 0.9, 0.9, 1, 1) < 0.05;
}

static gboolean
is_circle (const Shape *shape)
{
  return is_square (shape, 0.08) && has_no_corners (shape) && has_rings (shape, 1);
}

static gboolean
is_double_circle (const Shape *shape)
{
  return is_square (shape, 0.08) && has_no_corners (shape) && has_rings (shape, 2);
}

static gboolean
is_disc (const Shape *shape)
{
  double all = filled (shape, 0, 0, 1, 1);
  return is_square (shape, 0.1) && all > 0.72 && all < 0.84 && has_no_corners (shape) &&
         filled (shape, 0.2, 0.2, 0.8, 0.8) > 0.97;
}

static gboolean
is_block (const Shape *shape)
{
  return is_square (shape, 0.15) && filled (shape, 0, 0, 1, 1) > 0.9;
}

/* The outline of a triangle with its base at the bottom. */
static gboolean
is_any_triangle (const Shape *shape)
{
  if (shape->width / shape->height < 0.9 || shape->width / shape->height > 1.35 ||
      filled (shape, 0.04, 0.9, 0.96, 1) < 0.7)
    return FALSE;
  for (double v = 0.2; v < 0.85; v += 0.1) {
    double outside = 0.5 - v / 2 - 0.1, edge = 0.5 - v / 2 + 0.02;
    if ((outside > 0 && (inked (shape, outside, v) || inked (shape, 1 - outside, v))) ||
        filled (shape, edge - 0.07, v - 0.03, edge + 0.1, v + 0.03) < 0.15 ||
        filled (shape, 0.9 - edge, v - 0.03, 1.07 - edge, v + 0.03) < 0.15)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_triangle (const Shape *shape)
{
  return is_any_triangle (shape) && filled (shape, 0.38, 0.6, 0.62, 0.8) < 0.05;
}

static gboolean
is_full_triangle (const Shape *shape)
{
  return is_any_triangle (shape) && filled (shape, 0.35, 0.5, 0.65, 0.9) > 0.95;
}

static gboolean
has_diagonals (const Shape *shape)
{
  for (double t = 0.06; t < 0.95; t += 0.08)
    if (filled (shape, t - 0.06, t - 0.06, t + 0.06, t + 0.06) < 0.3 ||
        filled (shape, 1 - t - 0.06, t - 0.06, 1 - t + 0.06, t + 0.06) < 0.3)
      return FALSE;
  return TRUE;
}

static gboolean
is_cross (const Shape *shape)
{
  return is_square (shape, 0.1) && has_diagonals (shape) && filled (shape, 0.35, 0, 0.65, 0.2) < 0.03 &&
         filled (shape, 0.35, 0.8, 0.65, 1) < 0.03 && filled (shape, 0, 0.35, 0.2, 0.65) < 0.03 &&
         filled (shape, 0.8, 0.35, 1, 0.65) < 0.03;
}

static gboolean
is_plus (const Shape *shape)
{
  return is_square (shape, 0.12) && filled (shape, 0.02, 0.46, 0.98, 0.54) > 0.9 &&
         filled (shape, 0.46, 0.02, 0.54, 0.98) > 0.9 && filled (shape, 0, 0, 0.38, 0.38) < 0.01 &&
         filled (shape, 0.62, 0, 1, 0.38) < 0.01 && filled (shape, 0, 0.62, 0.38, 1) < 0.01 &&
         filled (shape, 0.62, 0.62, 1, 1) < 0.01;
}

static gboolean
is_division (const Shape *shape)
{
  return shape->height > 0.5 * shape->width && shape->height < 1.1 * shape->width &&
         filled (shape, 0.03, 0.47, 0.97, 0.53) > 0.85 && filled (shape, 0.44, 0.03, 0.56, 0.12) > 0.6 &&
         filled (shape, 0.44, 0.88, 0.56, 0.97) > 0.6 && filled (shape, 0, 0, 0.33, 0.36) < 0.01 &&
         filled (shape, 0.67, 0, 1, 0.36) < 0.01 && filled (shape, 0, 0.64, 0.33, 1) < 0.01 &&
         filled (shape, 0.67, 0.64, 1, 1) < 0.01 && filled (shape, 0, 0.3, 1, 0.38) < 0.05;
}

static gboolean
is_wave (const Shape *shape)
{
  double crest = middle_of_column (shape, 0.25), trough = middle_of_column (shape, 0.75);
  double start = middle_of_column (shape, 0.03), end = middle_of_column (shape, 0.97);
  return shape->height < 0.5 * shape->width && shape->height > 0.15 * shape->width && crest >= 0 && crest < 0.42 &&
         trough > 0.58 && fabs (middle_of_column (shape, 0.5) - 0.5) < 0.18 && start > crest + 0.2 && end >= 0 &&
         end < trough - 0.2;
}

static gboolean
is_arrow (const Shape *shape)
{
  return shape->height > 0.3 * shape->width && shape->height < 0.9 * shape->width &&
         filled (shape, 0.02, 0.47, 0.95, 0.53) > 0.85 && filled (shape, 0, 0, 0.5, 0.35) < 0.02 &&
         filled (shape, 0, 0.65, 0.5, 1) < 0.02 && filled (shape, 0.55, 0, 0.95, 0.4) > 0.06 &&
         filled (shape, 0.55, 0.6, 0.95, 1) > 0.06 && filled (shape, 0.93, 0, 1, 0.25) < 0.05 &&
         filled (shape, 0.93, 0.75, 1, 1) < 0.05;
}

/* Straight from the lower left to the upper right; ノ is curved. */
static gboolean
is_slash (const Shape *shape)
{
  if (shape->height < 0.85 * shape->width || shape->height > 1.3 * shape->width || filled (shape, 0, 0, 1, 1) > 0.2)
    return FALSE;
  for (double u = 0.08; u < 0.95; u += 0.07)
    if (fabs (middle_of_column (shape, u) - (1 - u)) > 0.07)
      return FALSE;
  return TRUE;
}

/* A box with a tick in it: the longer arm of the tick rises to the right. */
static gboolean
is_ticked_box (const Shape *shape)
{
  double from = 0, to = 0;
  if (!is_square (shape, 0.12) || filled (shape, 0, 0.01, 1, 0.05) < 0.8 || filled (shape, 0, 0.95, 1, 0.99) < 0.8 ||
      filled (shape, 0.01, 0, 0.05, 1) < 0.8 || filled (shape, 0.95, 0, 0.99, 1) < 0.8)
    return FALSE;
  for (double v = 0.16; v < 0.85; v += 0.02) {
    from += inked (shape, 0.5, v) ? v : 0;
    to += inked (shape, 0.74, v) ? v : 0;
  }
  double inside = filled (shape, 0.18, 0.18, 0.82, 0.82);
  return inside > 0.06 && inside < 0.45 && middle_of_column (shape, 0.5) > middle_of_column (shape, 0.74) + 0.06 &&
         from > 0 && to > 0;
}

typedef struct {
  gunichar character;
  gboolean (*fits) (const Shape *shape);
  double least, most; /* its width, ems */
  gboolean first;     /* only at the start of a line */
  double after;       /* the least gap behind it, ems */
} MarkKind;

static const MarkKind mark_kinds[] = {
    {0x25CB, is_circle, 0.7, 1.15, TRUE, 0.12},        {0x25CE, is_double_circle, 0.7, 1.15, TRUE, 0.1},
    {0x25CF, is_disc, 0.5, 1.15, FALSE, 0.05},         {0x25B3, is_triangle, 0.6, 1.2, TRUE, 0.05},
    {0x25B2, is_full_triangle, 0.6, 1.2, FALSE, 0.05}, {0x25A0, is_block, 0.5, 1.15, FALSE, 0.02},
    {0x2611, is_ticked_box, 0.55, 1.2, TRUE, 0.05},    {0x00D7, is_cross, 0.42, 0.95, FALSE, 0.1},
    {0x00F7, is_division, 0.45, 1.1, FALSE, 0},        {0x301C, is_wave, 0.45, 1.15, FALSE, 0},
    {0x2192, is_arrow, 0.55, 1.2, FALSE, 0.02},        {0xFF0B, is_plus, 0.3, 0.85, FALSE, 0.02},
    {0xFF0F, is_slash, 0.6, 1.15, FALSE, 0},           {0x00D7, is_cross, 0.3, 0.42, TRUE, 0.5},
};

static gunichar
mark_of_shape (const Shape *shape)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mark_kinds); i++) {
    const MarkKind *kind = &mark_kinds[i];
    if (shape->width >= kind->least && shape->width <= kind->most && (shape->first || !kind->first) &&
        shape->after >= kind->after && shape->before >= MIN (kind->after, 0.05) && kind->fits (shape))
      return kind->character;
  }
  return 0;
}

static gboolean
column_has_ink (const Ink *ink, int x)
{
  for (int y = 0; y < ink->height; y++)
    if (ink->bits[(gsize)y * ink->width + x])
      return TRUE;
  return FALSE;
}

/* The pieces of INK between columns without any: an array of PixelBox, from left to right. */
static GArray *
parts_of_ink (const Ink *ink)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (PixelBox));
  for (int x = 0; x < ink->width; x++) {
    if (!column_has_ink (ink, x))
      continue;
    PixelBox part = {x, ink->height, x, 0};
    for (; x < ink->width && column_has_ink (ink, x); x++)
      for (int y = 0; y < ink->height; y++)
        if (ink->bits[(gsize)y * ink->width + x]) {
          part.y0 = MIN (part.y0, y);
          part.y1 = MAX (part.y1, y + 1);
        }
    part.x1 = x;
    g_array_append_val (parts, part);
  }
  return parts;
}

GArray *
marks_of_ink (const Ink *ink, double em)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autoptr (GArray) parts = parts_of_ink (ink);
  for (guint i = 0; i < parts->len; i++) {
    const PixelBox *part = &g_array_index (parts, PixelBox, i);
    Shape shape = {.ink = ink, .box = *part, .first = i == 0, .before = 9, .after = 9};
    shape.width = (part->x1 - part->x0) / em;
    shape.height = (part->y1 - part->y0) / em;
    if (i > 0)
      shape.before = (part->x0 - part[-1].x1) / em;
    if (i + 1 < parts->len)
      shape.after = (part[1].x0 - part->x1) / em;
    Mark mark = {mark_of_shape (&shape), ink->part.x0 + part->x0, ink->part.x0 + part->x1};
    if (mark.character)
      g_array_append_val (marks, mark);
  }
  return marks;
}

/* Marks that are drawn by themselves: no letter resembles them, so that less has to be asked of them. */

/* Hand-drawn rings are not quite round. */
static gboolean
is_oval (const Shape *shape, int rings)
{
  return is_square (shape, 0.4) && has_no_corners (shape) && has_rings (shape, rings);
}

static gboolean
is_drawn_circle (const Shape *shape)
{
  return is_oval (shape, 1);
}

static gboolean
is_drawn_double_circle (const Shape *shape)
{
  return is_oval (shape, 2);
}

/* A radio button that is set: a disc in a ring. */
static gboolean
is_dotted_circle (const Shape *shape)
{
  return is_square (shape, 0.15) && has_no_corners (shape) && rays_agree (shape, 2, 0, 0.05);
}

static gboolean
is_drawn_cross (const Shape *shape)
{
  return is_square (shape, 0.4) && has_diagonals (shape) && filled (shape, 0.42, 0, 0.58, 0.15) < 0.05 &&
         filled (shape, 0.42, 0.85, 0.58, 1) < 0.05 && filled (shape, 0, 0.42, 0.15, 0.58) < 0.05 &&
         filled (shape, 0.85, 0.42, 1, 0.58) < 0.05;
}

static gboolean
has_frame (const Shape *shape)
{
  return is_square (shape, 0.2) && filled (shape, 0.05, 0.01, 0.95, 0.05) > 0.8 &&
         filled (shape, 0.05, 0.95, 0.95, 0.99) > 0.8 && filled (shape, 0.01, 0.05, 0.05, 0.95) > 0.8 &&
         filled (shape, 0.95, 0.05, 0.99, 0.95) > 0.8;
}

static gboolean
is_empty_box (const Shape *shape)
{
  return has_frame (shape) && filled (shape, 0.2, 0.2, 0.8, 0.8) < 0.02;
}

static gboolean
is_crossed_box (const Shape *shape)
{
  return has_frame (shape) && has_diagonals (shape) && filled (shape, 0.4, 0.17, 0.6, 0.3) < 0.1 &&
         filled (shape, 0.4, 0.7, 0.6, 0.83) < 0.1 && filled (shape, 0.17, 0.4, 0.3, 0.6) < 0.1 &&
         filled (shape, 0.7, 0.4, 0.83, 0.6) < 0.1;
}

/* A short arm that falls, and a long one that rises to the right. */
static gboolean
is_tick (const Shape *shape)
{
  double lowest = 0, lowest_u = 0, before = 2;
  if (!is_square (shape, 0.6) || filled (shape, 0.72, 0.72, 1, 1) > 0.03 || filled (shape, 0, 0, 0.4, 0.2) > 0.05 ||
      filled (shape, 0, 0, 1, 1) > 0.5)
    return FALSE;
  for (double u = 0.03; u < 1; u += 0.04) {
    double v = middle_of_column (shape, u);
    if (v > lowest) {
      lowest = v;
      lowest_u = u;
    }
  }
  for (double u = 0.55; u < 1; u += 0.1) {
    double v = middle_of_column (shape, u);
    if (v < 0 || v > before)
      return FALSE;
    before = v;
  }
  double start = middle_of_column (shape, 0.04);
  return lowest > 0.68 && lowest_u > 0.1 && lowest_u < 0.52 && before < 0.3 && start > 0.25 && start < lowest - 0.08;
}

/* レ: as high at its left as the whole, rising to the right from its foot. */
static gboolean
is_re (const Shape *shape)
{
  double middle = middle_of_column (shape, 0.5), end = middle_of_column (shape, 0.93);
  return is_square (shape, 0.6) && filled (shape, 0, 0.05, 0.2, 0.9) > 0.4 && filled (shape, 0.4, 0, 1, 0.2) < 0.03 &&
         filled (shape, 0.75, 0.82, 1, 1) < 0.03 && end > 0.2 && end < 0.75 && middle > end + 0.1;
}

static const struct {
  gunichar character;
  gboolean (*fits) (const Shape *shape);
} drawn_kinds[] = {
    {0x25CE, is_drawn_double_circle},
    {0x25C9, is_dotted_circle},
    {0x25CB, is_drawn_circle},
    {0x25CF, is_disc},
    {0x25B3, is_triangle},
    {0x25B2, is_full_triangle},
    {0x25A0, is_block},
    {0x2610, is_empty_box},
    {0x2612, is_crossed_box},
    {0x2611, is_ticked_box},
    {0x00D7, is_drawn_cross},
    {0x2713, is_tick},
    {0x30EC, is_re},
};

/* The widest tolerance of the kinds that are drawn: no shape is a mark that is longer in one direction than so. */
#define DRAWN_TOLERANCE 0.6

/* Where the ink of each row and column begins, and where it ends. */
typedef struct {
  int *left, *right; /* of each row */
  int *top, *bottom; /* of each column */
  PixelBox box;      /* of all of it; empty: there is none */
} InkExtent;

static void
extent_clear (InkExtent *extent)
{
  g_free (extent->left);
  g_free (extent->top);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InkExtent, extent_clear)

static InkExtent
extent_of_ink (const Ink *ink)
{
  int *rows = g_new (int, 2 * ink->height), *columns = g_new (int, 2 * ink->width);
  InkExtent extent = {rows, rows + ink->height, columns, columns + ink->width, {ink->width, ink->height, 0, 0}};
  for (int x = 0; x < ink->width; x++) {
    extent.top[x] = ink->height;
    extent.bottom[x] = 0;
  }
  for (int y = 0; y < ink->height; y++) {
    const guchar *row = ink->bits + (gsize)y * ink->width;
    const guchar *next = memchr (row, 1, ink->width);
    extent.left[y] = next ? (int)(next - row) : ink->width;
    extent.right[y] = 0;
    for (int x = extent.left[y]; x < ink->width; x++)
      if (row[x]) {
        extent.right[y] = x + 1;
        extent.top[x] = MIN (extent.top[x], y);
        extent.bottom[x] = y + 1;
      }
    if (next)
      extent.box = (PixelBox){MIN (extent.box.x0, extent.left[y]), MIN (extent.box.y0, y),
                              MAX (extent.box.x1, extent.right[y]), y + 1};
  }
  return extent;
}

static gunichar
drawn_mark (const Ink *ink, PixelBox box)
{
  if (box.x1 - box.x0 < 8 || box.y1 - box.y0 < 8)
    return 0;
  Shape shape = {.ink = ink, .box = box, .width = box.x1 - box.x0, .height = box.y1 - box.y0};
  for (gsize i = 0; i < G_N_ELEMENTS (drawn_kinds) && is_square (&shape, DRAWN_TOLERANCE); i++)
    if (drawn_kinds[i].fits (&shape))
      return drawn_kinds[i].character;
  return 0;
}

/* INTO becomes what is inked in it or in FROM, COUNT pixels; eight at a time. */
static void
add_ink (guchar *into, const guchar *from, gsize count)
{
  guint64 both, more;
  for (; count >= sizeof both; count -= sizeof both, into += sizeof both, from += sizeof both) {
    memcpy (&both, into, sizeof both);
    memcpy (&more, from, sizeof more);
    both |= more;
    memcpy (into, &both, sizeof both);
  }
  for (; count > 0; count--)
    *into++ |= *from++;
}

static gboolean
is_solid (gunichar mark)
{
  return mark == 0x25CF || mark == 0x25A0 || mark == 0x25B2;
}

static Ink *
ink_inverted (const Ink *ink)
{
  Ink *inverted = g_new0 (Ink, 1);
  gsize size = (gsize)ink->width * ink->height;
  *inverted = (Ink){ink->part, ink->width, ink->height, g_new0 (guchar, size + 1)};
  for (gsize i = 0; i < size; i++)
    inverted->bits[i] = !ink->bits[i];
  return inverted;
}

/* INK with one pixel more on all sides of what is inked. The caller frees. */
static Ink *
ink_grown (const Ink *ink)
{
  gsize width = ink->width, size = width * ink->height;
  g_autofree guchar *wide = g_memdup2 (ink->bits, size + 1); /* grown to both sides */
  for (int y = 0; y < ink->height; y++) {
    const guchar *row = ink->bits + y * width;
    add_ink (wide + y * width, row + 1, width - 1);
    add_ink (wide + y * width + 1, row, width - 1);
  }
  Ink *grown = g_new0 (Ink, 1);
  *grown = (Ink){ink->part, ink->width, ink->height, g_memdup2 (wide, size + 1)};
  add_ink (grown->bits, wide + width, size - width);
  add_ink (grown->bits + width, wide, size - width);
  return grown;
}

/* Whether INK may have a hole: a pixel with ink on all four sides. */
static gboolean
may_have_hole (const Ink *ink, const InkExtent *extent)
{
  for (int y = extent->box.y0 + 1; y + 1 < extent->box.y1; y++) {
    const guchar *row = ink->bits + (gsize)y * ink->width;
    for (int x = extent->left[y] + 1; x + 1 < extent->right[y]; x++)
      if (!row[x] && y > extent->top[x] && y < extent->bottom[x])
        return TRUE;
  }
  return FALSE;
}

/* What INK leaves open inside: its holes, and not what is around it. The caller frees. */
static Ink *
ink_inside (const Ink *ink)
{
  Ink *open = ink_inverted (ink);
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int y = 0; y < ink->height; y++)
    for (int x = 0; x < ink->width; x++)
      if ((x == 0 || y == 0 || x == ink->width - 1 || y == ink->height - 1) && open->bits[(gsize)y * ink->width + x])
        ink_take_piece (open, x, y, pixels);
  return open;
}

/* Thin lines and small pictures are thickened: the tests look at places, not at lines. */
#define GROWN_MOST 3
#define SHRUNK_MOST 6

/* ✖ and ○ in heavy strokes, made thinner pixel by pixel. */
static gunichar
mark_of_thick (const Ink *ink, PixelBox box)
{
  g_autoptr (Ink) thin = ink_inverted (ink);
  for (int i = 0; i < SHRUNK_MOST; i++) {
    Ink *next = ink_grown (thin);
    ink_free (thin);
    thin = next;
    box = (PixelBox){box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1};
    g_autoptr (Ink) left = ink_inverted (thin);
    gunichar mark = drawn_mark (left, box);
    if (mark == 0x00D7 || mark == 0x25CB)
      return mark;
  }
  return 0;
}

gunichar
mark_from_ink (const Ink *ink)
{
  g_auto (InkExtent) extent = extent_of_ink (ink);
  if (pixel_box_is_empty (extent.box))
    return 0;
  PixelBox box = extent.box;
  gunichar mark = drawn_mark (ink, box);
  g_autoptr (Ink) grown = NULL;
  for (int i = 0; i < GROWN_MOST && !mark; i++) {
    Ink *next = ink_grown (grown ? grown : ink);
    g_clear_pointer (&grown, ink_free);
    grown = next;
    box = (PixelBox){MAX (box.x0 - 1, 0), MAX (box.y0 - 1, 0), MIN (box.x1 + 1, ink->width),
                     MIN (box.y1 + 1, ink->height)};
    mark = drawn_mark (grown, box);
    mark = is_solid (mark) ? 0 : mark; /* its gaps are grown over */
  }
  mark = mark ? mark : mark_of_thick (ink, extent.box);
  if (mark || !may_have_hole (ink, &extent))
    return mark;
  g_autoptr (Ink) inside = ink_inside (ink);
  g_auto (InkExtent) inner = extent_of_ink (inside);
  mark = drawn_mark (inside, inner.box);
  return mark == 0x2713 || mark == 0x00D7 || mark == 0x25CB ? mark : 0;
}
