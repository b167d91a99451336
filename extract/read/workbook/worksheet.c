/* worksheet.c - see worksheet.h */
#include "read/workbook/worksheet.h"

#include "model/error.h"
#include "text/squeezed.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_LENGTH 100 /* of a tab; Excel allows 31 characters */

/* What a small file can make much of by naming the same text or range again and again; memory ends sooner. */
#define TEXT_LIMIT (256 * 1024 * 1024) /* of all of them; bytes */
#define MERGES_LIMIT (200 * 1000)      /* of a sheet */

static void
remark_clear (gpointer data)
{
  g_free (((SheetRemark *)data)->text);
}

static int
range_order (gconstpointer a, gconstpointer b)
{
  const IndexRange *one = a, *other = b;
  return one->first != other->first ? one->first - other->first : one->last - other->last;
}

/* Sorts the ranges and joins those that overlap or touch. */
static void
ranges_normalise (GArray *ranges)
{
  guint kept = 0;
  g_array_sort (ranges, range_order);
  for (guint i = 0; i < ranges->len; i++) {
    IndexRange range = g_array_index (ranges, IndexRange, i);
    IndexRange *last = kept > 0 ? &g_array_index (ranges, IndexRange, kept - 1) : NULL;
    if (last && range.first <= last->last + 1)
      last->last = MAX (last->last, range.last);
    else
      g_array_index (ranges, IndexRange, kept++) = range;
  }
  g_array_set_size (ranges, kept);
}

/* INDEX, or the first after it that is in none of the ranges. */
static int
ranges_next_outside (const GArray *ranges, int index)
{
  guint low = 0, high = ranges->len;
  while (low < high) { /* the first range that ends at INDEX or after it */
    guint middle = low + (high - low) / 2;
    if (g_array_index (ranges, IndexRange, middle).last < index)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == ranges->len || g_array_index (ranges, IndexRange, low).first > index)
    return index;
  return g_array_index (ranges, IndexRange, low).last + 1;
}

static void
cell_clear (gpointer data)
{
  g_free (((WorksheetCell *)data)->text);
  g_free (((WorksheetCell *)data)->struck);
}

Worksheet *
worksheet_new (const char *tab)
{
  Worksheet *sheet = g_new0 (Worksheet, 1);
  g_autofree char *name = g_utf8_substring (tab, 0, MIN (g_utf8_strlen (tab, -1), NAME_LENGTH));
  sheet->name = g_intern_string (name);
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (WorksheetCell));
  g_array_set_clear_func (sheet->cells, cell_clear);
  sheet->not_calculated = g_array_new (FALSE, FALSE, sizeof (CellPlace));
  sheet->merges = g_array_new (FALSE, FALSE, sizeof (MergedRange));
  sheet->hidden_rows = g_array_new (FALSE, FALSE, sizeof (IndexRange));
  sheet->hidden_columns = g_array_new (FALSE, FALSE, sizeof (IndexRange));
  sheet->remarks = g_array_new (FALSE, FALSE, sizeof (SheetRemark));
  g_array_set_clear_func (sheet->remarks, remark_clear);
  sheet->widths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  sheet->heights = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return sheet;
}

void
worksheet_free (Worksheet *sheet)
{
  if (!sheet)
    return;
  g_array_unref (sheet->cells);
  g_array_unref (sheet->not_calculated);
  g_array_unref (sheet->merges);
  g_array_unref (sheet->hidden_rows);
  g_array_unref (sheet->hidden_columns);
  g_array_unref (sheet->remarks);
  g_hash_table_unref (sheet->widths);
  g_hash_table_unref (sheet->heights);
  g_free (sheet);
}

const char *
cell_reference_end (const char *name, int *column, int *row)
{
  int letters = 0;
  for (*column = 0; g_ascii_isalpha (*name) && letters < 4; name++, letters++)
    *column = *column * 26 + g_ascii_toupper (*name) - 'A' + 1;
  char *end;
  guint64 number = g_ascii_isdigit (*name) ? g_ascii_strtoull (name, &end, 10) : 0;
  if (letters == 0 || *column > SHEET_COLUMNS || number < 1 || number > SHEET_ROWS)
    return NULL;
  *column -= 1;
  *row = (int)number - 1;
  return end;
}

gboolean
range_from_reference (const char *reference, MergedRange *range)
{
  const char *end = cell_reference_end (reference, &range->columns.first, &range->rows.first);
  if (!end)
    return FALSE;
  range->columns.last = range->columns.first;
  range->rows.last = range->rows.first;
  if (!*end)
    return TRUE;
  end = *end == ':' ? cell_reference_end (end + 1, &range->columns.last, &range->rows.last) : NULL;
  return end && !*end && range->rows.last >= range->rows.first && range->columns.last >= range->columns.first;
}

