/* picture_runs.c - see picture_runs.h
 *
 * A line is a long run of places that are darker than what lies on both sides of it. So that specks and gaps do not
 * count, grey values are first averaged along the line:
 *
 *        above   ·······················      the lightest of three places above,
 *                ▒▒▒▒▓▓▒▒▒▒▒▓▒▒▒▒ ▒▒▒▒▒▒      the average here,
 *        below   ·······················      and the lightest of three below
 *
 * In a dark area a line may be lighter than what lies around it, and the area's edge is a line too: white words in the
 * head of a table. Letters in a row are told from a line by what is uneven in them.
 */
#include "read/picture/picture_runs.h"

#define SMEAR 2.5 /* points: averaged along the line */

/* How much darker a line is than its sides, of 255. */
#define CONTRAST 18
#define EDGE_CONTRAST 60
#define DARK 128

/* Gaps in a line up to this, points. */
#define GAP 1.5

/* So much of a line is at least half as clear as its middle. */
#define EVEN 0.9

/* So much of a drawn line is dark, pixel by pixel; and so far from the middle of a thin one, points, is paper again. */
#define SOLID 0.9
#define CLEAN 1.6

/* Where the sides of a line are looked at, points off its middle. */
static const double sides[] = {1.2, 2.2, 3.4};
enum { SIDES = G_N_ELEMENTS (sides) };

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

GArray *
runs_from_picture (const Picture *picture, double least)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr (Picture) smeared = picture_smeared (picture, (int)(SMEAR * picture->scale));
  g_autofree guchar *contrasts = contrasts_of_picture (smeared);
  Search search = {picture, smeared, contrasts, smeared->width, smeared->height, picture->scale, least};
  for (int y = 0; y < smeared->height; y++)
    add_runs_of_row (runs, &search, y);
  return runs;
}

guchar
paper_beside (const Picture *picture, int x, int y)
{
  return (guchar)MAX (side_of (picture, x, y, -1).lightest, side_of (picture, x, y, +1).lightest);
}
