/* cell_sequence.c - see cell_sequence.h */
#include "items/cell_sequence.h"

#include "items/column_kinds.h"
#include "items/match.h"
#include "text/line_break.h"
#include "text/width.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_LEAST 5
#define HEADS_LEAST 3
#define HEADS_MOST 12

/* More cells than this in a row are not one. */
#define CELLS_MOST 24

/* Terminal cells that programs leave free at the end of a line that they wrap. */
#define SLACK 3

/* What a cell is worth under a head: its words are of that kind; they are of another; two cells under one head; a head
 * without a cell. */
#define FITS 3.0
#define MISFITS -3.0
#define SHARED -1.0
#define MISSING -0.6

typedef struct {
  GPtrArray *lines; /* char *: borrowed from the blocks, or see owned */
  Place place;
} SequenceCell;

typedef struct {
  const Knowledge *knowledge;
  GPtrArray *cells; /* SequenceCell */
  GPtrArray *owned; /* char * */
  GPtrArray *heads; /* char *, owned: the heads' texts */
} Sequence;

static void
cell_free (gpointer data)
{
  SequenceCell *cell = data;
  g_ptr_array_unref (cell->lines);
  g_free (cell);
}

static SequenceCell *
cell_new (Place place)
{
  SequenceCell *cell = g_new0 (SequenceCell, 1);
  *cell = (SequenceCell){g_ptr_array_new (), place};
  return cell;
}

static SequenceCell *
cell_at (const Sequence *sequence, guint index)
{
  return g_ptr_array_index (sequence->cells, index);
}

/* The lines of CELL as text; WIDTH: of its column, 0: all lines were wrapped. The caller frees. */
static char *
cell_text (const SequenceCell *cell, int width)
{
  char *text = g_strdup ("");
  for (guint i = 0; i < cell->lines->len; i++) {
    const char *line = g_ptr_array_index (cell->lines, i), *last = i > 0 ? g_ptr_array_index (cell->lines, i - 1) : "";
    gboolean wrapped = !text_begins_entry (line) && (width == 0 || text_cells (last) + 2 + SLACK > width);
    char *joined = text_join (text, line, wrapped);
    g_free (text);
    text = joined;
  }
  return text;
}

/* The number of a row that TEXT is, "12" or "A-12"; -1: it is none. */
static int
number_of_text (const Sequence *sequence, const char *text)
{
  if (!patterns_has (sequence->knowledge->rows, "number", text))
    return -1;
  const char *end = text + strlen (text);
  while (end > text && g_ascii_isdigit (end[-1]))
    end--;
  return g_ascii_isdigit (*end) ? atoi (end) : -1;
}

static int
row_number (const Sequence *sequence, const SequenceCell *cell)
{
  return cell->lines->len == 1 ? number_of_text (sequence, g_ptr_array_index (cell->lines, 0)) : -1;
}

/* A paragraph is a cell: lines that follow each other without a blank one between. The next number among them begins a
 * row, whatever it follows. */
static void
find_cells (Sequence *sequence, GPtrArray *blocks)
{
  int line = -1, number = 0;
  gboolean counted = FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind != BLOCK_TEXT || block->place.line == 0 || block->make)
      continue;
    gboolean next = number_of_text (sequence, block->text) == number + 1;
    if (block->place.line != line + 1 || sequence->cells->len == 0 || next || counted)
      g_ptr_array_add (sequence->cells, cell_new (block->place));
    g_ptr_array_add (cell_at (sequence, sequence->cells->len - 1)->lines, block->text);
    line = block->place.line;
    number += next;
    counted = next;
  }
}

