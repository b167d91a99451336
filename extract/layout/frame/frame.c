/* frame.c - see frame.h */
#include "layout/frame/frame.h"

#include "model/numbers.h"

#include <math.h>

/* Dividers touch when no more than this lies between them: borders are drawn cell by cell, with gaps at the corners. */
#define TOUCH 2.5

/* Most of a side must be drawn for a wall. */
#define WALL_SHARE 0.5

/* A banner is one line of text; points. */
#define BANNER_HEIGHT 26.0

#define SAME_SIDE 3.0

static const Divider *
divider_at (GArray *dividers, guint index)
{
  return &g_array_index (dividers, Divider, index);
}

static gboolean
touches (const Divider *level, const Divider *upright)
{
  return upright->at >= level->from - TOUCH && upright->at <= level->to + TOUCH && level->at >= upright->from - TOUCH &&
         level->at <= upright->to + TOUCH;
}

/* Groups of dividers, as a forest in which each points at another of its group (union-find). Horizontal ones come
 * first. */
static guint
group_of (guint *parent, guint index)
{
  while (parent[index] != index)
    index = parent[index] = parent[parent[index]];
  return index;
}

static guint *
groups_from_dividers (const Dividers *dividers)
{
  guint levels = dividers->horizontal->len, uprights = dividers->vertical->len;
  guint *parent = g_new (guint, levels + uprights + 1);
  for (guint i = 0; i < levels + uprights; i++)
    parent[i] = i;
  for (guint i = 0; i < levels; i++)
    for (guint j = 0; j < uprights; j++)
      if (touches (divider_at (dividers->horizontal, i), divider_at (dividers->vertical, j)))
        parent[group_of (parent, i)] = group_of (parent, levels + j);
  return parent;
}

static void
frame_free (gpointer data)
{
  Frame *frame = data;
  g_array_unref (frame->x);
  g_array_unref (frame->y);
  g_array_unref (frame->horizontal);
  g_array_unref (frame->vertical);
  g_free (frame);
}

static Frame *
frame_new (void)
{
  Frame *frame = g_new0 (Frame, 1);
  frame->x = g_array_new (FALSE, FALSE, sizeof (double));
  frame->y = g_array_new (FALSE, FALSE, sizeof (double));
  frame->horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  frame->vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  frame->box = (Box){1e9, 1e9, -1e9, -1e9};
  return frame;
}

/* The sides of tracks: where DIVIDERS stand, and the two ends of the frame; those too near to each other are one. */
static void
sides_from_dividers (GArray *sides, GArray *dividers, double low, double high)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (places, low);
  g_array_append_val (places, high);
  for (guint i = 0; i < dividers->len; i++)
    g_array_append_val (places, divider_at (dividers, i)->at);
  g_array_sort (places, order_numbers);
  for (guint i = 0; i < places->len; i++) {
    double place = g_array_index (places, double, i);
    if (sides->len == 0 || place - g_array_index (sides, double, sides->len - 1) > DIVIDER_NEAR)
      g_array_append_val (sides, place);
  }
}

static void
frame_complete (Frame *frame)
{
  for (guint i = 0; i < frame->horizontal->len; i++) {
    const Divider *level = divider_at (frame->horizontal, i);
    frame->box = box_union (frame->box, (Box){level->from, level->at, level->to, level->at});
  }
  for (guint i = 0; i < frame->vertical->len; i++) {
    const Divider *upright = divider_at (frame->vertical, i);
    frame->box = box_union (frame->box, (Box){upright->at, upright->from, upright->at, upright->to});
  }
  sides_from_dividers (frame->x, frame->vertical, frame->box.x0, frame->box.x1);
  sides_from_dividers (frame->y, frame->horizontal, frame->box.y0, frame->box.y1);
}

GPtrArray *
frames_new (void)
{
  return g_ptr_array_new_with_free_func (frame_free);
}

Frame *
frame_from_dividers (GArray *horizontal, GArray *vertical)
{
  Frame *frame = frame_new ();
  g_array_append_vals (frame->horizontal, horizontal->data, horizontal->len);
  g_array_append_vals (frame->vertical, vertical->data, vertical->len);
  frame_complete (frame);
  return frame;
}

static Frame *
frame_of_group (GHashTable *frames, guint group)
{
  Frame *frame = g_hash_table_lookup (frames, GUINT_TO_POINTER (group));
  if (!frame) {
    frame = frame_new ();
    g_hash_table_insert (frames, GUINT_TO_POINTER (group), frame);
  }
  return frame;
}

/* A box drawn inside a cell is part of what the cell holds; but a border around the whole page is no table of one cell.
 */
