/* covers.h - what lies under a point of a painted page, and what is painted over it later.
 *
 *     order  0   1   2   3                    a point of what is painted at order 2:
 *            █fill   █                        under it: the fill 0
 *                ▓picture                     over it: the fill 3, the topmost opaque one painted later
 *                    x
 *                        █fill
 *
 * Covers are filled paths, pictures, strokes as thick as a line of text, and solid signs (■ ●). Thin fills and strokes are
 * lines, and cover nothing. A cover whose shape or colour is not sure (curves, shadings, pictures) is one under a point and
 * of a colour not known, and is none over it: what may be seen counts as seen.
 *
 * Many points are asked at once: they are in the leaves of a k-d tree (Bentley 1975), which is gone through for each cover,
 * from the last one painted to the first. A point waits for no more than the first cover that it meets so, and nodes
 * without a point that waits are passed over: where covers lie in heaps, the upper ones are all that is looked at.
 */
#pragma once

#include "read/pdf/painted_page.h"

typedef struct {
  Box box; /* of what is painted: within its clip and the page */
  guint order;
  PaintedColour colour;
  gboolean opaque; /* what is under it cannot be seen */
  int path;        /* whose shape is not its box; PAINTED_NONE: it is its box */
} Cover;

typedef struct {
  double x, y;
  guint order; /* of what is painted here */

  /* Filled in by covers_find. */
  PaintedColour ground;     /* the colour of the topmost cover painted before it; white: paper */
  int over;                 /* the topmost opaque cover painted after it; PAINTED_NONE: none */
  PaintedColour in_the_end; /* the colour of the topmost cover of all */
} CoveredPoint;

/* The covers of PAGE, an array of Cover in paint order; the caller frees. SCAN: a picture that is most of the page covers
 * no text, which is its text layer. */
GArray *covers_from_painted (const PaintedPage *page, gboolean scan);

/* Fills in POINTS (CoveredPoint, in any order); `in_the_end` only where IN_THE_END asks for it. */
void covers_find (const PaintedPage *page, GArray *covers, GArray *points, gboolean in_the_end);

/* Whether the covers from index FIRST on have an opaque one that meets BOX; TRUE where there are too many to tell. */
gboolean covers_may_hide (GArray *covers, guint order, Box box);

/* By how much two colours differ: 0 to 255, the widest difference of a component; 255 where one is not known. */
int colour_difference (PaintedColour a, PaintedColour b);
