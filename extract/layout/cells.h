/* cells.h - from a frame and the glyphs on the page to a grid of cells with text. */
#pragma once

#include "layout/frame/frame.h"
#include "text/line_break.h"

/* The grid of FRAME on PAGE, with the text of the glyphs in it. TAKEN has one gboolean for each glyph of the
 * page; those of the glyphs that went into a cell are set. The caller frees. */
Grid *grid_from_frame (const Frame *frame, const Page *page, LineBreaks *breaks, gboolean *taken);

/* The boxes of FRAME's cells, without their text, by row, then column: an array of Box, which the caller frees. */
GArray *cell_boxes_from_frame (const Frame *frame);

/* A cell of a frame, before its text is read. */
typedef struct {
  int row, column, row_span, column_span;
  int glyphs; /* how many are in it */
} CellFill;

/* The cells of FRAME (CellFill), by row, then column, with those of PAGE's glyphs for which TAKEN (one for each) is not
 * set. The caller frees the array. */
GArray *cell_fills_from_frame (const Frame *frame, const Page *page, const gboolean *taken);
