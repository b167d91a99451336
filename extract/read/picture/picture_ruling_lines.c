/* picture_ruling_lines.c - see picture_ruling_lines.h
 *
 * Horizontal lines are found as long runs of pixels that are darker than what is above and below them. So that specks
 * and gaps do not count, grey values are first averaged along the line:
 *
 *        above   ·······················      the lightest of three places above,
 *                ▒▒▒▒▓▓▒▒▒▒▒▓▒▒▒▒ ▒▒▒▒▒▒      the average here,
 *        below   ·······················      and the lightest of three below
 *
 * In a dark area a line may be lighter than what is around it, and the area's edge is a line too: white words in the
 * head of a table. Letters in a row are told from a line by how uneven they are.
 *
 * Runs that touch in neighbouring rows of pixels are one line, which may drift a little. Vertical lines are found as
 * horizontal ones in the picture with x and y exchanged.
 */
#include "read/picture/picture_ruling_lines.h"

#include <math.h>
#include <string.h>

/* Runs */

#define SMEAR 2.5 /* the length that is averaged along the line, points */

/* How much darker a line is than its sides, of 255. */
#define CONTRAST 18
#define EDGE_CONTRAST 60
#define DARK 128

/* A gap in a line is at most this long, points. */
#define GAP 1.5

/* The share of a line that has at least half of its median contrast. */
#define EVEN 0.9

/* The share of a drawn line whose pixels are dark; and how far from the middle of a thin one is paper again, points. */
#define SOLID 0.9
#define CLEAN 1.6

/* Distances from the middle of a line at which its sides are sampled, points. */
static const double sides[] = {1.2, 2.2, 3.4};
enum { SIDES = G_N_ELEMENTS (sides) };

/* A run of pixels in one row. */
typedef struct {
  int y, from, to; /* pixels */
  guint leader;    /* index of the run that leads its line, or of one nearer to it */
} PixelRun;

/* Each pixel is the average of the LENGTH pixels around it in its row. */
static Picture *
picture_smeared (const Picture *picture, int length)
{
  Picture *smeared = picture_new (picture->width, picture->height, picture->scale);
  int reach = length / 2;
  for (int y = 0; y < picture->height; y++) {
    const guchar *from = picture->grey + (gsize)y * picture->width;
    guchar *to = smeared->grey + (gsize)y * picture->width;
    int sum = 0, count = 0;
    for (int x = -reach; x < picture->width; x++) {
      if (x + reach < picture->width) {
        sum += from[x + reach];
        count++;
      }
      if (x > reach) {
        sum -= from[x - reach - 1];
        count--;
      }
      if (x >= 0)
        to[x] = (guchar)(sum / MAX (count, 1));
    }
  }
  return smeared;
}

/* The grey values sampled above (SIGN -1) or below (+1) a place. */
typedef struct {
  int darkest, lightest;
} LineSide;

static LineSide
side_of (const Picture *smeared, int x, int y, int sign)
{
  LineSide side = {255, 0};
  for (int i = 0; i < SIDES; i++) {
    int at = y + sign * (int)(sides[i] * smeared->scale + 0.5);
    int grey = at < 0 || at >= smeared->height ? 255 : smeared->grey[(gsize)at * smeared->width + x];
    side.darkest = MIN (side.darkest, grey);
    side.lightest = MAX (side.lightest, grey);
  }
  return side;
}

/* The contrast of an edge of a dark area between the two sides; 0: there is none. */
static int
edge_contrast (LineSide light, LineSide dark, int here)
{
  int step = light.lightest - dark.lightest;
  return dark.lightest < DARK && light.darkest > DARK && step > EDGE_CONTRAST && here < light.lightest - CONTRAST ? step
                                                                                                                  : 0;
}

/* The contrast of a line through the place; 0: there is none. */
static int
contrast_at (const Picture *smeared, int x, int y)
{
  int here = smeared->grey[(gsize)y * smeared->width + x];
  LineSide above = side_of (smeared, x, y, -1), below = side_of (smeared, x, y, +1);
  int darker = MIN (above.lightest, below.lightest) - here, lighter = here - MAX (above.lightest, below.lightest);
  if (darker > CONTRAST)
    return darker;
  if (MAX (above.lightest, below.lightest) < DARK && lighter > EDGE_CONTRAST)
    return lighter;
  return MAX (edge_contrast (above, below, here), edge_contrast (below, above, here));
}

