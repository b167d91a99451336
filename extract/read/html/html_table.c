/* html_table.c - see html.h: tables of data become grids, by HTML's rules for spans (HTML Standard, section 4.9.12);
 * the same for elements with the roles of a table (WAI-ARIA). Tables that only lay a page out are told from them by
 * what is in them.
 */
#include "read/html/html.h"

#include <string.h>

#define SPAN_LIMIT 1000
#define COLUMN_LIMIT 1000

typedef struct {
  const GumboNode *node;
  int row, column, row_span, column_span;
} Placed;

typedef struct {
  const GumboNode *node;
  int first_cell, cells; /* in Table.cells */
} TableRow;

/* A table taken apart. */
typedef struct {
  const GumboNode *node;
  GArray *rows;  /* TableRow */
  GArray *cells; /* Placed, by row */
  int columns;
  int reach;             /* the columns that cells span, beyond the last in which one begins */
  int heads;             /* th, or a role of a head */
  int nested_cells;      /* that hold a table */
  gboolean large_within; /* a nested table has rows and columns enough to be data by itself */
} Parts;

static const char *const head_roles[] = {"columnheader", "rowheader", NULL};
static const char *const cell_roles[] = {"cell", "gridcell", "columnheader", "rowheader", NULL};
static const char *const row_roles[] = {"row", NULL};
static const char *const layout_roles[] = {"presentation", "none", NULL};
static const GumboTag headings[] = {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};

static gboolean
is_row (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_TR || node_attribute_is (node, "role", row_roles);
}

static gboolean
is_cell (const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH || node_attribute_is (node, "role", cell_roles);
}

static gboolean
is_head (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_TH || node_attribute_is (node, "role", head_roles);
}

/* The next row (or cell) below ROOT; it and tables within are not looked into. NODE is ROOT at first. */
static const GumboNode *
next_part (const GumboNode *node, const GumboNode *root, gboolean (*is_part) (const GumboNode *), const Panels *panels)
{
  gboolean into = node == root;
  while ((node = node_next (node, root, into))) {
    into = !node_is_table (node) && !node_is_hidden (node, panels);
    if (into && is_part (node))
      return node;
  }
  return NULL;
}

static int
span_of (const GumboNode *cell, const char *attribute, const char *aria, int fallback)
{
  int span = node_number (cell, attribute, -1, SPAN_LIMIT);
  if (span < 0)
    span = node_number (cell, aria, fallback, SPAN_LIMIT);
  return span;
}

/* Whether a table stands below CELL; a large one is remembered in PARTS. */
static gboolean
holds_table (Parts *parts, const GumboNode *cell)
{
  gboolean found = FALSE;
  int rows = 0, cells = 0;
  for (const GumboNode *at = node_next (cell, cell, TRUE); at; at = node_next (at, cell, TRUE)) {
    found |= node_is_table (at);
    rows += is_row (at);
    cells += is_cell (at);
  }
  parts->large_within |= rows >= 3 && cells >= rows * 3;
  return found;
}

static void
parts_add_row (Parts *parts, const GumboNode *row, const Panels *panels)
{
  TableRow added = {.node = row, .first_cell = parts->cells->len};
  const GumboNode *cell = row;
  while ((cell = next_part (cell, row, is_cell, panels))) {
    Placed placed = {.node = cell,
                     .row = parts->rows->len,
                     .row_span = span_of (cell, "rowspan", "aria-rowspan", 1),
                     .column_span = MAX (span_of (cell, "colspan", "aria-colspan", 1), 1)};
    g_array_append_val (parts->cells, placed);
    added.cells++;
    parts->heads += is_head (cell);
    parts->nested_cells += holds_table (parts, cell);
  }
  g_array_append_val (parts->rows, added);
}

static Placed *
parts_cell (const Parts *parts, const TableRow *row, int index)
{
  return &g_array_index (parts->cells, Placed, row->first_cell + index);
}

/* How many rows from ROW on are in its group (thead, tbody, tfoot). */
static int
rows_left_in_group (const Parts *parts, int row)
{
  const TableRow *rows = (const TableRow *)parts->rows->data;
  int end = row + 1;
  while (end < (int)parts->rows->len && end - row < SPAN_LIMIT && rows[end].node->parent == rows[row].node->parent)
    end++;
  return end - row;
}

/* Gives each cell its column: the first that no cell of a row above reaches into. TAKEN counts, for each column, the
 * rows it is still taken for. A cell past the last column that can be is put in it, where the grid joins the texts. */
