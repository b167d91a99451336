/* cells.h - from a frame and the glyphs on the page to a grid of cells with text. */
#pragma once

#include "layout/frame/frame.h"

/* The grid that FRAME draws on PAGE, with the text of the glyphs in it. TAKEN has one gboolean for each glyph of the
 * page; those of the glyphs that went into a cell are set. The caller frees. */
Grid *grid_from_frame (const Frame *frame, const Page *page, gboolean *taken);
