/* unruled_heads.h - lines of a table's head that close its gutters; private to the finder of tables without lines (gaps.h).
 *
 *               First half      Total Net share        Two things close a gutter and are no banner: a head over several
 *             2009    2010      sales  of sales        columns, and heads so near to each other that they look like one
 *      Rice    1.2     1.4         12        3.0       chunk. The latter show a space in the gutter, and stand as their
 *      Wheat   0.8     0.9          9        2.2       columns do: flush at a side, or centred.
 */
#pragma once

#include "layout/unruled/unruled_table.h"

/* Whether LINE, which closes a gutter of ZONE, is a head over several columns, and the line of the table next to it is
 * at Y. */
gboolean is_head_over_columns (const GapZone *zone, const ChunkLine *line, double y);

/* Parts the chunks of LINE at the spaces that lie in the gutters of ZONE, where the parts stand as their columns do.
 * FALSE, with LINE as it was, where they do not. */
gboolean part_heads (const GapZone *zone, ChunkLine *line);
