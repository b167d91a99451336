/* rotation.h - text that does not run to the right: pages, or parts of them, are rotated before the search for tables,
 * and the places found are rotated back.
 *
 *       0  to the right    1  down, or vertical writing    2  to the left    3  up          Glyph's direction
 *          NONE               LEFT                            HALF              RIGHT       the rotation it needs
 */
#pragma once

#include "model/note.h"
#include "model/page.h"

typedef enum {
  ROTATION_NONE,
  ROTATION_LEFT,  /* by 90° to the left: for text that runs down the page */
  ROTATION_HALF,  /* by 180°: for text that is upside down */
  ROTATION_RIGHT, /* by 90° to the right: for text that runs up the page */
} Rotation;

#define ROTATIONS 4

/* The rotation that makes most pieces of text of PAGE run to the right. A piece is glyphs that follow each other in one
 * direction: a word, a cell's line. */
Rotation rotation_of_page (const Page *page);

/* The same of some GLYPHS (const Glyph *, in the document's order). */
Rotation rotation_of_glyphs (GPtrArray *glyphs);

/* Whether GLYPHS, each upright but for some that run down, are set one below the other, in columns from right to left: vertical
 * writing that is drawn letter by letter. FALSE for a single column, and where there are fewer than LEAST steps down. */
gboolean glyphs_are_stacked (GPtrArray *glyphs, int least);

/* Gives the glyphs of a page of which that is so the direction 1. */
void page_turn_stacked (Page *page);

/* How many glyphs of PAGE run in the direction that needs ROTATION. */
guint page_glyphs_in (const Page *page, Rotation rotation);

/* What undoes ROTATION. */
Rotation rotation_back (Rotation rotation);

/* BOX on a page of WIDTH and HEIGHT, after ROTATION. */
Box box_rotated (Box box, Rotation rotation, double width, double height);

/* Rotates the glyphs and ruling lines of PAGE, and its size. */
void page_rotate (Page *page, Rotation rotation);

/* Adds a note for each of PAGES (Page) on which most text runs down, or from right to left: tables of such pages are read
 * so, and cells that are set otherwise may be in another order than people read them. */
void pages_note_directions (GPtrArray *pages, GPtrArray *notes);

/* Undoes ROTATION in the places of BLOCKS (Block); WIDTH and HEIGHT are those of the page after it. */
void blocks_rotate_back (GPtrArray *blocks, Rotation rotation, double width, double height);
