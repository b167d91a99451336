/* od_sheet.c - see od_sheet.h */
#include "read/opendocument/od_sheet.h"

#include "model/error.h"
#include "read/opendocument/od_styles.h"
#include "read/workbook/formula.h"
#include "read/workbook/shared_strings.h"
#include "read/workbook/worksheet_pages.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHEETS_LIMIT 1000
#define SPACES_LIMIT 100
#define ROW_CELLS_LIMIT SHEET_COLUMNS

/* A cell of the row that is read; it is added once it is known how often the row is repeated. */
typedef struct {
  int column, row_span, column_span;
  char *text; /* in runs */
  gboolean struck, not_calculated;
  gboolean white, filled; /* its letters; its ground */
  char *not_shown;        /* a value that the cell's number format (;;;) does not show; NULL: none */
} OdCell;

/* What a column says of its cells. */
typedef struct {
  IndexRange columns;
  char *style; /* of its cells; NULL: none */
} OdColumn;

typedef struct {
  OdStyles *styles;
  const Symbols *symbols; /* NULL: none are known */
  PackagePart *part;
  GPtrArray *sheets; /* Worksheet */
  WorkbookTotals totals;
  int hidden; /* sheets */
  GError *failure;

  /* the sheet that is read */
  Worksheet *sheet;
  GArray *columns; /* OdColumn */
  int next_column; /* of the declarations */

  /* its row */
  GArray *cells; /* OdCell */
  int row, column, repeated;
  char *row_style;
} OdSheetReading;

static void
cell_clear (gpointer data)
{
  OdCell *cell = data;
  g_free (cell->text);
  g_free (cell->not_shown);
}

static void
column_clear (gpointer data)
{
  g_free (((OdColumn *)data)->style);
}

static gboolean
is_collapsed (const PackagePart *part)
{
  const char *visibility = part_attribute (part, "visibility");
  return visibility && strcmp (visibility, "visible");
}

static void
read_column (OdSheetReading *reading)
{
  PackagePart *part = reading->part;
  int repeated = CLAMP (part_number (part, "number-columns-repeated", 1), 1, SHEET_COLUMNS);
  OdColumn column = {{reading->next_column, reading->next_column + repeated - 1}, NULL};
  reading->next_column = MIN (reading->next_column + repeated, SHEET_COLUMNS);
  if (is_collapsed (part))
    g_array_append_val (reading->sheet->hidden_columns, column.columns);
  column.style = g_strdup (part_attribute (part, "default-cell-style-name"));
  if (reading->columns->len < SHEET_COLUMNS)
    g_array_append_val (reading->columns, column);
  else
    column_clear (&column);
}

static void
read_row (OdSheetReading *reading)
{
  PackagePart *part = reading->part;
  reading->repeated = CLAMP (part_number (part, "number-rows-repeated", 1), 1, SHEET_ROWS);
  reading->column = 0;
  g_free (reading->row_style);
  reading->row_style = g_strdup (part_attribute (part, "default-cell-style-name"));
  g_array_set_size (reading->cells, 0);
  IndexRange rows = {reading->row, reading->row + reading->repeated - 1};
  if (is_collapsed (part))
    g_array_append_val (reading->sheet->hidden_rows, rows);
}

static void
add_cell (OdSheetReading *reading, const OdCell *cell, int row)
{
  CellPlace place = {row, cell->column};
  MergedRange merge = {{row, row + cell->row_span - 1}, {cell->column, cell->column + cell->column_span - 1}};
  if (cell->not_calculated)
    g_array_append_val (reading->sheet->not_calculated, place);
  if (cell->row_span * cell->column_span > 1)
    worksheet_add_merge (reading->sheet, merge, &reading->failure);
  g_autoptr (GString) hidden = g_string_new (cell->not_shown);
  g_autofree char *seen = cell->filled ? NULL : seen_runs (cell->text, cell->white, hidden);
  worksheet_remark_hidden (reading->sheet, place, hidden->str);
  if (!reading->failure)
    worksheet_add_cell (reading->sheet, &reading->totals, place, seen ? seen : cell->text, cell->struck,
                        &reading->failure);
}