/* The runs of TEXT that are struck out, or that are not, as STRUCK says; CELL_STRUCK: the font of the cell is. A line of
 * which all is struck out leaves no empty line; struck words that do not follow each other are parted by a space. The
 * caller frees. */
static char *
part_of_runs (const char *text, gboolean cell_struck, gboolean struck)
{
  GString *part = g_string_new (NULL);
  gboolean own = cell_struck == struck, own_in_line = FALSE, other_in_line = FALSE, parted = FALSE;
  for (; *text; text++) {
    if (*text >= RUN_AS_CELL && *text <= RUN_WHITE)
      own = struck == (*text == RUN_STRUCK || (*text == RUN_AS_CELL && cell_struck));
    else if (*text == '\n') {
      if (own ? own_in_line || !other_in_line : own_in_line && !struck)
        g_string_append_c (part, '\n');
      own_in_line = other_in_line = parted = FALSE;
    } else if (own) {
      if (parted && struck && part->len > 0)
        g_string_append_c (part, ' ');
      g_string_append_c (part, *text);
      parted = FALSE;
      own_in_line = TRUE;
    } else
      parted = other_in_line = TRUE;
  }
  return g_strstrip (g_string_free (part, FALSE));
}

int
cells_limit (gsize unpacked)
{
  enum { CELLS_OF_MIB = 6250 };
  return (int)MIN ((unpacked >> 20) * CELLS_OF_MIB, G_MAXINT);
}

static gboolean
within_limits (const WorkbookTotals *totals, GError **error)
{
  if (totals->cells > totals->most)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a workbook of more than %d filled cells, the limit is %d; save only the sheet, or raise the limit "
                    "with --max-unpacked and --memory"),
                 totals->most, totals->most);
  else if (totals->text > TEXT_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a workbook of more than %d bytes of text, the limit is %d; save only the sheet"), TEXT_LIMIT,
                 TEXT_LIMIT);
  return totals->cells <= totals->most && totals->text <= TEXT_LIMIT;
}

gboolean
worksheet_add_cell (Worksheet *sheet, WorkbookTotals *totals, CellPlace place, const char *text, gboolean struck_out,
                    GError **error)
{
  char *struck = part_of_runs (text, struck_out, TRUE), *seen = part_of_runs (text, struck_out, FALSE);
  if (!*struck)
    g_clear_pointer (&struck, g_free);
  WorksheetCell cell = {place.row, place.column, seen, struck, FALSE};
  gboolean filled = *seen || struck;
  totals->text += strlen (seen) + (struck ? strlen (struck) : 0);
  totals->cells += filled;
  gboolean within = within_limits (totals, error);
  if (filled && within)
    g_array_append_val (sheet->cells, cell);
  else
    cell_clear (&cell);
  return within;
}

gboolean
worksheet_add_merge (Worksheet *sheet, MergedRange merge, GError **error)
{
  if (sheet->merges->len >= MERGES_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a sheet of more than %d merged cells, the limit is %d; save only the part with the sheet"),
                 MERGES_LIMIT, MERGES_LIMIT);
    return FALSE;
  }
  g_array_append_val (sheet->merges, merge);
  return TRUE;
}

void
worksheet_remark (Worksheet *sheet, const char *code, NoteSeverity severity, CellPlace place, gsize letters, char *text)
{
  guint same = 0;
  for (guint i = 0; i < sheet->remarks->len; i++)
    same += !strcmp (g_array_index (sheet->remarks, SheetRemark, i).code, code);
  SheetRemark remark = {code, severity, place, text, letters};
  if (same < REMARKS_LIMIT)
    g_array_append_val (sheet->remarks, remark);
  else
    g_free (text);
}

void
worksheet_remark_hidden (Worksheet *sheet, CellPlace place, const char *text)
{
  g_autofree char *words = note_words (text);
  if (*words)
    worksheet_remark (sheet, "hidden-text", NOTE_INFO, place, text_letters (text),
                      g_strdup_printf ("“%s” has the colour of its cell, and cannot be seen.", words));
}

void
worksheet_hide_cell (Worksheet *sheet, WorksheetCell *cell)
{
  worksheet_remark_hidden (sheet, (CellPlace){cell->row, cell->column}, cell->text);
  g_free (cell->text);
  cell->text = g_strdup ("");
}

static int
cell_order (gconstpointer a, gconstpointer b)
{
  const WorksheetCell *one = a, *other = b;
  return one->row != other->row ? one->row - other->row : one->column - other->column;
}

static int
merge_order (gconstpointer a, gconstpointer b)
{
  const MergedRange *one = a, *other = b;
  return one->rows.first != other->rows.first ? one->rows.first - other->rows.first
                                              : one->columns.first - other->columns.first;
}

int
worksheet_most_cells_in_row (const Worksheet *sheet)
{
  int most = 0, count = 0, last_row = -1;
  for (guint i = 0; i < sheet->cells->len; i++) {
    const WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, i);
    count = cell->row == last_row ? count + 1 : 1;
    last_row = cell->row;
    most = MAX (most, count);
  }
  return most;
}

