/* workbook_sheet.c - see workbook.h: a worksheet's XML (ECMA-376 part 1, 18.3.1) as cells with the text they show. */
#include "read/workbook/workbook.h"

#include "model/error.h"
#include "read/workbook/number_format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define CELLS_LIMIT (200 * 1000)      /* with text, of all sheets */
#define TEXT_LIMIT (4 * 1024 * 1024)  /* of all of them; bytes */
#define MERGES_LIMIT (50 * 1000)      /* of a sheet */
#define RANGES_LIMIT (2 * SHEET_ROWS) /* of hidden rows or columns */

typedef struct {
  WorkbookReading *reading;
  WorkbookSheet *sheet;
  Part *part;
  int row, column; /* of the last that was read; -1: none */
  GError *trouble;
} Walk;

static void
cell_clear (gpointer data)
{
  g_free (((SheetCell *)data)->text);
}

static WorkbookSheet *
sheet_new (void)
{
  WorkbookSheet *sheet = g_new0 (WorkbookSheet, 1);
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (SheetCell));
  g_array_set_clear_func (sheet->cells, cell_clear);
  sheet->merges = g_array_new (FALSE, FALSE, sizeof (Merge));
  sheet->hidden_rows = g_array_new (FALSE, FALSE, sizeof (Range));
  sheet->hidden_columns = g_array_new (FALSE, FALSE, sizeof (Range));
  return sheet;
}

void
workbook_sheet_free (WorkbookSheet *sheet)
{
  if (!sheet)
    return;
  g_array_unref (sheet->cells);
  g_array_unref (sheet->merges);
  g_array_unref (sheet->hidden_rows);
  g_array_unref (sheet->hidden_columns);
  g_free (sheet);
}

/* "AB12" is column 27, row 11, both from 0. Gives what follows, or NULL where it is no such name. */
static const char *
parse_name (const char *name, int *column, int *row)
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

static gboolean
is_zero (const char *number)
{
  return number && g_ascii_strtod (number, NULL) == 0;
}

/* A row or column of no height or width is hidden as well. */
static void
take_row (Walk *walk)
{
  int row = part_number (walk->part, "r", walk->row + 2) - 1;
  walk->row = CLAMP (row, 0, SHEET_ROWS - 1);
  walk->column = -1;
  gboolean flat = part_says (walk->part, "customHeight") && is_zero (part_attribute (walk->part, "ht"));
  Range range = {walk->row, walk->row};
  if ((flat || part_says (walk->part, "hidden")) && walk->sheet->hidden_rows->len < RANGES_LIMIT)
    g_array_append_val (walk->sheet->hidden_rows, range);
}

static void
take_column (Walk *walk)
{
  Range range = {part_number (walk->part, "min", 0) - 1, part_number (walk->part, "max", 0) - 1};
  gboolean flat = is_zero (part_attribute (walk->part, "width"));
  if ((flat || part_says (walk->part, "hidden")) && range.first >= 0 && range.last >= range.first &&
      walk->sheet->hidden_columns->len < RANGES_LIMIT)
    g_array_append_val (walk->sheet->hidden_columns, range);
}

static void
fail_at_limit (Walk *walk, const char *message, int limit)
{
  if (!walk->trouble)
    g_set_error (&walk->trouble, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE, message, limit, limit);
}

static void
take_merge (Walk *walk)
{
  const char *name = part_attribute (walk->part, "ref");
  Merge merge;
  name = name ? parse_name (name, &merge.columns.first, &merge.rows.first) : NULL;
  if (!name || *name != ':' || !parse_name (name + 1, &merge.columns.last, &merge.rows.last) ||
      merge.rows.last < merge.rows.first || merge.columns.last < merge.columns.first)
    return;
  if (walk->sheet->merges->len >= MERGES_LIMIT)
    fail_at_limit (walk, _ ("a sheet of more than %d merged cells, the limit is %d; save only the part with the sheet"),
                   MERGES_LIMIT);
  else
    g_array_append_val (walk->sheet->merges, merge);
}

/* A cell's value on its way to the text that is shown. */
typedef struct {
  const WorkbookReading *reading;
  const char *value, *code;
} Value;

static char *
text_of_shared (const Value *value)
{
  guint64 index = g_ascii_isdigit (*value->value) ? g_ascii_strtoull (value->value, NULL, 10) : G_MAXINT;
  const char *text = strings_at (value->reading->strings, (int)MIN (index, G_MAXINT));
  return text_from_text (text ? text : "", value->code);
}

static char *
text_of_string (const Value *value)
{
  return text_from_text (value->value, value->code);
}

static char *
text_of_boolean (const Value *value)
{
  return g_strdup (strcmp (value->value, "0") && strcmp (value->value, "false") ? "TRUE" : "FALSE");
}

static char *
text_of_error (const Value *value)
{
  return g_strdup (value->value);
}

/* ISO 8601, in days since 1900 as Excel counts them. */
static char *
text_of_date (const Value *value)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *whole =
      strchr (value->value, 'T') ? g_strdup (value->value) : g_strconcat (value->value, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (whole, zone);
  g_autoptr (GDateTime) start = g_date_time_new (zone, 1899, 12, 30, 0, 0, 0);
  if (!date)
    return g_strdup (value->value);
  double days = (double)g_date_time_difference (date, start) / G_TIME_SPAN_DAY;
  const char *code = strcmp (value->code, "General") ? value->code : "yyyy/m/d";
  return text_from_number (days, code, FALSE);
}

