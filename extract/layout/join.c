/* join.c - see join.h
 *
 * A page end cuts a table in three ways, alone or together:
 *
 *      page 1   | No. | 項目     | 回答     |
 *               | 28  | バックア | 毎日     |  <- the last row
 *      ----------------------------------------
 *      page 2   | No. | 項目     | 回答     |  <- 1. the head is repeated: left out
 *               |     | ップ     | 取得する |  <- 2. a row is cut: its fields go on
 *               | 29  | 世代数   | 7世代    |  <- 3. the table goes on
 *
 * Grids belong together when they are on consecutive pages, have the same columns and no text between
 * them. A row is the rest of the row before it when the column that names the rows (the first one that is filled and
 * different in nearly all of them) is empty in one of the two, says the same again, or is itself cut.
 */
#include "layout/join.h"

#include "text/line_break.h"

#include <math.h>
#include <string.h>

/* Two columns on different pages are the same when this much of the wider one is common. */
#define SAME_COLUMN 0.6

/* At most this many rows at the head of a table are repeated on a page. */
#define HEAD_ROWS_LIMIT 4

/* Tables are alike that name the same things in this many rows. */
#define LIKE_ROWS 3

/* A column is usually filled when this part of the rows fills it. */
#define USUALLY 0.85

#define EVIDENCE_LEAST 2.5

static void
rows_take_cell (GPtrArray *rows, const Cell *cell)
{
  for (int i = cell->row; i < cell->row + cell->row_span; i++) {
    Row *row = g_ptr_array_index (rows, i);
    Field *field = row_field (row, cell->column);
    g_free (field->text);
    g_free (field->struck);
    *field = (Field){g_strdup (cell->text),
                     i == cell->row ? g_strdup (cell->struck) : NULL,
                     cell->column_span,
                     i > cell->row,
                     cell->head,
                     cell->full,
                     cell->place};
    if (i == cell->row && cell->row_span == 1 && (cell->place.page || cell->place.line))
      places_add (row->places, cell->place);
  }
}

static void
complete_row (Row *row, const Grid *grid)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (!row_field (row, (int)i)->text)
      row_field (row, (int)i)->text = g_strdup ("");
  if (row->places->len == 0)
    g_array_append_val (row->places, grid->place);
}

/* Places in text are lines: of those of a row, the first is kept. */
static void
keep_first_line (Row *row)
{
  if (row->places->len > 1 && g_array_index (row->places, Place, 0).page == 0)
    g_array_set_size (row->places, 1);
}

static GPtrArray *
rows_from_grid (const Grid *grid)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  for (int i = 0; i < grid->rows; i++)
    g_ptr_array_add (rows, row_new (grid->columns));
  for (guint i = 0; i < grid->cells->len; i++)
    rows_take_cell (rows, g_ptr_array_index (grid->cells, i));
  for (int i = 0; i < grid->rows; i++) {
    complete_row (g_ptr_array_index (rows, i), grid);
    keep_first_line (g_ptr_array_index (rows, i));
  }
  return rows;
}

/* Whether the texts are the same, except for one character in four, which may have been misread in a picture. */
static gboolean
texts_agree (const char *a, const char *b)
{
  glong length = g_utf8_strlen (a, -1), different = 0;
  if (length != g_utf8_strlen (b, -1))
    return FALSE;
  for (; *a; a = g_utf8_next_char (a), b = g_utf8_next_char (b)) {
    gunichar one = g_utf8_get_char (a), other = g_utf8_get_char (b);
    if (one != other && (g_unichar_isdigit (one) || g_unichar_isdigit (other)))
      return FALSE;
    different += one != other;
  }
  return different * 4 <= length;
}

static gboolean
rows_agree (const Row *a, const Row *b)
{
  for (guint i = 0; i < a->fields->len; i++)
    if (!texts_agree (row_field (a, (int)i)->text, row_field (b, (int)i)->text))
      return FALSE;
  return TRUE;
}

