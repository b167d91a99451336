/* text.h - the parts of the text reader, for text*.c only: lines in, blocks out.
 *
 * A part that reads tables is asked at each line whether one begins there. It takes the lines of the table, appends its
 * block, and says how many lines it took; 0: none begins there.
 */
#pragma once

#include "model/block.h"

typedef struct {
  char *text; /* without its end; borrowed from the whole */
  int number; /* from 1 */
} TextLine;

typedef struct {
  const TextLine *lines;
  int count;
  gboolean markdown; /* its marks are marks */
  GPtrArray *blocks; /* Block */
} TextReading;

int text_take_tabs (TextReading *reading, int start);     /* text_tabs.c: cells with tabs between them */
int text_take_commas (TextReading *reading, int start);   /* text_commas.c: CSV (RFC 4180) */
int text_take_pipes (TextReading *reading, int start);    /* text_pipes.c: Markdown's tables */
int text_take_markdown (TextReading *reading, int start); /* text_markdown.c: headings and other lines */

gboolean text_is_markdown (const TextLine *lines, int count);
gboolean line_is_blank (const TextLine *line);  /* no tab counts as blank */
gboolean line_divides_pipes (const char *line); /* |---|:--:| */
char *text_from_markdown (const char *text);    /* without the marks of bold, code, links */

/* text_rows.c: rows on their way to a grid. */
typedef struct {
  GPtrArray *cells; /* char * */
  int line;
} TextRow;

typedef struct {
  GPtrArray *list; /* TextRow */
  int columns;     /* of the widest */
  int cells;       /* of all */
} TextRows;

TextRow *text_row_new (int line);
void text_row_free (TextRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRow, text_row_free)
void text_row_take_cell (TextRow *row, char *text);                   /* takes TEXT, trimmed */
int text_row_filled (const TextRow *row);                             /* how many cells are not empty */
gboolean text_row_is_like (const TextRow *row, const TextRow *other); /* the same texts */

/* Cells from START up to the line's end (or that of a later line, where a quoted cell runs on); *TAKEN: how many lines.
 */
TextRow *text_row_from_line (const TextReading *reading, int start, char separator, int *taken);

TextRows *text_rows_new (void);
void text_rows_free (TextRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRows, text_rows_free)
TextRow *text_rows_at (const TextRows *rows, int index); /* borrowed */
int text_rows_count (const TextRows *rows);

/* Whether a grid of ROWS and ROW would be far larger than what is in it. */
gboolean text_rows_are_too_wide_for (const TextRows *rows, const TextRow *row);
void text_rows_take (TextRows *rows, TextRow *row);

/* The first HEADS rows are head rows. A row with nothing but a first cell of words spans the grid: a banner. */
Block *block_from_rows (const TextRows *rows, int heads);
