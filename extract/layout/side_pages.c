/* side_pages.c - see side_pages.h */
#include "layout/side_pages.h"

#include <math.h>

/* Fewer rows may be at the same heights by chance. */
#define ROWS_LEAST 4

/* Points: rows at the same height are off by no more; columns that are, are the same. */
#define SAME_HEIGHT 1.0
#define SAME_COLUMN 3.0

/* The right margin of a page is at least this part of the left one. */
#define MARGIN 0.5

/* The top of each row of GRID (double), and the bottom of the last one; NULL: it has too few. */
static GArray *
heights_of (const Grid *grid)
{
  if (grid->rows < ROWS_LEAST || !grid->column_boundaries)
    return NULL;
  GArray *heights = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_set_size (heights, grid->rows + 1);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = grid->cells->pdata[i];
    g_array_index (heights, double, cell->row) = cell->place.box.y0;
    g_array_index (heights, double, cell->row + cell->row_span) = cell->place.box.y1;
  }
  return heights;
}

static gboolean
rows_are_beside (const Grid *a, const Grid *b)
{
  g_autoptr (GArray) one = heights_of (a), other = heights_of (b);
  if (!one || !other || one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (fabs (g_array_index (one, double, i) - g_array_index (other, double, i)) > SAME_HEIGHT)
      return FALSE;
  return TRUE;
}

static double
boundary_at (const Grid *grid, int boundary)
{
  return g_array_index (grid->column_boundaries, double, boundary);
}

static gboolean
columns_are_same (const Grid *a, const Grid *b)
{
  if (a->columns != b->columns)
    return FALSE;
  for (int i = 0; i <= a->columns; i++)
    if (fabs (boundary_at (a, i) - boundary_at (a, 0) - boundary_at (b, i) + boundary_at (b, 0)) > SAME_COLUMN)
      return FALSE;
  return TRUE;
}

/* The width of the page of GRID among PAGES (Page). */
static double
page_width (const Grid *grid, GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    if (((const Page *)pages->pdata[i])->number == grid->place.page)
      return ((const Page *)pages->pdata[i])->width;
  return 0;
}

/* The first column of RIGHT would not have fitted beside LEFT: a margin is as wide as the other one, or nearly. */
static gboolean
goes_on_beside (const Grid *left, const Grid *right, GPtrArray *pages)
{
  double room = page_width (left, pages) - MARGIN * boundary_at (left, 0) - boundary_at (left, left->columns);
  return rows_are_beside (left, right) && !columns_are_same (left, right) &&
         boundary_at (right, 1) - boundary_at (right, 0) > room;
}

/* Whether of GRIDS each STEP are beside the next STEP. */
static gboolean
are_side_pages (GPtrArray *grids, guint step, GPtrArray *pages)
{
  for (guint i = 0; i < grids->len; i += 2 * step)
    for (guint j = i; j < i + step; j++)
      if (!goes_on_beside (grids->pdata[j], grids->pdata[j + step], pages))
        return FALSE;
  return TRUE;
}

/* Adds the columns of RIGHT, and its cells, to LEFT. */
static void
grid_take_columns (Grid *left, Grid *right)
{
  double shift = boundary_at (left, left->columns) - boundary_at (right, 0);
  for (int i = 1; i <= right->columns; i++) {
    double boundary = boundary_at (right, i) + shift;
    g_array_append_val (left->column_boundaries, boundary);
  }
  for (guint i = 0; i < right->cells->len; i++) {
    const Cell *cell = right->cells->pdata[i];
    grid_copy_cell (left, cell, cell->row, cell->column + left->columns, cell->column_span);
  }
  left->columns += right->columns;
  grid_complete (left);
}

/* The only grid of each page (Grid, borrowed), in order; NULL: a page has several. */
static GPtrArray *
grids_of_pages (GPtrArray *blocks)
{
  g_autoptr (GPtrArray) grids = g_ptr_array_new ();
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = blocks->pdata[i];
    const Grid *last = grids->len > 0 ? grids->pdata[grids->len - 1] : NULL;
    if (block->kind != BLOCK_GRID)
      continue;
    if (block->place.page == 0 || (last && last->place.page == block->place.page))
      return NULL;
    g_ptr_array_add (grids, block->grid);
  }
  return g_steal_pointer (&grids);
}

void
blocks_join_side_pages (GPtrArray *blocks, GPtrArray *pages)
{
  g_autoptr (GPtrArray) grids = grids_of_pages (blocks);
  if (!grids || grids->len < 2 || grids->len % 2 != 0)
    return;
  guint step = are_side_pages (grids, grids->len / 2, pages) ? grids->len / 2
               : are_side_pages (grids, 1, pages)            ? 1
                                                             : 0;
  for (guint i = 0; step > 0 && i < grids->len; i += 2 * step)
    for (guint j = i; j < i + step; j++) {
      Grid *right = grids->pdata[j + step];
      grid_take_columns (grids->pdata[j], right);
      for (guint k = blocks->len; k-- > 0;)
        if (((const Block *)blocks->pdata[k])->grid == right)
          g_ptr_array_remove_index (blocks, k);
    }
}
