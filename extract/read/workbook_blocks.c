/* workbook_blocks.c - see workbook.h: where the tables of a sheet begin and end.
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
#include "read/workbook.h"

#include "error.h"

#include <glib/gi18n.h>
#include <string.h>

#define PLACES_LIMIT (1000 * 1000)

/* A table of fewer columns is not told from lines by how wide they are. */
#define COLUMNS_LEAST 3

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
} Chunk;

typedef struct {
  const WorkbookSheet *sheet;
  GArray *pieces; /* Piece */
  GArray *rows;   /* SheetRow */
  GArray *chunks; /* Chunk */
} Cutting;

static const Piece *
piece_at (const Cutting *cutting, guint index)
{
  return &g_array_index (cutting->pieces, Piece, index);
}

static SheetRow *
row_at (const Cutting *cutting, guint index)
{
  return &g_array_index (cutting->rows, SheetRow, index);
}

static int
cells_of (const SheetRow *row)
{
  return (int)(row->end - row->first);
}

/* Whether a piece of the rows above goes on in this one. */
static gboolean
is_tied (const Cutting *cutting, guint index)
{
  return index > 0 && row_at (cutting, index - 1)->reach >= row_at (cutting, index)->number;
}

static void
find_rows (Cutting *cutting)
{
  const GArray *hidden = cutting->sheet->hidden_rows;
  int reach = -1;
  for (guint i = 0; i < cutting->pieces->len;) {
    SheetRow row = {.number = piece_at (cutting, i)->rows.first, .first = i};
    int below = cutting->rows->len > 0 ? row_at (cutting, cutting->rows->len - 1)->number + 1 : 0;
    row.gap = ranges_next_outside (hidden, MAX (below, reach + 1)) < row.number;
    for (; i < cutting->pieces->len && piece_at (cutting, i)->rows.first == row.number; i++) {
      row.covered += piece_at (cutting, i)->columns.last - piece_at (cutting, i)->columns.first + 1;
      reach = MAX (reach, piece_at (cutting, i)->rows.last);
    }
    row.end = i;
    row.reach = reach;
    g_array_append_val (cutting->rows, row);
  }
}

static void
add_chunk (Cutting *cutting, guint first, guint end, gboolean grid)
{
  Chunk chunk = {first, end, grid};
  if (first < end)
    g_array_append_val (cutting->chunks, chunk);
}

static gboolean
is_lone (const Cutting *cutting, guint index)
{
  const SheetRow *row = row_at (cutting, index);
  return cells_of (row) == 1 && row->reach == row->number && !is_tied (cutting, index);
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
    if (piece_at (cutting, i)->columns.last > piece_at (cutting, i)->columns.first)
      return TRUE;
  return FALSE;
}

/* The end of the rows from INDEX on that are at most half as wide as the table below them. */
static guint
end_of_narrow (const Cutting *cutting, guint index, guint end)
{
  int widest = 0;
  for (guint i = index; i < end; i++)
    widest = MAX (widest, row_at (cutting, i)->covered);
  guint at = index;
  while (at < end && cells_of (row_at (cutting, at)) > 1 && row_at (cutting, at)->covered * 2 <= widest &&
         !has_wide_piece (cutting, row_at (cutting, at)))
    at++;
  return at < end && widest > COLUMNS_LEAST && !is_tied (cutting, at) ? at : index;
}

static void
add_narrow (Cutting *cutting, guint first, guint end)
{
  gboolean grid = end - first > 1;
  for (guint i = first; grid && i < end; i++)
    grid = cells_of (row_at (cutting, i)) >= COLUMNS_LEAST;
  add_chunk (cutting, first, end, grid);
}

