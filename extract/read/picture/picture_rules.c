/* picture_rules.c - see picture_rules.h
 *
 * A line is a long run of places that are darker than what lies on both sides of it. So that specks and gaps do not
 * count, grey values are first averaged along the line:
 *
 *        above   ·······················      the lightest of three places above,
 *                ▒▒▒▒▓▓▒▒▒▒▒▓▒▒▒▒ ▒▒▒▒▒▒      the average here,
 *        below   ·······················      and the lightest of three below
 *
 * In a dark area a line may be lighter than what lies around it, and the area's edge is a line too: white words in the
 * head of a table. Runs that touch in neighbouring rows of pixels are one line, which may drift a little.
 * Upright lines are found as level ones in the picture with x and y exchanged.
 */
#include "read/picture/picture_rules.h"

#include <math.h>
#include <string.h>

#define SMEAR 2.5 /* points: averaged along the line */

/* How much darker a line is than its sides, of 255. */
#define CONTRAST 18
#define EDGE_CONTRAST 60
#define DARK 128

/* Strokes of letters are shorter, points; level ones are longer (一, ー). */
#define LEVEL_LEAST 16.0
#define UPRIGHT_LEAST 11.0

/* Gaps in a line up to this, points. */
#define GAP 1.5

/* So much of a line is at least half as clear as its middle. */
#define EVEN 0.9

/* So much of a drawn line is dark, pixel by pixel; and so far from the middle of a thin one, points, is paper again. */
#define SOLID 0.9
#define CLEAN 1.6

/* A line is this thick at most, points, and drifts by this part of its length. */
#define THICKEST 4.0
#define DRIFT 0.01

/* A line this long needs no others to hold its ends; points. They are held by lines this near. */
#define LONG 48.0
#define HELD_NEAR 3.0
#define IN_LINE 1.0

/* How far the edge of a line is blurred. */
#define BLUR 0.5

/* Where the sides of a line are looked at, points off its middle. */
static const double sides[] = {1.2, 2.2, 3.4};
enum { SIDES = G_N_ELEMENTS (sides) };

typedef struct {
  int y, from, to; /* pixels */
  guint line;      /* index of the run that leads its line */
} Run;

static Picture *
picture_transposed (const Picture *picture)
{
  Picture *other = picture_new (picture->height, picture->width, picture->scale);
  for (int y = 0; y < other->height; y++)
    for (int x = 0; x < other->width; x++)
      other->grey[(gsize)y * other->width + x] = picture->grey[(gsize)x * picture->width + y];
  return other;
}

/* The average of LENGTH pixels around each one of its row. */
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

/* What is seen above (SIGN -1) or below (+1) a place. */
typedef struct {
  int darkest, lightest;
} Side;

static Side
side_of (const Picture *smeared, int x, int y, int sign)
{
  Side side = {255, 0};
  for (int i = 0; i < SIDES; i++) {
    int at = y + sign * (int)(sides[i] * smeared->scale + 0.5);
    int grey = at < 0 || at >= smeared->height ? 255 : smeared->grey[(gsize)at * smeared->width + x];
    side.darkest = MIN (side.darkest, grey);
    side.lightest = MAX (side.lightest, grey);
  }
  return side;
}

/* How clearly a dark area ends here, to the one side. */
static int
edge_contrast (Side light, Side dark, int here)
{
  int step = light.lightest - dark.lightest;
  return dark.lightest < DARK && light.darkest > DARK && step > EDGE_CONTRAST && here < light.lightest - CONTRAST ? step
                                                                                                                  : 0;
}

