/* made_rows.c - see made_rows.h */
#include "read/html/made_rows.h"

#include "read/html/html_text.h"

#include <string.h>

#define ROWS_LEAST 3
#define PARTS_MOST 30

/* Rows that fewer cells than this have words in are a row of pictures, or of links. */
#define FILLED_LEAST 2

/* Elements around the parts of a row that have nothing else in them. */
#define WRAPPERS_MOST 3

/* What has a structure of its own is no cell. */
static const GumboTag structure_tags[] = {GUMBO_TAG_TABLE, GUMBO_TAG_DL,      GUMBO_TAG_H1,     GUMBO_TAG_H2,
                                          GUMBO_TAG_H3,    GUMBO_TAG_H4,      GUMBO_TAG_H5,     GUMBO_TAG_H6,
                                          GUMBO_TAG_NAV,   GUMBO_TAG_SECTION, GUMBO_TAG_IFRAME, GUMBO_TAG_DETAILS};

static gboolean
is_structure (const GumboNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (structure_tags); i++)
    if (node_tag (node) == structure_tags[i])
      return TRUE;
  return node_is_table (node) || node_contains (node, structure_tags, G_N_ELEMENTS (structure_tags));
}

static gboolean
is_blank_text (const GumboNode *node)
{
  const char *text = node->v.text.text;
  return !text[strspn (text, " \t\r\n\f")];
}

/* The elements in NODE that are seen (const GumboNode *), if they are all that is in it; NULL: there is text between
 * them, or none of them. The caller frees. */
static GPtrArray *
parts_of (const GumboNode *node, const Appearance *appearance)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  for (int i = 0; i < node_children (node); i++) {
    const GumboNode *child = node_child (node, i);
    if (node_is_text (child) && !is_blank_text (child))
      return NULL;
    if (node_is_element (child) && !node_is_unseen (child) && !node_is_hidden (child, appearance))
      g_ptr_array_add (parts, (gpointer)child);
  }
  return parts->len > 0 && node_tag (parts->pdata[0]) != GUMBO_TAG_BR ? g_steal_pointer (&parts) : NULL;
}

/* The parts of a row; elements around all of them are looked through, but no table is: it has rows of its own. */
static GPtrArray *
parts_of_row (const GumboNode *row, const Appearance *appearance)
{
  for (int i = 0; i <= WRAPPERS_MOST && node_is_element (row) && !node_is_table (row); i++) {
    g_autoptr (GPtrArray) parts = parts_of (row, appearance);
    if (!parts || parts->len > 1)
      return g_steal_pointer (&parts);
    row = parts->pdata[0];
  }
  return NULL;
}

/* Whether A and B are the same elements with the same classes; digits, which may count, are left out. */
static gboolean
are_alike (const GumboNode *a, const GumboNode *b)
{
  const char *one = node_attribute (a, "class"), *other = node_attribute (b, "class");
  if (node_tag (a) != node_tag (b))
    return FALSE;
  for (one = one ? one : "", other = other ? other : "";; one++, other++) {
    one += strspn (one, "0123456789");
    other += strspn (other, "0123456789");
    if (*one != *other)
      return FALSE;
    if (!*one)
      return TRUE;
  }
}

static const GumboNode *
only_element_in (const GumboNode *node)
{
  return node_children (node) == 1 && node_is_element (node_child (node, 0)) ? node_child (node, 0) : NULL;
}

/* The same of the elements in them, as far as these have all that is in them: bold words are made in another way. */
static gboolean
are_alike_within (const GumboNode *a, const GumboNode *b)
{
  while (a && b && are_alike (a, b)) {
    a = only_element_in (a);
    b = only_element_in (b);
  }
  return !a && !b;
}

/* Whether PARTS can be the cells of a row by their number: of two, their makes would tell the name from its answer. */
static gboolean
are_cells (GPtrArray *parts)
{
  return parts && parts->len >= 2 && parts->len <= PARTS_MOST &&
         (parts->len > 2 || are_alike_within (parts->pdata[0], parts->pdata[1]));
}

static gboolean
have_same_tags (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (node_tag (a->pdata[i]) != node_tag (b->pdata[i]))
      return FALSE;
  return a->len == b->len;
}

/* Siblings on either side that tell that a few rows, between headings, are some of many. */
#define SIBLINGS_MOST 60

/* How many of the children of CONTAINER around INDEX are rows of parts like FIRST. */
static int
count_rows_around (const GumboNode *container, int index, GPtrArray *first, const Appearance *appearance)
{
  int rows = 0, end = MIN (node_children (container), index + SIBLINGS_MOST);
  for (int i = MAX (0, index - SIBLINGS_MOST); i < end; i++) {
    const GumboNode *child = node_child (container, i);
    gboolean alike = node_is_element (child) && node_tag (child) == node_tag (node_child (container, index));
    g_autoptr (GPtrArray) parts = alike ? parts_of_row (child, appearance) : NULL;
    rows += are_cells (parts) && have_same_tags (first, parts);
  }
  return rows;
}

