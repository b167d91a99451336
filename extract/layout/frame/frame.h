/* frame.h - where a table is on a page, and the rows and columns that its dividers give it.
 *
 * Dividers that cross or touch belong together; each such group is a frame. Its vertical dividers are at the boundaries
 * of its columns, its horizontal ones at the boundaries of its rows:
 *
 *      x[0]   x[1]        x[2]
 *   y[0] +------+-----------+      The outer boundaries come from how far the dividers reach, so that
 *        |  No. | 項目      |      a table without an outer border, or cut by the page end, has all
 *   y[1] +------+-----------+      its rows and columns. Between two places there is a border only
 *        |  1   | サービス  |      where a divider was drawn: places without one between them are one
 *   y[2] +------+-----------+      cell.
 *
 * Frames that are one table become one, and a frame that is two tables becomes two:
 *
 *   +----+-------+                     +-------+-------+
 *   | No.| 項目  |                     | 日付  | 改訂  |     one above the other in one frame:
 *   +----+-------+                     +---+---+-------+     the borders below are others than
 *     可用性          a banner without |No.| 項目      |     those above, not fewer or more
 *   +----+-------+    vertical lines:  +---+-----------+
 *   | 1  | サー  |    one table
 *   +----+-------+
 */
#pragma once

#include "layout/evidence.h"
#include "layout/frame/divider.h"

typedef struct {
  GArray *x, *y;                 /* double, ascending, points: the boundaries of columns and rows; at least 2 each */
  GArray *horizontal, *vertical; /* Divider, those that belong to it */
  guint8 *vertical_borders, *horizontal_borders; /* one for each boundary and each row (column): whether it is drawn */
  Box box;
} Frame;

/* The frames that DIVIDERS make, from the top; a group with fewer than two cells makes none. A list of Frame, which
 * frees them. */
GPtrArray *frames_from_dividers (const Dividers *dividers);

/* Joins those of FRAMES, on page PAGE, that are one table, and divides those that are two. */
void frames_settle (GPtrArray *frames, int page, const Weighing *weighing);

/* An empty list, which frees its frames. */
GPtrArray *frames_new (void);

/* A frame of the given dividers (Divider, copied). The caller frees it as a member of a list of frames. */
Frame *frame_from_dividers (GArray *horizontal, GArray *vertical);

/* FRAME with the dividers HORIZONTAL and VERTICAL (Divider; NULL: none) too. */
Frame *frame_with_dividers (const Frame *frame, GArray *horizontal, GArray *vertical);

int frame_rows (const Frame *frame);
int frame_columns (const Frame *frame);
/* The row, the column of FRAME that Y, X is in; -1: none. */
int frame_row_at (const Frame *frame, double y);
int frame_column_at (const Frame *frame, double x);

double frame_x (const Frame *frame, int boundary);
double frame_y (const Frame *frame, int boundary);

/* Whether a divider was drawn along BOUNDARY of the columns (rows), next to row (column) ROW (COLUMN). */
gboolean frame_has_vertical_border (const Frame *frame, int boundary, int row);
gboolean frame_has_horizontal_border (const Frame *frame, int boundary, int column);

/* As if it were drawn. */
void frame_add_vertical_border (Frame *frame, int boundary, int row);
void frame_add_horizontal_border (Frame *frame, int boundary, int column);
