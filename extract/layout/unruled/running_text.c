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

/* Each column of the page has at least this many lines of running text. */
#define COLUMN_LINES_LEAST 4

/* Points: a gutter of the page is wider than this. There are at most this many. */
#define PAGE_GUTTER_LEAST 6.0
#define PAGE_GUTTERS_MOST 6

/* Points: lines begin at the same edge when they are off by no more than this. */
#define SAME_EDGE 20.0

/* Points: what crosses a gutter by more than this is wide; and so is all that is this near to it, up and down. */
#define CROSSING 6.0
#define WIDE_NEAR 6.0

/* Running text */

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
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->segments->len; j++) {
      SegmentPosition position = {i, j};
      const SegmentLine *line = line_at (search, i);
      const TextSegment *segment = segment_of (search, position);
      Box box = {segment->x0, line->y - line->em / 2, segment->x1, line->y + line->em / 2};
      if (*is_running (search, position))
        g_array_append_val (boxes, box);
    }
  return boxes;
}

static GArray *
lines_of_running_text (GPtrArray *lines)
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

/* Columns of the page */

typedef struct {
  double y;
  gboolean wide; /* else it is a line of a column */
} WidthMark;

static int
order_marks (gconstpointer a, gconstpointer b)
{
  double first = ((const WidthMark *)a)->y, second = ((const WidthMark *)b)->y;
  return first < second ? -1 : first > second;
}

static int
order_boxes_rightwards (gconstpointer a, gconstpointer b)
{
  double first = ((const Box *)a)->x0, second = ((const Box *)b)->x0;
  return first < second ? -1 : first > second;
}

/* The left edges (double) at which many of RUNNING, which are in order from the left, begin. */
static GArray *
left_edges (GArray *running)
{
  GArray *lefts = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint first = 0, end; first < running->len; first = end) {
    double left = g_array_index (running, Box, first).x0;
    for (end = first + 1; end < running->len && g_array_index (running, Box, end).x0 - left <= SAME_EDGE;)
      end++;
    if (end - first >= COLUMN_LINES_LEAST)
      g_array_append_val (lefts, left);
  }
  return lefts;
}

/* The gutter before RIGHT_EDGE that most of the lines which begin at LEFT_EDGE leave open; FALSE: there is none. */
static gboolean
gutter_between (GArray *running, double left_edge, double right_edge, Gutter *gutter)
{
  guint lines = 0, open = 0;
  *gutter = (Gutter){left_edge, right_edge, 0};
  for (guint i = 0; i < running->len; i++) {
    Box box = g_array_index (running, Box, i);
    if (box.x0 < left_edge - SAME_EDGE || box.x0 > left_edge + SAME_EDGE)
      continue;
    lines++;
    if (box.x1 > right_edge - PAGE_GUTTER_LEAST)
      continue;
    open++;
    gutter->left = MAX (gutter->left, box.x1);
  }
  return open >= COLUMN_LINES_LEAST && open * 2 >= lines;
}

static void
find_gutters (RunningText *text)
{
  g_autoptr (GArray) sorted = g_array_copy (text->lines);
  g_array_sort (sorted, order_boxes_rightwards);
  g_autoptr (GArray) lefts = left_edges (sorted);
  text->gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint left = 0, right = 1; right < lefts->len && text->gutters->len < PAGE_GUTTERS_MOST; right++) {
    Gutter gutter;
    if (!gutter_between (text->lines, g_array_index (lefts, double, left), g_array_index (lefts, double, right),
                         &gutter))
      continue;
    g_array_append_val (text->gutters, gutter);
    left = right;
  }
}

static gboolean
crosses (const RunningText *text, double x0, double x1)
{
  for (guint i = 0; i < text->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (text->gutters, Gutter, i);
    if (x0 < gutter->left - CROSSING && x1 > gutter->right + CROSSING)
      return TRUE;
  }
  return FALSE;
}

static void
mark (GArray *marks, double y, gboolean wide)
{
  WidthMark mark = {y, wide};
  g_array_append_val (marks, mark);
}

static GArray *
marks_of_page (const RunningText *text, const Page *page, GPtrArray *lines)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (WidthMark));
  for (guint i = 0; i < lines->len; i++) {
    const SegmentLine *line = g_ptr_array_index (lines, i);
    for (guint j = 0; j < line->segments->len; j++)
      if (crosses (text, g_array_index (line->segments, TextSegment, j).x0,
                   g_array_index (line->segments, TextSegment, j).x1))
        mark (marks, line->y, TRUE);
  }
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    if (ruling->kind != RULING_VERTICAL && crosses (text, ruling->box.x0, ruling->box.x1)) {
      mark (marks, ruling->box.y0, TRUE);
      mark (marks, ruling->box.y1, TRUE);
    }
  }
  for (guint i = 0; i < text->lines->len; i++) {
    Box box = g_array_index (text->lines, Box, i);
    if (!crosses (text, box.x0, box.x1))
      mark (marks, (box.y0 + box.y1) / 2, FALSE);
  }
  g_array_sort (marks, order_marks);
  return marks;
}

static void
find_wide (RunningText *text, const Page *page, GPtrArray *lines)
{
  g_autoptr (GArray) marks = marks_of_page (text, page, lines);
  text->wide = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0, end; i < marks->len; i = end) {
    end = i + 1;
    if (!g_array_index (marks, WidthMark, i).wide)
      continue;
    while (end < marks->len && g_array_index (marks, WidthMark, end).wide)
      end++;
    double from = g_array_index (marks, WidthMark, i).y - WIDE_NEAR,
           to = g_array_index (marks, WidthMark, end - 1).y + WIDE_NEAR;
    g_array_append_val (text->wide, from);
    g_array_append_val (text->wide, to);
  }
}

RunningText
running_text_from_lines (const Page *page, GPtrArray *lines)
{
  RunningText text = {.lines = lines_of_running_text (lines)};
  find_gutters (&text);
  find_wide (&text, page, lines);
  return text;
}

void
running_text_clear (RunningText *text)
{
  g_clear_pointer (&text->lines, g_array_unref);
  g_clear_pointer (&text->gutters, g_array_unref);
  g_clear_pointer (&text->wide, g_array_unref);
}

guint
running_text_part_of (const RunningText *text, Box box)
{
  double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
  for (guint i = 0; i < text->wide->len; i += 2)
    if (y > g_array_index (text->wide, double, i) && y < g_array_index (text->wide, double, i + 1))
      return 0;
  guint column = 1;
  for (guint i = 0; i < text->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (text->gutters, Gutter, i);
    column += x > (gutter->left + gutter->right) / 2;
  }
  return column;
}

guint
running_text_parts (const RunningText *text)
{
  return text->gutters->len + 2;
}
