/* partly_ruled.c - see partly_ruled.h */
#include "layout/unruled/partly_ruled.h"

#include "layout/unruled/segment.h"

/* A frame of at most this many rows may be only the head of a table, whose first line is no farther below than this, in
 * ems. */
#define HEAD_ROWS 2
#define BODY_DISTANCE 3.0

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

gboolean
frame_is_head_alone (const Frame *frame, const Page *page, const gboolean *taken)
{
  if (frame_rows (frame) > HEAD_ROWS || frame_columns (frame) < 2)
    return FALSE;
  Box below = {frame->box.x0 - 1, frame->box.y1, frame->box.x1 + 1, page->height};
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, taken, &below);
  g_autoptr (GPtrArray) lines = segment_lines_from_glyphs (glyphs, TRUE);
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
