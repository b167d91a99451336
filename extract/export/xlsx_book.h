/* xlsx_book.h - sheets as an Excel workbook, for people.
 *
 *     Compare          the catalogue's items down, sheets across (matrix.h): the first BOOK_SHEETS of them
 *     Items            every item of every sheet, a row each; Items 2, … where a tab is full
 *     <vendor>, …      the items of one sheet: the first BOOK_SHEETS of them
 *
 * Cells are coloured by status; heads are frozen, columns have filters, texts wrap. Nothing of a sheet is a formula or a
 * link. A text longer than a cell of Excel can hold is cut, and its end says so. Equal sheets give equal bytes.
 */
#pragma once

#include "export/matrix.h"

enum { BOOK_SHEETS = 200 };

/* The tab Compare alone, with ROWS (MatrixRow), written to PATH; "-": standard output. Errors: CHECKSHEET_ERROR_IO. */
gboolean xlsx_write_matrix (const Matrix *matrix, const GPtrArray *rows, const char *path, GError **error);
