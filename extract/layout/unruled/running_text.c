/* running_text.c - see running_text.h */
#include "layout/unruled/running_text.h"

#include <math.h>

/* A column of running text has at least this many lines; fewer suffice where they are justified: their ends are off by
 * no more than this, in points. */
#define LINES_LEAST 5
#define JUSTIFIED_LEAST 3
#define SAME_END 1.0

/* A line of it has at least this many words, and is at least this wide, in ems. */
#define WORDS_LEAST 4
#define WIDTH_LEAST 9.0

/* A line is full when it is this part of its column's width, and this part of the lines are. */
#define FULL_LINE 0.8
#define FULL_SHARE 0.6

/* Ems: the lines of a column begin this near to its left edge; a paragraph's first line may be indented. */
#define INDENT 2.0

/* Two lines of a paragraph are no farther apart than this, in ems, and than this, as a part of the distance of the two
 * before. */
#define LEADING_MOST 2.0
#define SAME_LEADING 1.2

typedef struct {
  int line;
  guint segment;
} SegmentPosition;

typedef struct {
  GPtrArray *lines; /* SegmentLine */
  GArray **running; /* one for each line: an array of gboolean, one for each segment */
  GArray *columns;  /* Box: of columns of running text */
} RunningTextSearch;

static SegmentLine *
line_at (const RunningTextSearch *search, int index)
{
  return g_ptr_array_index (search->lines, index);
}

static TextSegment *
segment_of (const RunningTextSearch *search, SegmentPosition position)
{
  return &g_array_index (line_at (search, position.line)->segments, TextSegment, position.segment);
}

static gboolean *
is_running (const RunningTextSearch *search, SegmentPosition position)
{
  return &g_array_index (search->running[position.line], gboolean, position.segment);
}

static gboolean
is_words (const TextSegment *segment)
{
  return segment->kind == SEGMENT_WORDS && !segment->wide_end;
}

static gboolean
is_long (const TextSegment *segment, double em)
{
  return is_words (segment) && segment->words >= WORDS_LEAST && segment->x1 - segment->x0 >= WIDTH_LEAST * em;
}

/* The segment that continues the text below POSITION, at most DISTANCE away; FALSE: there is none. */
static gboolean
position_below (const RunningTextSearch *search, SegmentPosition position, double distance, SegmentPosition *below)
{
  const SegmentLine *line = line_at (search, position.line);
  const TextSegment *segment = segment_of (search, position);
  for (int i = position.line + 1; i < (int)search->lines->len; i++) {
    const SegmentLine *next = line_at (search, i);
    if (next->y - line->y > distance)
      return FALSE;
    for (guint j = 0; j < next->segments->len; j++) {
      const TextSegment *other = &g_array_index (next->segments, TextSegment, j);
      if (other->x1 <= segment->x0 || other->x0 >= segment->x1)
        continue;
      *below = (SegmentPosition){i, j};
      return is_words (other) && fabs (other->x0 - segment->x0) <= INDENT * line->em;
    }
  }
  return FALSE;
}

/* The positions (SegmentPosition) of the text that continues downwards from FIRST with one leading. */
static GArray *
stack_from (const RunningTextSearch *search, SegmentPosition first)
{
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (SegmentPosition));
  double distance = LEADING_MOST * line_at (search, first.line)->em;
  for (SegmentPosition position = first, below;; position = below) {
    g_array_append_val (stack, position);
    if (!position_below (search, position, distance, &below) || *is_running (search, below))
      return stack;
    distance = MIN (distance, SAME_LEADING * (line_at (search, below.line)->y - line_at (search, position.line)->y));
  }
}

static Box
box_of_stack (const RunningTextSearch *search, GArray *stack)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < stack->len; i++) {
    SegmentPosition position = g_array_index (stack, SegmentPosition, i);
    const TextSegment *segment = segment_of (search, position);
    double y = line_at (search, position.line)->y;
    box = box_union (box, (Box){segment->x0, y, segment->x1, y});
  }
  return box;
}