/* The contrasts of all places. */
static guchar *
contrasts_of_picture (const Picture *smeared)
{
  guchar *contrasts = g_malloc ((gsize)smeared->width * smeared->height), *to = contrasts;
  for (int y = 0; y < smeared->height; y++)
    for (int x = 0; x < smeared->width; x++)
      *to++ = (guchar)CLAMP (contrast_at (smeared, x, y), 0, 255);
  return contrasts;
}

/* The wall of a row as low as a line of text is no longer than letters are high: lines shorter than this are told by
 * their middle, since the average at their ends has the lines in it that cross there; points. */
#define LOW_WALL 13.5

/* What is searched for runs. */
typedef struct {
  const Picture *picture, *smeared;
  const guchar *contrasts;
  int width, height;
  double scale, least; /* least: pixels */
} RunSearch;

/* A line that is not quite horizontal passes from one row to the next. */
static int
contrast_near (const RunSearch *search, int x, int y)
{
  int most = 0;
  for (int i = MAX (y - 1, 0); i <= MIN (y + 1, search->height - 1); i++)
    most = MAX (most, search->contrasts[(gsize)i * search->width + x]);
  return most;
}

/* A line has about the same contrast everywhere; strokes of letters in a row have not. */
static gboolean
is_even (const RunSearch *search, const PixelRun *run)
{
  guint counts[256] = {0};
  int length = run->to - run->from, seen = 0, median = 255, clear = 0;
  for (int x = run->from; x < run->to; x++)
    counts[contrast_near (search, x, run->y)]++;
  while (median > 0 && (seen += counts[median]) < length / 2)
    median--;
  for (int level = median / 2; level < 256; level++)
    clear += counts[level];
  return clear >= EVEN * length;
}

static int
darkest_near (const Picture *picture, int x, int y)
{
  int least = 255;
  for (int i = MAX (y - 1, 0); i <= MIN (y + 1, picture->height - 1); i++)
    least = MIN (least, picture->grey[(gsize)i * picture->width + x]);
  return least;
}

/* A drawn line has no gaps, a row of letters has many; but so has a dotted line, which is thin and has clean sides. */
static gboolean
is_solid (const RunSearch *search, const PixelRun *run)
{
  int solid = 0;
  for (int x = run->from; x < run->to; x++) {
    gsize index = (gsize)run->y * search->width + x;
    int contrast = search->contrasts[index], smeared = search->smeared->grey[index];
    solid += contrast > 0 && darkest_near (search->picture, x, run->y) <= smeared + contrast / 2;
  }
  return solid >= SOLID * (run->to - run->from);
}

/* Whether there is nearly nothing beside the run, on both sides of it. */
static gboolean
has_clean_sides (const RunSearch *search, const PixelRun *run)
{
  int reach = (int)(CLEAN * search->scale), clean = 0;
  for (int x = run->from; x < run->to; x++) {
    gsize index = (gsize)run->y * search->width + x;
    int half = search->smeared->grey[index] + search->contrasts[index] / 2;
    int above = run->y - reach, below = run->y + reach;
    clean += (above < 0 || search->picture->grey[(gsize)above * search->width + x] > half) &&
             (below >= search->height || search->picture->grey[(gsize)below * search->width + x] > half);
  }
  return clean >= EVEN * (run->to - run->from);
}

static void
add_run (GArray *runs, const PixelRun *run, const RunSearch *search)
{
  int length = run->to - run->from, end = length < LOW_WALL * search->scale ? (int)(SMEAR / 2 * search->scale) : 0;
  PixelRun middle = {run->y, run->from + end, run->to - end, 0};
  if (length >= search->least && is_even (search, &middle) &&
      (is_solid (search, &middle) || has_clean_sides (search, &middle)))
    g_array_append_val (runs, *run);
}

static void
add_runs_of_row (GArray *runs, const RunSearch *search, int y)
{
  const guchar *contrasts = search->contrasts + (gsize)y * search->width;
  int gap = (int)(GAP * search->scale);
  PixelRun run = {.y = y, .from = 0, .to = -1};
  for (int x = 0; x < search->width; x++) {
    if (contrasts[x] == 0)
      continue;
    if (run.to < 0 || x - run.to > gap) {
      add_run (runs, &run, search);
      run.from = x;
    }
    run.to = x + 1;
  }
  add_run (runs, &run, search);
}

