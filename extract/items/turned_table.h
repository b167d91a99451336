/* turned_table.h - a table as its items are read: from left to right, and one a row.
 *
 * Heads may be at the left, names across, the same columns side by side (columns.h), or rows in blocks (row_blocks.h).
 */
#pragma once

#include "model/table.h"
#include "patterns/knowledge.h"

/* TABLE so turned; NULL: it is read as it is. A new table; the caller frees. */
Table *table_turned (const Knowledge *knowledge, const Table *table);
