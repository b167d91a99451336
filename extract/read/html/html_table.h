/* html_table.h - the tables and definition lists of a web page as grids.
 *
 * Tables follow HTML's rules for spans (HTML Standard, section 4.9.12); elements with the roles of a table, a row and a
 * cell (WAI-ARIA 1.2) are read the same way. Their contents tell tables that only lay out a page from
 * tables of data. Places are lines of the source, from 1.
 */
#pragma once

#include "model/grid.h"
#include "read/html/appearance.h"

/* NULL where TABLE only lays out other things, or would have more than CELLS cells (rows times columns). The caller
 * frees. */
Grid *grid_from_table (const GumboNode *table, const Appearance *appearance, int cells);

const GumboNode *table_caption (const GumboNode *table); /* or NULL; borrowed */

/* A grid of two columns for a <dl>: a row for each group of dt, with the text of its dd; of more, where all groups have as
 * many dd, two or more, of the same classes. NULL where it has no groups,
 * or where one contains tables or headings of its own. The caller frees. */
Grid *grid_from_definitions (const GumboNode *list, const Appearance *appearance);