/* Rows that are repeated and have text are added one by one, up to the limit of all cells. */
static void
end_row (OdSheetReading *reading)
{
  for (int i = 0; reading->cells->len > 0 && i < reading->repeated && !reading->failure; i++)
    for (guint j = 0; j < reading->cells->len && !reading->failure; j++)
      add_cell (reading, &g_array_index (reading->cells, OdCell, j), reading->row + i);
  reading->row = MIN (reading->row + reading->repeated, SHEET_ROWS - 1);
}

/* The style of a cell is its own, that of its row, or that of its column. NULL: none. */
static const char *
style_of_cell (const OdSheetReading *reading, const char *own_style)
{
  const char *style = own_style ? own_style : reading->row_style;
  for (guint i = 0; !style && i < reading->columns->len; i++) {
    const OdColumn *column = &g_array_index (reading->columns, OdColumn, i);
    if (column->columns.first <= reading->column && reading->column <= column->columns.last)
      style = column->style;
  }
  return style;
}

static gboolean
cell_says (const OdSheetReading *reading, const char *style, OdStyleSaid what)
{
  return od_styles_say (reading->styles, "table-cell", style, what) == TRUE;
}

static const SymbolFont *
symbols_of_style (const OdSheetReading *reading, const char *family, const char *style)
{
  const char *font = reading->symbols ? od_styles_font (reading->styles, family, style) : NULL;
  return font ? symbol_font_from_name (reading->symbols, font) : NULL;
}

/* A span's run: what it does not say is as its cell is. */
static void
begin_run (const OdSheetReading *reading, const char *span, gboolean cell_struck, GString *text)
{
  int struck = od_styles_say (reading->styles, "text", span, OD_STYLE_STRUCK),
      white = od_styles_say (reading->styles, "text", span, OD_STYLE_WHITE);
  gboolean strikes = struck == OD_STYLE_UNSAID ? cell_struck : struck;
  g_string_append_c (text, strikes                                    ? RUN_STRUCK
                           : white == TRUE                            ? RUN_WHITE
                           : white == FALSE || strikes != cell_struck ? RUN_PLAIN
                                                                      : RUN_AS_CELL);
}

static void
append_spaces (GString *text, const PackagePart *part)
{
  int count = part_begins (part, "tab") ? 1 : MIN (part_number (part, "c", 1), SPACES_LIMIT);
  for (int i = 0; i < count; i++)
    g_string_append_c (text, ' ');
}

/* The control characters that begin runs are in no XML. Comments, and drawings anchored to the cell, are not its text.
 * NULL: the cell does not say what it shows. */
static char *
read_paragraphs (const OdSheetReading *reading, const char *style)
{
  static const char *const skipped[] = {"annotation", "ruby-text", "frame",    "custom-shape", "g",      "rect",
                                        "line",       "text-box",  "polyline", "path",         "ellipse"};
  PackagePart *part = reading->part;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean begun = FALSE, struck = cell_says (reading, style, OD_STYLE_STRUCK);
  const SymbolFont *of_cell = symbols_of_style (reading, "table-cell", style), *symbols = of_cell;
  int within = 0;
  while (part_next (part) && !part_ends (part, "table-cell")) {
    gboolean skip = FALSE;
    for (gsize i = 0; !skip && i < G_N_ELEMENTS (skipped); i++)
      skip = part_begins (part, skipped[i]);
    if (skip)
      part_skip (part);
    else if (part_begins (part, "p")) {
      g_string_append (text, begun ? "\n" : "");
      begun = TRUE;
      within++;
    } else if (part_ends (part, "p"))
      within--;
    else if (part_begins (part, "span")) {
      g_autofree char *span = g_strdup (part_attribute (part, "style-name"));
      begin_run (reading, span, struck, text);
      symbols = od_styles_font (reading->styles, "text", span) ? symbols_of_style (reading, "text", span) : of_cell;
    } else if (part_ends (part, "span")) {
      g_string_append_c (text, RUN_AS_CELL);
      symbols = of_cell;
    } else if (part_begins (part, "s") || part_begins (part, "tab"))
      append_spaces (text, part);
    else if (part_begins (part, "line-break"))
      g_string_append_c (text, '\n');
    else if (within > 0 && part_text (part)) {
      g_autofree char *signs = symbols ? text_in_symbols (symbols, part_text (part)) : NULL;
      g_string_append (text, signs ? signs : part_text (part));
    }
  }
  return g_string_free (g_steal_pointer (&text), !begun);
}

