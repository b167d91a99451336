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

Block *
block_with_struck (BlockKind kind, const char *text, const char *struck, int heading_level, Place place)
{
  if (!*text)
    return struck ? block_new (BLOCK_STRUCK, struck, 0, place) : NULL;
  Block *block = block_new (kind, text, heading_level, place);
  block->struck = g_strdup (struck);
  return block;
}

static void
block_free (gpointer data)
{
  Block *block = data;
  g_clear_pointer (&block->grid, grid_free);
  g_free (block->text);
  g_free (block->struck);
  g_free (block->make);
  g_free (block);
}

GPtrArray *
blocks_new (void)
{
  return g_ptr_array_new_with_free_func (block_free);
}
