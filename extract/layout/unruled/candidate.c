/* candidate.c - see candidate.h */
#include "layout/unruled/candidate.h"

#include "layout/unruled/running_text.h"
#include "model/numbers.h"

#include <math.h>

/* Ems: a heading above several columns is no farther from them. */
#define HEAD_DISTANCE 2.4

/* Ems: a single segment this near to the middle of the table is its title. */
#define TITLE_OFFSET 2.0

/* Ems: a heading is aligned with its column when it is off by no more than this. */
#define ALIGNED 0.3

/* Ems: it reaches no farther out of its column. */
#define HEAD_OUT 3.0

/* Points: a narrower space does not separate headings. */
#define SPACE_LEAST 1.0

/* Lines that close a gutter are banners when the table goes on after at most this many of them. */
#define BANNER_LINES 2

/* Points: two lines of one table are no farther apart. */
#define LINE_DISTANCE 90.0

/* The head of a table has at most this many lines with headings above several columns. */
#define HEAD_LINES 3

/* A table has at least this many lines with several segments. */
#define TABLE_LINES_LEAST 3

TableCandidate
candidate_from_lines (GPtrArray *lines, GArray *running)
{
  return (TableCandidate){.lines = lines,
                          .running = running,
                          .used = g_new0 (gboolean, lines->len + 1),
                          .banner = g_new0 (gboolean, lines->len + 1)};
}

void
candidate_clear (TableCandidate *candidate)
{
  g_clear_pointer (&candidate->used, g_free);
  g_clear_pointer (&candidate->banner, g_free);
  g_clear_pointer (&candidate->gutters, g_array_unref);
}

/* Lines of the head that close a gutter */

static Box
extent_of (const SegmentLine *line)
{
  const TextSegment *first = &g_array_index (line->segments, TextSegment, 0);
  return (Box){first->x0, line->y, (first + line->segments->len - 1)->x1, line->y};
}

static Box
extent_of_candidate (const TableCandidate *candidate)
{
  Box box = extent_of (g_ptr_array_index (candidate->lines, candidate->start));
  for (int i = candidate->start; i < candidate->end; i++)
    box = box_union (box, extent_of (g_ptr_array_index (candidate->lines, i)));
  return box;
}

/* Whether LINE, which closes a gutter of CANDIDATE, is a heading above several columns of values, Y being the middle of
 * the line of the table next to it: it is neither above the labels nor in the middle, as titles are. */
static gboolean
is_heading_of_columns (const TableCandidate *candidate, const SegmentLine *line, double y)
{
  Box table = extent_of_candidate (candidate), own = extent_of (line);
  if (fabs (line->y - y) > HEAD_DISTANCE * line->em || candidate->gutters->len < 2 ||
      !gutter_is_open (candidate->gutters, 0, line))
    return FALSE;
  gboolean within = own.x0 >= table.x0 - line->em && own.x1 <= table.x1 + line->em;
  gboolean title = fabs (own.x0 + own.x1 - table.x0 - table.x1) < 2 * TITLE_OFFSET * line->em;
  return within && !(title && line->segments->len == 1);
}

/* The widest space of LINE in GUTTER; NULL: there is none. */
static const WordSpace *
space_in_gutter (const SegmentLine *line, const Gutter *gutter)
{
  const WordSpace *best = NULL;
  for (guint i = 0; i < line->spaces->len; i++) {
    const WordSpace *space = &g_array_index (line->spaces, WordSpace, i);
    gboolean within = MIN (space->x1, gutter->right) - MAX (space->x0, gutter->left) >= SPACE_LEAST;
    if (within && (!best || space->x1 - space->x0 > best->x1 - best->x0))
      best = space;
  }
  return best;
}

/* Whether a heading from X0 to X1 is aligned with the column that its middle is in. */
static gboolean
is_aligned_with_column (const TableCandidate *candidate, double x0, double x1, double em)
{
  Box table = extent_of_candidate (candidate);
  double left = table.x0, right = table.x1;
  for (guint i = 0; i < candidate->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (candidate->gutters, Gutter, i);
    if ((gutter->left + gutter->right) / 2 < (x0 + x1) / 2)
      left = gutter->right;
    else {
      right = gutter->left;
      break;
    }
  }
  if (x0 < left - HEAD_OUT * em || x1 > right + HEAD_OUT * em)
    return FALSE;
  return fabs (left - x0) <= ALIGNED * em || fabs (right - x1) <= ALIGNED * em ||
         fabs (left + right - x0 - x1) <= 2 * ALIGNED * em;
}

