/* row_separators.h - where the rows of a table of words end.
 *
 * Rows end, in this order of trust, at a ruling line or the edges of fills that cross the table; at white space that is
 * higher than the leading; and where a column that has one line in nearly every row has its next one, or several
 * columns begin at once.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Finds TABLE's row separators. */
void separate_rows_of_words (UnruledTable *table, const Page *page);

/* The y at which the lines of CANDIDATE, in the columns between BOUNDARIES (double), separate into rows by white space
 * or by columns that begin together; empty where they do not, or where most of such rows would have nothing in the
 * first or the second column. The caller frees the array of double. */
GArray *row_separators_between_boundaries (const TableCandidate *candidate, GArray *boundaries);
