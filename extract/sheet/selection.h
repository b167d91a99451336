/* selection.h - which of a document's tables, headings and running texts are the sheet. */
#pragma once

#include "model/block.h"
#include "model/sheet.h"
#include "patterns/knowledge.h"

/* The sheet in TABLES (Table, made from BLOCKS) or, where they hold too little of one, in the headings and texts of BLOCKS (Block), with the
 * facts of the document around it; what its source was is left to the caller. Takes NOTES. Errors: NO_SHEET, with a
 * message that says what was seen instead. */
Sheet *sheet_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes,
                          GError **error);
