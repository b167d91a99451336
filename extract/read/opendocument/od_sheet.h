/* od_sheet.h - the spreadsheets of OpenDocument (part 3, 3.7): .ods, as worksheets (read/workbook/worksheet.h). Cells say what
 * they show, so that no number format has to be read. */
#pragma once

#include "read/package.h"
#include "read/reader.h"

/* The pages of the document in PACKAGE. Errors: those of part_open and part_close; LIMIT_SIZE; DAMAGED, where no sheet is
 * shown. The caller frees. */
GPtrArray *pages_from_od_sheets (Package *package, const ReadOptions *options, GPtrArray *notes, GError **error);
