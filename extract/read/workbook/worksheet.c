/* worksheet.c - see worksheet.h */
#include "read/workbook/worksheet.h"

#include "model/error.h"
#include "read/workbook/conditional_format.h"
#include "read/workbook/drawing.h"
#include "read/workbook/formula.h"
#include "read/workbook/number_format.h"
#include "read/workbook/serial_date.h"
#include "text/squeezed.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define NAME_LENGTH 100 /* of a tab; Excel allows 31 characters */

/* What a small file can make much of by naming the same text or range again and again; memory ends sooner. */
#define CELLS_LIMIT (800 * 1000)       /* that are remembered for a note, of a sheet */
#define TEXT_LIMIT (256 * 1024 * 1024) /* of all of them; bytes */
#define MERGES_LIMIT (200 * 1000)      /* of a sheet */

typedef struct {
  WorksheetReader *reader;
  Worksheet *sheet;
  PackagePart *part;
  int row, column; /* of the last cell that was read; -1: none */
  GArray *pale;    /* PaleCell: cells whose text may not be seen */
  ConditionalFormats *formats;
  gboolean tables; /* it has tables, whose styles may fill cells */
  GError *failure; /* a limit */
} WorksheetWalk;

/* A cell of whose text some is white, in a cell that has no fill of its own. */
typedef struct {
  CellPlace place;
  int style;
  char *text; /* in runs */
} PaleCell;

static void
pale_cell_clear (gpointer data)
{
  g_free (((PaleCell *)data)->text);
}

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

/* A reference to a cell (18.18.7, ST_CellRef): "AB12" is column 27, row 11. Returns what follows it, NULL where it is not one. */
static const char *
parse_reference (const char *name, int *column, int *row)
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
  const char *end = parse_reference (reference, &range->columns.first, &range->rows.first);
  if (!end)
    return FALSE;
  range->columns.last = range->columns.first;
  range->rows.last = range->rows.first;
  if (!*end)
    return TRUE;
  end = *end == ':' ? parse_reference (end + 1, &range->columns.last, &range->rows.last) : NULL;
  return end && !*end && range->rows.last >= range->rows.first && range->columns.last >= range->columns.first;
}

static gboolean
is_zero (const char *number)
{
  return number && g_ascii_strtod (number, NULL) == 0;
}

/* Columns and rows beyond these have no drawings that are looked at. */
#define WIDTHS_LIMIT 200
#define HEIGHTS_LIMIT 20000

/* Rows without height and columns without width are hidden too. */
static void
read_row (WorksheetWalk *walk)
{
  int row = part_number (walk->part, "r", walk->row + 2) - 1;
  walk->row = CLAMP (row, 0, SHEET_ROWS - 1);
  walk->column = -1;
  const char *height = part_attribute (walk->part, "ht");
  if (height && g_hash_table_size (walk->sheet->heights) < HEIGHTS_LIMIT) {
    double *kept = g_new (double, 1);
    *kept = g_ascii_strtod (height, NULL);
    g_hash_table_insert (walk->sheet->heights, GINT_TO_POINTER (walk->row), kept);
  }
  gboolean flat = part_flag (walk->part, "customHeight") && is_zero (part_attribute (walk->part, "ht"));
  IndexRange range = {walk->row, walk->row};
  if ((flat || part_flag (walk->part, "hidden")) && walk->sheet->hidden_rows->len < WORKSHEET_RANGES_LIMIT)
    g_array_append_val (walk->sheet->hidden_rows, range);
}

