/* page.h - what a reader makes of a document: its pages.
 *
 * A drawn page (PDF) holds glyphs and ruling lines in points from the top left of the page as shown; the tables in it
 * are found by layout/. A format that names its own tables and paragraphs (HTML, text) is read as blocks at once.
 */
#pragma once

#include "model/block.h"
#include "model/tagged_table.h"

/* The bits of Glyph.style for a face with serifs (Mincho), and for the size in half points. The Latin letters of a line
 * may be of another face and size than the ideographs beside them. */
#define STYLE_SERIFS (1u << 21)
#define STYLE_SIZE (255u << 10)

/* Not every program paints white space: TeX only leaves a gap. */
#define SPACE_UNKNOWN ((gunichar)-1)

typedef struct {
  gunichar character;     /* as in the document: not normalised yet */
  Box box;                /* the em box that Poppler gives, not the ink */
  gunichar painted_space; /* the white space painted between the glyph painted before it and this one, or seen there in
                             a picture; 0: none; SPACE_UNKNOWN: the page paints none, only gaps tell */
  gboolean space_before;  /* there is a painted space, or a gap, between this glyph and the one before it on its line */
  guint8 direction;       /* of its line on the page, in quarters of a turn: 0 right, 1 down, 2 left, 3 up */
  int mark;               /* 1 and the number (MCID) of its marked content in the PDF's page; 0: it is in none */
  gboolean struck;        /* a line is drawn across it: old words */
  guint style; /* its weight, kind of face, size and colour: the same number where they are the same; 0: not known */
  float confidence; /* of a glyph recognised in a picture, 0 to 1; 0 for all others */
} Glyph;

typedef enum {
  RULING_HORIZONTAL, /* a line; box.y0 == box.y1 is its middle */
  RULING_VERTICAL,   /* a line; box.x0 == box.x1 is its middle */
  RULING_DOT,        /* a small square: a piece of a dotted line, horizontal or vertical */
  RULING_FILL,       /* a filled area too thick to be a line: its edges may be borders */
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
  GPtrArray *tagged;    /* TaggedTable, places as those of the glyphs; NULL: there are none, or they are not needed */

  gboolean recognised; /* glyphs and ruling lines were read from a picture of the page, with this confidence, 0 to 1 */
  double confidence;
} Page;

Page *page_new (int number, double width, double height);
void page_free (Page *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

/* Replaces PAGE by what was recognised in a picture of it, SEEN, which it takes; the page number is kept. */
void page_take_recognised (Page *page, Page *seen);

/* A list of Page, which frees them. */
GPtrArray *pages_new (void);

/* The glyphs of PAGE (const Glyph *, in its order) for which TAKEN (one gboolean for each; NULL: none is) is not set, and
 * whose middle is in BOX; NULL: all. The caller frees. */
GPtrArray *page_glyphs (const Page *page, const gboolean *taken, const Box *box);

/* For people: one line for each ruling line, "horizontal 36.00 120.50 806.20 120.50 0.50". The caller frees. */
char *ruling_lines_to_string (const Page *page);
