/* layout.c - see layout.h */
#include "layout/layout.h"

#include "layout/cells.h"
#include "layout/decoration.h"
#include "layout/frame/tagged_frame.h"
#include "layout/half_drawn.h"
#include "layout/header_footer.h"
#include "layout/paragraph.h"
#include "layout/rotation.h"
#include "layout/side_pages.h"
#include "layout/spreadsheet_frame.h"
#include "layout/unruled/segment.h"
#include "layout/unruled/unruled.h"

/* Fills that tell the cells of a table from each other cover at least this part of it. */
#define FILLED_SHARE 0.85

/* A frame of at most this many rows may be only the head of a table, whose first line is no farther below than this, in
 * ems. */
#define HEAD_ROWS 3
#define BODY_DISTANCE 3.0

/* Where more than this part of a page's glyphs runs otherwise, they are tables and text of their own; fewer are labels
 * that belong to the others. On a page that is turned they are its heads. */
#define OTHERS_SHARE 0.25

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

/* The frames of DIVIDERS, which it frees: those that are one joined, those within others left out. */
static GPtrArray *
frames_settled (Dividers *dividers, const Page *page, const Weighing *weighing)
{
  GPtrArray *frames = frames_from_dividers (dividers);
  frames_drop_nested (frames, page, weighing);
  frames_settle (frames, page->number, weighing);
  dividers_free (dividers);
  return frames;
}

/* Drawn lines first; where there are none, the edges of filled areas. */
static GPtrArray *
frames_from_page (const Page *page, const Weighing *weighing)
{
  GPtrArray *frames = frames_settled (dividers_from_ruling_lines (page->ruling_lines), page, weighing);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < frames->len; i++)
    g_array_append_val (covered, ((const Frame *)g_ptr_array_index (frames, i))->box);
  GPtrArray *coloured = frames_settled (dividers_from_fills (page->ruling_lines, covered, page->width), page, weighing);
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
      taken[i] = box_has_middle (((const Frame *)g_ptr_array_index (frames, j))->box, *box);
  }
}

