/* side_pages.h - the right-hand columns of a table that an office program prints on pages of their own.
 *
 *      page 1        page 2        page 3          page 4
 *      No.  項目     No.  項目     回答   備考     回答   備考     down, then to the right; or 1 and 3 follow each other:
 *      1    時間     31   監視     24h    -        有     -        to the right, then down
 *      2    通知     32   ログ     7日前  -        無     -
 *
 * The rows of such pages are at the same heights, to the point, and their columns are others, which would not have fitted
 * on the page.
 */
#pragma once

#include "model/page.h"

/* Adds the columns of such pages to the grids that they belong to, and takes their own out of BLOCKS (of all PAGES, in
 * order). */
void blocks_join_side_pages (GPtrArray *blocks, GPtrArray *pages);
