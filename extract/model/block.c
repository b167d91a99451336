/* block.c - see block.h */
#include "model/block.h"

Block *
block_from_grid (Grid *grid)
{
  Block *block = g_new0 (Block, 1);
  *block = (Block){.kind = BLOCK_GRID, .grid = grid, .place = grid->place};
  return block;
}

Block *
block_new (BlockKind kind, const char *text, int heading_level, Place place)
{
  Block *block = g_new0 (Block, 1);
  *block = (Block){.kind = kind, .text = g_strdup (text), .heading_level = heading_level, .place = place};
  return block;
}

void
block_free (Block *block)
{
  if (!block)
    return;
  g_clear_pointer (&block->grid, grid_free);
  g_free (block->text);
  g_free (block);
}

GPtrArray *
blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)block_free);
}
