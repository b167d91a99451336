/* ruling_lines.c - see ruling_lines.h */
#include "read/pdf/ruling_lines.h"

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
  GArray *lines; /* RulingLine */
} ScriptDrawing;

static const Box everywhere = {-1e9, -1e9, 1e9, 1e9};

/* Within half a degree, as rounding leaves it; a scanned or hand-drawn line is not. */
static gboolean
is_straight (double along, double across)
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
operand (const ScriptDrawing *drawing, int from_end)
{
  return cairo_script_operand (&drawing->words, from_end);
}

static void
add_line (ScriptDrawing *drawing, RulingLineKind kind, Box box, double thickness)
{
  RulingLine ruling_line = {.kind = kind,
                            .box = box,
                            .thickness = thickness,
                            .red = drawing->red,
                            .green = drawing->green,
                            .blue = drawing->blue};
  g_array_append_val (drawing->lines, ruling_line);
}

static Box
box_in_points (const ScriptDrawing *drawing, Box box)
{
  return (Box){box.x0 / drawing->scale, box.y0 / drawing->scale, box.x1 / drawing->scale, box.y1 / drawing->scale};
}

/* A filled area, clipped: a line where it is thin, else a fill. */
static void
add_area (ScriptDrawing *drawing, Box device)
{
  Box box = box_in_points (drawing, box_intersection (device, drawing->clip));
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  if (width < 0 || height < 0 || MAX (width, height) < 0.3)
    return;
  double middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
  if (MAX (width, height) <= LINE_THICKNESS_LIMIT && MAX (width, height) <= 1.5 * MIN (width, height))
    add_line (drawing, RULING_DOT, box, MIN (width, height));
  else if (height <= LINE_THICKNESS_LIMIT && width > height)
    add_line (drawing, RULING_HORIZONTAL, (Box){box.x0, middle_y, box.x1, middle_y}, height);
  else if (width <= LINE_THICKNESS_LIMIT)
    add_line (drawing, RULING_VERTICAL, (Box){middle_x, box.y0, middle_x, box.y1}, width);
  else
    add_line (drawing, RULING_FILL, box, 0);
}

static void
add_segment (ScriptDrawing *drawing, Point a, Point b, double thickness)
{
  Box device = {MIN (a.x, b.x), MIN (a.y, b.y), MAX (a.x, b.x), MAX (a.y, b.y)};
  gboolean horizontal = is_straight (b.x - a.x, b.y - a.y), vertical = is_straight (b.y - a.y, b.x - a.x);
  if (horizontal == vertical)
    return;
  Box clip = drawing->clip;
  if (device.x1 < clip.x0 || device.x0 > clip.x1 || device.y1 < clip.y0 || device.y0 > clip.y1)
    return;
  Box box = box_in_points (drawing, box_intersection (device, clip));
  if (horizontal)
    box.y0 = box.y1 = (a.y + b.y) / 2 / drawing->scale;
  else
    box.x0 = box.x1 = (a.x + b.x) / 2 / drawing->scale;
  if (box.x1 >= box.x0 && box.y1 >= box.y0)
    add_line (drawing, horizontal ? RULING_HORIZONTAL : RULING_VERTICAL, box, thickness);
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

/* Whether all sides of the outline are horizontal or vertical: its shape is then its box. */
static gboolean
outline_is_rectangle (const Outline *outline)
{
  if (outline->curved || outline->points->len < 4)
    return FALSE;
  for (guint i = 1; i < outline->points->len; i++) {
    Point a = g_array_index (outline->points, Point, i - 1), b = g_array_index (outline->points, Point, i);
    if (!is_straight (b.x - a.x, b.y - a.y) && !is_straight (b.y - a.y, b.x - a.x))
      return FALSE;
  }
  return TRUE;
}

static void
begin_path (ScriptDrawing *drawing)
{
  g_ptr_array_set_size (drawing->path, 0);
}

static Outline *
begin_outline (ScriptDrawing *drawing, double x, double y)
{
  Outline *outline = g_new0 (Outline, 1);
  outline->points = g_array_new (FALSE, FALSE, sizeof (Point));
  Point point = {x, y};
  g_array_append_val (outline->points, point);
  g_ptr_array_add (drawing->path, outline);
  return outline;
}

static void
line_to (ScriptDrawing *drawing, double x, double y)
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
move (ScriptDrawing *drawing)
{
  begin_outline (drawing, operand (drawing, 2), operand (drawing, 1));
}

static void
line (ScriptDrawing *drawing)
{
  line_to (drawing, operand (drawing, 2), operand (drawing, 1));
}

static void
curve (ScriptDrawing *drawing)
{
  line (drawing);
  Outline *outline = g_ptr_array_index (drawing->path, drawing->path->len - 1);
  outline->curved = TRUE;
}

static void
close_outline (ScriptDrawing *drawing)
{
  if (drawing->path->len == 0)
    return;
  Outline *outline = g_ptr_array_index (drawing->path, drawing->path->len - 1);
  Point first = g_array_index (outline->points, Point, 0);
  g_array_append_val (outline->points, first);
}

static void
rectangle (ScriptDrawing *drawing)
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
fill (ScriptDrawing *drawing)
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
path_is_glyph (const ScriptDrawing *drawing)
{
  for (guint i = 0; i < drawing->path->len; i++) {
    const Outline *outline = g_ptr_array_index (drawing->path, i);
    if (outline->curved || outline->points->len > 6)
      return TRUE;
  }
  return FALSE;
}

static void
stroke (ScriptDrawing *drawing)
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
clip (ScriptDrawing *drawing)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < drawing->path->len; i++)
    box = box_union (box, outline_box (g_ptr_array_index (drawing->path, i)));
  drawing->clip = box_intersection (drawing->clip, box);
}

