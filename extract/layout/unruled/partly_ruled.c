/* partly_ruled.c - see partly_ruled.h */
#include "layout/unruled/partly_ruled.h"

#include "layout/unruled/segment.h"
#include "text/line_break.h"

/* A head is no farther above its table than this, in ems of its line. */
#define HEAD_DISTANCE 2.2

/* Points: nor than this. */
#define HEAD_MOST 60.0

/* A frame of at most this many rows may be only the head of a table, whose first line is no farther below than this, in
 * ems. */
#define HEAD_ROWS 2
#define BODY_DISTANCE 3.0

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
  if (frame_columns (frame) < 3)
    return NULL;
  Box above = {frame->box.x0 - 1, frame->box.y0 - HEAD_MOST, frame->box.x1 + 1, frame->box.y0};
  g_autoptr (GPtrArray) lines = lines_in_box (page, taken, above);
  if (lines->len == 0)
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

gboolean
frame_is_head_alone (const Frame *frame, const Page *page, const gboolean *taken)
{
  if (frame_rows (frame) > HEAD_ROWS || frame_columns (frame) < 2)
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
frame_is_latin (const Frame *frame, const Page *page, const gboolean *hidden)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    const Box *box = &glyph->box;
    if (!hidden[i] && character_is_wide (glyph->character) &&
        box_has (frame->box, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2))
      return FALSE;
  }
  return TRUE;
}
