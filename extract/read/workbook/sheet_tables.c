/* sheet_tables.c - see sheet_tables.h */
#include "read/workbook/sheet_tables.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define CELLS_LIMIT (4 * 1000 * 1000) /* of all grids of a workbook: rows times columns */

/* Later stages repeat the text of a merged cell in each of its rows; bytes. */
#define REPEATED_LIMIT (64 * 1024 * 1024)

/* In tables of fewer columns width does not tell a row from a line. */
#define COLUMNS_LEAST 3

/* More rows of two cells each, between empty rows, are a table. */
#define LINES_MOST 12

/* Cells that begin in the same row. */
typedef struct {
  int number;               /* in the sheet, from 0 */
  guint first, end;         /* of SheetLayout.cells */
  int covered;              /* how many columns of the sheet its cells span */
  int reach;                /* the last row that a cell of this row or of those above spans */
  gboolean after_empty_row; /* a shown row without text is above it */
} SheetRow;

/* Rows that become one table, or lines. */
typedef struct {
  guint first, end; /* of SheetLayout.rows */
  gboolean table;
  IndexRange columns; /* of a table: the first and the last in the sheet */
  int beginnings;     /* of a table: in how many columns cells begin */
} SheetRegion;

typedef struct {
  const Worksheet *sheet;
  GArray *cells;   /* VisibleCell */
  GArray *rows;    /* SheetRow */
  GArray *regions; /* SheetRegion */
  int most_cells;  /* in a row, of all sheets */
} SheetLayout;

static const VisibleCell *
layout_cell (const SheetLayout *layout, guint index)
{
  return &g_array_index (layout->cells, VisibleCell, index);
}

static SheetRow *
layout_row (const SheetLayout *layout, guint index)
{
  return &g_array_index (layout->rows, SheetRow, index);
}

static int
row_cells (const SheetRow *row)
{
  return (int)(row->end - row->first);
}

/* Whether a cell of a row above spans this one. */
static gboolean
is_tied (const SheetLayout *layout, guint index)
{
  return index > 0 && layout_row (layout, index - 1)->reach >= layout_row (layout, index)->number;
}

static void
find_rows (SheetLayout *layout)
{
  int reach = -1;
  for (guint i = 0; i < layout->cells->len;) {
    SheetRow row = {.number = layout_cell (layout, i)->rows.first, .first = i};
    int below = layout->rows->len > 0 ? layout_row (layout, layout->rows->len - 1)->number + 1 : 0;
    row.after_empty_row = worksheet_next_shown_row (layout->sheet, MAX (below, reach + 1)) < row.number;
    for (; i < layout->cells->len && layout_cell (layout, i)->rows.first == row.number; i++) {
      row.covered += layout_cell (layout, i)->columns.last - layout_cell (layout, i)->columns.first + 1;
      reach = MAX (reach, layout_cell (layout, i)->rows.last);
    }
    row.end = i;
    row.reach = reach;
    g_array_append_val (layout->rows, row);
  }
}

/* The first and the last column of the rows; *BEGINNINGS: in how many columns cells begin. */
static IndexRange
columns_of (const SheetLayout *layout, guint first, guint end, int *beginnings)
{
  IndexRange columns = {G_MAXINT, -1};
  g_autoptr (GHashTable) begun = g_hash_table_new (NULL, NULL);
  for (guint row = first; row < end; row++)
    for (guint i = layout_row (layout, row)->first; i < layout_row (layout, row)->end; i++) {
      IndexRange cell = layout_cell (layout, i)->columns;
      columns.first = MIN (columns.first, cell.first);
      columns.last = MAX (columns.last, cell.last);
      g_hash_table_add (begun, GINT_TO_POINTER (cell.first));
    }
  *beginnings = (int)g_hash_table_size (begun);
  return columns;
}

static void
add_lines (SheetLayout *layout, guint first, guint end)
{
  SheetRegion region = {.first = first, .end = end};
  if (first < end)
    g_array_append_val (layout->regions, region);
}