/* The heads are the cells before START that the words for heads tell. */
static void
find_heads (Sequence *sequence, guint start)
{
  for (guint i = start; i-- > 0 && sequence->heads->len < HEADS_MOST;) {
    const SequenceCell *cell = cell_at (sequence, i);
    const char *last = g_ptr_array_index (cell->lines, cell->lines->len - 1);
    g_autofree char *text = cell_text (cell, 0);
    gboolean whole = patterns_rule_for (sequence->knowledge->columns, text) != NULL;
    if (!whole && !patterns_rule_for (sequence->knowledge->columns, last)) /* the title may be above it */
      return;
    g_ptr_array_insert (sequence->heads, 0, whole ? g_steal_pointer (&text) : g_strdup (last));
    if (!whole)
      return;
  }
}

/* Takes the heads that a page repeats out of the cells from FROM on. */
static void
remove_repeated_heads (Sequence *sequence, guint from)
{
  guint heads = sequence->heads->len;
  for (guint i = from; i + heads <= sequence->cells->len; i++) {
    gboolean same = TRUE;
    for (guint k = 0; k < heads && same; k++) {
      g_autofree char *text = cell_text (cell_at (sequence, i + k), 0);
      same = g_str_equal (text, g_ptr_array_index (sequence->heads, k));
    }
    if (same)
      g_ptr_array_remove_range (sequence->cells, i, heads);
  }
}

/* The first cells of the rows (guint): numbers that count up by one. */
static GArray *
find_starts (const Sequence *sequence, guint from, int first)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  int expected = first;
  for (guint i = from; i < sequence->cells->len; i++)
    if (row_number (sequence, cell_at (sequence, i)) == expected) {
      g_array_append_val (starts, i);
      expected++;
    }
  return starts;
}

/* A unit at the end of a line of another cell ran into it: it becomes a cell of its own. */
static void
part_unit (Sequence *sequence, GPtrArray *row)
{
  for (guint i = 1; i < row->len; i++) {
    SequenceCell *cell = g_ptr_array_index (row, i);
    for (guint k = 0; k < cell->lines->len && cell->lines->len > 1; k++) {
      const char *line = g_ptr_array_index (cell->lines, k), *space = strrchr (line, ' ');
      if (!space || !match_is_unit (sequence->knowledge, space + 1))
        continue;
      char *before = g_strndup (line, space - line), *unit = g_strdup (space + 1);
      g_ptr_array_add (sequence->owned, before);
      g_ptr_array_add (sequence->owned, unit);
      cell->lines->pdata[k] = before;
      SequenceCell *own = cell_new (cell->place);
      g_ptr_array_add (own->lines, unit);
      g_ptr_array_insert (row, (int)i + 1, own);
      return;
    }
  }
}

/* A definition that came after the unit, as one that was drawn later does, goes before it. */
static void
put_in_order (Sequence *sequence, GPtrArray *row)
{
  guint unit = 0;
  for (guint i = 1; i < row->len; i++) {
    g_autofree char *text = cell_text (row->pdata[i], 0);
    CellWords words = words_of_cell (sequence->knowledge, text);
    if (words == WORDS_UNIT && unit == 0)
      unit = i;
    else if (words == WORDS_DEFINITION && unit > 0) {
      g_ptr_array_insert (row, (int)unit, g_ptr_array_steal_index (row, i));
      return;
    }
  }
}

/* What CELL is worth in a column of KIND. */
static double
fit (const Sequence *sequence, const SequenceCell *cell, ColumnKind kind)
{
  static const ColumnKind kinds[WORDS_KINDS] = {
      [WORDS_NUMBER] = COLUMN_NUMBER,
      [WORDS_UNIT] = COLUMN_UNIT,
      [WORDS_NAME] = COLUMN_NAME,
      [WORDS_CATEGORY] = COLUMN_CATEGORY,
      [WORDS_DEFINITION] = COLUMN_DEFINITION,
  };
  g_autofree char *text = cell_text (cell, 0);
  CellWords words = words_of_cell (sequence->knowledge, text);
  gboolean telling = words >= WORDS_NUMBER && words <= WORDS_CATEGORY;
  if (!telling)
    return kind == COLUMN_NUMBER || kind == COLUMN_UNIT || kind == COLUMN_CATEGORY ? MISFITS / 2 : 0;
  return kinds[words] == kind ? FITS : kind == COLUMN_ANSWER ? MISFITS / 3 : MISFITS;
}