static char *
text_of_number (const Value *value)
{
  char *end;
  double number = g_ascii_strtod (value->value, &end);
  if (end == value->value || *end || !isfinite (number))
    return g_strdup (value->value);
  return text_from_number (number, value->code, value->reading->from_1904);
}

static const struct {
  const char *type; /* 18.18.11, ST_CellType */
  char *(*text) (const Value *value);
} cell_types[] = {
    {"s", text_of_shared}, {"str", text_of_string}, {"inlineStr", text_of_string}, {"b", text_of_boolean},
    {"e", text_of_error},  {"d", text_of_date},     {"n", text_of_number},
};

static char *
shown_text (Walk *walk, const char *type, const char *written, int style)
{
  Value value = {walk->reading, written, formats_at (walk->reading->formats, style)};
  for (gsize i = 0; i < G_N_ELEMENTS (cell_types) && *written; i++)
    if (!strcmp (type, cell_types[i].type))
      return cell_types[i].text (&value);
  return g_strdup (written);
}

/* What stands in <v>, or in <is>, up to the cell's end. */
static char *
written_value (Part *part)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *inline_text = NULL;
  gboolean within = FALSE;
  while (part_next (part) && !part_ends (part, "c")) {
    if (part_begins (part, "is")) {
      g_free (inline_text);
      inline_text = rich_text (part, "is");
    } else if (part_begins (part, "v") || part_ends (part, "v"))
      within = part_begins (part, "v");
    else if (within && part_text (part))
      g_string_append (value, part_text (part));
  }
  if (inline_text)
    return g_steal_pointer (&inline_text);
  return take_escaped_text (g_string_free (g_steal_pointer (&value), FALSE));
}

/* What is shown may be far longer than what is written: a text that many cells share. */
static void
add_cell (Walk *walk, char *text)
{
  g_strstrip (text);
  WorkbookReading *reading = walk->reading;
  SheetCell cell = {walk->row, walk->column, text};
  reading->text += strlen (text);
  reading->cells += *text != '\0';
  if (reading->cells > CELLS_LIMIT)
    fail_at_limit (walk, _ ("a workbook of more than %d filled cells, the limit is %d; save only the sheet"),
                   CELLS_LIMIT);
  if (reading->text > TEXT_LIMIT)
    fail_at_limit (walk, _ ("a workbook of more than %d bytes of text, the limit is %d; save only the sheet"),
                   TEXT_LIMIT);
  if (*text && !walk->trouble)
    g_array_append_val (walk->sheet->cells, cell);
  else
    g_free (text);
}

static void
take_cell (Walk *walk)
{
  const char *name = part_attribute (walk->part, "r");
  int column, row;
  const char *end = name ? parse_name (name, &column, &row) : NULL;
  walk->column = end && !*end ? column : MIN (walk->column + 1, SHEET_COLUMNS - 1);
  walk->row = end && !*end ? row : MAX (walk->row, 0);
  int style = part_number (walk->part, "s", 0);
  g_autofree char *type = g_strdup (part_attribute (walk->part, "t"));
  g_autofree char *written = written_value (walk->part);
  add_cell (walk, shown_text (walk, type ? type : "n", written, style));
}

static const struct {
  const char *element;
  void (*take) (Walk *walk);
} takers[] = {{"c", take_cell}, {"row", take_row}, {"mergeCell", take_merge}, {"col", take_column}};

static int
cell_order (gconstpointer a, gconstpointer b)
{
  const SheetCell *one = a, *other = b;
  return one->row != other->row ? one->row - other->row : one->column - other->column;
}

static int
merge_order (gconstpointer a, gconstpointer b)
{
  const Merge *one = a, *other = b;
  return one->rows.first != other->rows.first ? one->rows.first - other->rows.first
                                              : one->columns.first - other->columns.first;
}

static int
most_cells_in_row (const WorkbookSheet *sheet)
{
  int most = 0, count = 0, last_row = -1;
  for (guint i = 0; i < sheet->cells->len; i++) {
    const SheetCell *cell = &g_array_index (sheet->cells, SheetCell, i);
    count = cell->row == last_row ? count + 1 : 1;
    last_row = cell->row;
    most = MAX (most, count);
  }
  return most;
}

WorkbookSheet *
sheet_from_part (WorkbookReading *reading, const char *name, GError **error)
{
  Part *part = part_open (reading->package, name, error);
  if (!part)
    return NULL;
  g_autoptr (WorkbookSheet) sheet = sheet_new ();
  Walk walk = {reading, sheet, part, -1, -1, NULL};
  while (!walk.trouble && part_next (part))
    for (gsize i = 0; i < G_N_ELEMENTS (takers); i++)
      if (part_begins (part, takers[i].element)) {
        takers[i].take (&walk);
        break;
      }
  gboolean whole = part_close (part, walk.trouble ? NULL : error);
  if (walk.trouble)
    g_propagate_error (error, walk.trouble);
  if (walk.trouble || !whole)
    return NULL;
  g_array_sort (sheet->cells, cell_order);
  g_array_sort (sheet->merges, merge_order);
  reading->most_cells = MAX (reading->most_cells, most_cells_in_row (sheet));
  ranges_settle (sheet->hidden_rows);
  ranges_settle (sheet->hidden_columns);
  return g_steal_pointer (&sheet);
}