static void
place_row (Parts *parts, int index, int *taken)
{
  const TableRow *row = &g_array_index (parts->rows, TableRow, index);
  int column = 0, group = -1;
  for (int i = 0; i < row->cells; i++) {
    Placed *cell = parts_cell (parts, row, i);
    while (column < COLUMN_LIMIT - 1 && taken[column] > 0)
      column++;
    if (cell->row_span != 1 && group < 0)
      group = rows_left_in_group (parts, index);
    if (cell->row_span != 1)
      cell->row_span = cell->row_span == 0 ? group : MIN (cell->row_span, group);
    cell->column = column;
    cell->column_span = MIN (cell->column_span, COLUMN_LIMIT - column);
    for (int end = column + cell->column_span; column < end; column++)
      taken[column] = MAX (taken[column], cell->row_span);
    parts->columns = MAX (parts->columns, cell->column + 1);
    parts->reach = MAX (parts->reach, column);
    column = MIN (column, COLUMN_LIMIT - 1);
  }
  for (int i = 0; i < parts->reach; i++)
    taken[i] -= taken[i] > 0;
}

/* A column in which no cell begins is no column: "colspan=100" is said of banners. */
static void
place_cells (Parts *parts)
{
  g_autofree int *taken = g_new0 (int, COLUMN_LIMIT);
  for (guint i = 0; i < parts->rows->len; i++)
    place_row (parts, i, taken);
  for (guint i = 0; i < parts->cells->len; i++) {
    Placed *cell = &g_array_index (parts->cells, Placed, i);
    cell->column_span = MIN (cell->column_span, parts->columns - cell->column);
  }
}

static void
parts_clear (Parts *parts)
{
  g_array_unref (parts->rows);
  g_array_unref (parts->cells);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static Parts
parts_of_table (const GumboNode *table, const Panels *panels)
{
  Parts parts = {.node = table};
  parts.rows = g_array_new (FALSE, FALSE, sizeof (TableRow));
  parts.cells = g_array_new (FALSE, FALSE, sizeof (Placed));
  const GumboNode *row = table;
  while ((row = next_part (row, table, is_row, panels)))
    parts_add_row (&parts, row, panels);
  place_cells (&parts);
  return parts;
}

static gboolean
cells_hold (const Parts *parts, gboolean (*is_held) (const GumboNode *))
{
  for (guint i = 0; i < parts->cells->len; i++)
    if (is_held (g_array_index (parts->cells, Placed, i).node))
      return TRUE;
  return FALSE;
}

static gboolean
holds_heading (const GumboNode *cell)
{
  return node_holds (cell, headings, G_N_ELEMENTS (headings));
}

/* Outweighed: the tables inside are the point, or few and small beside what is around them. */
static gboolean
is_frame_of_tables (const Parts *parts)
{
  gboolean few = parts->nested_cells * 4 <= (int)parts->cells->len && parts->rows->len >= 3 && parts->columns >= 2;
  if (parts->large_within)
    return !few || parts->rows->len < 5;
  return !few && parts->heads == 0;
}

static gboolean
is_data (const Parts *parts)
{
  if (parts->cells->len <= 1 || node_attribute_is (parts->node, "role", layout_roles))
    return FALSE;
  if (node_tag (parts->node) != GUMBO_TAG_TABLE)
    return TRUE;
  if (parts->nested_cells > 0 && is_frame_of_tables (parts))
    return FALSE;
  if (parts->heads > 0 || table_caption (parts->node))
    return TRUE;
  if (parts->columns == 1)
    return FALSE;
  if (parts->rows->len == 1)
    return !cells_hold (parts, node_holds_block);
  return parts->columns > 2 || !cells_hold (parts, holds_heading);
}

const GumboNode *
table_caption (const GumboNode *table)
{
  for (int i = 0; i < node_children (table); i++)
    if (node_tag (node_child (table, i)) == GUMBO_TAG_CAPTION)
      return node_child (table, i);
  return NULL;
}

Grid *
grid_from_table (const GumboNode *table, const Panels *panels, int places)
{
  g_auto (Parts) parts = parts_of_table (table, panels);
  if (!is_data (&parts) || (gint64)parts.rows->len * parts.columns > places)
    return NULL;
  Grid *grid = grid_new (parts.rows->len, parts.columns, node_place (table));
  for (guint i = 0; i < parts.cells->len; i++) {
    const Placed *placed = &g_array_index (parts.cells, Placed, i);
    g_autofree char *text = text_of_node (placed->node, panels);
    Cell *cell = grid_add_cell (grid, placed->row, placed->column, placed->row_span, placed->column_span, text,
                                node_place (placed->node));
    cell->head = is_head (placed->node);
  }
  grid_complete (grid);
  return grid;
}
