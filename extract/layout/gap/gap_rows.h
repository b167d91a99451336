/* gap_rows.h - from the lines and gutters of a table without drawn lines to its frame; private to its finder (gaps.h).
 *
 * Rows end, in this order of trust, where a drawn line or the edge of a fill crosses the table; where a clear band is
 * wider than the leading; and where a column that has one line in nearly every row has its next one.
 */
#pragma once

#include "layout/gap/gap_table.h"

/* ZONE is left without the titles and notes at its ends. The caller frees; NULL: it is no table. */
Frame *frame_from_gap_zone (GapZone *zone, const Page *page);

/* The y at which the lines START to END of ZONE, in the columns between SIDES (double), part into rows by clear bands
 * alone; empty where they do not, or where most of such rows would have nothing in the first or the second column. The
 * caller frees the array of double. */
GArray *cuts_between_sides (const GapZone *zone, GArray *sides);