/* The runs of PICTURE that are LEAST pixels long or longer, row by row: an array of PixelRun. */
static GArray *
runs_from_picture (const Picture *picture, double least)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (PixelRun));
  g_autoptr (Picture) smeared = picture_smeared (picture, (int)(SMEAR * picture->scale));
  g_autofree guchar *contrasts = contrasts_of_picture (smeared);
  RunSearch search = {picture, smeared, contrasts, smeared->width, smeared->height, picture->scale, least};
  for (int y = 0; y < smeared->height; y++)
    add_runs_of_row (runs, &search, y);
  return runs;
}

/* The grey of the paper beside a line through the place: the lighter of its two sides. */
static guchar
paper_beside (const Picture *picture, int x, int y)
{
  return (guchar)MAX (side_of (picture, x, y, -1).lightest, side_of (picture, x, y, +1).lightest);
}

/* Lines */

/* Strokes of letters are shorter, points; horizontal ones are longer (一, ー). */
#define HORIZONTAL_LEAST 16.0
#define VERTICAL_LEAST 7.0

/* A line is this thick at most, points, and drifts by this part of its length. */
#define THICKEST 4.0
#define DRIFT 0.01

/* A line this long needs no others at its ends; points. Those that count at the ends of a shorter one are this long,
 * and this near. */
#define LONG 48.0
#define END_LINE 30.0
#define END_NEAR 3.0
#define TOUCHES 1.2 /* a low wall is this near */
#define IN_LINE 1.0

/* Letters are lower, points; those above each other make no line as thick as this. */
#define HIGH 17.0
#define THICK 0.4

/* A letter prolongs a line beyond the last one that it crosses by at most this, points. */
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
  while (g_array_index (runs, PixelRun, index).leader != index)
    index = g_array_index (runs, PixelRun, index).leader;
  return index;
}

/* Joins each run with those of the row above that it touches (union-find). */
static void
join_runs (GArray *runs)
{
  guint above = 0;
  for (guint i = 0; i < runs->len; i++) {
    PixelRun *run = &g_array_index (runs, PixelRun, i);
    run->leader = i;
    while (g_array_index (runs, PixelRun, above).y < run->y - 1)
      above++;
    for (guint j = above; j < i && g_array_index (runs, PixelRun, j).y < run->y; j++) {
      const PixelRun *other = &g_array_index (runs, PixelRun, j);
      if (other->from < run->to && run->from < other->to)
        g_array_index (runs, PixelRun, leader_of (runs, i)).leader = leader_of (runs, j);
    }
  }
}

/* A line as it is put together. */
typedef struct {
  PixelBox part;
  double weight, sum; /* of its runs: pixels, pixels times y */
  int longest;        /* of its runs, pixels */
} LineStroke;

static GArray *
strokes_from_runs (GArray *runs)
{
  GArray *strokes = g_array_sized_new (FALSE, TRUE, sizeof (LineStroke), runs->len);
  g_array_set_size (strokes, runs->len);
  for (guint i = 0; i < runs->len; i++) {
    const PixelRun *run = &g_array_index (runs, PixelRun, i);
    LineStroke *stroke = &g_array_index (strokes, LineStroke, leader_of (runs, i));
    PixelBox part = {run->from, run->y, run->to, run->y + 1};
    stroke->part = stroke->weight == 0 ? part
                                       : (PixelBox){MIN (stroke->part.x0, part.x0), MIN (stroke->part.y0, part.y0),
                                                    MAX (stroke->part.x1, part.x1), MAX (stroke->part.y1, part.y1)};
    stroke->longest = MAX (stroke->longest, run->to - run->from);
    stroke->weight += run->to - run->from;
    stroke->sum += (run->to - run->from) * (run->y + 0.5);
  }
  return strokes;
}

/* All lines of one direction. */
typedef struct {
  GArray *runs;    /* PixelRun */
  GArray *strokes; /* LineStroke, at the index of the run that leads it; weight 0: none */
} StrokeList;

/* The horizontal lines of PICTURE, LEAST points long or longer. */
static StrokeList
strokes_from_picture (const Picture *picture, double least)
{
  double scale = picture->scale;
  GArray *runs = runs_from_picture (picture, least * scale);
  join_runs (runs);
  StrokeList lines = {runs, strokes_from_runs (runs)};
  for (guint i = 0; i < lines.strokes->len; i++) {
    LineStroke *stroke = &g_array_index (lines.strokes, LineStroke, i);
    if (stroke->part.y1 - stroke->part.y0 > THICKEST * scale + DRIFT * (stroke->part.x1 - stroke->part.x0))
      stroke->weight = 0;
  }
  return lines;
}

