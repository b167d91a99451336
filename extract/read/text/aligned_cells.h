/* aligned_cells.h - cells whose text is wrapped within columns of a text: in boxes and in aligned tables.
 *
 * A line's end is the author's where the next piece would still have fitted, as on a drawn page (layout/text_line.h):
 *
 *     | 24時間365日（計画停止・定期保 |   "守" does not fit: wrapped, joined
 *     | 守を除く）                    |   "・" begins a list entry: a break
 *     | ・夜間も同じ                  |
 *
 * Programs count the columns of a line in three ways; which one a table was made with, its own lines tell.
 */
#pragma once

#include "model/block.h"
#include "text/line_break.h"

typedef enum {
  COUNT_WIDE,       /* East Asian wide characters take two columns, ambiguous ones (─ ① ×) one */
  COUNT_AMBIGUOUS,  /* both take two, as in old Japanese fonts */
  COUNT_CHARACTERS, /* every character takes one */
  COUNTS,
} ColumnCount;

/* The columns that TEXT takes, and those of one character. */
int columns_of_text (const char *text, ColumnCount count);
int columns_of_character (gunichar character, ColumnCount count);

/* Where in TEXT COLUMN is, or the next character after it; its end where TEXT is shorter. Borrowed. */
const char *text_at_column (const char *text, int column, ColumnCount count);

/* Whether LINE leaves no room for the first piece of NEXT in WIDTH columns. */
gboolean cell_line_is_full (const char *line, const char *next, int width, ColumnCount count, LineBreaks *breaks);

/* The LINES (char *) of a cell WIDTH columns wide as text. An empty line is the author's break. The caller frees. */
char *text_from_cell_lines (GPtrArray *lines, int width, ColumnCount count, LineBreaks *breaks);

/* Whether LINE is nothing but runs of SIGN, each of two and more, with spaces between them: "====  ====". */
gboolean line_is_column_rule (const char *line, char sign);

/* Where each run of RULE begins (int), which is a column; the last goes on to the end of the lines. The caller frees. */
GArray *starts_of_column_rule (const char *rule);

/* A table under construction whose columns begin where STARTS (int, ascending) says. */
typedef struct AlignedCells AlignedCells;

AlignedCells *aligned_cells_new (GArray *starts);
void aligned_cells_free (AlignedCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AlignedCells, aligned_cells_free)

/* Adds LINE to the last row, or to a NEW_ROW; NUMBER is its number. */
void aligned_cells_take_line (AlignedCells *cells, const char *line, gboolean new_row, int number);

/* The rows so far are head rows. */
void aligned_cells_mark_heads (AlignedCells *cells);

/* The table; a note is added to NOTES where the text of a line runs across the columns. NULL: no line was taken. The
 * caller frees. */
Block *block_from_aligned_cells (const AlignedCells *cells, GPtrArray *notes);
