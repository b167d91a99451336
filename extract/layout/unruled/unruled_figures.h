/* unruled_figures.h - rows of tables of figures; private to the finder of tables without lines (gaps.h).
 *
 *      Table 3. Grants by state                  a title: no part of the table
 *                        Number of    Rate       lines of the head: together they are one row, unless a head stands
 *      State                grants                 over several columns
 *      Northern states                           a label alone: a heading among the rows ...
 *        Alaska                 12     8.1
 *        Newfoundland and                        ... or the first line of one, where what follows would not have
 *        Labrador                9     7.9         fitted on it
 *
 * A value is never wrapped: two lines of one column that hold figures are two rows. So each line with a value is a row,
 * and the lines without one are shared out among them.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Takes titles and notes off the ends of ZONE, of which TABLE was measured; and what stands far from the rest. FALSE:
 * nothing is left. */
gboolean figures_trim (GapZone *zone, const GapTable *table, const Page *page);

/* Cuts TABLE into rows. FALSE where too many places are empty: figures strewn over a drawing are no table. */
gboolean figures_cut (GapTable *table, const Page *page);
