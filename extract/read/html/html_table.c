/* html_table.c - see html_table.h */
#include "read/html/html_table.h"

#include "read/html/html_text.h"

#define SPAN_LIMIT 1000
#define COLUMN_LIMIT 1000

typedef struct {
  const GumboNode *node;
  int row, column, row_span, column_span;
} HtmlCell;

typedef struct {
  const GumboNode *node;
  int first_cell, cells; /* of HtmlTable.cells */
} HtmlRow;

typedef struct {
  const GumboNode *node;
  GArray *rows;  /* HtmlRow */
  GArray *cells; /* HtmlCell, by row */
  int columns;
  int reach;             /* how many columns cells span, also those in which none begins */
  int heads;             /* th, or the role of a head */
  int nested_cells;      /* that contain a table */
  gboolean large_within; /* a nested table is large enough to be data by itself */
} HtmlTable;

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

/* The next row (or cell) below ROOT, NULL after the last; NODE is ROOT at first. What is in it is skipped, and so are
 * nested tables. */
static const GumboNode *
next_part (const GumboNode *node, const GumboNode *root, gboolean (*is_part) (const GumboNode *),
           const Appearance *appearance)
{
  gboolean into = node == root;
  while ((node = node_next (node, root, into))) {
    into = !node_is_table (node) && !node_is_hidden (node, appearance);
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

/* Whether CELL contains a table. Sets large_within where it is a large one. */
static gboolean
contains_table (HtmlTable *table, const GumboNode *cell)
{
  gboolean found = FALSE;
  int rows = 0, cells = 0;
  for (const GumboNode *at = node_next (cell, cell, TRUE); at; at = node_next (at, cell, TRUE)) {
    found |= node_is_table (at);
    rows += is_row (at);
    cells += is_cell (at);
  }
  table->large_within |= rows >= 3 && cells >= rows * 3;
  return found;
}

static void
table_add_row (HtmlTable *table, const GumboNode *row, const Appearance *appearance)
{
  HtmlRow added = {.node = row, .first_cell = table->cells->len};
  const GumboNode *cell = row;
  while ((cell = next_part (cell, row, is_cell, appearance))) {
    HtmlCell placed = {.node = cell,
                       .row = table->rows->len,
                       .row_span = span_of (cell, "rowspan", "aria-rowspan", 1),
                       .column_span = MAX (span_of (cell, "colspan", "aria-colspan", 1), 1)};
    g_array_append_val (table->cells, placed);
    added.cells++;
    table->heads += is_head (cell);
    table->nested_cells += contains_table (table, cell);
  }
  g_array_append_val (table->rows, added);
}

static HtmlCell *
table_cell (const HtmlTable *table, const HtmlRow *row, int index)
{
  return &g_array_index (table->cells, HtmlCell, row->first_cell + index);
}

/* How many rows from ROW on are in its group (thead, tbody, tfoot). */
static int
rows_left_in_group (const HtmlTable *table, int row)
{
  const HtmlRow *rows = (const HtmlRow *)table->rows->data;
  int end = row + 1;
  while (end < (int)table->rows->len && end - row < SPAN_LIMIT && rows[end].node->parent == rows[row].node->parent)
    end++;
  return end - row;
}

/* Gives each cell of a row its column: the first that no cell of a row above spans. TAKEN has, for each column, for how
 * many rows it is still spanned. A cell past the column limit goes into the last column, where the grid joins the
 * texts. */
static void
place_row (HtmlTable *table, int index, int *taken)
{
  const HtmlRow *row = &g_array_index (table->rows, HtmlRow, index);
  int column = 0, group = -1;
  for (int i = 0; i < row->cells; i++) {
    HtmlCell *cell = table_cell (table, row, i);
    while (column < COLUMN_LIMIT - 1 && taken[column] > 0)
      column++;
    if (cell->row_span != 1 && group < 0)
      group = rows_left_in_group (table, index);
    if (cell->row_span != 1)
      cell->row_span = cell->row_span == 0 ? group : MIN (cell->row_span, group);
    cell->column = column;
    cell->column_span = MIN (cell->column_span, COLUMN_LIMIT - column);
    for (int end = column + cell->column_span; column < end; column++)
      taken[column] = MAX (taken[column], cell->row_span);
    table->columns = MAX (table->columns, cell->column + 1);
    table->reach = MAX (table->reach, column);
    column = MIN (column, COLUMN_LIMIT - 1);
  }
  for (int i = 0; i < table->reach; i++)
    taken[i] -= taken[i] > 0;
}

/* Columns in which no cell begins do not count: "colspan=100" is written of banners. */
static void
place_cells (HtmlTable *table)
{
  g_autofree int *taken = g_new0 (int, COLUMN_LIMIT);
  for (guint i = 0; i < table->rows->len; i++)
    place_row (table, i, taken);
  for (guint i = 0; i < table->cells->len; i++) {
    HtmlCell *cell = &g_array_index (table->cells, HtmlCell, i);
    cell->column_span = MIN (cell->column_span, table->columns - cell->column);
  }
}

/* The first child of the table that is a group of rows called TAG; NULL: it has none. */
static const GumboNode *
first_group (const HtmlTable *table, GumboTag tag)
{
  for (int i = 0; i < node_children (table->node); i++)
    if (node_tag (node_child (table->node, i)) == tag)
      return node_child (table->node, i);
  return NULL;
}

/* Puts the rows in the order in which they are shown: the first thead is above all others and the first tfoot below them
 * (CSS 2.1, 17.2), wherever they are written; HTML 4 wants a tfoot to be written before the rows. */
static void
order_rows_as_shown (HtmlTable *table)
{
  const GumboNode *head = first_group (table, GUMBO_TAG_THEAD), *foot = first_group (table, GUMBO_TAG_TFOOT);
  g_autoptr (GArray) shown = g_array_sized_new (FALSE, FALSE, sizeof (HtmlRow), table->rows->len);
  for (int part = -1; part <= 1; part++)
    for (guint i = 0; i < table->rows->len; i++) {
      const HtmlRow *row = &g_array_index (table->rows, HtmlRow, i);
      const GumboNode *group = row->node->parent;
      if (part != (group == head ? -1 : group == foot ? 1 : 0))
        continue;
      for (int j = 0; j < row->cells; j++)
        table_cell (table, row, j)->row = shown->len;
      g_array_append_val (shown, *row);
    }
  g_array_unref (table->rows);
  table->rows = g_steal_pointer (&shown);
}

static void
html_table_clear (HtmlTable *table)
{
  g_array_unref (table->rows);
  g_array_unref (table->cells);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtmlTable, html_table_clear)

static HtmlTable
html_table_from_node (const GumboNode *node, const Appearance *appearance)
{
  HtmlTable table = {.node = node};
  table.rows = g_array_new (FALSE, FALSE, sizeof (HtmlRow));
  table.cells = g_array_new (FALSE, FALSE, sizeof (HtmlCell));
  const GumboNode *row = node;
  while ((row = next_part (row, node, is_row, appearance)))
    table_add_row (&table, row, appearance);
  order_rows_as_shown (&table);
  place_cells (&table);
  return table;
}

static gboolean
any_cell (const HtmlTable *table, gboolean (*fits) (const GumboNode *))
{
  for (guint i = 0; i < table->cells->len; i++)
    if (fits (g_array_index (table->cells, HtmlCell, i).node))
      return TRUE;
  return FALSE;
}

static gboolean
contains_heading (const GumboNode *cell)
{
  return node_contains (cell, headings, G_N_ELEMENTS (headings));
}

/* Whether the nested tables are the content and this one only lays them out: they are many, or large. */
static gboolean
is_frame_of_tables (const HtmlTable *table)
{
  gboolean few = table->nested_cells * 4 <= (int)table->cells->len && table->rows->len >= 3 && table->columns >= 2;
  if (table->large_within)
    return !few || table->rows->len < 5;
  return !few && table->heads == 0;
}

static gboolean
is_data (const HtmlTable *table)
{
  if (table->cells->len <= 1 || node_attribute_is (table->node, "role", layout_roles))
    return FALSE;
  if (node_tag (table->node) != GUMBO_TAG_TABLE)
    return TRUE;
  if (table->nested_cells > 0 && is_frame_of_tables (table))
    return FALSE;
  if (table->heads > 0 || table_caption (table->node))
    return TRUE;
  if (table->columns == 1)
    return FALSE;
  if (table->rows->len == 1)
    return !any_cell (table, node_contains_block);
  return table->columns > 2 || !any_cell (table, contains_heading);
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
grid_from_table (const GumboNode *node, const Appearance *appearance, int cells)
{
  g_auto (HtmlTable) table = html_table_from_node (node, appearance);
  if (!is_data (&table) || (gint64)table.rows->len * table.columns > cells)
    return NULL;
  Grid *grid = grid_new (table.rows->len, table.columns, node_place (node));
  for (guint i = 0; i < table.cells->len; i++) {
    const HtmlCell *cell = &g_array_index (table.cells, HtmlCell, i);
    char *struck;
    g_autofree char *text = text_of_node (cell->node, appearance, &struck);
    Cell *added =
        grid_add_cell (grid, cell->row, cell->column, cell->row_span, cell->column_span, text, node_place (cell->node));
    added->head = is_head (cell->node) ? CELL_HEAD_BY_MARK : CELL_BODY;
    added->struck = struck;
  }
  grid_complete (grid);
  return grid;
}

/* A dd with one of these is more than the text of a cell. */
static const GumboTag structure_tags[] = {GUMBO_TAG_TABLE, GUMBO_TAG_DL, GUMBO_TAG_H1, GUMBO_TAG_H2,
                                          GUMBO_TAG_H3,    GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};

typedef struct {
  GString *term, *definition;
  char *struck_term, *struck_definition; /* NULL: none */
  GPtrArray *definitions;                /* char *: the text of each dd */
  GString *classes;                      /* of all dd, in their order */
  gboolean defined;                      /* a dd came: the next dt begins another group */
  Place place;
} DefinitionGroup;

static void
group_free (gpointer data)
{
  DefinitionGroup *group = data;
  g_string_free (group->term, TRUE);
  g_string_free (group->definition, TRUE);
  g_free (group->struck_term);
  g_free (group->struck_definition);
  g_ptr_array_unref (group->definitions);
  g_string_free (group->classes, TRUE);
  g_free (group);
}

static DefinitionGroup *
last_group (GPtrArray *groups)
{
  return groups->len > 0 ? g_ptr_array_index (groups, groups->len - 1) : NULL;
}

static DefinitionGroup *
add_group (GPtrArray *groups, Place place)
{
  DefinitionGroup *group = g_new0 (DefinitionGroup, 1);
  *group = (DefinitionGroup){.term = g_string_new (NULL), .definition = g_string_new (NULL), .place = place};
  group->definitions = g_ptr_array_new_with_free_func (g_free);
  group->classes = g_string_new (NULL);
  g_ptr_array_add (groups, group);
  return group;
}

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0 && *line)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_entry (GPtrArray *groups, const GumboNode *node, const Appearance *appearance)
{
  gboolean term = node_tag (node) == GUMBO_TAG_DT;
  DefinitionGroup *group = last_group (groups);
  if (!group || (term && group->defined))
    group = add_group (groups, node_place (node));
  g_autofree char *struck = NULL;
  g_autofree char *text = text_of_node (node, appearance, &struck);
  char **words = term ? &group->struck_term : &group->struck_definition;
  *words = struck_text_joined (*words, struck);
  append_line (term ? group->term : group->definition, text);
  if (!term) {
    const char *classes = node_attribute (node, "class");
    g_ptr_array_add (group->definitions, g_strdup (text));
    g_string_append_printf (group->classes, "|%s", classes ? classes : "");
  }
  group->defined |= !term;
}

static gboolean
is_entry (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_DT || node_tag (node) == GUMBO_TAG_DD;
}

/* The groups, or NULL where an entry is more than the text of a cell. A div may wrap each group. */
static GPtrArray *
groups_of_list (const GumboNode *list, const Appearance *appearance)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
  const GumboNode *node = node_next (list, list, TRUE);
  while (node) {
    gboolean entry = is_entry (node), hidden = node_is_hidden (node, appearance);
    if (entry && !hidden && node_contains (node, structure_tags, G_N_ELEMENTS (structure_tags)))
      return NULL;
    if (entry && !hidden)
      add_entry (groups, node, appearance);
    node = node_next (node, list, !entry && !hidden);
  }
  return g_steal_pointer (&groups);
}

/* Groups of fewer than this many do not tell that their dd are columns, unless each dd has a class of its own. */
#define GROUPS_LEAST 3

/* Whether the dd of GROUP all have classes, and no two the same. */
static gboolean
has_classes_of_its_own (const DefinitionGroup *group)
{
  g_auto (GStrv) classes = g_strsplit (group->classes->str, "|", -1); /* the first is before the first "|" */
  for (guint i = 1; i <= group->definitions->len; i++)
    if (!*classes[i] || g_strv_contains ((const char *const *)classes + i + 1, classes[i]))
      return FALSE;
  return TRUE;
}

/* How many dd all GROUPS have, of the same classes; 1 where they differ. */
static int
definitions_of_groups (GPtrArray *groups)
{
  const DefinitionGroup *first = g_ptr_array_index (groups, 0);
  for (guint i = 1; i < groups->len; i++) {
    const DefinitionGroup *group = g_ptr_array_index (groups, i);
    if (!g_str_equal (group->classes->str, first->classes->str) || group->struck_definition)
      return 1;
  }
  gboolean columns = groups->len >= GROUPS_LEAST || has_classes_of_its_own (first);
  return columns ? MAX (1, (int)first->definitions->len) : 1;
}

Grid *
grid_from_definitions (const GumboNode *list, const Appearance *appearance)
{
  g_autoptr (GPtrArray) groups = groups_of_list (list, appearance);
  if (!groups || groups->len == 0)
    return NULL;
  int definitions = definitions_of_groups (groups);
  Grid *grid = grid_new (groups->len, 1 + definitions, node_place (list));
  for (guint i = 0; i < groups->len; i++) {
    DefinitionGroup *group = g_ptr_array_index (groups, i);
    Cell *term = grid_add_cell (grid, i, 0, 1, 1, group->term->str, group->place);
    term->struck = g_steal_pointer (&group->struck_term);
    for (int k = 0; k < definitions; k++) {
      const char *text = definitions > 1 ? g_ptr_array_index (group->definitions, k) : group->definition->str;
      Cell *definition = grid_add_cell (grid, i, 1 + k, 1, 1, text, group->place);
      definition->struck = g_steal_pointer (&group->struck_definition);
    }
  }
  grid_complete (grid);
  return grid;
}
