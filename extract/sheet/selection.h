/* selection.h - which of a document's tables, headings and running texts are the sheet. */
#pragma once

#include "model/block.h"
#include "model/sheet.h"
#include "patterns/knowledge.h"

/* The sheet in TABLES (Table, made from BLOCKS) or, where they have too few of the catalogue's items, in the headings
 * and texts of BLOCKS (Block), with the facts of the document around it; what its source was is left to the caller.
 * Takes NOTES, in case of an error too; borrows the rest, KNOWLEDGE for as long as the sheet lives. The caller frees.
 * Errors: CHECKSHEET_ERROR_NO_SHEET, with a message that says what was found instead. */
Sheet *sheet_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes,
                          GError **error);
