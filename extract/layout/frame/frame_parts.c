/* frame_parts.c - frames that are one table, and one frame that is two (frame.h).
 *
 *   +----+-------+                     +-------+-------+
 *   | No.| 項目  |                     | 日付  | 改訂  |     side by side in one frame:
 *   +----+-------+                     +---+---+-------+     the walls below are others than
 *     可用性          no uprights:     |No.| 項目      |     those above, not fewer or more
 *   +----+-------+    one table        +---+-----------+
 *   | 1  | サー  |
 *   +----+-------+
 */
#include "layout/frame/frame.h"

#include <math.h>

/* A banner is one line of text; points. */
#define BANNER_HEIGHT 26.0

#define SAME_SIDE 3.0

static gboolean
same_columns (const Frame *a, const Frame *b)
{
  if (a->x->len != b->x->len)
    return FALSE;
  for (guint i = 0; i < a->x->len; i++)
    if (fabs (frame_x (a, (int)i) - frame_x (b, (int)i)) > SAME_SIDE)
      return FALSE;
  return TRUE;
}

/* A table with an outer border has it beside its banners too: what stands between two such frames is a paragraph. */
static gboolean
has_outer_border (const Frame *frame)
{
  return frame_has_upright_wall (frame, 0, 0) || frame_has_upright_wall (frame, frame_columns (frame), 0);
}

static gboolean
is_banner_between (const Frame *above, const Frame *below)
{
  double gap = below->box.y0 - above->box.y1;
  return gap > 0 && gap <= BANNER_HEIGHT && same_columns (above, below) && !has_outer_border (above) &&
         !has_outer_border (below);
}

static Frame *
frame_joined (const Frame *above, const Frame *below)
{
  g_autoptr (GArray) horizontal = g_array_copy (above->horizontal), vertical = g_array_copy (above->vertical);
  g_array_append_vals (horizontal, below->horizontal->data, below->horizontal->len);
  g_array_append_vals (vertical, below->vertical->data, below->vertical->len);
  return frame_from_dividers (horizontal, vertical);
}

/* FRAMES come from the top: one that goes on is near its successor. */
static void
join_over_banners (GPtrArray *frames)
{
  for (guint i = 0; i + 1 < frames->len;) {
    const Frame *above = g_ptr_array_index (frames, i), *below = g_ptr_array_index (frames, i + 1);
    if (!is_banner_between (above, below)) {
      i++;
      continue;
    }
    Frame *joined = frame_joined (above, below);
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_insert (frames, (int)i, joined);
  }
}

/* Whether row ROW and the one below it have walls that the other lacks, both ways. */
static gboolean
walls_conflict (const Frame *frame, int row)
{
  gboolean above_only = FALSE, below_only = FALSE;
  for (int side = 1; side < frame_columns (frame); side++) {
    gboolean above = frame_has_upright_wall (frame, side, row), below = frame_has_upright_wall (frame, side, row + 1);
    above_only = above_only || (above && !below);
    below_only = below_only || (below && !above);
  }
  return above_only && below_only;
}

/* The dividers between TOP and BOTTOM; uprights are cut to it. */
static Frame *
frame_between (const Frame *frame, double top, double bottom)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  for (guint i = 0; i < frame->horizontal->len; i++) {
    Divider level = g_array_index (frame->horizontal, Divider, i);
    if (level.at >= top - SAME_SIDE && level.at <= bottom + SAME_SIDE)
      g_array_append_val (horizontal, level);
  }
  for (guint i = 0; i < frame->vertical->len; i++) {
    Divider upright = g_array_index (frame->vertical, Divider, i);
    upright.from = MAX (upright.from, top);
    upright.to = MIN (upright.to, bottom);
    if (upright.to - upright.from > SAME_SIDE)
      g_array_append_val (vertical, upright);
  }
  return frame_from_dividers (horizontal, vertical);
}

/* Replaces the frame at INDEX by its parts; gives how many there are. */
static guint
split_frame (GPtrArray *frames, guint index)
{
  const Frame *frame = g_ptr_array_index (frames, index);
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (double));
  for (int row = 0; row + 1 < frame_rows (frame); row++)
    if (walls_conflict (frame, row))
      g_array_append_val (cuts, g_array_index (frame->y, double, row + 1));
  if (cuts->len == 0)
    return 1;
  double top = frame->box.y0;
  for (guint i = 0; i <= cuts->len; i++) {
    double bottom = i < cuts->len ? g_array_index (cuts, double, i) : frame->box.y1;
    g_ptr_array_insert (frames, (int)(index + 1 + i), frame_between (frame, top, bottom));
    top = bottom;
  }
  g_ptr_array_remove_index (frames, index);
  return cuts->len + 1;
}

void
frames_settle (GPtrArray *frames)
{
  join_over_banners (frames);
  for (guint i = 0; i < frames->len;)
    i += split_frame (frames, i);
}