void
worksheet_complete (Worksheet *sheet)
{
  g_array_sort (sheet->cells, cell_order);
  g_array_sort (sheet->merges, merge_order);
  ranges_normalise (sheet->hidden_rows);
  ranges_normalise (sheet->hidden_columns);
}

int
worksheet_next_shown_row (const Worksheet *sheet, int row)
{
  return ranges_next_outside (sheet->hidden_rows, row);
}

/* What the merged ranges that began in the rows so far cover of a column. */
typedef struct {
  int covered_until;        /* the last row that any of them spans; -1: none */
  const MergedRange *begun; /* the last that begins in this column */
} SweptColumn;

typedef struct {
  const Worksheet *sheet;
  guint next_merge;
  SweptColumn *columns; /* SHEET_COLUMNS of them */
  GArray *cells;        /* VisibleCell */
} MergeSweep;

/* The format forbids ranges that overlap; one that begins under another is ignored. */
static void
sweep_merge (MergeSweep *sweep, const MergedRange *merge)
{
  if (sweep->columns[merge->columns.first].covered_until >= merge->rows.first)
    return;
  sweep->columns[merge->columns.first].begun = merge;
  for (int column = merge->columns.first; column <= merge->columns.last; column++)
    sweep->columns[column].covered_until = MAX (sweep->columns[column].covered_until, merge->rows.last);
}

/* Sweeps the merged ranges that begin in ROW or above. */
static void
sweep_to (MergeSweep *sweep, int row)
{
  for (; sweep->next_merge < sweep->sheet->merges->len; sweep->next_merge++) {
    const MergedRange *merge = &g_array_index (sweep->sheet->merges, MergedRange, sweep->next_merge);
    if (merge->rows.first > row)
      return;
    sweep_merge (sweep, merge);
  }
}

static IndexRange
shown_part (IndexRange range, const GArray *hidden)
{
  return (IndexRange){ranges_next_outside (hidden, range.first), range.last};
}

static gboolean
is_hidden (const GArray *hidden, int index)
{
  return ranges_next_outside (hidden, index) != index;
}

static void
add_visible_cell (MergeSweep *sweep, const WorksheetCell *cell)
{
  sweep_to (sweep, cell->row);
  SweptColumn swept = sweep->columns[cell->column];
  const MergedRange *merge = swept.begun && swept.begun->rows.first == cell->row ? swept.begun : NULL;
  if (!merge && swept.covered_until >= cell->row)
    return;
  IndexRange row = {cell->row, cell->row}, column = {cell->column, cell->column};
  VisibleCell visible = {.text = cell->text, .struck = cell->struck};
  visible.rows = shown_part (merge ? merge->rows : row, sweep->sheet->hidden_rows);
  visible.columns = shown_part (merge ? merge->columns : column, sweep->sheet->hidden_columns);
  if (visible.rows.first <= visible.rows.last && visible.columns.first <= visible.columns.last)
    g_array_append_val (sweep->cells, visible);
}

/* Counts the hidden rows and columns that have text. */
static void
count_hidden (const Worksheet *sheet, HiddenCount *hidden)
{
  int last_row = -1;
  g_autoptr (GHashTable) columns = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < sheet->cells->len; i++) {
    const WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, i);
    gboolean hidden_column = is_hidden (sheet->hidden_columns, cell->column),
             hidden_row = is_hidden (sheet->hidden_rows, cell->row);
    if (hidden_column)
      g_hash_table_add (columns, GINT_TO_POINTER (cell->column));
    if (hidden_column || hidden_row)
      hidden->characters += text_letters (cell->text) + text_letters (cell->struck);
    if (cell->row == last_row || !hidden_row)
      continue;
    last_row = cell->row;
    hidden->rows++;
  }
  hidden->columns += (int)g_hash_table_size (columns);
}

static int
visible_cell_order (gconstpointer a, gconstpointer b)
{
  const VisibleCell *one = a, *other = b;
  return one->rows.first != other->rows.first ? one->rows.first - other->rows.first
                                              : one->columns.first - other->columns.first;
}

GArray *
visible_cells_from_worksheet (const Worksheet *sheet, HiddenCount *hidden)
{
  g_autofree SweptColumn *columns = g_new (SweptColumn, SHEET_COLUMNS);
  for (int i = 0; i < SHEET_COLUMNS; i++)
    columns[i] = (SweptColumn){-1, NULL};
  MergeSweep sweep = {sheet, 0, columns, g_array_new (FALSE, FALSE, sizeof (VisibleCell))};
  for (guint i = 0; i < sheet->cells->len; i++)
    add_visible_cell (&sweep, &g_array_index (sheet->cells, WorksheetCell, i));
  count_hidden (sheet, hidden);
  g_array_sort (sweep.cells, visible_cell_order);
  return sweep.cells;
}
