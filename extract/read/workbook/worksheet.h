/* worksheet.h - one sheet of a workbook (ECMA-376 part 1, 18.3.1): its cells with the text that they show, its merged
 * ranges, and which rows and columns are hidden. Rows and columns count from 0.
 *
 *        A        B        C
 *     1  可用性   ┌────────────────┐    worksheet_read (worksheet_part.h): the cells A1, B1, A2 and A3 with text, the merged range
 *     2  (hidden) │ 99.9%          │    B1:C3, the hidden row 2
 *     3  回答     └────────────────┘    visible_cells_from_worksheet: A1; B1, which spans B1:C3; A3
 */
#pragma once

#include "model/note.h"
#include "read/workbook/cell_styles.h"
#include "read/workbook/shared_strings.h"

#define SHEET_ROWS 1048576 /* ECMA-376 part 1, 18.3.1.73; those of Excel */
#define SHEET_COLUMNS 16384

#define WORKSHEET_CELLS_LIMIT (800 * 1000)      /* that are remembered for a note, of a sheet */
#define WORKSHEET_RANGES_LIMIT (2 * SHEET_ROWS) /* hidden rows or columns that are kept of a sheet */

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
  gboolean centred;
} WorksheetCell;

/* A cell's row and column. */
typedef struct {
  int row, column;
} CellPlace;

/* What is to be said of a cell: a note of the document. */
typedef struct {
  const char *code; /* static */
  NoteSeverity severity;
  CellPlace place;
  char *text;
  gsize letters; /* that are left out of the sheet */
} SheetRemark;

typedef struct {
  const char *name;       /* of its tab, interned */
  GArray *cells;          /* WorksheetCell, by row, then column */
  GArray *not_calculated; /* CellPlace: cells with a formula whose value is not known */
  GArray *merges;         /* MergedRange, by first row, then first column */
  GArray *hidden_rows;    /* IndexRange, in order; none overlaps or touches another */
  GArray *hidden_columns; /* the same */
  GArray *remarks;        /* SheetRemark */
  GHashTable *widths;     /* column -> double *: its width in characters, where it is said */
  GHashTable *heights;    /* row -> double *: its height in points, where it is said */
} Worksheet;

/* So many remarks with one code are kept of a sheet. */
#define REMARKS_LIMIT 60

/* How much the sheets of a workbook had so far. */
typedef struct {
  int cells;  /* with text */
  int most;   /* of them that are read (cells_limit) */
  gsize text; /* of these cells; bytes */
} WorkbookTotals;

/* The cells with text that are read where UNPACKED bytes are unpacked at most (--max-unpacked): 6,250 for each MiB, so that
 * the usual 128 MiB have 800,000, which fit into the usual memory. */
int cells_limit (gsize unpacked);

/* A sheet without cells, and with the first letters of TAB, the name of its tab, as its name. The caller frees. */
Worksheet *worksheet_new (const char *tab);

/* Adds a cell with TEXT in runs (shared_strings.h); STRUCK_OUT: its font strikes out what has no font of its own. Error:
 * LIMIT_SIZE. */
gboolean worksheet_add_cell (Worksheet *sheet, WorkbookTotals *totals, CellPlace place, const char *text,
                             gboolean struck_out, GError **error);

/* Takes TEXT. */
void worksheet_remark (Worksheet *sheet, const char *code, NoteSeverity severity, CellPlace place, gsize letters,
                       char *text);

/* The remark that TEXT at PLACE has the colour of its cell; none where it is empty. */
void worksheet_remark_hidden (Worksheet *sheet, CellPlace place, const char *text);

/* CELL's text cannot be seen: it is taken out, with a remark. */
void worksheet_hide_cell (Worksheet *sheet, WorksheetCell *cell);

/* A reference to a cell (18.18.7, ST_CellRef): "AB12" is column 27, row 11. Returns what follows it, NULL where it is none. */
const char *cell_reference_end (const char *name, int *column, int *row);

/* "A3:G12", "B7". FALSE: it is none. */
gboolean range_from_reference (const char *reference, MergedRange *range);

/* Error: LIMIT_SIZE. */
gboolean worksheet_add_merge (Worksheet *sheet, MergedRange merge, GError **error);

/* To be called when all cells, merged ranges and hidden rows and columns are in it: sorts them. */
void worksheet_complete (Worksheet *sheet);

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
