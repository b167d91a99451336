/* frame.c - see frame.h */
#include "layout/frame/frame.h"

#include "model/numbers.h"

#include <math.h>

/* Points: dividers touch when they are no farther apart. Borders are drawn cell by cell, with gaps at the corners. */
#define TOUCH 2.5

/* A group of dividers with more places is a drawing. */
#define PLACES_MOST 2000000

/* This part of the boundary between two places must be drawn for a border. */
#define BORDER_SHARE 0.5

/* Points: a banner is one line of text, no higher than this; boundaries nearer than this are the same. */
#define BANNER_HEIGHT 26.0
#define SAME_BOUNDARY 3.0

static const Divider *
divider_at (GArray *dividers, guint index)
{
  return &g_array_index (dividers, Divider, index);
}

static gboolean
touches (const Divider *horizontal, const Divider *vertical)
{
  return vertical->at >= horizontal->from - TOUCH && vertical->at <= horizontal->to + TOUCH &&
         horizontal->at >= vertical->from - TOUCH && horizontal->at <= vertical->to + TOUCH;
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
  guint horizontals = dividers->horizontal->len, verticals = dividers->vertical->len;
  guint *parent = g_new (guint, horizontals + verticals + 1);
  for (guint i = 0; i < horizontals + verticals; i++)
    parent[i] = i;
  for (guint i = 0; i < horizontals; i++) {
    const Divider *horizontal = divider_at (dividers->horizontal, i);
    for (guint j = numbers_first_from (dividers->vertical, horizontal->from - TOUCH);
         j < verticals && divider_at (dividers->vertical, j)->at <= horizontal->to + TOUCH; j++)
      if (touches (horizontal, divider_at (dividers->vertical, j)))
        parent[group_of (parent, i)] = group_of (parent, horizontals + j);
  }
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
  g_free (frame->vertical_borders);
  g_free (frame->horizontal_borders);
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

/* The boundaries of rows or columns: the places of DIVIDERS, and the two ends of the frame; those too near to each
 * other are one. */
static void
boundaries_from_dividers (GArray *boundaries, GArray *dividers, double low, double high)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (places, low);
  g_array_append_val (places, high);
  for (guint i = 0; i < dividers->len; i++)
    g_array_append_val (places, divider_at (dividers, i)->at);
  g_array_sort (places, order_numbers);
  for (guint i = 0; i < places->len; i++) {
    double place = g_array_index (places, double, i);
    if (boundaries->len == 0 || place - g_array_index (boundaries, double, boundaries->len - 1) > DIVIDER_NEAR)
      g_array_append_val (boundaries, place);
  }
}

/* One byte for each of BOUNDARIES and each track between two of TRACKS: whether enough of DIVIDERS is drawn there. */
static guint8 *
borders_from_dividers (GArray *dividers, GArray *boundaries, GArray *tracks)
{
  guint count = tracks->len - 1;
  g_autofree float *drawn = g_new0 (float, (gsize)boundaries->len *count + 1);
  for (guint i = 0; i < dividers->len; i++) {
    const Divider *divider = divider_at (dividers, i);
    guint first = numbers_first_from (tracks, divider->from);
    for (guint j = numbers_first_from (boundaries, divider->at - DIVIDER_NEAR);
         j < boundaries->len && g_array_index (boundaries, double, j) <= divider->at + DIVIDER_NEAR; j++)
      for (guint k = first > 0 ? first - 1 : 0; k < count && g_array_index (tracks, double, k) < divider->to; k++)
        drawn[(gsize)j * count + k] += (float)MAX (0, MIN (divider->to, g_array_index (tracks, double, k + 1)) -
                                                          MAX (divider->from, g_array_index (tracks, double, k)));
  }
  guint8 *borders = g_new0 (guint8, (gsize)boundaries->len * count + 1);
  for (gsize j = 0; j < boundaries->len; j++)
    for (guint k = 0; k < count; k++)
      borders[j * count + k] = drawn[j * count + k] >= BORDER_SHARE * (g_array_index (tracks, double, k + 1) -
                                                                       g_array_index (tracks, double, k));
  return borders;
}

