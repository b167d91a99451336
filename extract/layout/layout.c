/* layout.c - see layout.h */
#include "layout/layout.h"

#include "layout/cells.h"
#include "layout/frame/tagged_frame.h"
#include "layout/header_footer.h"
#include "layout/paragraph.h"
#include "layout/rotation.h"
#include "layout/unruled/partly_ruled.h"
#include "layout/unruled/unruled.h"

/* Fills that tell the cells of a table from each other cover at least this part of it. */
#define FILLED_SHARE 0.85

/* Unruled tables in a frame that leaves out rows or columns replace it when they cover this part of it. */
#define COVERED_SHARE 0.5

static int
order_downwards (gconstpointer a, gconstpointer b)
{
  const Block *first = *(Block *const *)a, *second = *(Block *const *)b;
  Box one = first->place.box, other = second->place.box;
  if (one.y0 != other.y0)
    return one.y0 < other.y0 ? -1 : 1;
  return one.x0 < other.x0 ? -1 : one.x0 > other.x0;
}

static gboolean
grid_is_empty (const Grid *grid)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (*cell->text || cell->struck)
      return FALSE;
  }
  return TRUE;
}

/* The part of FRAME that the fills of PAGE cover. */
static double
filled_share (const Frame *frame, const Page *page)
{
  double area = 0;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    Box common = box_intersection (ruling->box, frame->box);
    if (ruling->kind == RULING_FILL && !box_is_empty (common))
      area += (common.x1 - common.x0) * (common.y1 - common.y0);
  }
  return area / MAX (1, (frame->box.x1 - frame->box.x0) * (frame->box.y1 - frame->box.y0));
}

/* Filled areas make a table only where all of its rows are filled; else they are stripes, or stress a head, and the
 * text tells more. */
static gboolean
is_filled_table (const Frame *frame, const Page *page)
{
  return frame_rows (frame) >= 3 && frame_columns (frame) >= 2 && filled_share (frame, page) >= FILLED_SHARE;
}

/* Drawn lines first; where there are none, the edges of filled areas. */
static GPtrArray *
frames_from_page (const Page *page)
{
  g_autoptr (Dividers) lines = dividers_from_ruling_lines (page->ruling_lines);
  GPtrArray *frames = frames_from_dividers (lines);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < frames->len; i++)
    g_array_append_val (covered, ((const Frame *)g_ptr_array_index (frames, i))->box);
  g_autoptr (Dividers) edges = dividers_from_fills (page->ruling_lines, covered, page->width);
  GPtrArray *coloured = frames_from_dividers (edges);
  for (guint i = coloured->len; i-- > 0;)
    if (!is_filled_table (g_ptr_array_index (coloured, i), page))
      g_ptr_array_remove_index (coloured, i);
  g_ptr_array_extend_and_steal (frames, coloured);
  return frames;
}

/* Sets TAKEN for the glyphs in FRAMES. */
static void
mark_framed (const Page *page, GPtrArray *frames, gboolean *taken)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    for (guint j = 0; j < frames->len && !taken[i]; j++)
      taken[i] = box_has (((const Frame *)g_ptr_array_index (frames, j))->box, (box->x0 + box->x1) / 2,
                          (box->y0 + box->y1) / 2);
  }
}

/* Adds the unruled tables among the glyphs outside FRAMES; HIDDEN glyphs are left out. */
static void
add_frames_of_unruled_tables (const Page *page, const gboolean *hidden, GPtrArray *frames, PreviousTable *previous)
{
  g_autofree gboolean *taken = g_memdup2 (hidden, (page->glyphs->len + 1) * sizeof (gboolean));
  mark_framed (page, frames, taken);
  g_ptr_array_extend_and_steal (frames, frames_from_unruled_tables (page, taken, previous));
}

static double
area (Box box)
{
  return box_is_empty (box) ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0);
}

/* The part of FRAME that those of FRAMES from FIRST on cover. */
static double
covered_share (const Frame *frame, GPtrArray *frames, guint first)
{
  double sum = 0;
  for (guint i = first; i < frames->len; i++)
    sum += area (box_intersection (frame->box, ((const Frame *)g_ptr_array_index (frames, i))->box));
  return sum / MAX (1, area (frame->box));
}

