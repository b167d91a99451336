/* block.h - the content of a page in reading order: tables, and the text between them. */
#pragma once

#include "model/grid.h"

typedef enum {
  BLOCK_GRID,
  BLOCK_TEXT,          /* a paragraph, a heading, a list entry, or one line of a text file */
  BLOCK_HEADER_FOOTER, /* page headers, footers, page numbers, navigation: kept, and not part of the content */
} BlockKind;

typedef struct {
  BlockKind kind;
  Grid *grid;        /* BLOCK_GRID only */
  char *text;        /* the others */
  int heading_level; /* 1 to 6: a heading, 1 the highest; 0: plain text */
  Place place;
} Block;

/* Takes GRID; its place is the block's. */
Block *block_from_grid (Grid *grid);

/* Copies TEXT. */
Block *block_new (BlockKind kind, const char *text, int heading_level, Place place);

void block_free (Block *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Block, block_free)

/* A list of Block, which frees them. */
GPtrArray *blocks_new (void);