/* The number of rows at the start of ROWS that repeat those of TABLE. */
static guint
repeated_head_rows (const Table *table, GPtrArray *rows)
{
  guint count = 0;
  while (count < HEAD_ROWS_LIMIT && count < rows->len && count < table->rows->len &&
         !row_is_empty (g_ptr_array_index (rows, count)) &&
         rows_agree (table_row (table, (int)count), g_ptr_array_index (rows, count)))
    count++;
  return count;
}

static gboolean
is_banner (const Row *row)
{
  const Field *first = row_field (row, 0);
  return row->fields->len > 1 && first->span == (int)row->fields->len;
}

typedef struct {
  int filled, distinct, rows;
} ColumnUse;

/* So many rows tell how a column is used. All rows of a table of a thousand pages, at the end of each page, would take
 * their square. */
#define ROWS_THAT_TELL 500

/* How the last rows of TABLE use COLUMN. */
static ColumnUse
column_of_table (const Table *table, int column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  ColumnUse result = {0};
  for (guint i = MAX (table->rows->len, ROWS_THAT_TELL) - ROWS_THAT_TELL; i < table->rows->len; i++) {
    const Row *row = table_row (table, (int)i);
    const Field *field = row_field (row, column);
    if (is_banner (row))
      continue;
    result.rows++;
    if (!*field->text || field->from_above)
      continue;
    result.filled++;
    result.distinct += g_hash_table_add (seen, field->text);
  }
  return result;
}

/* The column that names the rows: the first that is filled, and different, in nearly all of them. -1: none. */
static int
naming_column (const Table *table)
{
  for (int column = 0; column < table->columns; column++) {
    ColumnUse use = column_of_table (table, column);
    if (use.rows >= 2 && use.filled >= use.rows * USUALLY && use.distinct >= use.filled * 0.9)
      return column;
  }
  return -1;
}

/* The evidence that ROW is the rest of the last row although it names itself, as a name that the page end cuts has a
 * second half. In each column, text that reaches the right edge above and goes on below is evidence for it, text that
 * ends before is evidence against it. A column that most rows fill, and ROW does not, is the strongest: without one,
 * the row is whole. */
static double
evidence_of_cut (const Table *table, const Row *row)
{
  const Row *last = table_row (table, (int)table->rows->len - 1);
  double evidence = 0;
  int left_empty = 0;
  for (int column = 0; column < table->columns; column++) {
    const Field *above = row_field (last, column), *below = row_field (row, column);
    ColumnUse use = column_of_table (table, column);
    if (*above->text && *below->text)
      evidence += above->full ? 1 : -1;
    else if (!*below->text && use.filled >= use.rows * USUALLY)
      left_empty++;
  }
  return left_empty > 0 ? evidence + 1.5 * left_empty : 0;
}

static gboolean
goes_on (const Table *table, const Row *row)
{
  int naming = naming_column (table);
  const Row *last = table_row (table, (int)table->rows->len - 1);
  if (naming < 0 || is_banner (row) || is_banner (last) || row_is_empty (row))
    return FALSE;
  if (row_is_struck (row) || row_is_struck (last))
    return FALSE;
  const char *name = row_field (row, naming)->text, *last_name = row_field (last, naming)->text;
  if (!*name || !strcmp (name, last_name))
    return TRUE;
  /* Where names are in the middle of their cells, a cut row may have its name in the second part only. */
  return !*last_name ? !row_field (last, naming)->from_above
                     : row_field (last, naming)->full && evidence_of_cut (table, row) >= EVIDENCE_LEAST;
}

static void
field_append (Field *field, const Field *more)
{
  char *joined = text_join (field->text, more->text, field->full);
  g_free (field->text);
  field->text = joined;
  field->full = more->full;
  field->struck = struck_text_joined (field->struck, more->struck);
}

/* Some programs repeat the number and name of a cut row on the next page: equal text is
 * then not a second part. */