static void
add_table (SheetLayout *layout, guint first, guint end)
{
  SheetRegion region = {.first = first, .end = end, .table = TRUE};
  region.columns = columns_of (layout, first, end, &region.beginnings);
  if (first < end)
    g_array_append_val (layout->regions, region);
}

/* Whether the row has one cell, which spans no other row, and no cell of a row above spans it. */
static gboolean
is_lone (const SheetLayout *layout, guint index)
{
  const SheetRow *row = layout_row (layout, index);
  return row_cells (row) == 1 && row->reach == row->number && !is_tied (layout, index);
}

/* The first row from INDEX on that is not lone. */
static guint
end_of_lone (const SheetLayout *layout, guint index, guint end)
{
  while (index < end && is_lone (layout, index))
    index++;
  return index;
}

static gboolean
has_wide_cell (const SheetLayout *layout, const SheetRow *row)
{
  for (guint i = row->first; i < row->end; i++)
    if (layout_cell (layout, i)->columns.last > layout_cell (layout, i)->columns.first)
      return TRUE;
  return FALSE;
}

static int
widest_of (const SheetLayout *layout, guint index, guint end)
{
  int widest = 0;
  for (guint i = index; i < end; i++)
    widest = MAX (widest, layout_row (layout, i)->covered);
  return widest;
}

/* The end of the rows from INDEX on that are at most half as wide as the table below them. */
static guint
end_of_narrow (const SheetLayout *layout, guint index, guint end, int widest)
{
  guint at = index;
  while (at < end && row_cells (layout_row (layout, at)) > 1 && layout_row (layout, at)->covered * 2 <= widest &&
         !has_wide_cell (layout, layout_row (layout, at)))
    at++;
  return at < end && widest > COLUMNS_LEAST && !is_tied (layout, at) ? at : index;
}

static void
add_narrow (SheetLayout *layout, guint first, guint end)
{
  gboolean table = end - first > 1;
  for (guint i = first; table && i < end; i++)
    table = row_cells (layout_row (layout, i)) >= COLUMNS_LEAST;
  if (table)
    add_table (layout, first, end);
  else
    add_lines (layout, first, end);
}

static gboolean
rows_are_equal (const SheetLayout *layout, guint index, guint other)
{
  const SheetRow *one = layout_row (layout, index), *two = layout_row (layout, other);
  gboolean same = row_cells (one) == row_cells (two);
  for (int i = 0; same && i < row_cells (one); i++)
    same = !strcmp (layout_cell (layout, one->first + i)->text, layout_cell (layout, two->first + i)->text);
  return same;
}

static SheetRegion *
last_region (const SheetLayout *layout)
{
  guint count = layout->regions->len;
  return count > 0 ? &g_array_index (layout->regions, SheetRegion, count - 1) : NULL;
}

/* Whether the rows from INDEX to END continue the last table. */
static gboolean
continues_table (const SheetLayout *layout, guint index, guint end)
{
  const SheetRegion *last = last_region (layout);
  guint body = end_of_lone (layout, index, end);
  if (!last || !last->table || body == end || rows_are_equal (layout, last->first, body))
    return FALSE;
  int beginnings;
  IndexRange below = columns_of (layout, body, end, &beginnings);
  return last->beginnings >= COLUMNS_LEAST && beginnings >= COLUMNS_LEAST && last->columns.first == below.first &&
         last->columns.last == below.last;
}

/* The rows at the end of a table that are lines below it: one cell each, at the left. */
static guint
start_of_lines_below (const SheetLayout *layout, guint first, guint end)
{
  int beginnings;
  int left = columns_of (layout, first, end, &beginnings).first;
  while (beginnings >= COLUMNS_LEAST && end > first + 1 && is_lone (layout, end - 1) &&
         layout_cell (layout, layout_row (layout, end - 1)->first)->columns.first == left)
    end--;
  return end;
}