/* Appends the parts of SEGMENT between the spaces in PARTING (const WordSpace *) to PARTS. FALSE where a part is not
 * aligned with its column. */
static gboolean
split_segment (const TableCandidate *candidate, const TextSegment *segment, GArray *parting, double em, GArray *parts)
{
  TextSegment rest = *segment;
  for (guint i = 0; i < parting->len; i++) {
    const WordSpace *space = g_array_index (parting, const WordSpace *, i);
    if (space->x0 < rest.x0 || space->x1 > rest.x1)
      continue;
    TextSegment part = rest;
    part.x1 = space->x0;
    rest.x0 = space->x1;
    g_array_append_val (parts, part);
    if (!is_aligned_with_column (candidate, part.x0, part.x1, em))
      return FALSE;
  }
  g_array_append_val (parts, rest);
  return rest.x0 == segment->x0 || is_aligned_with_column (candidate, rest.x0, rest.x1, em);
}

static gboolean
split_headings (const TableCandidate *candidate, SegmentLine *line)
{
  g_autoptr (GArray) parting = g_array_new (FALSE, FALSE, sizeof (const WordSpace *));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (TextSegment));
  for (guint i = 0; i < candidate->gutters->len; i++) {
    const WordSpace *space = gutter_is_open (candidate->gutters, i, line)
                                 ? NULL
                                 : space_in_gutter (line, &g_array_index (candidate->gutters, Gutter, i));
    if (space && (parting->len == 0 || g_array_index (parting, const WordSpace *, parting->len - 1) != space))
      g_array_append_val (parting, space);
  }
  for (guint i = 0; i < line->segments->len; i++)
    if (!split_segment (candidate, &g_array_index (line->segments, TextSegment, i), parting, line->em, parts))
      return FALSE;
  if (parts->len == line->segments->len)
    return FALSE;
  g_array_unref (line->segments);
  line->segments = g_steal_pointer (&parts);
  return TRUE;
}

/* Growth */

static SegmentLine *
line_at (GPtrArray *lines, int index)
{
  return g_ptr_array_index (lines, index);
}

void
candidate_take_last_banner (TableCandidate *candidate)
{
  int last = (int)candidate->lines->len - 1;
  gboolean any = FALSE;
  for (int i = candidate->start; i < candidate->end; i++)
    any = any || candidate->banner[i];
  if (!any || candidate->end != last || candidate->used[last] || line_at (candidate->lines, last)->segments->len > 1)
    return;
  candidate->banner[last] = TRUE;
  candidate->end = last + 1;
}

/* Whether there is running text between LINE and the line at Y. */
static gboolean
has_running_text_between (const TableCandidate *candidate, const SegmentLine *line, double y)
{
  const TextSegment *first = &g_array_index (line->segments, TextSegment, 0), *last = first + line->segments->len - 1;
  GArray *running = candidate->running;
  for (guint i = running ? numbers_first_from (running, MIN (line->y, y)) : 0;
       running && i < running->len && g_array_index (running, BoxAt, i).y < MAX (line->y, y); i++) {
    const BoxAt *at = &g_array_index (running, BoxAt, i);
    if (at->y > MIN (line->y, y) && at->box.x0 < last->x1 && at->box.x1 > first->x0)
      return TRUE;
  }
  return FALSE;
}

static void
take_line (TableCandidate *candidate, int line, int step)
{
  candidate->end = step > 0 ? line + 1 : candidate->end;
  candidate->start = step > 0 ? candidate->start : line;
}

