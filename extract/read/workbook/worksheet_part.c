/* worksheet_part.c - see worksheet_part.h */
#include "read/workbook/worksheet_part.h"

#include "read/workbook/conditional_format.h"
#include "read/workbook/drawing.h"
#include "read/workbook/formula.h"
#include "read/workbook/number_format.h"
#include "read/workbook/serial_date.h"
#include "text/squeezed.h"

#include <math.h>
#include <string.h>

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
  name = name ? cell_reference_end (name, &merge.columns.first, &merge.rows.first) : NULL;
  if (!name || *name != ':' || !cell_reference_end (name + 1, &merge.columns.last, &merge.rows.last) ||
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
shown_text (WorksheetWalk *walk, const char *type, const char *written, const char *format)
{
  CellValue value = {walk->reader, written, format};
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
  if (!text && walk->sheet->not_calculated->len < WORKSHEET_CELLS_LIMIT)
    g_array_append_val (walk->sheet->not_calculated, place);
}

static void
add_cell_with_style (WorksheetWalk *walk, CellPlace place, const char *text, int style)
{
  const CellStyles *styles = walk->reader->styles;
  guint before = walk->sheet->cells->len;
  gboolean pale_runs = strchr (text, RUN_WHITE) && cell_styles_white_ground (styles, style);
  if (*text && (pale_runs || cell_styles_colourless (styles, style)) && walk->pale->len < WORKSHEET_CELLS_LIMIT) {
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
    g_autofree char *seen =
        filled ? NULL : seen_runs (pale->text, cell_styles_colourless (styles, pale->style), hidden);
    worksheet_remark_hidden (walk->sheet, pale->place, hidden->str);
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

/* A number format may show nothing of a value (;;;). Those that hide zeros alone say nothing that is missed. */
static void
remark_unshown (WorksheetWalk *walk, const WrittenCell *written)
{
  g_autofree char *text = shown_text (walk, written->type, written->value, number_format_built_in (0));
  g_autofree char *words = note_words (text);
  if (*words && strcmp (text, "0"))
    worksheet_remark (walk->sheet, "hidden-text", NOTE_INFO, (CellPlace){walk->row, walk->column}, text_letters (text),
                      g_strdup_printf ("“%s” is not shown: its cell's number format leaves it out.", words));
}

static void
read_cell (WorksheetWalk *walk)
{
  const char *name = part_attribute (walk->part, "r");
  int column, row;
  const char *end = name ? cell_reference_end (name, &column, &row) : NULL;
  walk->column = end && !*end ? column : MIN (walk->column + 1, SHEET_COLUMNS - 1);
  walk->row = end && !*end ? row : MAX (walk->row, 0);
  int style = part_number (walk->part, "s", 0);
  g_autofree char *type = g_strdup (part_attribute (walk->part, "t"));
  WrittenCell written = {.type = type ? type : "n"};
  read_written (walk->part, walk->reader->symbols, &written);
  if (is_not_calculated (&written, walk->reader->stale))
    calculate (walk, &written);
  char *text = shown_text (walk, written.type, written.value, cell_styles_format (walk->reader->styles, style));
  if (!*text && *written.value)
    remark_unshown (walk, &written);
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
  return sheet_drawings_read (reader->package, name, sheet, error) ? g_steal_pointer (&sheet) : NULL;
}