/* A table on its way: rows of the nodes of cells. */
typedef struct {
  const Appearance *appearance;
  GPtrArray *cells; /* const GumboNode *, row by row */
  int columns;
  int around; /* rows like these in the container, with them */
  int taken;  /* children of the container */
} MadeRows;

static void
made_rows_clear (MadeRows *rows)
{
  g_ptr_array_unref (rows->cells);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadeRows, made_rows_clear)

/* The rows from the child INDEX on that are alike. */
static void
take_rows (MadeRows *rows, const GumboNode *container, int index)
{
  g_autoptr (GPtrArray) first = NULL;
  for (int i = index; i < node_children (container); i++) {
    const GumboNode *child = node_child (container, i);
    gboolean element = node_is_element (child);
    if (!element && (!node_is_text (child) || is_blank_text (child)))
      continue;
    gboolean alike = element && node_tag (child) == node_tag (node_child (container, index));
    if (alike && node_is_hidden (child, rows->appearance))
      continue;
    GPtrArray *parts = alike && !node_is_table (child) ? parts_of_row (child, rows->appearance) : NULL;
    if (!are_cells (parts) || (first && !have_same_tags (first, parts))) {
      g_clear_pointer (&parts, g_ptr_array_unref);
      break;
    }
    for (guint k = 0; k < parts->len; k++)
      g_ptr_array_add (rows->cells, parts->pdata[k]);
    rows->columns = (int)parts->len;
    rows->taken = i + 1 - index;
    if (first)
      g_ptr_array_unref (parts);
    first = first ? first : parts;
  }
  rows->around = first ? count_rows_around (container, index, first, rows->appearance) : 0;
}

/* Whether every cell is like the one PERIOD before it; those of the first row may be heads. */
static gboolean
repeats (GPtrArray *cells, guint period)
{
  gboolean same = TRUE;
  for (guint i = 2 * period; i < cells->len; i++)
    if (!are_alike (cells->pdata[i], cells->pdata[i - period]))
      return FALSE;
  for (guint i = period + 1; i < 2 * period; i++)
    same = same && are_alike (cells->pdata[i], cells->pdata[period]);
  return !same;
}

/* The number that CELL is; -1: it is none. */
static int
number_of_cell (const MadeRows *rows, const GumboNode *cell)
{
  g_autofree char *text = text_of_node (cell, rows->appearance, NULL);
  gsize digits = strspn (text, "0123456789");
  return digits > 0 && digits < 4 && !text[digits] ? (int)g_ascii_strtoll (text, NULL, 10) : -1;
}

/* Whether the first cells of rows of PERIOD cells count up; the first row may have heads. */
static gboolean
counts_up (const MadeRows *rows, guint period)
{
  for (guint i = period; i < rows->cells->len; i += period) {
    int number = number_of_cell (rows, rows->cells->pdata[i]);
    if (number < 0 || (i >= 2 * period && number != number_of_cell (rows, rows->cells->pdata[i - period]) + 1))
      return FALSE;
  }
  return TRUE;
}

/* How many of the cells, which follow each other, are a row; 0: it cannot be told. */
static int
columns_of_cells (const MadeRows *rows, const GumboNode *container)
{
  int styled = node_grid_columns (container, rows->appearance);
  guint count = rows->cells->len;
  if (styled > 1)
    return styled;
  for (guint period = 3; period <= PARTS_MOST && period * ROWS_LEAST <= count; period++)
    if (count % period == 0 && (repeats (rows->cells, period) || counts_up (rows, period)))
      return (int)period;
  return 0;
}

/* The children of CONTAINER that are the cells themselves. */
static void
take_cells (MadeRows *rows, const GumboNode *container)
{
  static const GumboTag cell_tags[] = {GUMBO_TAG_DIV, GUMBO_TAG_SPAN, GUMBO_TAG_P, GUMBO_TAG_LI};
  g_autoptr (GPtrArray) parts = parts_of (container, rows->appearance);
  gboolean plain = parts && parts->len >= ROWS_LEAST * 2;
  for (guint i = 0; plain && i < parts->len; i++) {
    gboolean cell = FALSE;
    for (gsize k = 0; k < 2 || (k < G_N_ELEMENTS (cell_tags) && node_grid_columns (container, rows->appearance)); k++)
      cell = cell || node_tag (parts->pdata[i]) == cell_tags[k];
    plain = cell;
  }
  if (!plain)
    return;
  g_ptr_array_unref (rows->cells);
  rows->cells = g_steal_pointer (&parts);
  rows->columns = columns_of_cells (rows, container);
  rows->taken = node_children (container);
}

