/* turn.h - pages whose content is drawn sideways: turned upright before tables are sought in them, and places turned
 * back after. */
#pragma once

#include "read/page.h"

typedef enum {
  TURN_NONE,
  TURN_LEFT,  /* text runs down the page, as in vertical writing: turned a quarter to the left, it runs to the right */
  TURN_RIGHT, /* text runs up the page */
} Turn;

/* How PAGE must be turned, by the way from each glyph to the next. */
Turn turn_of_page (const Page *page);

/* The same of some GLYPHS (const Glyph, in the document's order), where there are LEAST such steps. */
Turn turn_of_glyphs (GPtrArray *glyphs, int least);

/* BOX on a page of WIDTH and HEIGHT, after the turn. */
Box box_turned (Box box, Turn turn, double width, double height);

/* Turns what PAGE holds, and its size. */
void page_turn (Page *page, Turn turn);

/* Turns the places of BLOCKS (Block), found on a page of WIDTH and HEIGHT after the turn, back to the page as shown. */
void blocks_turn_back (GPtrArray *blocks, Turn turn, double width, double height);