static void
stroke_list_clear (StrokeList *lines)
{
  g_array_unref (lines->runs);
  g_array_unref (lines->strokes);
}

static double
stroke_length (const LineStroke *stroke)
{
  return stroke->weight > 0 ? stroke->part.x1 - stroke->part.x0 : 0;
}

/* Whether a long line of OTHERS, of the other direction, is within NEAR pixels of place AT of STROKE. */
static gboolean
ends_at_line (const LineStroke *stroke, double at, const StrokeList *others, double near, double long_enough)
{
  double y = stroke->sum / stroke->weight;
  for (guint i = 0; i < others->strokes->len; i++) {
    const LineStroke *other = &g_array_index (others->strokes, LineStroke, i);
    if (stroke_length (other) >= long_enough && fabs (other->sum / other->weight - at) <= near &&
        other->part.x0 <= y + near && other->part.x1 >= y - near)
      return TRUE;
  }
  return FALSE;
}

/* The sum of the lengths of all lines in line with STROKE that are LEAST long. */
static double
length_in_line (const LineStroke *stroke, const StrokeList *lines, double near, double least)
{
  double sum = 0;
  for (guint i = 0; i < lines->strokes->len; i++) {
    const LineStroke *other = &g_array_index (lines->strokes, LineStroke, i);
    double length = stroke_length (other);
    if (length > least && fabs (other->sum / other->weight - stroke->sum / stroke->weight) <= near)
      sum += length;
  }
  return sum;
}

static gboolean
is_high_and_thick (const LineStroke *stroke, double scale)
{
  double length = stroke_length (stroke);
  return length >= HIGH * scale && stroke->weight >= THICK * scale * length;
}

/* A short line counts where long ones are at both of its ends, and, since letters in a low row may reach from line to
 * line, a vertical one where it is higher than letters are or is in line with others, a low one with long ones; else it
 * is part of a letter or underlines a word. */
static void
drop_loose_lines (StrokeList *lines, const StrokeList *others, double scale, gboolean vertical)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    LineStroke *stroke = &g_array_index (lines->strokes, LineStroke, i);
    double length = stroke_length (stroke);
    gboolean low = vertical && stroke->longest < LOW_WALL * scale;
    double near = (low ? TOUCHES : END_NEAR) * scale, least = low ? END_LINE * scale : 0;
    if (length > 0 && length < LONG * scale &&
        !((!vertical || (!low && is_high_and_thick (stroke, scale)) ||
           length_in_line (stroke, lines, IN_LINE * scale, least) >= (low ? END_LINE : LONG) * scale) &&
          ends_at_line (stroke, stroke->part.x0, others, near, END_LINE * scale) &&
          ends_at_line (stroke, stroke->part.x1, others, near, END_LINE * scale)))
      stroke->weight = 0;
  }
}

/* Whether STROKE is within a cell: long lines of OTHERS are to its left and to its right, but none crosses it, and one of
 * its ends is at none. It is no part of a broken border, which has other parts in line with it. */
static gboolean
is_within_cell (const LineStroke *stroke, const StrokeList *lines, const StrokeList *others, double scale)
{
  double y = stroke->sum / stroke->weight, near = END_NEAR * scale, left = -G_MAXDOUBLE, right = G_MAXDOUBLE;
  for (guint i = 0; i < others->strokes->len; i++) {
    const LineStroke *other = &g_array_index (others->strokes, LineStroke, i);
    if (stroke_length (other) < END_LINE * scale || other->part.x0 > y - near || other->part.x1 < y + near)
      continue;
    double at = other->sum / other->weight;
    if (at > stroke->part.x0 + near && at < stroke->part.x1 - near)
      return FALSE;
    if (at <= stroke->part.x0 + near)
      left = MAX (left, at);
    else
      right = MIN (right, at);
  }
  gboolean bounded = left > -G_MAXDOUBLE && right < G_MAXDOUBLE;
  gboolean free_end = stroke->part.x0 - left > near || right - stroke->part.x1 > near;
  return bounded && free_end && length_in_line (stroke, lines, IN_LINE * scale, 0) < 1.5 * stroke_length (stroke);
}

