/* place.h - where in the document something is.
 *
 * Every word, cell, row, item and note keeps its place, so that any value in the output can be shown on the page.
 * A drawn document (PDF) has pages: `page` counts from 1, `box` is in points (1/72 inch) from the top left corner
 * of the page as it is shown (after /Rotate). Text and web input has lines: `line` counts from 1 and `page` is 0. A text
 * document (read/document/) has paragraphs: each, and each row of a table, counts as a line. A workbook has tabs: `sheet`
 * is the tab's name, `line` its row and `column` its column.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double x0, y0, x1, y1; /* x0 <= x1, y0 <= y1; y grows downwards */
} Box;

typedef struct {
  int page;           /* from 1; 0: the input has no pages, see `line` */
  int line;           /* from 1; 0: the input has pages, or the place is not known */
  Box box;            /* points; all 0 where the input has no pages */
  const char *sheet;  /* of a workbook: the name of the tab, interned (g_intern_string); NULL: it is not a workbook */
  int column;         /* of a workbook: from 1 (A); 0: the row as a whole */
  const char *member; /* the part of a saved page that it is in (a frame), interned; NULL: the document itself */
} Place;

/* The smallest box that holds both. */
Box box_union (Box a, Box b);

/* The part that both have; empty (x1 <= x0 or y1 <= y0) where they do not meet. */
Box box_intersection (Box a, Box b);

gboolean box_is_empty (Box box);

/* Whether the point is in the box, its left and top edges included. */
gboolean box_has (Box box, double x, double y);

/* Whether the middle of OTHER is. */
gboolean box_has_middle (Box box, Box other);

/* "E12", the name of the cell in a workbook; NULL: PLACE is not a cell. The caller frees. */
char *place_cell (Place place);

/* Adds PLACE to PLACES (an array of Place): widens the last place where it is on the same page, else appends. */
void places_add (GArray *places, Place place);

G_END_DECLS