/* Whether the rows are few, of one or two cells, in a workbook with a wider table. */
static gboolean
are_lines (const SheetLayout *layout, guint index, guint end)
{
  gboolean lines = end - index <= LINES_MOST && layout->most_cells > COLUMNS_LEAST;
  for (guint i = index; lines && i < end; i++)
    lines = row_cells (layout_row (layout, i)) <= 2 && layout_row (layout, i)->reach == layout_row (layout, i)->number;
  return lines;
}

/* Adds the lines and narrow rows above a table and returns where the table begins. */
static guint
add_lines_above (SheetLayout *layout, guint index, guint end)
{
  int widest = widest_of (layout, index, end);
  for (;;) {
    guint table = end_of_lone (layout, index, end);
    add_lines (layout, index, table);
    index = end_of_narrow (layout, table, end, widest);
    add_narrow (layout, table, index);
    if (index == table)
      return table;
  }
}

/* Adds the regions of the rows between two empty ones. */
static void
add_regions (SheetLayout *layout, guint index, guint end)
{
  guint below = end;
  if (continues_table (layout, index, end)) {
    below = start_of_lines_below (layout, index, end);
    last_region (layout)->end = below;
  } else if (are_lines (layout, index, end))
    below = index;
  else {
    index = add_lines_above (layout, index, end);
    below = start_of_lines_below (layout, index, end);
    add_table (layout, index, below);
  }
  add_lines (layout, below, end);
}

/* Fills rows and regions, which must be empty. */
static void
find_regions (SheetLayout *layout)
{
  find_rows (layout);
  guint start = 0;
  for (guint i = 1; i <= layout->rows->len; i++)
    if (i == layout->rows->len || (layout_row (layout, i)->after_empty_row && !is_tied (layout, i))) {
      add_regions (layout, start, i);
      start = i;
    }
}

static Place
cell_place (const SheetLayout *layout, const VisibleCell *cell)
{
  return (Place){.sheet = layout->sheet->name, .line = cell->rows.first + 1, .column = cell->columns.first + 1};
}

/* That of its first cell. */
static Place
row_place (const SheetLayout *layout, const SheetRow *row)
{
  return cell_place (layout, layout_cell (layout, row->first));
}

static int
width_of (const VisibleCell *cell)
{
  return cell->columns.last - cell->columns.first + 1;
}

/* Whether two cells are a label and its value: they are adjacent, and not a title with something to its right. */
static gboolean
are_label_and_value (const VisibleCell *first, const VisibleCell *second, gboolean first_line)
{
  return second->columns.first == first->columns.last + 1 && !(first_line && width_of (first) > width_of (second));
}

static void
add_text (GPtrArray *blocks, const char *text, const char *struck, int heading_level, Place place)
{
  Block *block = block_with_struck (BLOCK_TEXT, text, struck, heading_level, place);
  if (block)
    g_ptr_array_add (blocks, block);
}

/* "作成日" and "2025/1/15" beside it become "作成日：2025/1/15"; other cells are lines of their own. The first line of a
 * sheet is its title. */
static void
add_line (const SheetLayout *layout, const SheetRow *row, GPtrArray *blocks)
{
  const VisibleCell *first = layout_cell (layout, row->first), *second = row_cells (row) == 2 ? first + 1 : NULL;
  if (second && *first->text && *second->text && are_label_and_value (first, second, blocks->len == 0)) {
    gboolean colon = g_str_has_suffix (first->text, "：") || g_str_has_suffix (first->text, ":");
    g_autofree char *text = g_strconcat (first->text, colon ? "" : "：", second->text, NULL);
    g_autofree char *struck = struck_text_joined (g_strdup (first->struck), second->struck);
    add_text (blocks, text, struck, 0, row_place (layout, row));
    return;
  }
  for (guint i = row->first; i < row->end; i++)
    add_text (blocks, layout_cell (layout, i)->text, layout_cell (layout, i)->struck, blocks->len == 0 ? 1 : 0,
              cell_place (layout, layout_cell (layout, i)));
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

/* The columns in which cells of the region begin, in order. */
static GArray *
columns_of_region (const SheetLayout *layout, const SheetRegion *region)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int)), *columns = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = layout_row (layout, region->first)->first; i < layout_row (layout, region->end - 1)->end; i++)
    g_array_append_val (all, layout_cell (layout, i)->columns.first);
  g_array_sort (all, number_order);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, int, i) != g_array_index (all, int, i - 1))
      g_array_append_val (columns, g_array_index (all, int, i));
  g_array_unref (all);
  return columns;
}

