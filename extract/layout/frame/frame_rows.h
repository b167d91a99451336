/* frame_rows.h - rows that the drawn lines of a frame leave out: a head above it, and rows between its column lines
 * without lines of their own. They are told as in tables without lines (gap_cuts.h). */
#pragma once

#include "layout/frame/frame.h"

/* Widens each of FRAMES to the head line right above it, when its words stand over the columns; and parts those of its
 * rows in which the columns have clear bands in common. Glyphs for which TAKEN is set are left out. */
void frames_complete_rows (GPtrArray *frames, const Page *page, const gboolean *taken);

/* Whether most of the values in FRAME share a cell with another one: its lines leave out rows or columns, as a box
 * round the whole, or a line under the head do; or whether it has but one column of Latin words. HIDDEN glyphs are left
 * out. */
gboolean frame_is_coarse (const Frame *frame, const Page *page, const gboolean *hidden);

/* Whether FRAME is but the head of a table: what stands right below it stands in its columns, with no lines around.
 * TAKEN are the glyphs in any frame. */
gboolean frame_is_head_alone (const Frame *frame, const Page *page, const gboolean *taken);