/* The first of the two or more things in CELL, as a name before its answer; NULL: there is one thing, or none. */
static const GumboNode *
first_of_pair (const GumboNode *cell)
{
  const GumboNode *first = NULL;
  while (only_element_in (cell))
    cell = only_element_in (cell);
  for (int i = 0; i < node_children (cell); i++) {
    const GumboNode *child = node_child (cell, i);
    gboolean words = node_is_text (child) ? !is_blank_text (child) : node_is_element (child);
    if (!words || node_tag (child) == GUMBO_TAG_BR)
      continue;
    if (first)
      return first;
    first = child;
  }
  return NULL;
}

/* What a node says, be it an element or a text. The caller frees. */
static char *
words_of_node (const MadeRows *rows, const GumboNode *node)
{
  return node_is_text (node) ? g_strstrip (g_strdup (node->v.text.text)) : text_of_node (node, rows->appearance, NULL);
}

/* Whether each cell has a name and what belongs to it: then what looks like a row is a list of items, one below the heading
 * of each category. The names are others in each row, unlike the head of a column that a cell of a narrow page repeats. */
static gboolean
are_items (const MadeRows *rows)
{
  gboolean labelled = rows->cells->len > (guint)rows->columns;
  for (guint i = 0; i < rows->cells->len; i++) {
    const GumboNode *first = first_of_pair (rows->cells->pdata[i]);
    if (!first)
      return FALSE;
    if (!labelled || i < (guint)rows->columns)
      continue;
    const GumboNode *above = first_of_pair (rows->cells->pdata[i - rows->columns]);
    g_autofree char *label = words_of_node (rows, first), *same = words_of_node (rows, above);
    labelled = g_str_equal (label, same);
  }
  return !labelled;
}

/* Whether the rows have several terms (dt) each, others in each row: then every one of them is a list of items by itself,
 * one below the heading of each category, and no card whose labels come again. */
static gboolean
are_lists_of_terms (const MadeRows *rows)
{
  int terms = 0, labels = 0;
  for (guint i = 0; i < rows->cells->len; i++) {
    gboolean term = node_tag (rows->cells->pdata[i]) == GUMBO_TAG_DT;
    if (i < (guint)rows->columns)
      terms += term;
    else if (term) {
      g_autofree char *label = words_of_node (rows, rows->cells->pdata[i]);
      g_autofree char *above = words_of_node (rows, rows->cells->pdata[i - rows->columns]);
      labels += g_str_equal (label, above);
    }
  }
  return terms > 1 && labels == 0;
}

/* Whether the cells are those of a table: whole rows, three or more, of nothing but words. */
static gboolean
is_table (const MadeRows *rows, int cells)
{
  int count = (int)rows->cells->len, filled = 0;
  int least = rows->around >= ROWS_LEAST ? 1 : ROWS_LEAST;
  if (rows->columns < 2 || count % rows->columns || count < least * rows->columns || count > cells)
    return FALSE;
  for (int i = 0; i < count; i++)
    if (is_structure (rows->cells->pdata[i]))
      return FALSE;
  for (int i = 0; i < count; i++) {
    g_autofree char *text = text_of_node (rows->cells->pdata[i], rows->appearance, NULL);
    filled += *text != 0;
  }
  return filled >= count / rows->columns * FILLED_LEAST && !are_items (rows) && !are_lists_of_terms (rows);
}

static Grid *
grid_from_rows (const MadeRows *rows, const GumboNode *container)
{
  int count = (int)rows->cells->len;
  Grid *grid = grid_new (count / rows->columns, rows->columns, node_place (container));
  for (int i = 0; i < count; i++) {
    const GumboNode *node = rows->cells->pdata[i];
    char *struck;
    g_autofree char *text = text_of_node (node, rows->appearance, &struck);
    Cell *cell = grid_add_cell (grid, i / rows->columns, i % rows->columns, 1, 1, text, node_place (node));
    cell->struck = struck;
  }
  grid_complete (grid);
  return grid;
}

Grid *
grid_from_made_rows (const GumboNode *container, int index, const Appearance *appearance, int cells, int *taken)
{
  g_auto (MadeRows) rows = {.appearance = appearance, .cells = g_ptr_array_new ()};
  const GumboNode *child = node_child (container, index);
  if (!node_is_element (child) || node_tag (container) == GUMBO_TAG_DL || node_is_table (container))
    return NULL;
  take_rows (&rows, container, index);
  if (rows.cells->len == 0 && !node_element_before (child))
    take_cells (&rows, container);
  *taken = rows.taken;
  return is_table (&rows, cells) ? grid_from_rows (&rows, container) : NULL;
}
