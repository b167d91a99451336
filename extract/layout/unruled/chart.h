/* chart.h - charts, whose figures are no tables. They are told by their scales: figures that stand at the ends of ticks or
 * grid lines, evenly spaced.
 *
 *      30 ├─────────────────────────       A line in a table is between lines of text; here each is in the middle of one.
 *      20 ├────────╱╲───────────────
 *      10 ├──────╱────╲─────────────
 *         └┬─────┬─────┬─────┬──────
 *          1月   2月   3月   4月           what is named below the lowest line is part of the chart
 */
#pragma once

#include "layout/evidence.h"
#include "model/page.h"

/* The boxes (Box) of the charts on PAGE, of which LINES are the lines of text (SegmentLine). The caller frees. */
GArray *charts_from_lines (GPtrArray *lines, const Page *page, const Weighing *weighing);