/* What is written of a cell besides its text. */
typedef struct {
  char *formula, *value, *style; /* NULL: none */
  gboolean percentage;
} OdValue;

static void
value_clear (OdValue *value)
{
  g_free (value->formula);
  g_free (value->value);
  g_free (value->style);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OdValue, value_clear)

static void
read_value (OdValue *value, const PackagePart *part)
{
  static const char *const attributes[] = {"string-value", "date-value", "time-value", "boolean-value", "value"};
  value->formula = g_strdup (part_attribute (part, "formula"));
  value->style = g_strdup (part_attribute (part, "style-name"));
  value->percentage = !g_strcmp0 (part_attribute (part, "value-type"), "percentage");
  for (gsize i = 0; i < G_N_ELEMENTS (attributes) && !value->value; i++)
    value->value = g_strdup (part_attribute (part, attributes[i]));
}

/* What a cell shows of which only the value is written. "of:=…": the formula follows the equals sign. */
static char *
text_from_value (const OdValue *value, gboolean *not_calculated)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean number;
  if (value->value && value->percentage)
    return g_strconcat (g_ascii_formatd (buffer, sizeof buffer, "%.10g", 100 * g_ascii_strtod (value->value, NULL)),
                        "%", NULL);
  if (value->value || !value->formula)
    return g_strdup (value->value ? value->value : "");
  const char *formula = strchr (value->formula, '=');
  char *text = formula ? text_from_formula (formula, &number) : NULL;
  *not_calculated = !text;
  return text ? text : g_strdup ("");
}

static void
read_cell (OdSheetReading *reading)
{
  PackagePart *part = reading->part;
  g_auto (OdValue) value = {NULL};
  read_value (&value, part);
  int repeated = CLAMP (part_number (part, "number-columns-repeated", 1), 1, SHEET_COLUMNS);
  OdCell cell = {.row_span = CLAMP (part_number (part, "number-rows-spanned", 1), 1, SHEET_ROWS - reading->row),
                 .column_span = CLAMP (part_number (part, "number-columns-spanned", 1), 1, SHEET_COLUMNS)};
  g_autofree char *text = read_paragraphs (reading, style_of_cell (reading, value.style));
  if (text && !*text && value.value && *value.value)
    cell.not_shown = value.value;
  else if (!text || !*text) {
    g_free (text);
    text = text_from_value (&value, &cell.not_calculated);
  }
  for (int i = 0; i < repeated && reading->column < SHEET_COLUMNS; i++, reading->column++) {
    OdCell copy = cell;
    copy.column = reading->column;
    copy.column_span = MIN (cell.column_span, SHEET_COLUMNS - reading->column);
    copy.text = g_strdup (text);
    copy.not_shown = g_strdup (cell.not_shown);
    const char *style = style_of_cell (reading, value.style);
    copy.struck = cell_says (reading, style, OD_STYLE_STRUCK);
    copy.filled = cell_says (reading, style, OD_STYLE_FILLED);
    copy.white = cell_says (reading, style, OD_STYLE_WHITE);
    if ((*text || cell.not_shown || cell.not_calculated || cell.row_span * cell.column_span > 1) &&
        reading->cells->len < ROW_CELLS_LIMIT)
      g_array_append_val (reading->cells, copy);
    else
      cell_clear (&copy);
  }
}

