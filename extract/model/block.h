/* block.h - the content of a page in reading order: tables, and the text between them. */
#pragma once

#include "model/grid.h"

typedef enum {
  BLOCK_GRID,
  BLOCK_TEXT,          /* a paragraph, a heading, a list entry, or one line of a text file */
  BLOCK_STRUCK,        /* a paragraph, a line of text that is struck out whole: said in a note, and no content */
  BLOCK_HEADER_FOOTER, /* page headers, footers, page numbers, navigation: kept, and not part of the content */
} BlockKind;

typedef struct {
  BlockKind kind;
  Grid *grid;        /* BLOCK_GRID only */
  char *text;        /* the others */
  char *struck;      /* of BLOCK_TEXT: the words that are struck out, not in `text`; NULL: none */
  int heading_level; /* 1 to 6: a heading, 1 the highest; 0: plain text */
  char *make; /* what it is made of, "div.card>p.name>strong": blocks alike were made in one way; NULL: not known */
  gsize lead; /* bytes of the text's beginning that are set apart, as bold words are; 0: none */
  Place place;
} Block;

/* Takes GRID; its place is the block's. */
Block *block_from_grid (Grid *grid);

/* Copies TEXT. */
Block *block_new (BlockKind kind, const char *text, int heading_level, Place place);

/* A block of text without the words STRUCK (NULL: none), or BLOCK_STRUCK where nothing else is there; NULL: there is no
 * text at all. Copies both. */
Block *block_with_struck (BlockKind kind, const char *text, const char *struck, int heading_level, Place place);

/* A list of Block, which frees them. */
GPtrArray *blocks_new (void);
