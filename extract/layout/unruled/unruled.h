/* unruled.h - tables without ruling lines: columns from the gutters between text segments, rows from what the columns
 * have in common.
 *
 *      No.    種別      項目             回答
 *      1   |  可用性  | サービス時間   | 24時間365日      gutters: open over all lines
 *          |          |                | ・計画停止を除く
 *      ----------------------------------------------
 *      2   |          | 計画停止予定   | 7日前            rows: white space higher than the leading, the edge of a
 *          |          | 通知           |                  fill, or a ruling line
 *
 * Running text is set aside first (running_text.h). Candidates grow from the lines with most segments (candidate.h) and
 * are measured; lists, contents and forms are sorted out (unruled_table.h). Their rows are chosen by one sum (rows.h), and
 * boundaries and separators become the dividers of a frame; labels of merged cells: merged_labels.h.
 */
#pragma once

#include "layout/evidence.h"
#include "layout/frame/frame.h"

/* What the last table of the pages before tells of the next one, which may have columns that are empty there. */
typedef struct {
  GArray *gutters; /* Gutter, from left to right; NULL: there was no such table */
  gboolean ruled;  /* lines were drawn between its rows */
} PreviousTable;

void previous_table_clear (PreviousTable *previous);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PreviousTable, previous_table_clear)

/* The frames of the tables among those glyphs of PAGE for which TAKEN is not set; it is set for glyphs in the DRAWN frames,
 * which no table goes on over, and for page headers and footers. A list of Frame, which frees them. */
GPtrArray *frames_from_unruled_tables (const Page *page, GPtrArray *drawn, const gboolean *taken,
                                       PreviousTable *previous, const Weighing *weighing);