/* Which column each cell of ROW goes to: the best way from left to right. */
static void
align (const Sequence *sequence, GPtrArray *row, const Columns *columns, int *column_of)
{
  int cells = (int)row->len, count = columns->count;
  g_autofree double *best = g_new0 (double, cells *count);
  g_autofree int *from = g_new0 (int, cells *count);
  for (int i = 0; i < cells; i++)
    for (int j = 0; j < count; j++) {
      double own = fit (sequence, row->pdata[i], columns->kinds[j]), most = i == 0 ? j * MISSING : -1e9;
      from[i * count + j] = j;
      for (int k = 0; i > 0 && k <= j; k++) {
        double sum = best[(i - 1) * count + k] + (k == j ? SHARED : (j - k - 1) * MISSING);
        if (sum > most) {
          most = sum;
          from[i * count + j] = k;
        }
      }
      best[i * count + j] = most + own;
    }
  int last = 0;
  for (int j = 1; j < count; j++)
    if (best[(cells - 1) * count + j] + (count - 1 - j) * MISSING >
        best[(cells - 1) * count + last] + (count - 1 - last) * MISSING)
      last = j;
  for (int i = cells - 1; i >= 0; last = from[i * count + last], i--)
    column_of[i] = last;
}

/* The cells of a row, each under its column. */
typedef struct {
  GPtrArray *cells; /* SequenceCell */
  int column_of[CELLS_MOST + 1];
} SequenceRow;

static void
row_clear (gpointer data)
{
  g_ptr_array_unref (((SequenceRow *)data)->cells);
}

/* Takes the cells from START to END into a row. */
static SequenceRow
row_from_cells (Sequence *sequence, guint start, guint end, const Columns *columns, guint *uneven)
{
  SequenceRow row = {.cells = g_ptr_array_new_with_free_func (cell_free)};
  for (guint i = start; i < MIN (end, start + CELLS_MOST); i++) {
    SequenceCell *cell = cell_new (cell_at (sequence, i)->place);
    g_ptr_array_extend (cell->lines, cell_at (sequence, i)->lines, NULL, NULL);
    g_ptr_array_add (row.cells, cell);
  }
  if ((int)row.cells->len < columns->count)
    part_unit (sequence, row.cells);
  put_in_order (sequence, row.cells);
  for (guint i = 0; i < row.cells->len; i++)
    row.column_of[i] = (int)i;
  if ((int)row.cells->len != columns->count) {
    align (sequence, row.cells, columns, row.column_of);
    ++*uneven;
  }
  return row;
}

static void
set_field (Row *row, int column, char *text)
{
  Field *field = row_field (row, column);
  char *joined = field->text && *field->text ? g_strconcat (field->text, "\n", text, NULL) : g_strdup (text);
  g_free (field->text);
  g_free (text);
  *field = (Field){.text = joined, .span = 1};
}

static Row *
empty_row (int columns, Place place)
{
  Row *row = row_new (columns);
  for (int i = 0; i < columns; i++)
    *row_field (row, i) = (Field){.text = g_strdup (""), .span = 1};
  g_array_append_val (row->places, place);
  return row;
}

