/* workbook_cut.c - see workbook.h: where the tables of a sheet begin and end.
 *
 *      A      B          C         D        E
 *   1  サンプル セキュリティチェックシート          rows with one cell, before a table: lines
 *   2  作成日   2025/1/15                            narrow rows, before a table of more columns: lines,
 *   3                                                     or, several of three cells and more, a table of their own
 *   4  No.    種別       項目      測定単位  回答
 *   5  1      可用性     ...                         the table: rows with one cell in it are banners
 *   6                                                     an empty row ends it ...
 *   7  2      ...                                        ... unless as many columns go on below, under no head of their
 * own 8  ※ 2025年1月現在                              rows with one cell, after a table: lines
 *
 * Rows that nothing stands in are left out, and so are columns in which no cell of the table begins: what spans them is
 * then narrower.
 */
#include "read/workbook/workbook.h"

#include <string.h>

/* A table of fewer columns is not told from lines by how wide they are. */
#define COLUMNS_LEAST 3

/* More rows of two cells each, with empty rows around, are a table. */
#define LINES_MOST 12

const Piece *
cutting_piece (const Cutting *cutting, guint index)
{
  return &g_array_index (cutting->pieces, Piece, index);
}

SheetRow *
cutting_row (const Cutting *cutting, guint index)
{
  return &g_array_index (cutting->rows, SheetRow, index);
}

int
row_cells (const SheetRow *row)
{
  return (int)(row->end - row->first);
}

/* Whether a piece of the rows above goes on in this one. */
static gboolean
is_tied (const Cutting *cutting, guint index)
{
  return index > 0 && cutting_row (cutting, index - 1)->reach >= cutting_row (cutting, index)->number;
}

static void
find_rows (Cutting *cutting)
{
  const GArray *hidden = cutting->sheet->hidden_rows;
  int reach = -1;
  for (guint i = 0; i < cutting->pieces->len;) {
    SheetRow row = {.number = cutting_piece (cutting, i)->rows.first, .first = i};
    int below = cutting->rows->len > 0 ? cutting_row (cutting, cutting->rows->len - 1)->number + 1 : 0;
    row.gap = ranges_next_outside (hidden, MAX (below, reach + 1)) < row.number;
    for (; i < cutting->pieces->len && cutting_piece (cutting, i)->rows.first == row.number; i++) {
      row.covered += cutting_piece (cutting, i)->columns.last - cutting_piece (cutting, i)->columns.first + 1;
      reach = MAX (reach, cutting_piece (cutting, i)->rows.last);
    }
    row.end = i;
    row.reach = reach;
    g_array_append_val (cutting->rows, row);
  }
}

/* The first and the last column of the rows, and in *BEGINNINGS how many columns pieces begin in. */
static Range
columns_of (const Cutting *cutting, guint first, guint end, int *beginnings)
{
  Range columns = {G_MAXINT, -1};
  g_autoptr (GHashTable) begun = g_hash_table_new (NULL, NULL);
  for (guint row = first; row < end; row++)
    for (guint i = cutting_row (cutting, row)->first; i < cutting_row (cutting, row)->end; i++) {
      Range piece = cutting_piece (cutting, i)->columns;
      columns.first = MIN (columns.first, piece.first);
      columns.last = MAX (columns.last, piece.last);
      g_hash_table_add (begun, GINT_TO_POINTER (piece.first));
    }
  *beginnings = (int)g_hash_table_size (begun);
  return columns;
}

static void
add_lines (Cutting *cutting, guint first, guint end)
{
  Chunk chunk = {.first = first, .end = end};
  if (first < end)
    g_array_append_val (cutting->chunks, chunk);
}

static void
add_grid (Cutting *cutting, guint first, guint end)
{
  Chunk chunk = {.first = first, .end = end, .grid = TRUE};
  chunk.columns = columns_of (cutting, first, end, &chunk.beginnings);
  if (first < end)
    g_array_append_val (cutting->chunks, chunk);
}

static gboolean
is_lone (const Cutting *cutting, guint index)
{
  const SheetRow *row = cutting_row (cutting, index);
  return row_cells (row) == 1 && row->reach == row->number && !is_tied (cutting, index);
}

static guint
end_of_lone (const Cutting *cutting, guint index, guint end)
{
  while (index < end && is_lone (cutting, index))
    index++;
  return index;
}

static gboolean
has_wide_piece (const Cutting *cutting, const SheetRow *row)
{
  for (guint i = row->first; i < row->end; i++)
    if (cutting_piece (cutting, i)->columns.last > cutting_piece (cutting, i)->columns.first)
      return TRUE;
  return FALSE;
}

