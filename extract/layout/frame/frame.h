/* frame.h - where a table stands on a page, and the tracks its dividers give it.
 *
 * Dividers that cross or touch hang together; each such group is a frame. The places of its vertical dividers are the
 * sides of its columns, those of its horizontal ones the sides of its rows:
 *
 *      x[0]   x[1]        x[2]
 *   y[0] +------+-----------+      The outer sides come from how far the dividers reach, so that a
 *        |  No. | 項目      |      table without an outer border, or cut by the page end, has all
 *   y[1] +------+-----------+      its tracks. Between two tracks there is a wall only where a
 *        |  1   | サービス  |      divider was drawn: cells without a wall between them are one.
 *   y[2] +------+-----------+
 */
#pragma once

#include "layout/frame/divider.h"

typedef struct {
  GArray *x, *y;                 /* double, ascending: the sides of columns and rows; at least 2 each */
  GArray *horizontal, *vertical; /* Divider, those that belong to it */
  Box box;
} Frame;

/* The frames that DIVIDERS make, from the top; a group with fewer than two cells, or within a cell of another, is none.
 * A list of Frame, which frees them. */
GPtrArray *frames_from_dividers (const Dividers *dividers);

/* Frames one under the other that are one table, a row without upright dividers (a banner) between them, become one; a
 * frame in which two tables were drawn without a gap between them becomes two (frame_parts.c). */
void frames_settle (GPtrArray *frames);

/* An empty list, which frees its frames. */
GPtrArray *frames_new (void);

/* For frame_parts.c and gap_rows.c: a frame of the given dividers (copied); and the tracks of FRAME, made anew from its
 * dividers. */
Frame *frame_from_dividers (GArray *horizontal, GArray *vertical);

int frame_rows (const Frame *frame);
int frame_columns (const Frame *frame);
double frame_x (const Frame *frame, int side);
double frame_y (const Frame *frame, int side);

/* Whether a divider was drawn along side SIDE of the columns (rows), next to row (column) TRACK. */
gboolean frame_has_upright_wall (const Frame *frame, int side, int row);
gboolean frame_has_level_wall (const Frame *frame, int side, int column);