/* The first and the last column of the rows, and in *BEGINNINGS how many columns pieces begin in. */
static Range
columns_of (const Cutting *cutting, guint first, guint end, int *beginnings)
{
  Range columns = {G_MAXINT, -1};
  g_autoptr (GHashTable) begun = g_hash_table_new (NULL, NULL);
  for (guint row = first; row < end; row++)
    for (guint i = row_at (cutting, row)->first; i < row_at (cutting, row)->end; i++) {
      Range piece = piece_at (cutting, i)->columns;
      columns.first = MIN (columns.first, piece.first);
      columns.last = MAX (columns.last, piece.last);
      g_hash_table_add (begun, GINT_TO_POINTER (piece.first));
    }
  *beginnings = (int)g_hash_table_size (begun);
  return columns;
}

static gboolean
rows_say_the_same (const Cutting *cutting, guint index, guint other)
{
  const SheetRow *one = row_at (cutting, index), *two = row_at (cutting, other);
  gboolean same = cells_of (one) == cells_of (two);
  for (int i = 0; same && i < cells_of (one); i++)
    same = !strcmp (piece_at (cutting, one->first + i)->text, piece_at (cutting, two->first + i)->text);
  return same;
}

/* Whether the rows from INDEX to END go on with the table that stands last. */
static gboolean
goes_on (const Cutting *cutting, guint index, guint end)
{
  const Chunk *last =
      cutting->chunks->len > 0 ? &g_array_index (cutting->chunks, Chunk, cutting->chunks->len - 1) : NULL;
  guint body = end_of_lone (cutting, index, end);
  if (!last || !last->grid || body == end || rows_say_the_same (cutting, last->first, body))
    return FALSE;
  int above_columns, below_columns;
  Range above = columns_of (cutting, last->first, last->end, &above_columns);
  Range below = columns_of (cutting, body, end, &below_columns);
  return above_columns >= COLUMNS_LEAST && below_columns >= COLUMNS_LEAST && above.first == below.first &&
         above.last == below.last;
}

/* The rows at the end of a table that are lines below it: one cell each, at the left. */
static guint
start_of_lines_below (const Cutting *cutting, guint first, guint end)
{
  int beginnings;
  int left = columns_of (cutting, first, end, &beginnings).first;
  while (beginnings >= COLUMNS_LEAST && end > first + 1 && is_lone (cutting, end - 1) &&
         piece_at (cutting, row_at (cutting, end - 1)->first)->columns.first == left)
    end--;
  return end;
}

static void
cut_table (Cutting *cutting, guint index, guint end)
{
  guint below = start_of_lines_below (cutting, index, end);
  add_chunk (cutting, index, below, TRUE);
  add_chunk (cutting, below, end, FALSE);
}

/* The rows between two empty ones. */
static void
cut_segment (Cutting *cutting, guint index, guint end)
{
  if (goes_on (cutting, index, end)) {
    Chunk last = g_array_index (cutting->chunks, Chunk, cutting->chunks->len - 1);
    g_array_set_size (cutting->chunks, cutting->chunks->len - 1);
    cut_table (cutting, last.first, end);
    return;
  }
  for (guint at = index;; index = at) {
    at = end_of_lone (cutting, index, end);
    add_chunk (cutting, index, at, FALSE);
    guint narrow = end_of_narrow (cutting, at, end);
    add_narrow (cutting, at, narrow);
    if (narrow == at)
      break;
    at = narrow;
  }
  if (index < end)
    cut_table (cutting, end_of_lone (cutting, index, end), end);
}

static void
cut_rows (Cutting *cutting)
{
  guint start = 0;
  for (guint i = 1; i <= cutting->rows->len; i++)
    if (i == cutting->rows->len || (row_at (cutting, i)->gap && !is_tied (cutting, i))) {
      cut_segment (cutting, start, i);
      start = i;
    }
}

static Place
row_place (const SheetRow *row)
{
  return (Place){.line = row->number + 1};
}

/* "作成日" beside "2025/1/15" reads "作成日：2025/1/15". */
static Block *
block_from_line (const Cutting *cutting, const SheetRow *row, int heading_level)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = row->first; i < row->end; i++) {
    if (i > row->first)
      g_string_append (text, cells_of (row) == 2 && !g_str_has_suffix (text->str, "：") ? "：" : " ");
    g_string_append (text, piece_at (cutting, i)->text);
  }
  return block_new (BLOCK_TEXT, text->str, heading_level, row_place (row));
}