/* Somebody drew them through words of a cell, or under them: they stay in the picture. */
static void
leave_lines_within_cells (StrokeList *lines, const StrokeList *others, double scale)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    LineStroke *stroke = &g_array_index (lines->strokes, LineStroke, i);
    if (stroke->weight > 0 && is_within_cell (stroke, lines, others, scale))
      stroke->weight = 0;
  }
}

/* Where a line of OTHERS crosses STROKE nearest to FROM, between there and TO; NAN: nowhere. */
static double
crossing_near (const LineStroke *stroke, double from, double to, const StrokeList *others, double long_enough)
{
  double y = stroke->sum / stroke->weight, nearest = NAN;
  for (guint i = 0; i < others->strokes->len; i++) {
    const LineStroke *other = &g_array_index (others->strokes, LineStroke, i);
    double at = stroke_length (other) >= long_enough ? other->sum / other->weight : NAN;
    gboolean crosses = at >= MIN (from, to) && at <= MAX (from, to) && other->part.x0 <= y && other->part.x1 >= y;
    if (crosses && !(fabs (at - from) >= fabs (nearest - from)))
      nearest = at;
  }
  return nearest;
}

/* A stroke of a letter right above a table seems to make a line of the table longer: a line that goes a little beyond
 * the last one that it crosses ends there. */
static void
cut_overhangs (StrokeList *lines, const StrokeList *others, double scale)
{
  double reach = OVERHANG * scale, near = END_NEAR * scale, long_enough = END_LINE * scale;
  for (guint i = 0; i < lines->strokes->len; i++) {
    LineStroke *stroke = &g_array_index (lines->strokes, LineStroke, i);
    if (stroke_length (stroke) < 2 * reach)
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
add_ruling_lines (GArray *ruling_lines, const StrokeList *lines, double scale, gboolean vertical)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    const LineStroke *stroke = &g_array_index (lines->strokes, LineStroke, i);
    double length = stroke_length (stroke);
    if (length == 0)
      continue;
    double from = stroke->part.x0 / scale, to = stroke->part.x1 / scale, at = stroke->sum / stroke->weight / scale;
    RulingLine line = {.kind = vertical ? RULING_VERTICAL : RULING_HORIZONTAL,
                       .thickness = stroke->weight / length / scale};
    line.box = vertical ? (Box){at, from, at, to} : (Box){from, at, to, at};
    g_array_append_val (ruling_lines, line);
  }
}

/* Paints each run over with the paper beside it, a little wider than it is, since its edges are blurred. */
static void
clear_lines (Picture *picture, const StrokeList *lines)
{
  int more = (int)(BLUR * picture->scale + 0.5);
  for (guint i = 0; i < lines->runs->len; i++) {
    const PixelRun *run = &g_array_index (lines->runs, PixelRun, i);
    const LineStroke *stroke = &g_array_index (lines->strokes, LineStroke, leader_of (lines->runs, i));
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
ruling_lines_from_picture (Picture *picture)
{
  GArray *ruling_lines = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  g_autoptr (Picture) transposed = picture_transposed (picture);
  StrokeList horizontal = strokes_from_picture (picture, HORIZONTAL_LEAST),
             vertical = strokes_from_picture (transposed, VERTICAL_LEAST);
  drop_loose_lines (&horizontal, &vertical, picture->scale, FALSE);
  drop_loose_lines (&vertical, &horizontal, picture->scale, TRUE);
  leave_lines_within_cells (&horizontal, &vertical, picture->scale);
  cut_overhangs (&horizontal, &vertical, picture->scale);
  cut_overhangs (&vertical, &horizontal, picture->scale);
  add_ruling_lines (ruling_lines, &horizontal, picture->scale, FALSE);
  add_ruling_lines (ruling_lines, &vertical, picture->scale, TRUE);
  clear_lines (picture, &horizontal);
  g_autoptr (Picture) without_horizontal = picture_transposed (picture);
  clear_lines (without_horizontal, &vertical);
  g_autoptr (Picture) clean = picture_transposed (without_horizontal);
  memcpy (picture->grey, clean->grey, (gsize)picture->width * picture->height);
  stroke_list_clear (&horizontal);
  stroke_list_clear (&vertical);
  return ruling_lines;
}
