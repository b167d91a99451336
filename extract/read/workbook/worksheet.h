/* worksheet.h - one sheet of a workbook (ECMA-376 part 1, 18.3.1): its cells with the text that they show, its merged
 * ranges, and which rows and columns are hidden. Rows and columns count from 0.
 *
 *        A        B        C
 *     1  可用性   ┌────────────────┐    worksheet_read: the cells A1, B1, A2 and A3 with text, the merged range
 *     2  (hidden) │ 99.9%          │    B1:C3, the hidden row 2
 *     3  回答     └────────────────┘    visible_cells_from_worksheet: A1; B1, which spans B1:C3; A3
 */
#pragma once

#include "read/workbook/cell_styles.h"
#include "read/workbook/shared_strings.h"

typedef struct {
  int first, last;
} IndexRange; /* of rows or columns */

typedef struct {
  IndexRange rows, columns;
} MergedRange;

typedef struct {
  int row, column;
  char *text;   /* as shown, without the struck words; one of the two is not empty */
  char *struck; /* the words that are struck out; NULL: none */
} WorksheetCell;

typedef struct {
  GArray *cells;          /* WorksheetCell, by row, then column */
  GArray *merges;         /* MergedRange, by first row, then first column */
  GArray *hidden_rows;    /* IndexRange, in order; none overlaps or touches another */
  GArray *hidden_columns; /* the same */
} Worksheet;

/* What the sheets of a workbook are read with, one after the other, and how much they had. */
typedef struct {
  Package *package;
  const SharedStrings *strings;
  const CellStyles *styles;
  gboolean from_1904; /* days are counted from 1904 and not from 1900 */
  int cells;          /* so far, with text */
  gsize text;         /* of these cells; bytes */
} WorksheetReader;

/* The sheet in the part NAME. Errors: those of part_open and part_close; LIMIT_SIZE. */
Worksheet *worksheet_read (WorksheetReader *reader, const char *name, GError **error);

void worksheet_free (Worksheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Worksheet, worksheet_free)

/* The number of cells with text in the row that has most of them. */
int worksheet_most_cells_in_row (const Worksheet *sheet);

int worksheet_next_shown_row (const Worksheet *sheet, int row); /* ROW, or the first after it that is not hidden */

typedef struct {
  IndexRange rows, columns;  /* the range that it spans; its first row and column are shown */
  const char *text, *struck; /* borrowed from the sheet; the second may be NULL */
} VisibleCell;

/* How many rows and columns with text, and sheets, are hidden. */
typedef struct {
  int rows, columns, sheets;
  gsize characters; /* of those rows and columns, without white space */
} HiddenCount;

/* A list of VisibleCell, by row, then column. Adds the hidden rows and columns to HIDDEN. A merged range shows the text
 * of its first cell and no other; where its first rows are hidden, the rest of it shows the text. */
GArray *visible_cells_from_worksheet (const Worksheet *sheet, HiddenCount *hidden);
