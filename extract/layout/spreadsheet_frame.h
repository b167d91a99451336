/* spreadsheet_frame.h - the letters of the columns and the numbers of the rows that a spreadsheet program puts around
 * its cells, where they are printed, published as a page or copied with them:
 *
 *        A      B              C
 *     1         サービス時間   24時間365日
 *     2         稼働率         99.9%
 *
 * They are no part of the table: its heads are in a row of its own.
 */
#pragma once

#include <glib.h>

/* Takes them out of the grids among BLOCKS (Block): the letters become a header, before the grid. */
void blocks_drop_spreadsheet_frames (GPtrArray *blocks);