static void
read_column (WorksheetWalk *walk)
{
  IndexRange range = {part_number (walk->part, "min", 0) - 1, part_number (walk->part, "max", 0) - 1};
  const char *width = part_attribute (walk->part, "width");
  for (int i = MAX (range.first, 0); width && i <= MIN (range.last, WIDTHS_LIMIT); i++) {
    double *kept = g_new (double, 1);
    *kept = g_ascii_strtod (width, NULL);
    g_hash_table_insert (walk->sheet->widths, GINT_TO_POINTER (i), kept);
  }
  gboolean flat = is_zero (part_attribute (walk->part, "width"));
  if ((flat || part_flag (walk->part, "hidden")) && range.first >= 0 && range.last >= range.first &&
      walk->sheet->hidden_columns->len < WORKSHEET_RANGES_LIMIT)
    g_array_append_val (walk->sheet->hidden_columns, range);
}

static void
read_merge (WorksheetWalk *walk)
{
  const char *name = part_attribute (walk->part, "ref");
  MergedRange merge;
  name = name ? parse_reference (name, &merge.columns.first, &merge.rows.first) : NULL;
  if (!name || *name != ':' || !parse_reference (name + 1, &merge.columns.last, &merge.rows.last) ||
      merge.rows.last < merge.rows.first || merge.columns.last < merge.columns.first)
    return;
  if (!walk->failure)
    worksheet_add_merge (walk->sheet, merge, &walk->failure);
}

/* The value of a cell as it is written, and its format. */
typedef struct {
  const WorksheetReader *reader;
  const char *value, *code;
} CellValue;

static char *
text_of_shared (const CellValue *value)
{
  guint64 index = g_ascii_isdigit (*value->value) ? g_ascii_strtoull (value->value, NULL, 10) : G_MAXINT;
  const char *text = shared_strings_at (value->reader->strings, (int)MIN (index, G_MAXINT));
  return text_from_text (text ? text : "", value->code);
}

static char *
text_of_string (const CellValue *value)
{
  return text_from_text (value->value, value->code);
}

static char *
text_of_boolean (const CellValue *value)
{
  return g_strdup (strcmp (value->value, "0") && strcmp (value->value, "false") ? "TRUE" : "FALSE");
}

static char *
text_of_error (const CellValue *value)
{
  return g_strdup (value->value);
}

static char *
text_of_date (const CellValue *value)
{
  double days = serial_from_iso8601 (value->value);
  if (isnan (days))
    return g_strdup (value->value);
  const char *code = strcmp (value->code, "General") ? value->code : "yyyy/m/d";
  return text_from_number (days, code, FALSE);
}

static char *
text_of_number (const CellValue *value)
{
  char *end;
  double number = g_ascii_strtod (value->value, &end);
  if (end == value->value || *end || !isfinite (number))
    return g_strdup (value->value);
  return text_from_number (number, value->code, value->reader->from_1904);
}

static const struct {
  const char *type; /* 18.18.11, ST_CellType */
  char *(*text) (const CellValue *value);
} cell_types[] = {
    {"s", text_of_shared}, {"str", text_of_string}, {"inlineStr", text_of_string}, {"b", text_of_boolean},
    {"e", text_of_error},  {"d", text_of_date},     {"n", text_of_number},
};

static char *
shown_text (WorksheetWalk *walk, const char *type, const char *written, int style)
{
  CellValue value = {walk->reader, written, cell_styles_format (walk->reader->styles, style)};
  for (gsize i = 0; i < G_N_ELEMENTS (cell_types) && *written; i++)
    if (!strcmp (type, cell_types[i].type))
      return cell_types[i].text (&value);
  return g_strdup (written);
}

/* What is written in a cell. */
typedef struct {
  const char *type; /* 18.18.11, ST_CellType; static, or borrowed from the caller */
  char *value;      /* the content of <v>, or of <is>; never NULL */
  char *formula;    /* the content of <f>; NULL: it has none */
} WrittenCell;

static void
append_text (GString *text, const PackagePart *part)
{
  if (part_text (part))
    g_string_append (text, part_text (part));
}

