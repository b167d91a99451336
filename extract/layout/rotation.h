/* rotation.h - pages whose content is drawn sideways: rotated before the search for tables, and the places found are
 * rotated back. */
#pragma once

#include "model/page.h"

typedef enum {
  ROTATION_NONE,
  ROTATION_LEFT, /* by 90° to the left: text that runs down the page, as in vertical writing, then runs to the right */
  ROTATION_RIGHT, /* by 90° to the right: for text that runs up the page */
} Rotation;

/* The rotation that makes the text of PAGE run to the right, by the steps from each glyph to the next. */
Rotation rotation_of_page (const Page *page);

/* The same of some GLYPHS (const Glyph *, in the document's order); ROTATION_NONE where there are fewer than LEAST such
 * steps. */
Rotation rotation_of_glyphs (GPtrArray *glyphs, int least);

/* BOX on a page of WIDTH and HEIGHT, after ROTATION, which is not ROTATION_NONE. */
Box box_rotated (Box box, Rotation rotation, double width, double height);

/* Rotates the glyphs and ruling lines of PAGE, and its size. */
void page_rotate (Page *page, Rotation rotation);

/* Undoes ROTATION in the places of BLOCKS (Block); WIDTH and HEIGHT are those of the page after it. */
void blocks_rotate_back (GPtrArray *blocks, Rotation rotation, double width, double height);
