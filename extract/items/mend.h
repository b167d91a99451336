/* mend.h - rows whose cells are not under their heads: shifted by one column, or without one of the columns.
 *
 * Copied out of a PDF, a row may come with a cell too many or too few. What cells contain tells where they belong: a
 * number, a name, a definition or a unit of the catalogue. So cells and columns are aligned as two texts are, in order,
 * with gaps, for the best fit:
 *
 *      columns  No.  種別          項目          規定内容   測定単位  回答
 *      cells    39   -             セキュリティ  公的認証…  JIPDEC…   有無  有   (one to the right)
 *      mended   39   セキュリティ  公的認証…     JIPDEC…    有無      有
 *
 * (dynamic programming, Needleman and Wunsch 1970). A row that fits as it is is left alone.
 */
#pragma once

#include "items/columns.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* For each of the columns the index of the row's field that belongs there, -1: none. NULL: the row fits as it is.
 * The caller frees. The row may have more or fewer fields than there are columns. BEFORE: what was returned for the last
 * row above that was mended, NULL: none was; rows of one table are shifted alike, so less evidence is needed for the
 * same again. */
int *mend_row (const Knowledge *knowledge, const Columns *columns, const Row *row, const int *before);