static gboolean
is_inside_another (const Frame *frame, GPtrArray *frames)
{
  for (guint i = 0; i < frames->len; i++) {
    const Frame *other = g_ptr_array_index (frames, i);
    if (other != frame && frame_rows (other) * frame_columns (other) > 1 && frame->box.x0 > other->box.x0 - TOUCH &&
        frame->box.x1 < other->box.x1 + TOUCH && frame->box.y0 > other->box.y0 - TOUCH &&
        frame->box.y1 < other->box.y1 + TOUCH &&
        (other->box.x1 - other->box.x0) * (other->box.y1 - other->box.y0) >
            (frame->box.x1 - frame->box.x0) * (frame->box.y1 - frame->box.y0))
      return TRUE;
  }
  return FALSE;
}

static int
order_downwards (gconstpointer a, gconstpointer b)
{
  const Frame *first = *(Frame *const *)a, *second = *(Frame *const *)b;
  if (first->box.y0 != second->box.y0)
    return first->box.y0 < second->box.y0 ? -1 : 1;
  return first->box.x0 < second->box.x0 ? -1 : first->box.x0 > second->box.x0;
}

static GPtrArray *
frames_of_groups (const Dividers *dividers, guint *parent)
{
  GPtrArray *frames = frames_new ();
  g_autoptr (GHashTable) by_group = g_hash_table_new (NULL, NULL);
  guint levels = dividers->horizontal->len;
  for (guint i = 0; i < levels; i++)
    g_array_append_val (frame_of_group (by_group, group_of (parent, i))->horizontal,
                        *divider_at (dividers->horizontal, i));
  for (guint j = 0; j < dividers->vertical->len; j++)
    g_array_append_val (frame_of_group (by_group, group_of (parent, levels + j))->vertical,
                        *divider_at (dividers->vertical, j));
  GHashTableIter iterator;
  gpointer frame;
  g_hash_table_iter_init (&iterator, by_group);
  while (g_hash_table_iter_next (&iterator, NULL, &frame)) {
    frame_complete (frame);
    g_ptr_array_add (frames, frame);
  }
  g_ptr_array_sort (frames, order_downwards);
  return frames;
}

int
frame_rows (const Frame *frame)
{
  return (int)frame->y->len - 1;
}

int
frame_columns (const Frame *frame)
{
  return (int)frame->x->len - 1;
}

double
frame_x (const Frame *frame, int side)
{
  return g_array_index (frame->x, double, side);
}

double
frame_y (const Frame *frame, int side)
{
  return g_array_index (frame->y, double, side);
}

/* How much of FROM to TO the dividers near AT cover. */
static double
covered (GArray *dividers, double at, double from, double to)
{
  double sum = 0;
  for (guint i = 0; i < dividers->len; i++) {
    const Divider *divider = divider_at (dividers, i);
    if (fabs (divider->at - at) <= DIVIDER_NEAR)
      sum += MAX (0, MIN (divider->to, to) - MAX (divider->from, from));
  }
  return sum;
}

gboolean
frame_has_vertical_border (const Frame *frame, int side, int row)
{
  double from = frame_y (frame, row), to = frame_y (frame, row + 1);
  return covered (frame->vertical, frame_x (frame, side), from, to) >= WALL_SHARE * (to - from);
}

gboolean
frame_has_horizontal_border (const Frame *frame, int side, int column)
{
  double from = frame_x (frame, column), to = frame_x (frame, column + 1);
  return covered (frame->horizontal, frame_y (frame, side), from, to) >= WALL_SHARE * (to - from);
}

/* Frames that are one table, and one frame that is two */

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
  return frame_has_vertical_border (frame, 0, 0) || frame_has_vertical_border (frame, frame_columns (frame), 0);
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
    gboolean above = frame_has_vertical_border (frame, side, row),
             below = frame_has_vertical_border (frame, side, row + 1);
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

static void
frames_settle (GPtrArray *frames)
{
  join_over_banners (frames);
  for (guint i = 0; i < frames->len;)
    i += split_frame (frames, i);
}

GPtrArray *
frames_from_dividers (const Dividers *dividers)
{
  g_autofree guint *parent = groups_from_dividers (dividers);
  GPtrArray *frames = frames_of_groups (dividers, parent);
  for (guint i = frames->len; i-- > 0;) {
    const Frame *frame = g_ptr_array_index (frames, i);
    gboolean crossed = frame->horizontal->len > 0 && frame->vertical->len > 0;
    if (!crossed || frame_rows (frame) * frame_columns (frame) < 2 || is_inside_another (frame, frames))
      g_ptr_array_remove_index (frames, i);
  }
  frames_settle (frames);
  return frames;
}