static void
reset_clip (ScriptDrawing *drawing)
{
  drawing->clip = everywhere;
}

/* Paints the whole clip; without a clip it is the paper of the page. */
static void
paint (ScriptDrawing *drawing)
{
  if (drawing->clip.x1 < 1e8)
    add_area (drawing, drawing->clip);
}

static void
grey (ScriptDrawing *drawing)
{
  drawing->red = drawing->green = drawing->blue = operand (drawing, 1);
}

static void
colour (ScriptDrawing *drawing)
{
  drawing->red = operand (drawing, 3);
  drawing->green = operand (drawing, 2);
  drawing->blue = operand (drawing, 1);
}

static void
colour_with_alpha (ScriptDrawing *drawing)
{
  drawing->red = operand (drawing, 4);
  drawing->green = operand (drawing, 3);
  drawing->blue = operand (drawing, 2);
}

static void
set_line_width (ScriptDrawing *drawing)
{
  drawing->line_width = operand (drawing, 1);
}

static void
identity (ScriptDrawing *drawing)
{
  drawing->pen_scale = 1;
}

static void
scale_pen (ScriptDrawing *drawing)
{
  drawing->pen_scale *= sqrt (fabs (operand (drawing, 2) * operand (drawing, 1)));
}

static void
set_matrix (ScriptDrawing *drawing)
{
  if (drawing->words.count >= 6)
    drawing->pen_scale =
        sqrt (fabs (operand (drawing, 6) * operand (drawing, 3) - operand (drawing, 5) * operand (drawing, 4)));
}

static void
transform (ScriptDrawing *drawing)
{
  double before = drawing->pen_scale;
  set_matrix (drawing);
  drawing->pen_scale *= before;
}

typedef struct {
  const char *name;
  void (*run) (ScriptDrawing *drawing);
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
run_operator (ScriptDrawing *drawing, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (!strcmp (operators[i].name, name))
      operators[i].run (drawing);
}

GArray *
ruling_lines_from_script (const char *data, gsize size, double scale)
{
  ScriptDrawing drawing = {.scale = scale, .clip = everywhere, .pen_scale = 1, .line_width = 1};
  char name[CAIRO_SCRIPT_WORD];
  drawing.words = cairo_script (data, size);
  drawing.path = g_ptr_array_new_with_free_func (outline_free);
  drawing.lines = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  while (cairo_script_next (&drawing.words, name))
    run_operator (&drawing, name);
  g_ptr_array_unref (drawing.path);
  return drawing.lines;
}
