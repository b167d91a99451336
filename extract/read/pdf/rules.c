/* rules.c - see rules.h */
#include "read/pdf/rules.h"

#include "read/pdf/cairo_script.h"

#include <math.h>
#include <string.h>

typedef struct {
  double x, y;
} Point;

typedef struct {
  GArray *points; /* Point */
  gboolean curved;
} Outline; /* one part of a path */

typedef struct {
  CairoScript words;
  double scale;

  GPtrArray *path; /* Outline */
  Box clip;
  double pen_scale, line_width;
  double red, green, blue;
  GArray *rules;
} Drawing;

static const Box everywhere = {-1e9, -1e9, 1e9, 1e9};

/* Half a degree: a scanned or hand-drawn line is no rule, a rounding error is. */
static gboolean
is_level (double along, double across)
{
  return fabs (across) <= 0.05 + fabs (along) * 0.008;
}

static void
outline_free (gpointer data)
{
  Outline *outline = data;
  g_array_unref (outline->points);
  g_free (outline);
}

static double
operand (const Drawing *drawing, int from_end)
{
  return cairo_script_operand (&drawing->words, from_end);
}

static void
add_rule (Drawing *drawing, RulingLineKind kind, Box box, double thickness)
{
  RulingLine rule = {.kind = kind,
                     .box = box,
                     .thickness = thickness,
                     .red = drawing->red,
                     .green = drawing->green,
                     .blue = drawing->blue};
  g_array_append_val (drawing->rules, rule);
}

static Box
box_in_points (const Drawing *drawing, Box box)
{
  return (Box){box.x0 / drawing->scale, box.y0 / drawing->scale, box.x1 / drawing->scale, box.y1 / drawing->scale};
}

/* A filled area, cut to the clip: a line where it is thin, else a fill. */
static void
add_area (Drawing *drawing, Box device)
{
  Box box = box_in_points (drawing, box_intersection (device, drawing->clip));
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  if (width < 0 || height < 0 || MAX (width, height) < 0.3)
    return;
  double middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
  if (MAX (width, height) <= RULE_THICKNESS_LIMIT && MAX (width, height) <= 1.5 * MIN (width, height))
    add_rule (drawing, RULING_DOT, box, MIN (width, height));
  else if (height <= RULE_THICKNESS_LIMIT && width > height)
    add_rule (drawing, RULING_HORIZONTAL, (Box){box.x0, middle_y, box.x1, middle_y}, height);
  else if (width <= RULE_THICKNESS_LIMIT)
    add_rule (drawing, RULING_VERTICAL, (Box){middle_x, box.y0, middle_x, box.y1}, width);
  else
    add_rule (drawing, RULING_FILL, box, 0);
}

static void
add_segment (Drawing *drawing, Point a, Point b, double thickness)
{
  Box device = {MIN (a.x, b.x), MIN (a.y, b.y), MAX (a.x, b.x), MAX (a.y, b.y)};
  gboolean level = is_level (b.x - a.x, b.y - a.y), upright = is_level (b.y - a.y, b.x - a.x);
  if (level == upright)
    return;
  Box clip = drawing->clip;
  if (device.x1 < clip.x0 || device.x0 > clip.x1 || device.y1 < clip.y0 || device.y0 > clip.y1)
    return;
  Box box = box_in_points (drawing, box_intersection (device, clip));
  if (level)
    box.y0 = box.y1 = (a.y + b.y) / 2 / drawing->scale;
  else
    box.x0 = box.x1 = (a.x + b.x) / 2 / drawing->scale;
  if (box.x1 >= box.x0 && box.y1 >= box.y0)
    add_rule (drawing, level ? RULING_HORIZONTAL : RULING_VERTICAL, box, thickness);
}

static Box
outline_box (const Outline *outline)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < outline->points->len; i++) {
    Point point = g_array_index (outline->points, Point, i);
    box = box_union (box, (Box){point.x, point.y, point.x, point.y});
  }
  return box;
}

/* Whether the outline's sides are all level or upright: the box is then its shape. */
static gboolean
outline_is_rectangle (const Outline *outline)
{
  if (outline->curved || outline->points->len < 4)
    return FALSE;
  for (guint i = 1; i < outline->points->len; i++) {
    Point a = g_array_index (outline->points, Point, i - 1), b = g_array_index (outline->points, Point, i);
    if (!is_level (b.x - a.x, b.y - a.y) && !is_level (b.y - a.y, b.x - a.x))
      return FALSE;
  }
  return TRUE;
}

static void
begin_path (Drawing *drawing)
{
  g_ptr_array_set_size (drawing->path, 0);
}

static Outline *
begin_outline (Drawing *drawing, double x, double y)
{
  Outline *outline = g_new0 (Outline, 1);
  outline->points = g_array_new (FALSE, FALSE, sizeof (Point));
  Point point = {x, y};
  g_array_append_val (outline->points, point);
  g_ptr_array_add (drawing->path, outline);
  return outline;
}

static void
line_to (Drawing *drawing, double x, double y)
{
  if (drawing->path->len == 0) {
    begin_outline (drawing, x, y);
    return;
  }
  Outline *outline = g_ptr_array_index (drawing->path, drawing->path->len - 1);
  Point point = {x, y};
  g_array_append_val (outline->points, point);
}

static void
move (Drawing *drawing)
{
  begin_outline (drawing, operand (drawing, 2), operand (drawing, 1));
}

