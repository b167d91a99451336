/* workbook.h - the parts of the workbook reader, for workbook*.c only: Office Open XML (ECMA-376), an archive of XML
 * parts.
 *
 *     package ── workbook.xml ── sheets ──┬── WorkbookSheet: cells as shown, merged ranges, what is hidden
 *        │                                │
 *        ├── sharedStrings.xml ── strings ┤                 └──> Block[]: the tables of a sheet and the lines around
 * them └── styles.xml ── formats ───────┘
 *
 * A workbook may be hostile: what is unpacked is counted over all parts, and so are cells and their text; nothing here
 * calls itself; elements are told by their local names, so that both of the standard's namespaces (transitional and
 * strict) fit. A document type declaration, which alone could bring entities, ends the reading (ECMA-376 part
 * 2, 10.1.2).
 */
#pragma once

#include "model/block.h"
#include "model/note.h"

#define SHEET_ROWS 1048576 /* ECMA-376 part 1, 18.3.1.73; what Excel has */
#define SHEET_COLUMNS 16384

/* workbook_package.c: the archive, and one of its parts read as XML, node after node. */
typedef struct Package Package;
typedef struct Part Part;

/* BYTES must outlive it. Errors: DAMAGED, LIMIT_SIZE, NEEDS_PASSWORD. */
Package *package_open (GBytes *bytes, GError **error);
void package_free (Package *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Package, package_free)

gboolean package_has (const Package *package, const char *name);

/* The target of the first relation of the part BASE ("": of the package) whose type ends in TYPE, or whose id is ID
 * (either may be NULL); a part's name, NULL where there is none. */
char *package_related (Package *package, const char *base, const char *type, const char *id, GError **error);

/* NULL, with an error, where it cannot be opened. */
Part *part_open (Package *package, const char *name, GError **error);

gboolean part_next (Part *part); /* FALSE: the end, or trouble, which part_close tells */
gboolean part_begins (const Part *part, const char *name);
gboolean part_ends (const Part *part, const char *name);
const char *part_text (const Part *part);                        /* NULL: it is no text; borrowed until the next node */
const char *part_attribute (const Part *part, const char *name); /* the same; NULL: there is none */
int part_number (const Part *part, const char *name, int fallback); /* a whole number, 0 or more */
gboolean part_says (const Part *part, const char *name);            /* a boolean; FALSE where it is not there */

/* Frees PART; FALSE, with an error, where it could not be read to its end: DAMAGED, LIMIT_SIZE. */
gboolean part_close (Part *part, GError **error);

/* workbook_strings.c */
typedef struct Strings Strings;

Strings *strings_from_package (Package *package, const char *workbook, GError **error);
void strings_free (Strings *strings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Strings, strings_free)
const char *strings_at (const Strings *strings, int index); /* NULL: there is none; borrowed */

/* The text from the element at which PART stands up to its end NAME, of all its runs, what tells how to read it
 * (phonetic runs) left out; line ends are "\n". */
char *rich_text (Part *part, const char *name);

/* Decodes _x000D_ and the like (22.4.2.4, ST_Xstring), makes line ends "\n"; takes and gives. */
char *take_escaped_text (char *text);

/* workbook_styles.c */
typedef struct Formats Formats;

Formats *formats_from_package (Package *package, const char *workbook, GError **error);
void formats_free (Formats *formats);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Formats, formats_free)
const char *formats_at (const Formats *formats, int style); /* the number format code; borrowed */

/* workbook_sheet.c */
typedef struct {
  int first, last;
} Range;

typedef struct {
  Range rows, columns;
} Merge;

typedef struct {
  int row, column; /* from 0 */
  char *text;      /* as shown; not empty */
} SheetCell;

typedef struct {
  GArray *cells;          /* SheetCell, by row, then column */
  GArray *merges;         /* Merge, by first row, then first column */
  GArray *hidden_rows;    /* Range, in order, none touching another */
  GArray *hidden_columns; /* the same */
} WorkbookSheet;

/* What all sheets of a workbook are read with, and what they may still take. */
typedef struct {
  Package *package;
  const Strings *strings;
  const Formats *formats;
  gboolean from_1904;
  int cells;      /* so far, with text */
  gsize text;     /* of them; bytes */
  gint64 places;  /* of the grids */
  int most_cells; /* in a row, of all sheets */
  gsize repeated; /* text of merged cells beyond their first rows; bytes */
} WorkbookReading;

WorkbookSheet *sheet_from_part (WorkbookReading *reading, const char *name, GError **error);
void workbook_sheet_free (WorkbookSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkbookSheet, workbook_sheet_free)

/* workbook_ranges.c */
void ranges_settle (GArray *ranges);                       /* sorts and joins them */
int ranges_next_outside (const GArray *ranges, int index); /* INDEX or the first after it that is in no range */

/* workbook_pieces.c: what can be seen of a sheet. */
typedef struct {
  Range rows, columns; /* of the sheet, from 0; they begin with one that is seen */
  const char *text;    /* borrowed from the sheet's cell */
} Piece;

typedef struct {
  int rows, columns, sheets;
} HiddenCount;

/* A list of Piece, by row, then column. Adds to HIDDEN the rows and columns with text that are left out. */
GArray *pieces_from_sheet (const WorkbookSheet *sheet, HiddenCount *hidden);

/* workbook_cut.c: where the tables of a sheet begin and end. */

/* Pieces that begin in the same row. */
typedef struct {
  int number; /* in the sheet, from 0 */
  guint first, end;
  int covered;  /* how many of the sheet's columns are under its pieces */
  int reach;    /* the last row of any piece up to here */
  gboolean gap; /* an empty row is seen above it */
} SheetRow;

/* Rows that become one block, or lines. */
typedef struct {
  guint first, end;
  gboolean grid;
  Range columns;  /* of a grid: the first and the last in the sheet */
  int beginnings; /* of a grid: in how many columns pieces begin */
} Chunk;

typedef struct {
  const WorkbookSheet *sheet;
  GArray *pieces; /* Piece */
  GArray *rows;   /* SheetRow */
  GArray *chunks; /* Chunk */
  int most_cells; /* in a row, of all sheets */
} Cutting;

/* Fills rows and chunks, which must be empty. */
void cutting_find_chunks (Cutting *cutting);
const Piece *cutting_piece (const Cutting *cutting, guint index); /* these two borrowed */
SheetRow *cutting_row (const Cutting *cutting, guint index);
int row_cells (const SheetRow *row);

/* workbook_blocks.c: the tables of a sheet and the lines around them. NULL, with LIMIT_SIZE, where the grids of the
 * workbook would have too many places, or merged cells too much text to be said again in each row. */
GPtrArray *blocks_from_sheet (const WorkbookSheet *sheet, WorkbookReading *reading, HiddenCount *hidden,
                              GError **error);
