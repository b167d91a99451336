/* worksheet_pages.h - the sheets of a workbook, of whichever format, as pages (model/page.h): one each. */
#pragma once

#include "read/workbook/worksheet.h"

/* SHEETS: Worksheet, those that are shown; HIDDEN: how many are not. Adds what is hidden, and the formulas whose values
 * are not known, to NOTES. The caller frees. Errors: LIMIT_SIZE; DAMAGED, where there is no sheet. */
GPtrArray *pages_from_worksheets (GPtrArray *sheets, int hidden, GPtrArray *notes, GError **error);
