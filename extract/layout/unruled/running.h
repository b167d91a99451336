/* running.h - text that runs on from line to line in columns of the page; private to the finder of tables without lines
 * (gaps.h).
 *
 *      Lorem ipsum dolor sit amet consectetur   |   Table 2. Adipiscing      Running text fills its column, line after
 *      adipiscing elit sed do eiusmod tempor    |   State      2009   2010   line, with nothing but its last line
 *      incididunt ut labore et dolore magna     |   Alabama    12.1   13.0   short. It is set aside before tables are
 *      aliqua ut enim ad minim veniam quis      |   Alaska      8.4    7.9   looked for: what is left beside it, above
 *      nostrud exercitation.                    |                            and below is easily told apart.
 *
 * Long cells look the same; but they begin beside another cell and go on beside nothing, where a page's columns have
 * text beside all of their lines, or none.
 */
#pragma once

#include "layout/unruled/unruled_lines.h"

/* Where running text stands among LINES (ChunkLine): an array of Box, one a line of it, which the caller frees. */
GArray *running_text_of_lines (GPtrArray *lines);