static void
remove_overlapping (const Frame *frame, GPtrArray *frames, guint first)
{
  for (guint i = frames->len; i-- > first;)
    if (area (box_intersection (frame->box, ((const Frame *)g_ptr_array_index (frames, i))->box)) > 0)
      g_ptr_array_remove_index (frames, i);
}

/* Takes those of FRAMES that leave out rows or columns, or whole tables, out of them. */
static GPtrArray *
steal_coarse_frames (const Page *page, const gboolean *hidden, GPtrArray *frames)
{
  GPtrArray *coarse = frames_new ();
  g_autofree gboolean *taken = g_memdup2 (hidden, (page->glyphs->len + 1) * sizeof (gboolean));
  mark_framed (page, frames, taken);
  for (guint i = frames->len; i-- > 0;) {
    const Frame *frame = g_ptr_array_index (frames, i);
    if (frame_is_coarse (frame, page, hidden) || frame_is_head_alone (frame, page, taken))
      g_ptr_array_insert (coarse, 0, g_ptr_array_steal_index (frames, i));
  }
  return coarse;
}

/* Adds the unruled tables outside FRAMES, and those within frames that leave out rows or columns. They replace such a
 * frame where they cover most of it; or any of it, where it is a mere box, which may hold more than one table. Returns
 * how many of FRAMES, at its start, are as they were drawn. */
static guint
complete_frames_from_text (const Page *page, const gboolean *hidden, GPtrArray *frames, PreviousTable *previous)
{
  g_autoptr (GPtrArray) coarse = steal_coarse_frames (page, hidden, frames);
  guint first = frames->len;
  add_frames_of_unruled_tables (page, hidden, frames, previous);
  for (guint i = coarse->len; i-- > 0;) {
    const Frame *frame = g_ptr_array_index (coarse, i);
    double covered = covered_share (frame, frames, first);
    if (covered >= COVERED_SHARE || (covered > 0 && frame_columns (frame) == 1))
      continue;
    remove_overlapping (frame, frames, first);
    g_ptr_array_add (frames, g_ptr_array_steal_index (coarse, i));
  }
  return first;
}

/* Where two pages are printed side by side on one: the x between them; 0: it is one page. There is a blank strip in the
 * middle, and a table on either side of it. */
static double
middle_between_pages (const Page *page, GPtrArray *frames)
{
  double left = 0, right = page->width;
  gboolean table_left = FALSE, table_right = FALSE;
  for (guint i = 0; i < frames->len; i++) {
    const Frame *frame = g_ptr_array_index (frames, i);
    gboolean table = frame_rows (frame) >= 3 && frame_columns (frame) >= 3;
    gboolean at_left = (frame->box.x0 + frame->box.x1) / 2 < page->width / 2;
    table_left = table_left || (table && at_left);
    table_right = table_right || (table && !at_left);
    left = at_left ? MAX (left, frame->box.x1) : left;
    right = at_left ? right : MIN (right, frame->box.x0);
  }
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    gboolean at_left = (box->x0 + box->x1) / 2 < page->width / 2;
    left = at_left ? MAX (left, box->x1) : left;
    right = at_left ? right : MIN (right, box->x0);
  }
  return table_left && table_right && right > left ? (left + right) / 2 : 0;
}

/* A drawn page, or one of two that are printed on it: the part between two x. */
typedef struct {
  const Page *page;
  double left, right;
  const gboolean *header_footer; /* one for each glyph of the page */
  PreviousTable *previous;
  LineBreaks *breaks;
} PagePart;

/* What is in no cell: text, and headers and footers. */
static void
add_paragraphs (const PagePart *part, const gboolean *taken, GPtrArray *blocks)
{
  const Page *page = part->page;
  const gboolean *header_footer = part->header_footer;
  g_autofree gboolean *not_text = g_new0 (gboolean, page->glyphs->len + 1);
  g_autofree gboolean *not_header_footer = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    not_text[i] = taken[i] || header_footer[i];
    not_header_footer[i] = taken[i] || !header_footer[i];
  }
  paragraphs_from_page (page, not_text, BLOCK_TEXT, part->breaks, blocks);
  paragraphs_from_page (page, not_header_footer, BLOCK_HEADER_FOOTER, part->breaks, blocks);
}