static void
frame_complete (Frame *frame)
{
  for (guint i = 0; i < frame->horizontal->len; i++) {
    const Divider *divider = divider_at (frame->horizontal, i);
    frame->box = box_union (frame->box, (Box){divider->from, divider->at, divider->to, divider->at});
  }
  for (guint i = 0; i < frame->vertical->len; i++) {
    const Divider *divider = divider_at (frame->vertical, i);
    frame->box = box_union (frame->box, (Box){divider->at, divider->from, divider->at, divider->to});
  }
  boundaries_from_dividers (frame->x, frame->vertical, frame->box.x0, frame->box.x1);
  boundaries_from_dividers (frame->y, frame->horizontal, frame->box.y0, frame->box.y1);
  if (frame->x->len < 2 || frame->y->len < 2 || (gsize)frame->x->len * frame->y->len > PLACES_MOST)
    return;
  frame->vertical_borders = borders_from_dividers (frame->vertical, frame->x, frame->y);
  frame->horizontal_borders = borders_from_dividers (frame->horizontal, frame->y, frame->x);
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
  guint horizontals = dividers->horizontal->len, all = horizontals + dividers->vertical->len;
  g_autofree Frame **by_group = g_new0 (Frame *, all + 1);
  for (guint i = 0; i < all; i++) {
    Frame **frame = &by_group[group_of (parent, i)];
    if (!*frame)
      g_ptr_array_add (frames, *frame = frame_new ());
    if (i < horizontals)
      g_array_append_val ((*frame)->horizontal, *divider_at (dividers->horizontal, i));
    else
      g_array_append_val ((*frame)->vertical, *divider_at (dividers->vertical, i - horizontals));
  }
  for (guint i = 0; i < frames->len; i++)
    frame_complete (g_ptr_array_index (frames, i));
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

/* The track whose BOUNDARIES VALUE is between; -1: it is outside of them. */
static int
track_at (GArray *boundaries, double value)
{
  guint first = numbers_first_from (boundaries, value);
  gboolean on = first < boundaries->len && g_array_index (boundaries, double, first) == value;
  return first == boundaries->len || (on && first + 1 == boundaries->len) ? -1 : (int)first - !on;
}

int
frame_row_at (const Frame *frame, double y)
{
  return track_at (frame->y, y);
}

int
frame_column_at (const Frame *frame, double x)
{
  return track_at (frame->x, x);
}

double
frame_x (const Frame *frame, int boundary)
{
  return g_array_index (frame->x, double, boundary);
}

double
frame_y (const Frame *frame, int boundary)
{
  return g_array_index (frame->y, double, boundary);
}

gboolean
frame_has_vertical_border (const Frame *frame, int boundary, int row)
{
  return frame->vertical_borders[(gsize)boundary * frame_rows (frame) + row];
}

gboolean
frame_has_horizontal_border (const Frame *frame, int boundary, int column)
{
  return frame->horizontal_borders[(gsize)boundary * frame_columns (frame) + column];
}

void
frame_add_vertical_border (Frame *frame, int boundary, int row)
{
  Divider divider = {frame_x (frame, boundary), frame_y (frame, row), frame_y (frame, row + 1)};
  g_array_append_val (frame->vertical, divider);
  frame->vertical_borders[(gsize)boundary * frame_rows (frame) + row] = TRUE;
}

void
frame_add_horizontal_border (Frame *frame, int boundary, int column)
{
  Divider divider = {frame_y (frame, boundary), frame_x (frame, column), frame_x (frame, column + 1)};
  g_array_append_val (frame->horizontal, divider);
  frame->horizontal_borders[(gsize)boundary * frame_columns (frame) + column] = TRUE;
}

Frame *
frame_with_dividers (const Frame *frame, GArray *horizontal, GArray *vertical)
{
  Frame *more = frame_new ();
  g_array_append_vals (more->horizontal, frame->horizontal->data, frame->horizontal->len);
  g_array_append_vals (more->vertical, frame->vertical->data, frame->vertical->len);
  if (horizontal)
    g_array_append_vals (more->horizontal, horizontal->data, horizontal->len);
  if (vertical)
    g_array_append_vals (more->vertical, vertical->data, vertical->len);
  frame_complete (more);
  return more;
}

/* Frames that are one table, and one frame that is two */

static gboolean
same_columns (const Frame *a, const Frame *b)
{
  if (a->x->len != b->x->len)
    return FALSE;
  for (guint i = 0; i < a->x->len; i++)
    if (fabs (frame_x (a, (int)i) - frame_x (b, (int)i)) > SAME_BOUNDARY)
      return FALSE;
  return TRUE;
}

/* A table with an outer border has it beside its banners too: the text between two such frames is a paragraph. */
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

/* FRAMES are in order from the top, so that one that goes on is followed by the other. */
static void
join_over_banners (GPtrArray *frames)
{
  for (guint i = 0; i + 1 < frames->len;) {
    const Frame *above = g_ptr_array_index (frames, i), *below = g_ptr_array_index (frames, i + 1);
    if (!is_banner_between (above, below)) {
      i++;
      continue;
    }
    Frame *joined = frame_with_dividers (above, below->horizontal, below->vertical);
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_insert (frames, (int)i, joined);
  }
}

/* Whether row ROW and the one below it both have borders that the other lacks. */
static gboolean
borders_conflict (const Frame *frame, int row)
{
  gboolean above_only = FALSE, below_only = FALSE;
  for (int boundary = 1; boundary < frame_columns (frame); boundary++) {
    gboolean above = frame_has_vertical_border (frame, boundary, row),
             below = frame_has_vertical_border (frame, boundary, row + 1);
    above_only = above_only || (above && !below);
    below_only = below_only || (below && !above);
  }
  return above_only && below_only;
}

/* Whether one of the rows FIRST to END (past the last) has a border at BOUNDARY. */
static gboolean
rows_have_border (const Frame *frame, int boundary, int first, int end)
{
  for (int row = first; row < end; row++)
    if (frame_has_vertical_border (frame, boundary, row))
      return TRUE;
  return FALSE;
}

/* The part of the boundaries of the rows FIRST to MIDDLE, or of MIDDLE to END where those have fewer, that both have. */
static double
shared_boundaries (const Frame *frame, int first, int middle, int end)
{
  int above = 0, below = 0, both = 0;
  for (int boundary = 1; boundary < frame_columns (frame); boundary++) {
    gboolean one = rows_have_border (frame, boundary, first, middle),
             other = rows_have_border (frame, boundary, middle, end);
    above += one;
    below += other;
    both += one && other;
  }
  return (double)both / MAX (1, MIN (above, below));
}

/* Whether the rows FIRST to MIDDLE and those to END are two tables. */
static gboolean
are_two_tables (const Frame *frame, int first, int middle, int end, int page, const Weighing *weighing)
{
  Evidence evidence = evidence_new (weighing);
  evidence_add (&evidence, EVIDENCE_TOUCHING, 1);
  evidence_add (&evidence, EVIDENCE_TOUCHING_SHARED, shared_boundaries (frame, first, middle, end));
  return evidence_decides (&evidence, page, frame->box, "two tables that touch",
                           "one table of rows with different columns");
}

/* The row below ROW whose borders conflict with those above; the end of FRAME: there is none. */
static int
next_conflict (const Frame *frame, int row)
{
  while (row + 1 < frame_rows (frame) && !borders_conflict (frame, row))
    row++;
  return row + 1;
}

/* The dividers between TOP and BOTTOM; vertical ones are shortened to it. */
static Frame *
frame_between (const Frame *frame, double top, double bottom)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  for (guint i = 0; i < frame->horizontal->len; i++) {
    Divider line = g_array_index (frame->horizontal, Divider, i);
    if (line.at >= top - SAME_BOUNDARY && line.at <= bottom + SAME_BOUNDARY)
      g_array_append_val (horizontal, line);
  }
  for (guint i = 0; i < frame->vertical->len; i++) {
    Divider line = g_array_index (frame->vertical, Divider, i);
    line.from = MAX (line.from, top);
    line.to = MIN (line.to, bottom);
    if (line.to - line.from > SAME_BOUNDARY)
      g_array_append_val (vertical, line);
  }
  return frame_from_dividers (horizontal, vertical);
}