/* The index of the first of the sorted NUMBERS that is not below NUMBER. */
static int
index_from (const GArray *numbers, int number)
{
  guint low = 0, high = numbers->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (numbers, int, middle) < number)
      low = middle + 1;
    else
      high = middle;
  }
  return (int)low;
}

static int
number_order (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* The columns in which pieces of the chunk begin, in order. */
static GArray *
columns_of_chunk (const Cutting *cutting, const Chunk *chunk)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int)), *columns = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = row_at (cutting, chunk->first)->first; i < row_at (cutting, chunk->end - 1)->end; i++)
    g_array_append_val (all, piece_at (cutting, i)->columns.first);
  g_array_sort (all, number_order);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, int, i) != g_array_index (all, int, i - 1))
      g_array_append_val (columns, g_array_index (all, int, i));
  g_array_unref (all);
  return columns;
}

static GArray *
rows_of_chunk (const Cutting *cutting, const Chunk *chunk)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = chunk->first; i < chunk->end; i++)
    g_array_append_val (rows, row_at (cutting, i)->number);
  return rows;
}

static Block *
block_from_chunk (const Cutting *cutting, const Chunk *chunk, gint64 *places)
{
  g_autoptr (GArray) columns = columns_of_chunk (cutting, chunk);
  g_autoptr (GArray) rows = rows_of_chunk (cutting, chunk);
  *places += (gint64)columns->len * rows->len;
  if (*places > PLACES_LIMIT)
    return NULL;
  Grid *grid = grid_new (rows->len, columns->len, row_place (row_at (cutting, chunk->first)));
  for (guint i = row_at (cutting, chunk->first)->first; i < row_at (cutting, chunk->end - 1)->end; i++) {
    const Piece *piece = piece_at (cutting, i);
    int row = index_from (rows, piece->rows.first), column = index_from (columns, piece->columns.first);
    grid_add_cell (grid, row, column, index_from (rows, piece->rows.last + 1) - row,
                   index_from (columns, piece->columns.last + 1) - column, piece->text,
                   (Place){.line = piece->rows.first + 1});
  }
  grid_complete (grid);
  return block_from_grid (grid);
}

/* The first line of a sheet is its title. */
static gboolean
add_blocks (const Cutting *cutting, const Chunk *chunk, GPtrArray *blocks, gint64 *places)
{
  for (guint i = chunk->first; !chunk->grid && i < chunk->end; i++) {
    int level = blocks->len == 0 && cells_of (row_at (cutting, i)) == 1 ? 1 : 0;
    g_ptr_array_add (blocks, block_from_line (cutting, row_at (cutting, i), level));
  }
  Block *grid = chunk->grid ? block_from_chunk (cutting, chunk, places) : NULL;
  if (grid)
    g_ptr_array_add (blocks, grid);
  return grid || !chunk->grid;
}

static gboolean
blocks_from_chunks (const Cutting *cutting, GPtrArray *blocks, gint64 *places)
{
  for (guint i = 0; i < cutting->chunks->len; i++)
    if (!add_blocks (cutting, &g_array_index (cutting->chunks, Chunk, i), blocks, places))
      return FALSE;
  return TRUE;
}

GPtrArray *
blocks_from_sheet (const WorkbookSheet *sheet, WorkbookReading *reading, HiddenCount *hidden, GError **error)
{
  g_autoptr (GArray) pieces = pieces_from_sheet (sheet, hidden);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SheetRow));
  g_autoptr (GArray) chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_autoptr (GPtrArray) blocks = blocks_new ();
  Cutting cutting = {sheet, pieces, rows, chunks};
  find_rows (&cutting);
  cut_rows (&cutting);
  if (blocks_from_chunks (&cutting, blocks, &reading->places))
    return g_steal_pointer (&blocks);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
               _ ("tables of more than %d places, the limit is %d; save only the part with the sheet"), PLACES_LIMIT,
               PLACES_LIMIT);
  return NULL;
}