static gboolean
is_in_part (const PagePart *part, Box box)
{
  double middle = (box.x0 + box.x1) / 2;
  return middle >= part->left && middle < part->right;
}

/* The frames of the part: those of FRAMES that are in it, their rows completed, and the unruled and tagged tables. */
static GPtrArray *
frames_of_part (const PagePart *part, GPtrArray *frames, const gboolean *outside)
{
  GPtrArray *own = frames_new ();
  for (guint i = frames->len; i-- > 0;)
    if (is_in_part (part, ((const Frame *)g_ptr_array_index (frames, i))->box))
      g_ptr_array_insert (own, 0, g_ptr_array_steal_index (frames, i));
  g_autofree gboolean *hidden = g_new0 (gboolean, part->page->glyphs->len + 1);
  for (guint i = 0; i < part->page->glyphs->len; i++)
    hidden[i] = outside[i] || part->header_footer[i];
  frames_complete_rows (own, part->page, hidden);
  guint drawn = complete_frames_from_text (part->page, hidden, own, part->previous);
  frames_take_tagged (own, drawn, part->page, part->left, part->right);
  return own;
}

static GPtrArray *
blocks_from_part (const PagePart *part, GPtrArray *all_frames)
{
  const Page *page = part->page;
  g_autofree gboolean *taken = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++)
    taken[i] = !is_in_part (part, g_array_index (page->glyphs, Glyph, i).box);
  g_autoptr (GPtrArray) frames = frames_of_part (part, all_frames, taken);
  GPtrArray *blocks = blocks_new ();
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (Grid) grid = grid_from_frame (g_ptr_array_index (frames, i), page, part->breaks, taken);
    if (!grid_is_empty (grid))
      g_ptr_array_add (blocks, block_from_grid (g_steal_pointer (&grid)));
  }
  add_paragraphs (part, taken, blocks);
  g_ptr_array_sort (blocks, order_downwards);
  return blocks;
}

static GPtrArray *
blocks_from_drawing (const Page *page, const gboolean *header_footer, PreviousTable *previous, LineBreaks *breaks)
{
  g_autoptr (GPtrArray) frames = frames_from_page (page);
  double middle = middle_between_pages (page, frames);
  PagePart first = {page, -G_MAXDOUBLE, middle > 0 ? middle : G_MAXDOUBLE, header_footer, previous, breaks};
  GPtrArray *blocks = blocks_from_part (&first, frames);
  PagePart second = {page, middle, G_MAXDOUBLE, header_footer, previous, breaks};
  if (middle > 0)
    g_ptr_array_extend_and_steal (blocks, blocks_from_part (&second, frames));
  return blocks;
}

/* The same for a page that may be drawn sideways; PAGE is left rotated. */
static GPtrArray *
blocks_from_page (Page *page, const gboolean *header_footer, PreviousTable *previous, LineBreaks *breaks)
{
  Rotation rotation = rotation_of_page (page);
  if (rotation != ROTATION_NONE) {
    page_rotate (page, rotation);
    g_clear_pointer (&page->tagged, g_ptr_array_unref);
  }
  GPtrArray *blocks = blocks_from_drawing (page, header_footer, previous, breaks);
  if (rotation != ROTATION_NONE)
    blocks_rotate_back (blocks, rotation, page->width, page->height);
  return blocks;
}

GPtrArray *
blocks_from_pages (GPtrArray *pages)
{
  GPtrArray *blocks = blocks_new ();
  PreviousTable previous = {NULL};
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  g_autoptr (GPtrArray) headers_footers = headers_footers_from_pages (pages);
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    GPtrArray *found = page->blocks
                           ? g_steal_pointer (&page->blocks)
                           : blocks_from_page (page, g_ptr_array_index (headers_footers, i), &previous, breaks);
    g_ptr_array_extend_and_steal (blocks, found);
  }
  previous_table_clear (&previous);
  return blocks;
}
