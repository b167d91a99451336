/* partly_ruled.c - see partly_ruled.h */
#include "layout/unruled/partly_ruled.h"

#include "layout/unruled/segment.h"

/* A head is no farther above its table than this, in ems of its line. */
#define HEAD_DISTANCE 2.2

/* A frame of at most this many rows may be only the head of a table, whose first line is no farther below than this, in
 * ems. */
#define HEAD_ROWS 2
#define BODY_DISTANCE 3.0

/* A frame is too coarse where it has at least this many values, and this part of them shares a cell with others. */
#define COARSE_LEAST 6
#define COARSE_SHARE 0.6

/* The lines of the glyphs in BOX. */
static GPtrArray *
lines_in_box (const Page *page, const gboolean *taken, Box box)
{
  g_autofree gboolean *outside = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *glyph = &g_array_index (page->glyphs, Glyph, i).box;
    outside[i] = taken[i] || !box_has (box, (glyph->x0 + glyph->x1) / 2, (glyph->y0 + glyph->y1) / 2);
  }
  return segment_lines_from_page (page, outside, TRUE);
}

/* The number of LINE's segments, where each is above a column of its own; -1: one of them is not. */
static int
columns_headed (const SegmentLine *line, const Frame *frame)
{
  int last = -1;
  for (guint i = 0; i < line->segments->len; i++) {
    TextSegment segment = g_array_index (line->segments, TextSegment, i);
    int column = 0;
    while (column < frame_columns (frame) && segment.x0 >= frame_x (frame, column + 1))
      column++;
    if (column >= frame_columns (frame) || column == last || segment.x0 < frame_x (frame, column) - 1 ||
        segment.x1 > frame_x (frame, column + 1) + 1)
      return -1;
    last = column;
  }
  return (int)line->segments->len;
}

static Frame *
frame_with_dividers (const Frame *frame, GArray *more_horizontal, GArray *more_vertical)
{
  g_autoptr (GArray) horizontal = g_array_copy (frame->horizontal), vertical = g_array_copy (frame->vertical);
  g_array_append_vals (horizontal, more_horizontal->data, more_horizontal->len);
  g_array_append_vals (vertical, more_vertical->data, more_vertical->len);
  return frame_from_dividers (horizontal, vertical);
}

/* FRAME with a row above it up to Y. */
static Frame *
frame_with_head (const Frame *frame, double y)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  Divider top = {y, frame->box.x0, frame->box.x1};
  g_array_append_val (horizontal, top);
  for (int boundary = 0; boundary <= frame_columns (frame); boundary++) {
    Divider line = {frame_x (frame, boundary), y, frame->box.y0};
    g_array_append_val (vertical, line);
  }
  return frame_with_dividers (frame, horizontal, vertical);
}

/* The frame with the head right above it; NULL where there is none. */
static Frame *
frame_taking_head (const Frame *frame, const Page *page, const gboolean *taken)
{
  Box above = {frame->box.x0 - 1, 0, frame->box.x1 + 1, frame->box.y0};
  g_autoptr (GPtrArray) lines = lines_in_box (page, taken, above);
  if (lines->len == 0 || frame_columns (frame) < 3)
    return NULL;
  const SegmentLine *line = g_ptr_array_index (lines, lines->len - 1);
  gboolean near = frame->box.y0 - line->y <= HEAD_DISTANCE * line->em;
  if (!near || columns_headed (line, frame) * 2 <= frame_columns (frame))
    return NULL;
  return frame_with_head (frame, line->y - line->em);
}

static void
replace_frame (GPtrArray *frames, guint index, Frame *frame)
{
  if (!frame)
    return;
  g_ptr_array_remove_index (frames, index);
  g_ptr_array_insert (frames, (int)index, frame);
}

void
frames_take_heads (GPtrArray *frames, const Page *page, const gboolean *taken)
{
  for (guint i = 0; i < frames->len; i++) {
    replace_frame (frames, i, frame_taking_head (g_ptr_array_index (frames, i), page, taken));
  }
}

/* The row or column whose BOUNDARIES VALUE is between; the last one where it is past them all. */
static int
track_of (GArray *boundaries, double value)
{
  int track = 0;
  while (track + 2 < (int)boundaries->len && value >= g_array_index (boundaries, double, track + 1))
    track++;
  return track;
}

gboolean
frame_is_head_alone (const Frame *frame, const Page *page, const gboolean *taken)
{
  if (frame_rows (frame) > HEAD_ROWS || frame_columns (frame) < 3)
    return FALSE;
  Box below = {frame->box.x0 - 1, frame->box.y1, frame->box.x1 + 1, page->height};
  g_autoptr (GPtrArray) lines = lines_in_box (page, taken, below);
  double y = frame->box.y1;
  for (guint i = 0; i < lines->len; i++) {
    const SegmentLine *line = g_ptr_array_index (lines, i);
    int columns = line->y - y <= BODY_DISTANCE * line->em ? columns_headed (line, frame) : -1;
    if (columns != 1)
      return columns > 1;
    y = line->y;
  }
  return FALSE;
}

gboolean
frame_is_coarse (const Frame *frame, const Page *page, const gboolean *hidden)
{
  g_autoptr (GPtrArray) lines = lines_in_box (page, hidden, frame->box);
  g_autofree int *values = g_new0 (int, (gsize)frame_rows (frame) * frame_columns (frame));
  int all = 0, crowded = 0, words = 0, wide = 0;
  for (guint i = 0; i < lines->len; i++) {
    const SegmentLine *line = g_ptr_array_index (lines, i);
    int row = track_of (frame->y, line->y);
    for (guint j = 0; j < line->segments->len; j++) {
      const TextSegment *segment = &g_array_index (line->segments, TextSegment, j);
      int column = track_of (frame->x, (segment->x0 + segment->x1) / 2);
      words += segment->kind == SEGMENT_WORDS;
      wide += segment->wide_end;
      values[row * frame_columns (frame) + column] += segment->kind == SEGMENT_VALUE;
    }
  }
  for (int i = 0; i < frame_rows (frame) * frame_columns (frame); i++) {
    all += values[i];
    crowded += values[i] > 1 ? values[i] : 0;
  }
  if (frame_columns (frame) == 1 && wide == 0)
    return TRUE;
  return all >= COARSE_LEAST && all >= words && crowded >= COARSE_SHARE * all;
}