/* Reads up to the end of the cell. */
static void
read_written (PackagePart *part, const Symbols *symbols, WrittenCell *cell)
{
  g_autoptr (GString) value = g_string_new (NULL), formula = g_string_new (NULL);
  g_autofree char *inline_text = NULL;
  gboolean within = FALSE, calculated = FALSE, in_formula = FALSE;
  while (part_next (part) && !part_ends (part, "c")) {
    if (part_begins (part, "is")) {
      g_free (inline_text);
      inline_text = rich_text_from_part (part, "is", symbols);
    } else if (part_begins (part, "v") || part_ends (part, "v"))
      within = part_begins (part, "v");
    else if (part_begins (part, "f") || part_ends (part, "f")) {
      in_formula = part_begins (part, "f");
      calculated = TRUE;
    } else if (within || in_formula)
      append_text (within ? value : formula, part);
  }
  cell->formula = calculated ? g_string_free (g_steal_pointer (&formula), FALSE) : NULL;
  cell->value =
      inline_text ? g_steal_pointer (&inline_text) : decoded_xstring (g_string_free (g_steal_pointer (&value), FALSE));
}

/* A formula's value that was not saved; an empty text is one that was. */
static gboolean
is_not_calculated (const WrittenCell *cell, gboolean stale)
{
  if (!cell->formula || !strcmp (cell->type, "str"))
    return FALSE;
  return !*cell->value || (stale && !strcmp (cell->type, "n") && !strcmp (cell->value, "0"));
}

