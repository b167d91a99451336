/* rules.c - see rules.h */
#include "read/pdf/rules.h"

#include <math.h>
#include <string.h>

#define OPERANDS_LIMIT 64

typedef struct {
  double x, y;
} Point;

typedef struct {
  GArray *points; /* Point */
  gboolean curved;
} Outline; /* one part of a path */

typedef struct {
  const char *next, *end;
  double scale;

  double operands[OPERANDS_LIMIT];
  int count;

  GPtrArray *path; /* Outline */
  Box clip;
  double pen_scale, line_width;
  double red, green, blue;
  GArray *rules;
} Script;

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
operand (const Script *script, int from_end)
{
  return script->count >= from_end ? script->operands[script->count - from_end] : 0;
}

static void
add_rule (Script *script, RuleKind kind, Box box, double thickness)
{
  Rule rule = {.kind = kind,
               .box = box,
               .thickness = thickness,
               .red = script->red,
               .green = script->green,
               .blue = script->blue};
  g_array_append_val (script->rules, rule);
}

static Box
box_in_points (const Script *script, Box box)
{
  return (Box){box.x0 / script->scale, box.y0 / script->scale, box.x1 / script->scale, box.y1 / script->scale};
}

/* A filled area, cut to the clip: a line where it is thin, else a fill. */
static void
add_area (Script *script, Box device)
{
  Box box = box_in_points (script, box_intersection (device, script->clip));
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  if (width < 0 || height < 0 || MAX (width, height) < 0.3)
    return;
  double middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
  if (MAX (width, height) <= RULE_THICKNESS_LIMIT && MAX (width, height) <= 1.5 * MIN (width, height))
    add_rule (script, RULE_DOT, box, MIN (width, height));
  else if (height <= RULE_THICKNESS_LIMIT && width > height)
    add_rule (script, RULE_HORIZONTAL, (Box){box.x0, middle_y, box.x1, middle_y}, height);
  else if (width <= RULE_THICKNESS_LIMIT)
    add_rule (script, RULE_VERTICAL, (Box){middle_x, box.y0, middle_x, box.y1}, width);
  else
    add_rule (script, RULE_FILL, box, 0);
}

static void
add_segment (Script *script, Point a, Point b, double thickness)
{
  Box device = {MIN (a.x, b.x), MIN (a.y, b.y), MAX (a.x, b.x), MAX (a.y, b.y)};
  gboolean level = is_level (b.x - a.x, b.y - a.y), upright = is_level (b.y - a.y, b.x - a.x);
  if (level == upright)
    return;
  Box clip = script->clip;
  if (device.x1 < clip.x0 || device.x0 > clip.x1 || device.y1 < clip.y0 || device.y0 > clip.y1)
    return;
  Box box = box_in_points (script, box_intersection (device, clip));
  if (level)
    box.y0 = box.y1 = (a.y + b.y) / 2 / script->scale;
  else
    box.x0 = box.x1 = (a.x + b.x) / 2 / script->scale;
  if (box.x1 >= box.x0 && box.y1 >= box.y0)
    add_rule (script, level ? RULE_HORIZONTAL : RULE_VERTICAL, box, thickness);
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
begin_path (Script *script)
{
  g_ptr_array_set_size (script->path, 0);
}

static Outline *
begin_outline (Script *script, double x, double y)
{
  Outline *outline = g_new0 (Outline, 1);
  outline->points = g_array_new (FALSE, FALSE, sizeof (Point));
  Point point = {x, y};
  g_array_append_val (outline->points, point);
  g_ptr_array_add (script->path, outline);
  return outline;
}

static void
line_to (Script *script, double x, double y)
{
  if (script->path->len == 0) {
    begin_outline (script, x, y);
    return;
  }
  Outline *outline = g_ptr_array_index (script->path, script->path->len - 1);
  Point point = {x, y};
  g_array_append_val (outline->points, point);
}

static void
move (Script *script)
{
  begin_outline (script, operand (script, 2), operand (script, 1));
}

static void
line (Script *script)
{
  line_to (script, operand (script, 2), operand (script, 1));
}

static void
curve (Script *script)
{
  line (script);
  Outline *outline = g_ptr_array_index (script->path, script->path->len - 1);
  outline->curved = TRUE;
}

static void
close_outline (Script *script)
{
  if (script->path->len == 0)
    return;
  Outline *outline = g_ptr_array_index (script->path, script->path->len - 1);
  Point first = g_array_index (outline->points, Point, 0);
  g_array_append_val (outline->points, first);
}

static void
rectangle (Script *script)
{
  double x = operand (script, 4), y = operand (script, 3), width = operand (script, 2), height = operand (script, 1);
  begin_outline (script, x, y);
  line_to (script, x + width, y);
  line_to (script, x + width, y + height);
  line_to (script, x, y + height);
  line_to (script, x, y);
}

static void
fill (Script *script)
{
  for (guint i = 0; i < script->path->len; i++) {
    const Outline *outline = g_ptr_array_index (script->path, i);
    if (outline_is_rectangle (outline))
      add_area (script, outline_box (outline));
  }
}

/* Bold text is drawn by some programs as the outlines of its glyphs, stroked: paths with curves or with many corners.
 */
static gboolean
path_is_glyph (const Script *script)
{
  for (guint i = 0; i < script->path->len; i++) {
    const Outline *outline = g_ptr_array_index (script->path, i);
    if (outline->curved || outline->points->len > 6)
      return TRUE;
  }
  return FALSE;
}

static void
stroke (Script *script)
{
  double thickness = script->line_width * script->pen_scale / script->scale;
  gboolean glyph = path_is_glyph (script);
  for (guint i = 0; i < script->path->len && !glyph; i++) {
    const Outline *outline = g_ptr_array_index (script->path, i);
    for (guint j = 1; j < outline->points->len; j++)
      add_segment (script, g_array_index (outline->points, Point, j - 1), g_array_index (outline->points, Point, j),
                   thickness);
  }
}

static void
clip (Script *script)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < script->path->len; i++)
    box = box_union (box, outline_box (g_ptr_array_index (script->path, i)));
  script->clip = box_intersection (script->clip, box);
}