/* How clearly a line goes through the place; 0: none does. */
static int
contrast_at (const Picture *smeared, int x, int y)
{
  int here = smeared->grey[(gsize)y * smeared->width + x];
  Side above = side_of (smeared, x, y, -1), below = side_of (smeared, x, y, +1);
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

/* What a row of the contrasts is searched with. */
typedef struct {
  const Picture *picture, *smeared;
  const guchar *contrasts;
  int width, height;
  double scale, least; /* least: pixels */
} Search;

/* A line that is not quite level goes over from one row to the next. */
static int
clearest_near (const Search *search, int x, int y)
{
  int most = 0;
  for (int i = MAX (y - 1, 0); i <= MIN (y + 1, search->height - 1); i++)
    most = MAX (most, search->contrasts[(gsize)i * search->width + x]);
  return most;
}

/* A line is about as clear everywhere; strokes of letters in a row are not. */
static gboolean
is_even (const Search *search, const Run *run)
{
  guint counts[256] = {0};
  int length = run->to - run->from, seen = 0, median = 255, clear = 0;
  for (int x = run->from; x < run->to; x++)
    counts[clearest_near (search, x, run->y)]++;
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
is_solid (const Search *search, const Run *run)
{
  int solid = 0;
  for (int x = run->from; x < run->to; x++) {
    gsize index = (gsize)run->y * search->width + x;
    int contrast = search->contrasts[index], smeared = search->smeared->grey[index];
    solid += contrast > 0 && darkest_near (search->picture, x, run->y) <= smeared + contrast / 2;
  }
  return solid >= SOLID * (run->to - run->from);
}

/* Whether nearly nothing stands beside the run, on both sides of it. */
static gboolean
has_clean_sides (const Search *search, const Run *run)
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
add_run (GArray *runs, const Run *run, const Search *search)
{
  if (run->to - run->from >= search->least && is_even (search, run) &&
      (is_solid (search, run) || has_clean_sides (search, run)))
    g_array_append_val (runs, *run);
}

static void
add_runs_of_row (GArray *runs, const Search *search, int y)
{
  const guchar *contrasts = search->contrasts + (gsize)y * search->width;
  int gap = (int)(GAP * search->scale);
  Run run = {.y = y, .from = 0, .to = -1};
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
  g_autoptr (Picture) smeared = picture_smeared (picture, (int)(SMEAR * scale));
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autofree guchar *contrasts = contrasts_of_picture (smeared);
  Search search = {picture, smeared, contrasts, smeared->width, smeared->height, scale, least * scale};
  for (int y = 0; y < smeared->height; y++)
    add_runs_of_row (runs, &search, y);
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

/* A short line counts where long ones hold both of its ends, and, since letters in a low row may stand from line to
 * line, an upright one where it lies in line with others; else it is part of a letter or underlines a word. */
static void
drop_loose_lines (Lines *lines, const Lines *others, double scale, gboolean upright)
{
  for (guint i = 0; i < lines->strokes->len; i++) {
    Stroke *stroke = &g_array_index (lines->strokes, Stroke, i);
    double length = stroke_length (stroke);
    if (length > 0 && length < LONG * scale &&
        !((!upright || length_in_line (stroke, lines, IN_LINE * scale) >= LONG * scale) &&
          is_held (stroke, stroke->part.x0, others, HELD_NEAR * scale, LONG * scale) &&
          is_held (stroke, stroke->part.x1, others, HELD_NEAR * scale, LONG * scale)))
      stroke->weight = 0;
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
    Rule rule = {.kind = upright ? RULE_VERTICAL : RULE_HORIZONTAL, .thickness = stroke->weight / length / scale};
    rule.box = upright ? (Box){at, from, at, to} : (Box){from, at, to, at};
    g_array_append_val (rules, rule);
  }
}

/* The paper beside a line: the lighter of the two sides. */
static guchar
paper_beside (const Picture *picture, int x, int y)
{
  return (guchar)MAX (side_of (picture, x, y, -1).lightest, side_of (picture, x, y, +1).lightest);
}

/* Paints each run over with the paper beside it, a little wider than it is, since its edges are blurred. */
static void
clear_lines (Picture *picture, const Lines *lines)
{
  int more = (int)(BLUR * picture->scale + 0.5);
  for (guint i = 0; i < lines->runs->len; i++) {
    const Run *run = &g_array_index (lines->runs, Run, i);
    if (g_array_index (lines->strokes, Stroke, leader_of (lines->runs, i)).weight == 0)
      continue;
    for (int x = run->from; x < run->to; x++) {
      guchar paper = paper_beside (picture, x, run->y);
      for (int y = MAX (run->y - more, 0); y <= MIN (run->y + more, picture->height - 1); y++)
        picture->grey[(gsize)y * picture->width + x] = paper;
    }
  }
}

GArray *
rules_from_picture (Picture *picture)
{
  GArray *rules = g_array_new (FALSE, TRUE, sizeof (Rule));
  g_autoptr (Picture) transposed = picture_transposed (picture);
  Lines level = lines_from_picture (picture, LEVEL_LEAST), upright = lines_from_picture (transposed, UPRIGHT_LEAST);
  drop_loose_lines (&level, &upright, picture->scale, FALSE);
  drop_loose_lines (&upright, &level, picture->scale, TRUE);
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
