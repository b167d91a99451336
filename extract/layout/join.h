/* join.h - from the grids of all pages to tables: rows that a page end cut, heads that are repeated. */
#pragma once

#include "model/block.h"
#include "model/note.h"
#include "model/table.h"

/* Joins the grids among BLOCKS (of all pages, in order) into tables, and says in notes what was joined. Gives a list of
 * Table. Cannot fail. */
GPtrArray *tables_from_blocks (GPtrArray *blocks, GPtrArray *notes);
