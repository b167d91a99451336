/* unruled_table.h - a table without ruling lines, measured: its columns, the distances of its lines; and what has
 * gutters and is not a table.
 *
 *      •  Lorem ipsum                       1   Introduction ............  3
 *      •  Dolor sit amet, consectetur       1.1   Lorem ................   5
 *         adipiscing                        2   Ipsum ..................  12
 *
 *      Name: ____________   Date: ______      x + 2y = 3       Office of ...  |  Tel. 555-0100
 *                                             3x - y = 7       Main Street 5  |  Fax 555-0101
 *                                                                       the page's middle
 *
 * Lines are named by their index in the candidate's list, columns and rows from 0. All lengths are points.
 */
#pragma once

#include "layout/evidence.h"
#include "layout/unruled/candidate.h"

typedef struct {
  const TableCandidate *candidate; /* borrowed */
  double em, leading;              /* the size of most characters; the distance of lines in one cell */
  Box box;
  GArray *column_boundaries; /* double: from the left edge to the right one */
  GArray *row_separators;    /* double: between the first row and the last, downwards */
  int first_line;            /* of those in `cells`; the candidate's first when it was measured */
  GPtrArray *cells;          /* const TextSegment: of each line and column, or NULL */
} UnruledTable;

/* Measures CANDIDATE; the columns' boundaries are the middles of its gutters. */
UnruledTable unruled_table_from_candidate (const TableCandidate *candidate);

/* The same with BOUNDARIES (double, copied) given. */
UnruledTable unruled_table_between_boundaries (const TableCandidate *candidate, GArray *boundaries);

void unruled_table_clear (UnruledTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UnruledTable, unruled_table_clear)

int unruled_columns (const UnruledTable *table);
double unruled_x (const UnruledTable *table, int boundary); /* of columns, 0 to their number */
const SegmentLine *unruled_line (const UnruledTable *table, int line);

/* The segment of LINE whose middle is in COLUMN; NULL: there is none, or LINE is a banner. */
const TextSegment *unruled_segment_in (const UnruledTable *table, int line, int column);

/* The extent of COLUMN's text on the lines FIRST to END (past the last), level; x0 > x1: it has none. */
Box unruled_extent (const UnruledTable *table, int column, int first, int end);

/* How many segments are of which kind. */
typedef struct {
  int all, words, values;
} SegmentCount;

/* Those of COLUMN, without the headings above several columns. */
SegmentCount unruled_count (const UnruledTable *table, int column);

/* Whether each piece of text of line UPPER, but for that of the first column, is above two of line LOWER, or more, in
 * their middle or in that of their columns; and, where AT is not 0, one is above pieces on both sides of the x AT. */
gboolean unruled_heads_several (const UnruledTable *table, int upper, int lower, double at);

/* A label of a column: lines one right below the other. */
typedef struct {
  double top, bottom; /* the middles of its first and last line */
} ColumnLabel;

/* The labels of COLUMN (ColumnLabel), which the caller frees. */
GArray *unruled_labels_in (const UnruledTable *table, int column);

/* The column that has far fewer labels than its neighbour has lines: merged cells, whose text may be between two rows.
 * -1: there is none. */
int unruled_sparse_column (const UnruledTable *table);

/* Whether TABLE is a table: no list with its marks, no table of contents, no matrix, no words in two columns of the
 * page; its words are aligned, flush with an edge or centred. What merely happens to have gaps is not. Ideographs are of one
 * width, so their alignment proves nothing. FIGURES: it is a table of figures. */
gboolean unruled_is_table (const UnruledTable *table, const Page *page, gboolean figures, const Weighing *weighing);