static int
widest_of (const Cutting *cutting, guint index, guint end)
{
  int widest = 0;
  for (guint i = index; i < end; i++)
    widest = MAX (widest, cutting_row (cutting, i)->covered);
  return widest;
}

/* The end of the rows from INDEX on that are at most half as wide as the table below them. */
static guint
end_of_narrow (const Cutting *cutting, guint index, guint end, int widest)
{
  guint at = index;
  while (at < end && row_cells (cutting_row (cutting, at)) > 1 && cutting_row (cutting, at)->covered * 2 <= widest &&
         !has_wide_piece (cutting, cutting_row (cutting, at)))
    at++;
  return at < end && widest > COLUMNS_LEAST && !is_tied (cutting, at) ? at : index;
}

static void
add_narrow (Cutting *cutting, guint first, guint end)
{
  gboolean grid = end - first > 1;
  for (guint i = first; grid && i < end; i++)
    grid = row_cells (cutting_row (cutting, i)) >= COLUMNS_LEAST;
  if (grid)
    add_grid (cutting, first, end);
  else
    add_lines (cutting, first, end);
}

static gboolean
rows_say_the_same (const Cutting *cutting, guint index, guint other)
{
  const SheetRow *one = cutting_row (cutting, index), *two = cutting_row (cutting, other);
  gboolean same = row_cells (one) == row_cells (two);
  for (int i = 0; same && i < row_cells (one); i++)
    same = !strcmp (cutting_piece (cutting, one->first + i)->text, cutting_piece (cutting, two->first + i)->text);
  return same;
}

static Chunk *
last_chunk (const Cutting *cutting)
{
  guint count = cutting->chunks->len;
  return count > 0 ? &g_array_index (cutting->chunks, Chunk, count - 1) : NULL;
}

/* Whether the rows from INDEX to END go on with the table that stands last. */
static gboolean
goes_on (const Cutting *cutting, guint index, guint end)
{
  const Chunk *last = last_chunk (cutting);
  guint body = end_of_lone (cutting, index, end);
  if (!last || !last->grid || body == end || rows_say_the_same (cutting, last->first, body))
    return FALSE;
  int beginnings;
  Range below = columns_of (cutting, body, end, &beginnings);
  return last->beginnings >= COLUMNS_LEAST && beginnings >= COLUMNS_LEAST && last->columns.first == below.first &&
         last->columns.last == below.last;
}

/* The rows at the end of a table that are lines below it: one cell each, at the left. */
static guint
start_of_lines_below (const Cutting *cutting, guint first, guint end)
{
  int beginnings;
  int left = columns_of (cutting, first, end, &beginnings).first;
  while (beginnings >= COLUMNS_LEAST && end > first + 1 && is_lone (cutting, end - 1) &&
         cutting_piece (cutting, cutting_row (cutting, end - 1)->first)->columns.first == left)
    end--;
  return end;
}

/* A few rows of one or two cells, in a workbook with a wider table. */
static gboolean
are_lines (const Cutting *cutting, guint index, guint end)
{
  gboolean lines = end - index <= LINES_MOST && cutting->most_cells > COLUMNS_LEAST;
  for (guint i = index; lines && i < end; i++)
    lines = row_cells (cutting_row (cutting, i)) <= 2 &&
            cutting_row (cutting, i)->reach == cutting_row (cutting, i)->number;
  return lines;
}

/* Lines, and narrow rows, as often as they come; gives where the table begins below them. */
static guint
cut_lines_above (Cutting *cutting, guint index, guint end)
{
  int widest = widest_of (cutting, index, end);
  for (;;) {
    guint table = end_of_lone (cutting, index, end);
    add_lines (cutting, index, table);
    index = end_of_narrow (cutting, table, end, widest);
    add_narrow (cutting, table, index);
    if (index == table)
      return table;
  }
}

/* The rows between two empty ones. */
static void
cut_segment (Cutting *cutting, guint index, guint end)
{
  guint below = end;
  if (goes_on (cutting, index, end)) {
    below = start_of_lines_below (cutting, index, end);
    last_chunk (cutting)->end = below;
  } else if (are_lines (cutting, index, end))
    below = index;
  else {
    index = cut_lines_above (cutting, index, end);
    below = start_of_lines_below (cutting, index, end);
    add_grid (cutting, index, below);
  }
  add_lines (cutting, below, end);
}

void
cutting_find_chunks (Cutting *cutting)
{
  find_rows (cutting);
  guint start = 0;
  for (guint i = 1; i <= cutting->rows->len; i++)
    if (i == cutting->rows->len || (cutting_row (cutting, i)->gap && !is_tied (cutting, i))) {
      cut_segment (cutting, start, i);
      start = i;
    }
}