static GArray *
rows_of_region (const SheetLayout *layout, const SheetRegion *region)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = region->first; i < region->end; i++)
    g_array_append_val (rows, layout_row (layout, i)->number);
  return rows;
}

static Grid *
grid_from_region (const SheetLayout *layout, const SheetRegion *region, const GArray *rows, const GArray *columns)
{
  Grid *grid = grid_new (rows->len, columns->len, row_place (layout, layout_row (layout, region->first)));
  for (guint i = layout_row (layout, region->first)->first; i < layout_row (layout, region->end - 1)->end; i++) {
    const VisibleCell *cell = layout_cell (layout, i);
    int row = index_from (rows, cell->rows.first), column = index_from (columns, cell->columns.first);
    Cell *added =
        grid_add_cell (grid, row, column, index_from (rows, cell->rows.last + 1) - row,
                       index_from (columns, cell->columns.last + 1) - column, cell->text, cell_place (layout, cell));
    added->struck = g_strdup (cell->struck);
  }
  grid_complete (grid);
  for (guint i = 0; i < grid->cells->len; i++) { /* those without text */
    Cell *cell = g_ptr_array_index (grid->cells, i);
    if (!cell->place.sheet)
      cell->place = (Place){.sheet = layout->sheet->name,
                            .line = g_array_index (rows, int, cell->row) + 1,
                            .column = g_array_index (columns, int, cell->column) + 1};
  }
  return grid;
}

static gsize
repeated_text (const Grid *grid)
{
  gsize sum = 0;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    sum += strlen (cell->text) * (cell->row_span - 1);
  }
  return sum;
}

static gboolean
fail_at_limit (GError **error, const char *message, int limit)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE, message, limit, limit);
  return FALSE;
}

static gboolean
add_grid (const SheetLayout *layout, const SheetRegion *region, GPtrArray *blocks, GridTotals *totals, GError **error)
{
  g_autoptr (GArray) columns = columns_of_region (layout, region);
  g_autoptr (GArray) rows = rows_of_region (layout, region);
  totals->cells += (gint64)columns->len * rows->len;
  if (totals->cells > CELLS_LIMIT)
    return fail_at_limit (error, _ ("tables of more than %d cells, the limit is %d; save only the part with the sheet"),
                          CELLS_LIMIT);
  Grid *grid = grid_from_region (layout, region, rows, columns);
  g_ptr_array_add (blocks, block_from_grid (grid));
  totals->repeated += repeated_text (grid);
  if (totals->repeated <= REPEATED_LIMIT)
    return TRUE;
  return fail_at_limit (
      error, _ ("merged cells of more than %d bytes of text, the limit is %d; save only the part with the sheet"),
      REPEATED_LIMIT);
}

static gboolean
add_blocks (const SheetLayout *layout, const SheetRegion *region, GPtrArray *blocks, GridTotals *totals, GError **error)
{
  for (guint i = region->first; !region->table && i < region->end; i++)
    add_line (layout, layout_row (layout, i), blocks);
  return !region->table || add_grid (layout, region, blocks, totals, error);
}

GPtrArray *
blocks_from_worksheet (const Worksheet *sheet, int most_cells, GridTotals *totals, HiddenCount *hidden, GError **error)
{
  g_autoptr (GArray) cells = visible_cells_from_worksheet (sheet, hidden);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SheetRow));
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (SheetRegion));
  g_autoptr (GPtrArray) blocks = blocks_new ();
  SheetLayout layout = {sheet, cells, rows, regions, most_cells};
  find_regions (&layout);
  for (guint i = 0; i < regions->len; i++)
    if (!add_blocks (&layout, &g_array_index (regions, SheetRegion, i), blocks, totals, error))
      return NULL;
  return g_steal_pointer (&blocks);
}
