/* ruled.h - tables with level rules alone, as books have them; private to the finder of tables without lines (gaps.h).
 *
 *      ------------------------------    three rules at least of one width, one under the other,
 *      Variable    Definition            the first two with a head of several columns between them
 *      ------------------------------
 *      GDPPC       Gross domestic ...
 *      ------------------------------
 */
#pragma once

#include "layout/unruled/unruled_lines.h"

/* Where such tables stand on PAGE, whose text is LINES (ChunkLine): an array of Box, which the caller frees. */
GArray *ruled_tables (const Page *page, GPtrArray *lines);
