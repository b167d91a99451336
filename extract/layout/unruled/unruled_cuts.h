/* unruled_cuts.h - where the rows of a table of words end; private to the finder of tables without lines (gaps.h).
 *
 * Rows end, in this order of trust, where a drawn line or the edges of fills cross the table; where a clear band is
 * wider than the leading; and where a column that has one line in nearly every row has its next one, or several
 * columns begin at once.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Cuts TABLE into rows. */
void find_cuts (GapTable *table, const Page *page);

/* The y at which the lines START to END of ZONE, in the columns between SIDES (double), part into rows by clear bands
 * or by columns that begin together; empty where they do not, or where most of such rows would have nothing in the
 * first or the second column. The caller frees the array of double. */
GArray *cuts_between_sides (const GapZone *zone, GArray *sides);
