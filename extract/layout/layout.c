/* layout.c - see layout.h */
#include "layout/layout.h"

#include "layout/cells.h"
#include "layout/paragraph.h"

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

/* Drawn lines first; where there are none, the edges of filled areas. */
static GPtrArray *
frames_from_page (const Page *page)
{
  g_autoptr (Dividers) lines = dividers_from_rules (page->rules);
  GPtrArray *frames = frames_from_dividers (lines);
  g_autoptr (Dividers) edges = dividers_from_fills (page->rules, frames, page->width);
  GPtrArray *coloured = frames_from_dividers (edges);
  for (guint i = coloured->len; i-- > 0;)
    if (frame_rows (g_ptr_array_index (coloured, i)) < 2 || frame_columns (g_ptr_array_index (coloured, i)) < 2)
      g_ptr_array_remove_index (coloured, i);
  g_ptr_array_extend_and_steal (frames, coloured);
  return frames;
}

static GPtrArray *
blocks_from_drawing (const Page *page)
{
  g_autoptr (GPtrArray) frames = frames_from_page (page);
  g_autofree gboolean *taken = g_new0 (gboolean, page->glyphs->len + 1);
  GPtrArray *blocks = blocks_new ();
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (Grid) grid = grid_from_frame (g_ptr_array_index (frames, i), page, taken);
    if (!grid_is_empty (grid))
      g_ptr_array_add (blocks, block_from_grid (g_steal_pointer (&grid)));
  }
  paragraphs_from_page (page, taken, blocks);
  g_ptr_array_sort (blocks, order_downwards);
  return blocks;
}

GPtrArray *
blocks_from_pages (GPtrArray *pages)
{
  GPtrArray *blocks = blocks_new ();
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    GPtrArray *found = page->blocks ? g_steal_pointer (&page->blocks) : blocks_from_drawing (page);
    g_ptr_array_extend_and_steal (blocks, found);
  }
  blocks_mark_furniture (blocks);
  return blocks;
}
