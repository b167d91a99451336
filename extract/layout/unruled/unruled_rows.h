/* unruled_rows.h - from the lines and gutters of a table without drawn lines to its frame; private to its finder (gaps.h).
 * The rows of figures are told by gap_figures.h, those of words by gap_cuts.h.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* ZONE is left without the titles and notes at its ends. The caller frees; NULL: it is no table. */
Frame *frame_from_gap_zone (GapZone *zone, const Page *page);
