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

/* A segment of a line of text. */
typedef struct {
  int index; /* of its line */
  const SegmentLine *line;
  TextSegment *segment;
} SegmentPosition;

typedef struct {
  GPtrArray *lines; /* SegmentLine */
  GArray *columns;  /* Box: of columns of running text */
} RunningTextSearch;

static SegmentPosition
position_of (const RunningTextSearch *search, int line, guint segment)
{
  const SegmentLine *own = g_ptr_array_index (search->lines, line);
  return (SegmentPosition){line, own, &g_array_index (own->segments, TextSegment, segment)};
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
  const TextSegment *segment = position.segment;
  for (int i = position.index + 1; i < (int)search->lines->len; i++) {
    const SegmentLine *next = g_ptr_array_index (search->lines, i);
    if (next->y - position.line->y > distance)
      return FALSE;
    for (guint j = 0; j < next->segments->len; j++) {
      const TextSegment *other = &g_array_index (next->segments, TextSegment, j);
      if (other->x1 <= segment->x0 || other->x0 >= segment->x1)
        continue;
      *below = position_of (search, i, j);
      return is_words (other) && fabs (other->x0 - segment->x0) <= INDENT * position.line->em;
    }
  }
  return FALSE;
}

/* The positions (SegmentPosition) of the text that continues downwards from FIRST with one leading. */
static GArray *
stack_from (const RunningTextSearch *search, SegmentPosition first)
{
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (SegmentPosition));
  double distance = LEADING_MOST * first.line->em;
  for (SegmentPosition position = first, below;; position = below) {
    g_array_append_val (stack, position);
    if (!position_below (search, position, distance, &below) || below.segment->running)
      return stack;
    distance = MIN (distance, SAME_LEADING * (below.line->y - position.line->y));
  }
}

static Box
box_of_stack (GArray *stack)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < stack->len; i++) {
    SegmentPosition position = g_array_index (stack, SegmentPosition, i);
    box = box_union (box, (Box){position.segment->x0, position.line->y, position.segment->x1, position.line->y});
  }
  return box;
}

static gboolean
is_full_in (SegmentPosition position, Box column)
{
  return is_long (position.segment, position.line->em) &&
         position.segment->x1 - column.x0 >= FULL_LINE * (column.x1 - column.x0);
}

/* Whether STACK, in BOX, has enough lines for running text, fewer where they begin and end as the widest does, and most are full. */
static gboolean
is_column (GArray *stack, Box box)
{
  guint full = 0, justified = 0;
  for (guint i = 0; i < stack->len; i++) {
    SegmentPosition position = g_array_index (stack, SegmentPosition, i);
    full += is_full_in (position, box);
    justified += box.x1 - position.segment->x1 <= SAME_END && position.segment->x0 - box.x0 <= SAME_END;
  }
  return (stack->len >= LINES_LEAST || justified >= JUSTIFIED_LEAST) && full >= FULL_SHARE * stack->len;
}

/* Adds the column of running text that begins with FIRST, if one does, and marks its segments. */
static void
find_column_from (RunningTextSearch *search, SegmentPosition first)
{
  if (first.segment->running || !is_long (first.segment, first.line->em))
    return;
  g_autoptr (GArray) stack = stack_from (search, first);
  Box box = box_of_stack (stack);
  if (!is_column (stack, box))
    return;
  for (guint k = 0; k < stack->len; k++)
    g_array_index (stack, SegmentPosition, k).segment->running = TRUE;
  g_array_append_val (search->columns, box);
}

/* Whether POSITION fills one of the columns: a line of it that no others follow. */
static gboolean
fills_column (const RunningTextSearch *search, SegmentPosition position)
{
  double em = position.line->em;
  for (guint i = 0; i < search->columns->len; i++) {
    Box column = g_array_index (search->columns, Box, i);
    if (position.segment->x0 >= column.x0 - SAME_END && position.segment->x0 <= column.x0 + INDENT * em &&
        position.segment->x1 <= column.x1 + em && is_full_in (position, column))
      return TRUE;
  }
  return FALSE;
}

GArray *
running_text_from_lines (GPtrArray *lines)
{
  RunningTextSearch search = {lines, g_array_new (FALSE, FALSE, sizeof (Box))};
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (BoxAt));
  for (int i = 0; i < (int)lines->len; i++)
    for (guint j = 0; j < ((const SegmentLine *)g_ptr_array_index (lines, i))->segments->len; j++)
      find_column_from (&search, position_of (&search, i, j));
  for (int i = 0; i < (int)lines->len; i++)
    for (guint j = 0; j < ((const SegmentLine *)g_ptr_array_index (lines, i))->segments->len; j++) {
      SegmentPosition position = position_of (&search, i, j);
      const SegmentLine *line = position.line;
      BoxAt box = {line->y,
                   {position.segment->x0, line->y - line->em / 2, position.segment->x1, line->y + line->em / 2}};
      if (position.segment->running || fills_column (&search, position))
        g_array_append_val (boxes, box);
    }
  g_array_unref (search.columns);
  return boxes;
}