static void
row_append (Row *row, const Row *more, int naming)
{
  gboolean repeats =
      *row_field (more, naming)->text && !strcmp (row_field (row, naming)->text, row_field (more, naming)->text);
  for (guint i = 0; i < row->fields->len; i++) {
    const Field *part = row_field (more, (int)i);
    if (!repeats || strcmp (row_field (row, (int)i)->text, part->text))
      field_append (row_field (row, (int)i), part);
  }
  for (guint i = 0; i < more->places->len; i++)
    places_add (row->places, g_array_index (more->places, Place, i));
}

static Table *
table_from_rows (GPtrArray *rows, const Grid *grid, int block)
{
  Table *table = g_new0 (Table, 1);
  *table = (Table){.columns = grid->columns, .rows = rows, .place = grid->place, .first_block = block};
  if (rows->len > 0)
    table_row (table, 0)->first_of_grid = TRUE;
  return table;
}

/* A merged cell that a page end cuts has its text in the middle of the whole, and so perhaps on the next page only: the
 * rows above are then empty, though merged. This copies the text to them. */
static void
fill_merged_upwards (Table *table, const Row *first, const Row *second)
{
  for (int column = 0; column < table->columns; column++) {
    const Field *text = row_field (first, column);
    int row = (int)table->rows->len - 1;
    if (!*text->text || !second || !row_field (second, column)->from_above ||
        !row_field (table_row (table, row), column)->from_above)
      continue;
    for (; row >= 0 && !*row_field (table_row (table, row), column)->text; row--) {
      Field *field = row_field (table_row (table, row), column);
      gboolean begins = !field->from_above;
      g_free (field->text);
      field->text = g_strdup (text->text);
      if (begins)
        break;
    }
  }
}

static void
table_take_rows (Table *table, GPtrArray *rows, GPtrArray *notes)
{
  guint heads = repeated_head_rows (table, rows);
  if (heads > 0)
    g_ptr_array_remove_range (rows, 0, heads);
  Row *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (first)
    fill_merged_upwards (table, first, rows->len > 1 ? g_ptr_array_index (rows, 1) : NULL);
  if (first && goes_on (table, first)) {
    Place place = g_array_index (first->places, Place, 0);
    row_append (table_row (table, (int)table->rows->len - 1), first, naming_column (table));
    g_ptr_array_remove_index (rows, 0);
    notes_add (notes, "row-joined-over-pages", NOTE_INFO, place,
               "The page end cuts this row; its two parts are joined.");
  } else if (first)
    first->first_of_grid = TRUE;
  g_ptr_array_extend_and_steal (table->rows, rows);
}

/* From the grid's left edge: two pages on one sheet, or with margins of their own, have the same table at another x. */
static double
boundary_at (const Grid *grid, int boundary)
{
  return g_array_index (grid->column_boundaries, double, boundary) - g_array_index (grid->column_boundaries, double, 0);
}

/* Whether each column of A is at the same place as that of B. Boundaries that were found without ruling lines differ
 * from page to page; the last column then ends where its longest text on the page does. */
static gboolean
same_columns (const Grid *a, const Grid *b)
{
  if (a->columns != b->columns || !a->column_boundaries || !b->column_boundaries)
    return FALSE;
  for (int i = 0; i < a->columns; i++) {
    double common = MIN (boundary_at (a, i + 1), boundary_at (b, i + 1)) - MAX (boundary_at (a, i), boundary_at (b, i));
    double one = boundary_at (a, i + 1) - boundary_at (a, i), other = boundary_at (b, i + 1) - boundary_at (b, i);
    double width = i + 1 < a->columns ? MAX (one, other) : MIN (one, other);
    if (common < SAME_COLUMN * width)
      return FALSE;
  }
  return TRUE;
}

/* The last table, its last grid, and whether text came after it. */
typedef struct {
  Table *table;
  const Grid *grid;
  gboolean text_since;
} TableJoin;

/* The last page with a part of GRID: its right-hand columns may be on a page of their own (side_pages.h). */
static int
last_page (const Grid *grid)
{
  int page = grid->place.page;
  for (guint i = 0; i < grid->cells->len; i++)
    page = MAX (page, ((const Cell *)grid->cells->pdata[i])->place.page);
  return page;
}

