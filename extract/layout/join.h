/* join.h - from the grids of all pages to tables: rows that a page end cuts are joined, repeated heads left out. */
#pragma once

#include "model/block.h"
#include "model/note.h"
#include "model/table.h"

/* Joins the grids among BLOCKS (of all pages, in order) into tables, and adds a note to NOTES (Note) for each row that
 * was joined. A list of Table, which frees them. Cannot fail. */
GPtrArray *tables_from_blocks (GPtrArray *blocks, GPtrArray *notes);