/* Replaces the frame at INDEX by its parts. Returns their number. */
static guint
split_frame (GPtrArray *frames, guint index, int page, const Weighing *weighing)
{
  const Frame *frame = g_ptr_array_index (frames, index);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));
  for (int first = 0, middle = next_conflict (frame, 0), end; middle < frame_rows (frame);
       first = middle, middle = end) {
    end = next_conflict (frame, middle);
    if (are_two_tables (frame, first, middle, end, page, weighing))
      g_array_append_val (ends, g_array_index (frame->y, double, middle));
  }
  if (ends->len == 0)
    return 1;
  double top = frame->box.y0;
  for (guint i = 0; i <= ends->len; i++) {
    double bottom = i < ends->len ? g_array_index (ends, double, i) : frame->box.y1;
    g_ptr_array_insert (frames, (int)(index + 1 + i), frame_between (frame, top, bottom));
    top = bottom;
  }
  g_ptr_array_remove_index (frames, index);
  return ends->len + 1;
}

void
frames_settle (GPtrArray *frames, int page, const Weighing *weighing)
{
  join_over_banners (frames);
  for (guint i = 0; i < frames->len;)
    i += split_frame (frames, i, page, weighing);
}

GPtrArray *
frames_from_dividers (const Dividers *dividers)
{
  g_autofree guint *parent = groups_from_dividers (dividers);
  GPtrArray *frames = frames_of_groups (dividers, parent);
  for (guint i = frames->len; i-- > 0;) {
    const Frame *frame = g_ptr_array_index (frames, i);
    gboolean crossed = frame->horizontal->len > 0 && frame->vertical->len > 0 && frame->vertical_borders;
    if (!crossed || frame_rows (frame) * frame_columns (frame) < 2)
      g_ptr_array_remove_index (frames, i);
  }
  return frames;
}