static void
read_covered_cell (OdSheetReading *reading)
{
  int repeated = CLAMP (part_number (reading->part, "number-columns-repeated", 1), 1, SHEET_COLUMNS);
  reading->column = MIN (reading->column + repeated, SHEET_COLUMNS);
  part_skip (reading->part);
}

static void
skip (OdSheetReading *reading)
{
  part_skip (reading->part);
}

static const struct {
  const char *name;
  void (*read) (OdSheetReading *reading);
} elements[] = {
    {"table-column", read_column},
    {"table-row", read_row},
    {"table-cell", read_cell},
    {"covered-table-cell", read_covered_cell},
    {"shapes", skip},
    {"forms", skip},
    {"table-source", skip},
};

static void
read_table (OdSheetReading *reading)
{
  PackagePart *part = reading->part;
  g_autofree char *name = g_strdup (part_attribute (part, "name"));
  g_autofree char *style = g_strdup (part_attribute (part, "style-name"));
  reading->sheet = worksheet_new (name ? name : "");
  reading->row = reading->next_column = 0;
  g_array_set_size (reading->columns, 0);
  while (!reading->failure && part_next (part) && !part_ends (part, "table"))
    if (part_ends (part, "table-row"))
      end_row (reading);
    else
      for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
        if (part_begins (part, elements[i].name)) {
          elements[i].read (reading);
          break;
        }
  worksheet_complete (reading->sheet);
  gboolean hidden = od_styles_say (reading->styles, "table", style, OD_STYLE_HIDDEN) == TRUE;
  reading->hidden += hidden;
  if (hidden)
    worksheet_free (reading->sheet);
  else
    g_ptr_array_add (reading->sheets, reading->sheet);
}

/* Changes that are tracked, and tables of linked documents and of pivots, have cells of their own. */
static void
read_body (OdSheetReading *reading)
{
  PackagePart *part = reading->part;
  while (!reading->failure && part_next (part))
    if (part_begins (part, "tracked-changes") || part_begins (part, "dde-links"))
      part_skip (part);
    else if (part_begins (part, "table"))
      read_table (reading);
    else if (reading->sheets->len > SHEETS_LIMIT)
      g_set_error (&reading->failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                   _ ("a workbook of more than %d sheets, the limit is %d; save only the sheet"), SHEETS_LIMIT,
                   SHEETS_LIMIT);
}

static gboolean
read_content (OdSheetReading *reading, Package *package, GError **error)
{
  PackagePart *part = reading->part = part_open (package, "content.xml", error);
  if (!part)
    return FALSE;
  gboolean body = FALSE;
  while (!body && part_next (part))
    body = !od_styles_read (reading->styles, part) && part_begins (part, "body");
  if (body)
    read_body (reading);
  gboolean whole = part_close (part, reading->failure ? NULL : error);
  if (reading->failure)
    g_propagate_error (error, g_steal_pointer (&reading->failure));
  return whole && !(error && *error);
}

GPtrArray *
pages_from_od_sheets (Package *package, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (OdStyles) styles = od_styles_new ();
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)worksheet_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (OdColumn));
  g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (OdCell));
  g_array_set_clear_func (columns, column_clear);
  g_array_set_clear_func (cells, cell_clear);
  OdSheetReading reading = {.styles = styles,
                            .symbols = options->knowledge ? options->knowledge->symbols : NULL,
                            .sheets = sheets,
                            .columns = columns,
                            .cells = cells,
                            .totals.most = cells_limit (package_limit (package))};
  GError *failure = NULL;
  if (od_styles_read_common (styles, package, &failure))
    read_content (&reading, package, &failure);
  g_free (reading.row_style);
  if (!failure)
    return pages_from_worksheets (sheets, reading.hidden, notes, error);
  g_propagate_error (error, failure);
  return NULL;
}
