/* picture_rules.c - see picture_rules.h
 *
 * Runs (picture_runs.h) that touch in neighbouring rows of pixels are one line, which may drift a little. Upright lines
 * are found as level ones in the picture with x and y exchanged.
 */
#include "read/picture/picture_rules.h"

#include "read/picture/picture_runs.h"

#include <math.h>
#include <string.h>

/* Strokes of letters are shorter, points; level ones are longer (一, ー). */
#define LEVEL_LEAST 16.0
#define UPRIGHT_LEAST 11.0

/* A line is this thick at most, points, and drifts by this part of its length. */
#define THICKEST 4.0
#define DRIFT 0.01

/* A line this long needs no others to hold its ends; points. They are held by lines this long, and this near. */
#define LONG 48.0
#define HOLDS 30.0
#define HELD_NEAR 3.0
#define IN_LINE 1.0

/* Letters are lower, points; those that stand on each other make no line as thick as this. */
#define HIGH 17.0
#define THICK 0.4

/* A line goes no farther beyond the last one that it crosses, points, where a letter prolongs it. */
#define OVERHANG 13.0

/* How far the edge of a line is blurred. */
#define BLUR 0.5

static Picture *
picture_transposed (const Picture *picture)
{
  Picture *other = picture_new (picture->height, picture->width, picture->scale);
  for (int y = 0; y < other->height; y++)
    for (int x = 0; x < other->width; x++)
      other->grey[(gsize)y * other->width + x] = picture->grey[(gsize)x * picture->width + y];
  return other;
}

static guint
leader_of (GArray *runs, guint index)
{
  while (g_array_index (runs, Run, index).line != index)
    index = g_array_index (runs, Run, index).line;
  return index;
}

/* Joins each run with those of the row above that it touches (union-find). */
static void
join_runs (GArray *runs)
{
  guint above = 0;
  for (guint i = 0; i < runs->len; i++) {
    Run *run = &g_array_index (runs, Run, i);
    run->line = i;
    while (g_array_index (runs, Run, above).y < run->y - 1)
      above++;
    for (guint j = above; j < i && g_array_index (runs, Run, j).y < run->y; j++) {
      const Run *other = &g_array_index (runs, Run, j);
      if (other->from < run->to && run->from < other->to)
        g_array_index (runs, Run, leader_of (runs, i)).line = leader_of (runs, j);
    }
  }
}

/* A line as it is put together. */
typedef struct {
  Part part;
  double weight, sum; /* of its runs: pixels, pixels times y */
} Stroke;

static GArray *
strokes_from_runs (GArray *runs)
{
  GArray *strokes = g_array_sized_new (FALSE, TRUE, sizeof (Stroke), runs->len);
  g_array_set_size (strokes, runs->len);
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);
    Stroke *stroke = &g_array_index (strokes, Stroke, leader_of (runs, i));
    Part part = {run->from, run->y, run->to, run->y + 1};
    stroke->part = stroke->weight == 0 ? part
                                       : (Part){MIN (stroke->part.x0, part.x0), MIN (stroke->part.y0, part.y0),
                                                MAX (stroke->part.x1, part.x1), MAX (stroke->part.y1, part.y1)};
    stroke->weight += run->to - run->from;
    stroke->sum += (run->to - run->from) * (run->y + 0.5);
  }
  return strokes;
}

/* All lines of one direction. */
typedef struct {
  GArray *runs;    /* Run */
  GArray *strokes; /* Stroke, at the index of the run that leads it; weight 0: none */
} Lines;

/* Level lines of the picture. */
static Lines
lines_from_picture (const Picture *picture, double least)
{
  double scale = picture->scale;
  GArray *runs = runs_from_picture (picture, least * scale);
  join_runs (runs);
  Lines lines = {runs, strokes_from_runs (runs)};
  for (guint i = 0; i < lines.strokes->len; i++) {
    Stroke *stroke = &g_array_index (lines.strokes, Stroke, i);
    if (stroke->part.y1 - stroke->part.y0 > THICKEST * scale + DRIFT * (stroke->part.x1 - stroke->part.x0))
      stroke->weight = 0;
  }
  return lines;
}

static void
lines_clear (Lines *lines)
{
  g_array_unref (lines->runs);
  g_array_unref (lines->strokes);
}

static double
stroke_length (const Stroke *stroke)
{
  return stroke->weight > 0 ? stroke->part.x1 - stroke->part.x0 : 0;
}

/* Whether a long line of OTHERS, of the other direction, stands within NEAR pixels of place AT of STROKE. */
static gboolean
is_held (const Stroke *stroke, double at, const Lines *others, double near, double long_enough)
{
  double y = stroke->sum / stroke->weight;
  for (guint i = 0; i < others->strokes->len; i++) {
    const Stroke *other = &g_array_index (others->strokes, Stroke, i);
    if (stroke_length (other) >= long_enough && fabs (other->sum / other->weight - at) <= near &&
        other->part.x0 <= y + near && other->part.x1 >= y - near)
      return TRUE;
  }
  return FALSE;
}

/* How long all lines are together that lie on the line of STROKE. */
static double
length_in_line (const Stroke *stroke, const Lines *lines, double near)
{
  double sum = 0;
  for (guint i = 0; i < lines->strokes->len; i++) {
    const Stroke *other = &g_array_index (lines->strokes, Stroke, i);
    if (other->weight > 0 && fabs (other->sum / other->weight - stroke->sum / stroke->weight) <= near)
      sum += stroke_length (other);
  }
  return sum;
}

