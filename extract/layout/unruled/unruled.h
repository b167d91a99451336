/* unruled.h - tables without drawn lines: columns from the gaps between words, rows from what the columns say together.
 *
 *      No.    種別      項目             回答             chunks: words with no wide gap between them
 *      1   |  可用性  | サービス時間   | 24時間365日
 *          |          |                | ・計画停止を除く  gutters: what no chunk of the table covers
 *      ----------------------------------------------
 *      2   |          | 計画停止予定   | 7日前             rows: a clear band wider than the leading,
 *          |          | 通知           |                   or the edge of a fill, or a drawn line
 *
 * Running text is set aside first (running.h). The line with most chunks is the seed; the gaps between its chunks are
 * the first gutters. Lines below and above it narrow and part the gutters, as long as none of them closes. A line that
 * closes one is a head over several columns (gap_heads.h), a banner where the table goes on after it, else the table's
 * end. What the rows are is told by the values (gap_figures.h) or by room and keys (gap_cuts.h); lists, contents and
 * forms are no tables (gap_list.h). (The idea of columns as white rectangles that survive many lines: T. Breuel, "Two
 * geometric algorithms for layout analysis", 2002.)
 */
#pragma once

#include "layout/frame/frame.h"

/* What one page's table tells of the next one's, which may have columns that are empty there. */
typedef struct {
  GArray *gutters; /* Gutter, from left to right; NULL: there was no such table */
} GutterMemory;

void gutter_memory_clear (GutterMemory *memory);

/* The frames that the gaps between the glyphs of PAGE prove, those glyphs apart for which TAKEN is set: glyphs in other
 * frames, and page headers and footers. A list of Frame, which frees them. */
GPtrArray *frames_from_gaps (const Page *page, const gboolean *taken, GutterMemory *memory);