/* The next page's, or that of the second of two pages on one sheet. */
static gboolean
is_on_next_page (const Grid *grid, const Grid *before)
{
  if (grid->place.page == before->place.page)
    return g_array_index (grid->column_boundaries, double, 0) >=
           g_array_index (before->column_boundaries, double, before->columns);
  return grid->place.page == before->place.page + 1 || grid->place.page == last_page (before) + 1;
}

/* Whether there is text below BEFORE, and not only below GRID to its right: then they are not two pages on one sheet,
 * but two tables side by side. */
static gboolean
has_text_below (GPtrArray *blocks, const Grid *before, const Grid *grid)
{
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT && block->place.page == before->place.page &&
        block->place.box.y0 >= before->place.box.y1 && block->place.box.x0 < grid->place.box.x0)
      return TRUE;
  }
  return FALSE;
}

/* Whether GRID is a table of its own like TABLE: each names the same things at the left, from its first row on.
 *
 *      | No.  | 7        |        | No.  | 8        |
 *      | 項目 | 代替手段 |        | 項目 | 障害通知 |
 *      | 回答 | 有       |  page  | 回答 | 無       |
 */
static gboolean
is_like (const Table *table, GPtrArray *rows)
{
  guint count = MIN (MIN (rows->len, table->rows->len), LIKE_ROWS), different = 0;
  for (guint i = 0; i < count; i++) {
    const Row *one = table_row (table, (int)i), *other = g_ptr_array_index (rows, i);
    const char *name = row_field (one, 0)->text;
    if (!*name || strcmp (name, row_field (other, 0)->text) || one->fields->len < 2)
      return FALSE;
    different += i > 0 && strcmp (name, row_field (table_row (table, (int)i - 1), 0)->text);
  }
  return count >= 2 && different + 1 == count && repeated_head_rows (table, rows) < count;
}

static gboolean
grid_goes_on (const TableJoin *join, const Grid *grid, GPtrArray *blocks)
{
  if (!join->table || join->text_since || !same_columns (join->grid, grid) || !is_on_next_page (grid, join->grid))
    return FALSE;
  return grid->place.page != join->grid->place.page || grid->place.page == 0 ||
         !has_text_below (blocks, join->grid, grid);
}

/* What is struck out is said once a row, at its place. */
static void
note_struck_rows (const Table *table, GPtrArray *notes)
{
  for (guint i = 0; i < table->rows->len; i++) {
    const Row *row = table_row (table, (int)i);
    g_autofree char *words = row_struck_words (row);
    Place place = g_array_index (row->places, Place, 0);
    if (words && row_is_struck (row))
      notes_add (notes, "struck-out", NOTE_WARNING, place, "This row is struck out whole and left out: %s.", words);
    else if (words)
      notes_add (notes, "struck-out", NOTE_INFO, place, "Words of this row are struck out: %s.", words);
  }
}

static void
note_struck_text (const Block *block, GPtrArray *notes)
{
  const char *struck = block->kind == BLOCK_STRUCK ? block->text : block->struck;
  if (!struck)
    return;
  g_autofree char *words = note_words (struck);
  notes_add (notes, "struck-out", NOTE_INFO, block->place, "Words of the text are struck out: \"%s\".", words);
}

GPtrArray *
tables_from_blocks (GPtrArray *blocks, GPtrArray *notes)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify)table_free);
  TableJoin join = {0};
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    join.text_since = join.text_since || block->kind == BLOCK_TEXT;
    note_struck_text (block, notes);
    if (block->kind != BLOCK_GRID)
      continue;
    GPtrArray *rows = rows_from_grid (block->grid);
    if (grid_goes_on (&join, block->grid, blocks) && !is_like (join.table, rows))
      table_take_rows (join.table, rows, notes);
    else {
      join.table = table_from_rows (rows, block->grid, (int)i);
      g_ptr_array_add (tables, join.table);
    }
    join.grid = block->grid;
    join.text_since = FALSE;
  }
  for (guint i = 0; i < tables->len; i++)
    note_struck_rows (g_ptr_array_index (tables, i), notes);
  return tables;
}
