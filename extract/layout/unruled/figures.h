/* figures.h - tables of figures: where they begin and end, and their rows.
 *
 *      Table 3. Grants by state                  a title: not part of the table
 *                        Number of    Rate       lines of the head: together they are one row, unless a heading is
 *      State                grants                 above several columns
 *      Northern states                           a label alone: a heading among the rows ...
 *        Alaska                 12     8.1
 *        Newfoundland and                        ... or the first line of one, where what follows would not have
 *        Labrador                9     7.9         fitted on it
 *
 * A value is never wrapped: two lines of one column that hold figures are two rows. So each line with a value is a row,
 * and the lines without one are distributed among them.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Whether most of TABLE's columns, except that of the labels, hold figures. */
gboolean is_table_of_figures (const UnruledTable *table);

/* Takes titles and notes off the ends of CANDIDATE, of which TABLE was measured; and what is far from the rest. FALSE:
 * nothing is left. */
gboolean figures_trim (TableCandidate *candidate, const UnruledTable *table);

/* The part of the places on lines with values that have text: figures strewn over a drawing are no table. */
double figures_filled (const UnruledTable *table);