static void
reset_clip (Script *script)
{
  script->clip = everywhere;
}

/* Paints all that the clip leaves free; a whole page painted is its paper. */
static void
paint (Script *script)
{
  if (script->clip.x1 < 1e8)
    add_area (script, script->clip);
}

static void
grey (Script *script)
{
  script->red = script->green = script->blue = operand (script, 1);
}

static void
colour (Script *script)
{
  script->red = operand (script, 3);
  script->green = operand (script, 2);
  script->blue = operand (script, 1);
}

static void
colour_with_alpha (Script *script)
{
  script->red = operand (script, 4);
  script->green = operand (script, 3);
  script->blue = operand (script, 2);
}

static void
set_line_width (Script *script)
{
  script->line_width = operand (script, 1);
}

static void
identity (Script *script)
{
  script->pen_scale = 1;
}

static void
scale_pen (Script *script)
{
  script->pen_scale *= sqrt (fabs (operand (script, 2) * operand (script, 1)));
}

static void
set_matrix (Script *script)
{
  if (script->count >= 6)
    script->pen_scale =
        sqrt (fabs (operand (script, 6) * operand (script, 3) - operand (script, 5) * operand (script, 4)));
}

static void
transform (Script *script)
{
  double before = script->pen_scale;
  set_matrix (script);
  script->pen_scale *= before;
}

typedef struct {
  const char *name;
  void (*run) (Script *script);
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

static const char *
after (const Script *script, const char *mark)
{
  const char *found = memmem (script->next, script->end - script->next, mark, strlen (mark));
  return found ? found + strlen (mark) : script->end;
}

/* After the ( of a string: past its ). */
static void
skip_string (Script *script)
{
  int depth = 1;
  for (; script->next < script->end && depth > 0; script->next++) {
    if (*script->next == '\\' && script->next + 1 < script->end)
      script->next++;
    else
      depth += *script->next == '(' ? 1 : *script->next == ')' ? -1 : 0;
  }
}

/* After a <: whether it begins bytes, plain (<~) or deflated (<|), both written in base 85. */
static gboolean
begins_data (const Script *script)
{
  return script->next < script->end && (*script->next == '~' || *script->next == '|');
}

/* After the { of a glyph's shape: past its }. Shapes hold pictures, whose bytes may look like braces. */
static void
skip_shape (Script *script)
{
  int depth = 1;
  while (script->next < script->end && depth > 0) {
    char byte = *script->next++;
    if (byte == '<' && begins_data (script))
      script->next = after (script, "~>");
    else
      depth += byte == '{' ? 1 : byte == '}' ? -1 : 0;
  }
}

static gboolean
is_break (char byte)
{
  return g_ascii_isspace (byte) || strchr ("[](){}<>", byte);
}

static void
run_word (Script *script, const char *word, gsize length)
{
  char text[40];
  if (length >= sizeof text)
    return;
  memcpy (text, word, length);
  text[length] = 0;
  char *rest;
  double number = g_ascii_strtod (text, &rest);
  if (rest != text && !*rest) {
    if (script->count < OPERANDS_LIMIT)
      script->operands[script->count++] = number;
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (!strcmp (operators[i].name, text))
      operators[i].run (script);
  script->count = 0;
}

static void
run_script (Script *script)
{
  while (script->next < script->end) {
    char byte = *script->next++;
    if (byte == '(')
      skip_string (script);
    else if (byte == '{')
      skip_shape (script);
    else if (byte == '<' && begins_data (script))
      script->next = after (script, "~>");
    else if (byte == '%')
      script->next = after (script, "\n");
    else if (!is_break (byte)) {
      const char *word = script->next - 1;
      while (script->next < script->end && !is_break (*script->next))
        script->next++;
      run_word (script, word, script->next - word);
    }
  }
}

GArray *
rules_from_script (const char *data, gsize size, double scale)
{
  Script script = {
      .next = data, .end = data + size, .scale = scale, .clip = everywhere, .pen_scale = 1, .line_width = 1};
  script.path = g_ptr_array_new_with_free_func (outline_free);
  script.rules = g_array_new (FALSE, TRUE, sizeof (Rule));
  run_script (&script);
  g_ptr_array_unref (script.path);
  return script.rules;
}
