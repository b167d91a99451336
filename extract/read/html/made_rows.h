/* made_rows.h - tables that a page makes of other elements than those of tables.
 *
 *     <ul>                                                    rows: elements alike, one below the other, each with
 *      <li><span>1</span><span>稼働率</span><span>99.9%…      the same parts, three or more, or two of one make
 *      <li><span>2</span><span>復旧時間</span><span>3時間…
 *
 *     <div style="display: grid; grid-template-columns: 3em 1fr 2fr">     cells one after the other: as many to a row
 *      <div>1</div><div>稼働率</div><div>99.9%</div>                      as the style says, or as their classes
 *      <div>2</div><div>復旧時間</div><div>3時間</div>                    repeat, or as numbers count up
 */
#pragma once

#include "model/grid.h"
#include "read/html/appearance.h"

/* The grid of such a table that begins at the child INDEX of CONTAINER, of at most CELLS cells; *TAKEN: how many children
 * it is made of. NULL: none begins there. The caller frees. */
Grid *grid_from_made_rows (const GumboNode *container, int index, const Appearance *appearance, int cells, int *taken);
