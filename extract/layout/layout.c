/* layout.c - see layout.h */
#include "layout/layout.h"

#include "layout/cells.h"
#include "layout/furniture.h"
#include "layout/gaps.h"
#include "layout/paragraph.h"

/* This much of a table is filled where its cells are told from each other by fills. */
#define FILLED_SHARE 0.85

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
  for (guint i = 0; i < grid->cells->len; i++)
    if (*((const Cell *)g_ptr_array_index (grid->cells, i))->text)
      return FALSE;
  return TRUE;
}

/* How much of FRAME the fills of PAGE cover. */
static double
filled_share (const Frame *frame, const Page *page)
{
  double area = 0;
  for (guint i = 0; i < page->rules->len; i++) {
    const Rule *rule = &g_array_index (page->rules, Rule, i);
    Box common = box_intersection (rule->box, frame->box);
    if (rule->kind == RULE_FILL && !box_is_empty (common))
      area += (common.x1 - common.x0) * (common.y1 - common.y0);
  }
  return area / MAX (1, (frame->box.x1 - frame->box.x0) * (frame->box.y1 - frame->box.y0));
}

/* Filled areas make a table only where all of its rows are filled; else they are stripes, or stress a head, and the
 * gaps tell more. */
static gboolean
is_filled_table (const Frame *frame, const Page *page)
{
  return frame_rows (frame) >= 3 && frame_columns (frame) >= 2 && filled_share (frame, page) >= FILLED_SHARE;
}

/* Drawn lines first; where there are none, the edges of filled areas. */
static GPtrArray *
frames_from_page (const Page *page)
{
  g_autoptr (Dividers) lines = dividers_from_rules (page->rules);
  GPtrArray *frames = frames_from_dividers (lines);
  g_autoptr (Dividers) edges = dividers_from_fills (page->rules, frames, page->width);
  GPtrArray *coloured = frames_from_dividers (edges);
  for (guint i = coloured->len; i-- > 0;)
    if (!is_filled_table (g_ptr_array_index (coloured, i), page))
      g_ptr_array_remove_index (coloured, i);
  g_ptr_array_extend_and_steal (frames, coloured);
  return frames;
}

/* The glyphs that stand in a frame. */
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

/* FRAMES and what the gaps between the other glyphs prove; FURNITURE is left out. */
static void
add_frames_from_gaps (const Page *page, const gboolean *furniture, GPtrArray *frames, GutterMemory *memory)
{
  g_autofree gboolean *taken = g_memdup2 (furniture, (page->glyphs->len + 1) * sizeof (gboolean));
  mark_framed (page, frames, taken);
  g_ptr_array_extend_and_steal (frames, frames_from_gaps (page, taken, memory));
}

/* What is in no cell: text, and the page's furniture. */
static void
add_paragraphs (const Page *page, const gboolean *taken, const gboolean *furniture, GPtrArray *blocks)
{
  g_autofree gboolean *not_text = g_new0 (gboolean, page->glyphs->len + 1);
  g_autofree gboolean *not_furniture = g_new0 (gboolean, page->glyphs->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    not_text[i] = taken[i] || furniture[i];
    not_furniture[i] = taken[i] || !furniture[i];
  }
  paragraphs_from_page (page, not_text, BLOCK_TEXT, blocks);
  paragraphs_from_page (page, not_furniture, BLOCK_FURNITURE, blocks);
}

static GPtrArray *
blocks_from_drawing (const Page *page, const gboolean *furniture, GutterMemory *memory)
{
  g_autoptr (GPtrArray) frames = frames_from_page (page);
  add_frames_from_gaps (page, furniture, frames, memory);
  g_autofree gboolean *taken = g_new0 (gboolean, page->glyphs->len + 1);
  GPtrArray *blocks = blocks_new ();
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (Grid) grid = grid_from_frame (g_ptr_array_index (frames, i), page, taken);
    if (!grid_is_empty (grid))
      g_ptr_array_add (blocks, block_from_grid (g_steal_pointer (&grid)));
  }
  add_paragraphs (page, taken, furniture, blocks);
  g_ptr_array_sort (blocks, order_downwards);
  return blocks;
}

GPtrArray *
blocks_from_pages (GPtrArray *pages)
{
  GPtrArray *blocks = blocks_new ();
  GutterMemory memory = {NULL};
  g_autoptr (GPtrArray) furniture = furniture_from_pages (pages);
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    GPtrArray *found = page->blocks ? g_steal_pointer (&page->blocks)
                                    : blocks_from_drawing (page, g_ptr_array_index (furniture, i), &memory);
    g_ptr_array_extend_and_steal (blocks, found);
  }
  gutter_memory_clear (&memory);
  return blocks;
}