/* Grows CANDIDATE from the line after its end (STEP 1) or before its start (STEP -1). */
static void
grow (TableCandidate *candidate, int step)
{
  int last = step > 0 ? candidate->end - 1 : candidate->start, heads = 0;
  int banners = step > 0 ? BANNER_LINES : 0;
  for (int i = last + step; i >= 0 && i < (int)candidate->lines->len; i += step) {
    SegmentLine *line = line_at (candidate->lines, i);
    double y = line_at (candidate->lines, i - step)->y;
    if (fabs (line->y - y) > LINE_DISTANCE || candidate->used[i] || has_running_text_between (candidate, line, y))
      return;
    if (!gutters_admit (&candidate->gutters, line) &&
        !(split_headings (candidate, line) && gutters_admit (&candidate->gutters, line))) {
      line->spans = is_heading_of_columns (candidate, line, y);
      if (step < 0 && line->spans && heads++ < HEAD_LINES)
        take_line (candidate, last = i, step);
      else if (--banners < 0)
        return;
      continue;
    }
    for (int j = last + step; j != i; j += step)
      candidate->banner[j] = !line_at (candidate->lines, j)->spans;
    last = i;
    banners = step > 0 ? BANNER_LINES : 0;
    take_line (candidate, i, step);
  }
}

static int
lines_with_columns (const TableCandidate *candidate)
{
  int count = 0;
  for (int i = candidate->start; i < candidate->end; i++)
    count += !candidate->banner[i] && line_at (candidate->lines, i)->segments->len > 1;
  return count;
}

/* A table has gutters, lines that use them, and, where there is but one gutter, hardly a line that does not. */
static gboolean
is_table (const TableCandidate *candidate)
{
  int columns = lines_with_columns (candidate);
  if (candidate->gutters->len == 0 || columns < TABLE_LINES_LEAST)
    return FALSE;
  return candidate->gutters->len > 1 || columns * 2 >= candidate->end - candidate->start;
}

int
candidate_seed (const TableCandidate *candidate)
{
  int best = -1;
  for (int i = 0; i < (int)candidate->lines->len; i++) {
    guint segments = line_at (candidate->lines, i)->segments->len;
    if (!candidate->used[i] && segments > 1 && (best < 0 || segments > line_at (candidate->lines, best)->segments->len))
      best = i;
  }
  return best;
}

void
candidate_mark_used (TableCandidate *candidate)
{
  for (int i = candidate->start; i < candidate->end; i++)
    candidate->used[i] = TRUE;
}

/* Whether one of GUTTERS is between the first and the last segment of LINE. */
static gboolean
has_gutter_within (const GArray *gutters, const SegmentLine *line)
{
  const TextSegment *first = &g_array_index (line->segments, TextSegment, 0), *last = first + line->segments->len - 1;
  for (guint i = 0; i < gutters->len; i++) {
    const Gutter *gutter = &g_array_index (gutters, Gutter, i);
    if (gutter->left >= first->x1 - 1 && gutter->right <= last->x0 + 1)
      return TRUE;
  }
  return FALSE;
}

gboolean
candidate_grow_from_line (TableCandidate *candidate, int seed)
{
  g_clear_pointer (&candidate->gutters, g_array_unref);
  candidate->gutters = gutters_from_line (line_at (candidate->lines, seed));
  candidate->start = seed;
  candidate->end = seed + 1;
  grow (candidate, 1);
  grow (candidate, -1);
  return is_table (candidate);
}

/* Whether one of its lines has more pieces of text than there are columns: it is a table of its own. */
static gboolean
has_more_columns (const TableCandidate *candidate)
{
  for (int i = candidate->start; i < candidate->end; i++)
    if (line_at (candidate->lines, i)->segments->len > candidate->gutters->len + 1)
      return TRUE;
  return FALSE;
}

gboolean
candidate_grow_from_gutters (TableCandidate *candidate, GArray *gutters)
{
  for (int i = 0; i < (int)candidate->lines->len; i++) {
    const SegmentLine *line = line_at (candidate->lines, i);
    g_autoptr (GArray) admitted = g_array_copy (gutters);
    if (line->segments->len < 2 || candidate->used[i] || !gutters_admit (&admitted, line) ||
        !has_gutter_within (admitted, line))
      continue;
    g_clear_pointer (&candidate->gutters, g_array_unref);
    candidate->gutters = g_steal_pointer (&admitted);
    candidate->start = i;
    candidate->end = i + 1;
    grow (candidate, 1);
    grow (candidate, -1);
    return candidate->start == 0 && is_table (candidate) && !has_more_columns (candidate);
  }
  return FALSE;
}