static double
full_share (const RunningTextSearch *search, GArray *stack, Box box)
{
  int full = 0;
  for (guint i = 0; i < stack->len; i++) {
    SegmentPosition position = g_array_index (stack, SegmentPosition, i);
    const TextSegment *segment = segment_of (search, position);
    full +=
        is_long (segment, line_at (search, position.line)->em) && segment->x1 - box.x0 >= FULL_LINE * (box.x1 - box.x0);
  }
  return (double)full / stack->len;
}

/* The number of lines of STACK that begin and end as the widest does. */
static guint
justified_lines (const RunningTextSearch *search, GArray *stack, Box box)
{
  guint count = 0;
  for (guint i = 0; i < stack->len; i++) {
    const TextSegment *segment = segment_of (search, g_array_index (stack, SegmentPosition, i));
    count += box.x1 - segment->x1 <= SAME_END && segment->x0 - box.x0 <= SAME_END;
  }
  return count;
}

static gboolean
is_column (const RunningTextSearch *search, GArray *stack, Box box)
{
  gboolean enough = stack->len >= LINES_LEAST || justified_lines (search, stack, box) >= JUSTIFIED_LEAST;
  return enough && full_share (search, stack, box) >= FULL_SHARE;
}

static void
find_columns (RunningTextSearch *search)
{
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->segments->len; j++) {
      SegmentPosition first = {i, j};
      if (*is_running (search, first) || !is_long (segment_of (search, first), line_at (search, i)->em))
        continue;
      g_autoptr (GArray) stack = stack_from (search, first);
      Box box = box_of_stack (search, stack);
      if (!is_column (search, stack, box))
        continue;
      for (guint k = 0; k < stack->len; k++)
        *is_running (search, g_array_index (stack, SegmentPosition, k)) = TRUE;
      g_array_append_val (search->columns, box);
    }
}

/* Whether POSITION fills one of the columns: a line of it that no others follow. */
static gboolean
fills_column (const RunningTextSearch *search, SegmentPosition position)
{
  const TextSegment *segment = segment_of (search, position);
  double em = line_at (search, position.line)->em;
  for (guint i = 0; i < search->columns->len && is_long (segment, em); i++) {
    Box column = g_array_index (search->columns, Box, i);
    if (segment->x0 >= column.x0 - SAME_END && segment->x0 <= column.x0 + INDENT * em &&
        segment->x1 <= column.x1 + em && segment->x1 - column.x0 >= FULL_LINE * (column.x1 - column.x0))
      return TRUE;
  }
  return FALSE;
}

static void
find_rest (RunningTextSearch *search)
{
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->segments->len; j++) {
      SegmentPosition position = {i, j};
      *is_running (search, position) = *is_running (search, position) || fills_column (search, position);
    }
}

static GArray *
boxes_of_running (const RunningTextSearch *search)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (BoxAt));
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->segments->len; j++) {
      SegmentPosition position = {i, j};
      const SegmentLine *line = line_at (search, i);
      const TextSegment *segment = segment_of (search, position);
      BoxAt box = {line->y, {segment->x0, line->y - line->em / 2, segment->x1, line->y + line->em / 2}};
      if (*is_running (search, position))
        g_array_append_val (boxes, box);
    }
  return boxes;
}

GArray *
running_text_from_lines (GPtrArray *lines)
{
  RunningTextSearch search = {lines, g_new0 (GArray *, lines->len + 1), g_array_new (FALSE, FALSE, sizeof (Box))};
  guint count = lines->len;
  for (guint i = 0; i < count; i++) {
    search.running[i] = g_array_new (FALSE, TRUE, sizeof (gboolean));
    g_array_set_size (search.running[i], line_at (&search, (int)i)->segments->len);
  }
  find_columns (&search);
  find_rest (&search);
  GArray *boxes = boxes_of_running (&search);
  for (guint i = 0; i < count; i++)
    g_array_unref (search.running[i]);
  g_free (search.running);
  g_array_unref (search.columns);
  return boxes;
}