/* Adds the unruled tables among the glyphs outside FRAMES; HIDDEN glyphs are left out. */
static void
add_frames_of_unruled_tables (const Page *page, const gboolean *hidden, GPtrArray *frames, PreviousTable *previous,
                              const Weighing *weighing)
{
  g_autofree gboolean *taken = g_memdup2 (hidden, (page->glyphs->len + 1) * sizeof (gboolean));
  mark_framed (page, frames, taken);
  g_ptr_array_extend_and_steal (frames, frames_from_unruled_tables (page, frames, taken, previous, weighing));
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

/* Whether FRAME is only the head of a table: right below it are lines whose pieces of text are each in one of its columns. */
static gboolean
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

/* Takes those of FRAMES that leave out rows or columns, or whole tables, out of them. */
static GPtrArray *
steal_coarse_frames (const Page *page, const gboolean *hidden, GPtrArray *frames)
{
  GPtrArray *coarse = frames_new ();
  g_autofree gboolean *taken = g_memdup2 (hidden, (page->glyphs->len + 1) * sizeof (gboolean));
  mark_framed (page, frames, taken);
  for (guint i = frames->len; i-- > 0;) {
    const Frame *frame = g_ptr_array_index (frames, i);
    if (frame_columns (frame) == 1 || frame_is_head_alone (frame, page, taken))
      g_ptr_array_insert (coarse, 0, g_ptr_array_steal_index (frames, i));
  }
  return coarse;
}

/* Adds the unruled tables outside FRAMES, and those within frames that leave out rows or columns; these come last, and
 * have what text is left. Returns how many of FRAMES, at its start, are as they were drawn. */
static guint
complete_frames_from_text (const Page *page, const gboolean *hidden, GPtrArray *frames, PreviousTable *previous,
                           const Weighing *weighing)
{
  g_autoptr (GPtrArray) coarse = steal_coarse_frames (page, hidden, frames);
  guint first = frames->len;
  add_frames_of_unruled_tables (page, hidden, frames, previous, weighing);
  g_ptr_array_extend_and_steal (frames, g_steal_pointer (&coarse));
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

/* A drawn page, or one of two that are printed on it: the part between two x. Text that runs to the right is read; what
 * runs otherwise is read as a part of tables only. */
typedef struct {
  const Page *page;
  double left, right;
  const gboolean *header_footer; /* one for each glyph of the page */
  gboolean *done;                /* the same: it is in a block already */
  gboolean alone;                /* unruled tables are found without the glyphs that run otherwise */
  PreviousTable *previous;
  LineBreaks *breaks;
  const Weighing *weighing;
} PagePart;

static gboolean
is_upright (const Page *page, guint index)
{
  return g_array_index (page->glyphs, Glyph, index).direction == 0;
}

/* What is in no cell: text, and headers and footers. */
static void
add_paragraphs (const PagePart *part, const gboolean *taken, GPtrArray *blocks)
{
  const Page *page = part->page;
  const gboolean *header_footer = part->header_footer;
  g_autofree gboolean *not_text = g_new0 (gboolean, page->glyphs->len + 1);
  g_autofree gboolean *not_header_footer = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    gboolean other = taken[i] || !is_upright (page, i);
    not_text[i] = other || header_footer[i];
    not_header_footer[i] = other || !header_footer[i];
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
    hidden[i] = outside[i] || part->header_footer[i] || (part->alone && !is_upright (part->page, i));
  frames_complete (own, part->page, hidden, part->weighing);
  frames_drop_drawings (own, part->page, hidden, part->weighing);
  guint drawn = complete_frames_from_text (part->page, hidden, own, part->previous, part->weighing);
  frames_take_tagged (own, drawn, part->page, part->left, part->right);
  return own;
}

static GPtrArray *
blocks_from_part (const PagePart *part, GPtrArray *all_frames)
{
  const Page *page = part->page;
  g_autofree gboolean *taken = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++)
    taken[i] = part->done[i] || !is_in_part (part, g_array_index (page->glyphs, Glyph, i).box);
  g_autofree gboolean *before = g_memdup2 (taken, (page->glyphs->len + 1) * sizeof (gboolean));
  g_autoptr (GPtrArray) frames = frames_of_part (part, all_frames, taken);
  GPtrArray *blocks = blocks_new ();
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (Grid) grid = grid_from_frame (g_ptr_array_index (frames, i), page, part->breaks, taken);
    if (!grid_is_empty (grid))
      g_ptr_array_add (blocks, block_from_grid (g_steal_pointer (&grid)));
  }
  add_paragraphs (part, taken, blocks);
  for (guint i = 0; i < page->glyphs->len; i++)
    part->done[i] = part->done[i] || (!before[i] && (taken[i] || is_upright (page, i)));
  g_ptr_array_sort (blocks, order_downwards);
  return blocks;
}

/* Whether most pieces of the text in FRAME that is not in a block yet run to the right. */
static gboolean
frame_is_upright (const Frame *frame, const Page *page, const gboolean *done)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, done, &frame->box);
  return rotation_of_glyphs (glyphs) == ROTATION_NONE;
}

/* What is upright on PAGE, which may be TURNED, and not yet DONE: one gboolean for each glyph. */
static GPtrArray *
blocks_from_upright (const Page *page, gboolean turned, const gboolean *header_footer, gboolean *done,
                     PreviousTable *previous, LineBreaks *breaks, const Weighing *weighing)
{
  guint upright = page_glyphs_in (page, ROTATION_NONE), others = page->glyphs->len - upright;
  g_autoptr (GPtrArray) frames = frames_from_page (page, weighing);
  for (guint i = others > 0 ? frames->len : 0; i-- > 0;)
    if (!frame_is_upright (g_ptr_array_index (frames, i), page, done))
      g_ptr_array_remove_index (frames, i);
  double middle = middle_between_pages (page, frames);
  PagePart first = {page,   -G_MAXDOUBLE, middle > 0 ? middle : G_MAXDOUBLE, header_footer, done, FALSE, previous,
                    breaks, weighing};
  first.alone = turned || others > OTHERS_SHARE * page->glyphs->len;
  GPtrArray *blocks = blocks_from_part (&first, frames);
  PagePart second = first;
  second.left = middle;
  second.right = G_MAXDOUBLE;
  if (middle > 0)
    g_ptr_array_extend_and_steal (blocks, blocks_from_part (&second, frames));
  return blocks;
}

