/* rotation.h - pages whose content is drawn sideways: turned upright before tables are sought in them, and places turned
 * back after. */
#pragma once

#include "model/page.h"

typedef enum {
  ROTATION_NONE,
  ROTATION_LEFT, /* text runs down the page, as in vertical writing: turned a quarter to the left, it runs to the right */
  ROTATION_RIGHT, /* text runs up the page */
} Rotation;

/* How PAGE must be turned, by the way from each glyph to the next. */
Rotation rotation_of_page (const Page *page);

/* The same of some GLYPHS (const Glyph, in the document's order), where there are LEAST such steps. */
Rotation rotation_of_glyphs (GPtrArray *glyphs, int least);

/* BOX on a page of WIDTH and HEIGHT, after the turn. */
Box box_rotated (Box box, Rotation turn, double width, double height);

/* Turns what PAGE holds, and its size. */
void page_rotate (Page *page, Rotation turn);

/* Turns the places of BLOCKS (Block), found on a page of WIDTH and HEIGHT after the turn, back to the page as shown. */
void blocks_rotate_back (GPtrArray *blocks, Rotation turn, double width, double height);