/* The table of HEADS and ROWS. */
static Table *
table_from_rows (const Sequence *sequence, GArray *rows)
{
  int count = (int)sequence->heads->len;
  g_autofree int *widths = g_new0 (int, count);
  for (guint i = 0; i < rows->len; i++) {
    const SequenceRow *row = &g_array_index (rows, SequenceRow, i);
    for (guint k = 0; k < row->cells->len; k++) {
      const SequenceCell *cell = g_ptr_array_index (row->cells, k);
      for (guint l = 0; l < cell->lines->len && cell->lines->len > 1; l++)
        widths[row->column_of[k]] = MAX (widths[row->column_of[k]], text_cells (cell->lines->pdata[l]));
    }
  }
  Table *table = g_new0 (Table, 1);
  *table = (Table){.columns = count, .rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free)};
  table->place = cell_at (sequence, 0)->place;
  Row *head = empty_row (count, table->place);
  for (int i = 0; i < count; i++)
    set_field (head, i, g_strdup (g_ptr_array_index (sequence->heads, i)));
  g_ptr_array_add (table->rows, head);
  for (guint i = 0; i < rows->len; i++) {
    const SequenceRow *row = &g_array_index (rows, SequenceRow, i);
    Row *added = empty_row (count, ((const SequenceCell *)row->cells->pdata[0])->place);
    for (guint k = 0; k < row->cells->len; k++)
      set_field (added, row->column_of[k], cell_text (row->cells->pdata[k], widths[row->column_of[k]]));
    g_ptr_array_add (table->rows, added);
  }
  return table;
}

/* The columns that the heads name. */
static Columns *
columns_of_heads (const Sequence *sequence)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (SequenceRow));
  g_autoptr (Table) table = table_from_rows (sequence, none);
  Columns *columns = columns_from_head (sequence->knowledge, table, 0);
  if (columns)
    columns_find_kinds (sequence->knowledge, columns, table, 1);
  return columns;
}

static ItemList *
list_from_starts (Sequence *sequence, GArray *starts, const Columns *columns)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SequenceRow));
  g_array_set_clear_func (rows, row_clear);
  guint uneven = 0;
  for (guint i = 0; i < starts->len; i++) {
    guint start = g_array_index (starts, guint, i);
    guint usual = start + sequence->heads->len;
    guint end = i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : MIN (usual, sequence->cells->len);
    SequenceRow row = row_from_cells (sequence, start, end, columns, &uneven);
    g_array_append_val (rows, row);
  }
  g_autoptr (Table) table = table_from_rows (sequence, rows);
  ItemList *list = items_from_table (sequence->knowledge, table, NULL, NULL);
  notes_add (
      list->notes, "cells-in-sequence", uneven > 0 ? NOTE_WARNING : NOTE_INFO, table->place,
      "The cells of this table stand one below the other, as a PDF's text is written; its rows are told by their "
      "numbers. %u of the %u rows have more or fewer cells than there are heads: theirs may be under wrong ones.",
      uneven, starts->len);
  return list;
}

ItemList *
items_from_cell_sequence (const Knowledge *knowledge, GPtrArray *blocks)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (cell_free);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_free);
  Sequence sequence = {knowledge, cells, owned, heads};
  find_cells (&sequence, blocks);
  for (guint i = 0; i < cells->len; i++) {
    if (row_number (&sequence, cell_at (&sequence, i)) != 1)
      continue;
    g_ptr_array_set_size (heads, 0);
    find_heads (&sequence, i);
    if (heads->len < HEADS_LEAST)
      continue;
    remove_repeated_heads (&sequence, i);
    g_autoptr (GArray) starts = find_starts (&sequence, i, 1);
    g_autoptr (Columns) columns = columns_of_heads (&sequence);
    if (starts->len >= ROWS_LEAST && columns)
      return list_from_starts (&sequence, starts, columns);
  }
  return item_list_new (0);
}

gboolean
blocks_have_lost_heads (const Knowledge *knowledge, GPtrArray *blocks)
{
  guint run = 0;
  gboolean told = FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    const char *rule = block->kind == BLOCK_TEXT ? patterns_rule_for (knowledge->columns, block->text) : NULL;
    run = rule ? run + 1 : 0;
    told = rule && ((run > 1 && told) || !strcmp (rule, "definition") || !strcmp (rule, "unit"));
    if (run >= HEADS_LEAST && told)
      return TRUE;
  }
  return FALSE;
}
