/* beside.h - two tables without lines around them that stand side by side; private to the finder of tables without
 * lines (gaps.h).
 *
 *      Table 1. Crops            Table 2. By state
 *      Item     2009   2010      State    2010        Rules run over and under both, and over each gutter but the
 *      --------------------      -------------        one between the two tables; or over both stands a title, and
 *      Rice      1.2    1.4      Ohio      3.0        words follow values at the gutter.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* The x that parts the tables in ZONE; 0: it is one. */
double parting_of_tables (const GapZone *zone, const Page *page);