static void
line (Drawing *drawing)
{
  line_to (drawing, operand (drawing, 2), operand (drawing, 1));
}

static void
curve (Drawing *drawing)
{
  line (drawing);
  Outline *outline = g_ptr_array_index (drawing->path, drawing->path->len - 1);
  outline->curved = TRUE;
}

static void
close_outline (Drawing *drawing)
{
  if (drawing->path->len == 0)
    return;
  Outline *outline = g_ptr_array_index (drawing->path, drawing->path->len - 1);
  Point first = g_array_index (outline->points, Point, 0);
  g_array_append_val (outline->points, first);
}

static void
rectangle (Drawing *drawing)
{
  double x = operand (drawing, 4), y = operand (drawing, 3), width = operand (drawing, 2),
         height = operand (drawing, 1);
  begin_outline (drawing, x, y);
  line_to (drawing, x + width, y);
  line_to (drawing, x + width, y + height);
  line_to (drawing, x, y + height);
  line_to (drawing, x, y);
}

static void
fill (Drawing *drawing)
{
  for (guint i = 0; i < drawing->path->len; i++) {
    const Outline *outline = g_ptr_array_index (drawing->path, i);
    if (outline_is_rectangle (outline))
      add_area (drawing, outline_box (outline));
  }
}

/* Bold text is drawn by some programs as the outlines of its glyphs, stroked: paths with curves or with many corners.
 */
static gboolean
path_is_glyph (const Drawing *drawing)
{
  for (guint i = 0; i < drawing->path->len; i++) {
    const Outline *outline = g_ptr_array_index (drawing->path, i);
    if (outline->curved || outline->points->len > 6)
      return TRUE;
  }
  return FALSE;
}

static void
stroke (Drawing *drawing)
{
  double thickness = drawing->line_width * drawing->pen_scale / drawing->scale;
  gboolean glyph = path_is_glyph (drawing);
  for (guint i = 0; i < drawing->path->len && !glyph; i++) {
    const Outline *outline = g_ptr_array_index (drawing->path, i);
    for (guint j = 1; j < outline->points->len; j++)
      add_segment (drawing, g_array_index (outline->points, Point, j - 1), g_array_index (outline->points, Point, j),
                   thickness);
  }
}

static void
clip (Drawing *drawing)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < drawing->path->len; i++)
    box = box_union (box, outline_box (g_ptr_array_index (drawing->path, i)));
  drawing->clip = box_intersection (drawing->clip, box);
}

static void
reset_clip (Drawing *drawing)
{
  drawing->clip = everywhere;
}

/* Paints all that the clip leaves free; a whole page painted is its paper. */
static void
paint (Drawing *drawing)
{
  if (drawing->clip.x1 < 1e8)
    add_area (drawing, drawing->clip);
}

static void
grey (Drawing *drawing)
{
  drawing->red = drawing->green = drawing->blue = operand (drawing, 1);
}

static void
colour (Drawing *drawing)
{
  drawing->red = operand (drawing, 3);
  drawing->green = operand (drawing, 2);
  drawing->blue = operand (drawing, 1);
}

static void
colour_with_alpha (Drawing *drawing)
{
  drawing->red = operand (drawing, 4);
  drawing->green = operand (drawing, 3);
  drawing->blue = operand (drawing, 2);
}

static void
set_line_width (Drawing *drawing)
{
  drawing->line_width = operand (drawing, 1);
}

static void
identity (Drawing *drawing)
{
  drawing->pen_scale = 1;
}

static void
scale_pen (Drawing *drawing)
{
  drawing->pen_scale *= sqrt (fabs (operand (drawing, 2) * operand (drawing, 1)));
}

static void
set_matrix (Drawing *drawing)
{
  if (drawing->words.count >= 6)
    drawing->pen_scale =
        sqrt (fabs (operand (drawing, 6) * operand (drawing, 3) - operand (drawing, 5) * operand (drawing, 4)));
}

static void
transform (Drawing *drawing)
{
  double before = drawing->pen_scale;
  set_matrix (drawing);
  drawing->pen_scale *= before;
}

typedef struct {
  const char *name;
  void (*run) (Drawing *drawing);
} Operator;

static const Operator operators[] = {
    {"n", begin_path},
    {"m", move},
    {"l", line},
    {"c", curve},
    {"h", close_outline},
    {"rectangle", rectangle},
    {"fill+", fill},
    {"fill", fill},
    {"stroke+", stroke},
    {"stroke", stroke},
    {"clip+", clip},
    {"clip", clip},
    {"reset-clip", reset_clip},
    {"paint", paint},
    {"g", grey},
    {"rgb", colour},
    {"rgba", colour_with_alpha},
    {"set-line-width", set_line_width},
    {"identity", identity},
    {"scale", scale_pen},
    {"set-matrix", set_matrix},
    {"transform", transform},
};

static void
run_operator (Drawing *drawing, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (!strcmp (operators[i].name, name))
      operators[i].run (drawing);
}

GArray *
rules_from_script (const char *data, gsize size, double scale)
{
  Drawing drawing = {.scale = scale, .clip = everywhere, .pen_scale = 1, .line_width = 1};
  char name[CAIRO_SCRIPT_WORD];
  drawing.words = cairo_script (data, size);
  drawing.path = g_ptr_array_new_with_free_func (outline_free);
  drawing.rules = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  while (cairo_script_next (&drawing.words, name))
    run_operator (&drawing, name);
  g_ptr_array_unref (drawing.path);
  return drawing.rules;
}