static gboolean
is_high_and_thick (const Stroke *stroke, double scale)
{
  double length = stroke_length (stroke);
  return length >= HIGH * scale && stroke->weight >= THICK * scale * length;
}

/* A short line counts where long ones hold both of its ends, and, since letters in a low row may stand from line to
 * line, an upright one where it is higher than letters are or lies in line with others; else it is part of a letter or
 * underlines a word. */
static void
drop_loose_lines (Lines *lines, const Lines *others, double scale, gboolean upright)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    Stroke *stroke = &g_array_index (lines->strokes, Stroke, i);
    double length = stroke_length (stroke);
    if (length > 0 && length < LONG * scale &&
        !((!upright || is_high_and_thick (stroke, scale) ||
           length_in_line (stroke, lines, IN_LINE * scale) >= LONG * scale) &&
          is_held (stroke, stroke->part.x0, others, HELD_NEAR * scale, HOLDS * scale) &&
          is_held (stroke, stroke->part.x1, others, HELD_NEAR * scale, HOLDS * scale)))
      stroke->weight = 0;
  }
}

/* Where a line of OTHERS crosses STROKE nearest to FROM, between there and TO; NAN: nowhere. */
static double
crossing_near (const Stroke *stroke, double from, double to, const Lines *others, double long_enough)
{
  double y = stroke->sum / stroke->weight, nearest = NAN;
  for (guint i = 0; i < others->strokes->len; i++) {
    const Stroke *other = &g_array_index (others->strokes, Stroke, i);
    double at = stroke_length (other) >= long_enough ? other->sum / other->weight : NAN;
    gboolean crosses = at >= MIN (from, to) && at <= MAX (from, to) && other->part.x0 <= y && other->part.x1 >= y;
    if (crosses && !(fabs (at - from) >= fabs (nearest - from)))
      nearest = at;
  }
  return nearest;
}

/* A stroke of a letter that stands right above a table seems to make a line of it longer: a line that goes a little
 * beyond the last one that it crosses ends there. */
static void
cut_overhangs (Lines *lines, const Lines *others, double scale)
{
  double reach = OVERHANG * scale, near = HELD_NEAR * scale, long_enough = HOLDS * scale;
  for (guint i = 0; i < lines->strokes->len; i++) {
    Stroke *stroke = &g_array_index (lines->strokes, Stroke, i);
    if (stroke_length (stroke) < LONG * scale)
      continue;
    double start = crossing_near (stroke, stroke->part.x0, stroke->part.x0 + reach, others, long_enough);
    double end = crossing_near (stroke, stroke->part.x1, stroke->part.x1 - reach, others, long_enough);
    if (start > stroke->part.x0 + near)
      stroke->part.x0 = (int)start;
    if (end < stroke->part.x1 - near)
      stroke->part.x1 = (int)end;
  }
}

static void
add_rules (GArray *rules, const Lines *lines, double scale, gboolean upright)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    const Stroke *stroke = &g_array_index (lines->strokes, Stroke, i);
    double length = stroke_length (stroke);
    if (length == 0)
      continue;
    double from = stroke->part.x0 / scale, to = stroke->part.x1 / scale, at = stroke->sum / stroke->weight / scale;
    RulingLine rule = {.kind = upright ? RULING_VERTICAL : RULING_HORIZONTAL,
                       .thickness = stroke->weight / length / scale};
    rule.box = upright ? (Box){at, from, at, to} : (Box){from, at, to, at};
    g_array_append_val (rules, rule);
  }
}

/* Paints each run over with the paper beside it, a little wider than it is, since its edges are blurred. */
static void
clear_lines (Picture *picture, const Lines *lines)
{
  int more = (int)(BLUR * picture->scale + 0.5);
  for (guint i = 0; i < lines->runs->len; i++) {
    const Run *run = &g_array_index (lines->runs, Run, i);
    const Stroke *stroke = &g_array_index (lines->strokes, Stroke, leader_of (lines->runs, i));
    if (stroke->weight == 0)
      continue;
    for (int x = MAX (run->from, stroke->part.x0); x < MIN (run->to, stroke->part.x1); x++) {
      guchar paper = paper_beside (picture, x, run->y);
      for (int y = MAX (run->y - more, 0); y <= MIN (run->y + more, picture->height - 1); y++)
        picture->grey[(gsize)y * picture->width + x] = paper;
    }
  }
}

GArray *
rules_from_picture (Picture *picture)
{
  GArray *rules = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  g_autoptr (Picture) transposed = picture_transposed (picture);
  Lines level = lines_from_picture (picture, LEVEL_LEAST), upright = lines_from_picture (transposed, UPRIGHT_LEAST);
  drop_loose_lines (&level, &upright, picture->scale, FALSE);
  drop_loose_lines (&upright, &level, picture->scale, TRUE);
  cut_overhangs (&level, &upright, picture->scale);
  cut_overhangs (&upright, &level, picture->scale);
  add_rules (rules, &level, picture->scale, FALSE);
  add_rules (rules, &upright, picture->scale, TRUE);
  clear_lines (picture, &level);
  g_autoptr (Picture) without_level = picture_transposed (picture);
  clear_lines (without_level, &upright);
  g_autoptr (Picture) clean = picture_transposed (without_level);
  memcpy (picture->grey, clean->grey, (gsize)picture->width * picture->height);
  lines_clear (&level);
  lines_clear (&upright);
  return rules;
}