/* The same of what runs in the direction that needs ROTATION; PAGE is as it was after it. */
static GPtrArray *
blocks_in_direction (Page *page, Rotation rotation, const gboolean *header_footer, gboolean *done,
                     PreviousTable *previous, LineBreaks *breaks, const Weighing *weighing)
{
  page_rotate (page, rotation);
  GPtrArray *blocks =
      blocks_from_upright (page, rotation != ROTATION_NONE, header_footer, done, previous, breaks, weighing);
  if (rotation != ROTATION_NONE)
    blocks_rotate_back (blocks, rotation, page->width, page->height);
  page_rotate (page, rotation_back (rotation));
  return blocks;
}

/* The middle of BLOCKS, down the page. */
static double
middle_of_blocks (GPtrArray *blocks)
{
  Box box = {0};
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    box = i > 0 ? box_union (box, block->place.box) : block->place.box;
  }
  return (box.y0 + box.y1) / 2;
}

/* Adds OTHERS, which are taken, before or after BLOCKS, as they stand above or below their middle. */
static void
add_around (GPtrArray *blocks, GPtrArray *others)
{
  double middle = middle_of_blocks (blocks);
  guint above = 0;
  while (others->len > 0) {
    Block *block = g_ptr_array_steal_index (others, 0);
    if ((block->place.box.y0 + block->place.box.y1) / 2 < middle)
      g_ptr_array_insert (blocks, (int)above++, block);
    else
      g_ptr_array_add (blocks, block);
  }
  g_ptr_array_unref (others);
}

/* First what runs as most of the page does, then the rest, each as if the page were turned so that it runs to the
 * right. */
static GPtrArray *
blocks_from_page (Page *page, const gboolean *header_footer, PreviousTable *previous, LineBreaks *breaks,
                  const Weighing *weighing)
{
  g_autofree gboolean *done = g_new0 (gboolean, page->glyphs->len + 1);
  Rotation main = rotation_of_page (page);
  page_drop_text_fills (page);
  if (main != ROTATION_NONE)
    g_clear_pointer (&page->tagged, g_ptr_array_unref);
  GPtrArray *blocks = blocks_in_direction (page, main, header_footer, done, previous, breaks, weighing);
  g_clear_pointer (&page->tagged, g_ptr_array_unref);
  for (Rotation rotation = ROTATION_NONE; rotation < ROTATIONS; rotation++) {
    g_auto (PreviousTable) none = {NULL};
    if (rotation != main && page_glyphs_in (page, rotation) > 0)
      add_around (blocks, blocks_in_direction (page, rotation, header_footer, done, &none, breaks, weighing));
  }
  return blocks;
}

GPtrArray *
blocks_from_pages (GPtrArray *pages, const Weighing *weighing)
{
  GPtrArray *blocks = blocks_new ();
  g_auto (Weighing) usual = weighing_usual ();
  weighing = weighing ? weighing : &usual;
  PreviousTable previous = {NULL};
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  for (guint i = 0; i < pages->len; i++)
    if (((Page *)g_ptr_array_index (pages, i))->glyphs) {
      page_rule_dashes (g_ptr_array_index (pages, i));
      page_turn_stacked (g_ptr_array_index (pages, i));
    }
  g_autoptr (GPtrArray) headers_footers = headers_footers_from_pages (pages);
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    GPtrArray *found =
        page->blocks ? g_steal_pointer (&page->blocks)
                     : blocks_from_page (page, g_ptr_array_index (headers_footers, i), &previous, breaks, weighing);
    g_ptr_array_extend_and_steal (blocks, found);
  }
  previous_table_clear (&previous);
  blocks_drop_spreadsheet_frames (blocks);
  blocks_join_side_pages (blocks, pages);
  return blocks;
}
