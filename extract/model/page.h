/* page.h - what a reader gives: the pages of a document.
 *
 * A drawn page (PDF) holds glyphs and rules in points from the top left of the page as shown; finding the tables in it
 * is the work of layout/. A format that names its own tables and paragraphs (HTML, text) gives them as blocks at once.
 */
#pragma once

#include "model/block.h"
#include "model/tagged_table.h"

typedef struct {
  gunichar character;    /* as the document has it: no normalisation yet */
  Box box;               /* the em box that Poppler gives, not the ink */
  gboolean space_before; /* the document has a space or a gap between this glyph and the one before it on its line */
  float confidence;      /* of a glyph seen in a picture, 0 to 1; 0 for all others */
} Glyph;

typedef enum {
  RULING_HORIZONTAL, /* a line; box.y0 == box.y1 is its middle */
  RULING_VERTICAL,   /* a line; box.x0 == box.x1 is its middle */
  RULING_DOT,        /* a small square: a piece of a dotted line, level or upright */
  RULING_FILL,       /* a filled area too thick to be a line: its edges may stand for rules */
} RulingLineKind;

typedef struct {
  RulingLineKind kind;
  Box box;
  double thickness;        /* points; 0 for fills */
  double red, green, blue; /* 0 to 1 */
} RulingLine;

typedef struct {
  int number; /* from 1 */
  double width, height;
  GArray *glyphs;       /* Glyph, in the document's order, white space left out; NULL where the format is not drawn */
  GArray *ruling_lines; /* RulingLine; NULL where the format is not drawn */
  GPtrArray *blocks;    /* Block; NULL where the page is drawn */
  GPtrArray *tagged;    /* TaggedTable, places as those of the glyphs; NULL: there are none, or nothing is in doubt */

  gboolean recognised; /* glyphs and rules were seen in a picture of the page (ocr.h), with this confidence, 0 to 1 */
  double confidence;
} Page;

Page *page_new (int number, double width, double height);
void page_free (Page *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

/* Puts what was seen in a picture of PAGE in place of its glyphs and rules; takes SEEN. */
void page_take_recognised (Page *page, Page *seen);

/* A list of Page, which frees them. */
GPtrArray *pages_new (void);

/* For eyes: one line a rule, "horizontal 36.00 120.50 806.20 120.50 0.50". */
char *ruling_lines_to_string (const Page *page);