/* Puts what the formula itself says in the place of a value that was not saved. */
static void
calculate (WorksheetWalk *walk, WrittenCell *cell)
{
  gboolean number = FALSE;
  char *text = text_from_formula (cell->formula, &number);
  g_free (cell->value);
  cell->type = number ? "n" : "str";
  cell->value = text ? text : g_strdup ("");
  CellPlace place = {walk->row, walk->column};
  if (!text && walk->sheet->not_calculated->len < CELLS_LIMIT)
    g_array_append_val (walk->sheet->not_calculated, place);
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

static void
remark_hidden (Worksheet *sheet, CellPlace place, const char *text)
{
  g_autofree char *words = note_words (text);
  if (*words)
    worksheet_remark (sheet, "hidden-text", NOTE_INFO, place, text_letters (text),
                      g_strdup_printf ("“%s” has the colour of its cell, and cannot be seen.", words));
}

void
worksheet_hide_cell (Worksheet *sheet, WorksheetCell *cell)
{
  remark_hidden (sheet, (CellPlace){cell->row, cell->column}, cell->text);
  g_free (cell->text);
  cell->text = g_strdup ("");
}

/* The runs of TEXT that are seen; adds the others to HIDDEN. CELL_WHITE: what has no font of its own is white. The caller
 * frees. */
static char *
seen_runs (const char *text, gboolean cell_white, GString *hidden)
{
  GString *seen = g_string_new (NULL);
  gboolean white = cell_white;
  for (; *text; text++) {
    if (*text >= RUN_AS_CELL && *text <= RUN_WHITE)
      white = *text == RUN_WHITE || (*text == RUN_AS_CELL && cell_white);
    g_string_append_c (white ? hidden : seen, *text);
  }
  return g_string_free (seen, FALSE);
}

static void
add_cell_with_style (WorksheetWalk *walk, CellPlace place, const char *text, int style)
{
  const CellStyles *styles = walk->reader->styles;
  guint before = walk->sheet->cells->len;
  gboolean white = cell_styles_white (styles, style) || strchr (text, RUN_WHITE);
  if (white && *text && cell_styles_white_ground (styles, style) && walk->pale->len < CELLS_LIMIT) {
    PaleCell pale = {place, style, g_strdup (text)};
    g_array_append_val (walk->pale, pale);
  } else if (!walk->failure)
    worksheet_add_cell (walk->sheet, &walk->reader->totals, place, text, cell_styles_strike (styles, style),
                        &walk->failure);
  if (walk->sheet->cells->len > before)
    g_array_index (walk->sheet->cells, WorksheetCell, before).centred = cell_styles_centred (styles, style);
}

/* Whether something else fills the cell is known when the sheet is read. */
static void
add_pale_cells (WorksheetWalk *walk)
{
  const CellStyles *styles = walk->reader->styles;
  for (guint i = 0; i < walk->pale->len && !walk->failure; i++) {
    const PaleCell *pale = &g_array_index (walk->pale, PaleCell, i);
    gboolean filled = walk->tables || conditional_formats_fill (walk->formats, styles, pale->place);
    g_autoptr (GString) hidden = g_string_new (NULL);
    g_autofree char *seen = filled ? NULL : seen_runs (pale->text, cell_styles_white (styles, pale->style), hidden);
    remark_hidden (walk->sheet, pale->place, hidden->str);
    worksheet_add_cell (walk->sheet, &walk->reader->totals, pale->place, seen ? seen : pale->text,
                        cell_styles_strike (styles, pale->style), &walk->failure);
  }
}

static void
read_formats (WorksheetWalk *walk)
{
  conditional_formats_read (walk->formats, walk->part);
}

static void
read_tables (WorksheetWalk *walk)
{
  walk->tables = TRUE;
}

static void
read_cell (WorksheetWalk *walk)
{
  const char *name = part_attribute (walk->part, "r");
  int column, row;
  const char *end = name ? parse_reference (name, &column, &row) : NULL;
  walk->column = end && !*end ? column : MIN (walk->column + 1, SHEET_COLUMNS - 1);
  walk->row = end && !*end ? row : MAX (walk->row, 0);
  int style = part_number (walk->part, "s", 0);
  g_autofree char *type = g_strdup (part_attribute (walk->part, "t"));
  WrittenCell written = {.type = type ? type : "n"};
  read_written (walk->part, walk->reader->symbols, &written);
  if (is_not_calculated (&written, walk->reader->stale))
    calculate (walk, &written);
  char *text = shown_text (walk, written.type, written.value, style);
  const SymbolFont *symbols = cell_styles_symbols (walk->reader->styles, style);
  if (symbols && !strchr (text, RUN_PLAIN) && !strchr (text, RUN_STRUCK)) {
    char *signs = text_in_symbols (symbols, text);
    g_free (text);
    text = signs;
  }
  add_cell_with_style (walk, (CellPlace){walk->row, walk->column}, text, style);
  g_free (text);
  g_free (written.value);
  g_free (written.formula);
}

static const struct {
  const char *element;
  void (*read) (WorksheetWalk *walk);
} element_readers[] = {{"c", read_cell},
                       {"row", read_row},
                       {"mergeCell", read_merge},
                       {"col", read_column},
                       {"conditionalFormatting", read_formats},
                       {"tablePart", read_tables}};

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

Worksheet *
worksheet_read (WorksheetReader *reader, const char *name, const char *tab, GError **error)
{
  PackagePart *part = part_open (reader->package, name, error);
  if (!part)
    return NULL;
  g_autoptr (Worksheet) sheet = worksheet_new (tab);
  g_autoptr (GArray) pale = g_array_new (FALSE, FALSE, sizeof (PaleCell));
  g_array_set_clear_func (pale, pale_cell_clear);
  g_autoptr (ConditionalFormats) formats = conditional_formats_new ();
  WorksheetWalk walk = {reader, sheet, part, -1, -1, pale, formats, FALSE, NULL};
  while (!walk.failure && part_next (part))
    for (gsize i = 0; i < G_N_ELEMENTS (element_readers); i++)
      if (part_begins (part, element_readers[i].element)) {
        element_readers[i].read (&walk);
        break;
      }
  add_pale_cells (&walk);
  gboolean whole = part_close (part, walk.failure ? NULL : error);
  if (walk.failure)
    g_propagate_error (error, walk.failure);
  if (walk.failure || !whole)
    return NULL;
  worksheet_complete (sheet);
  conditional_formats_apply (formats, reader->styles, sheet);
  return sheet_drawings_read (reader, name, sheet, error) ? g_steal_pointer (&sheet) : NULL;
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
