/* spreadsheet_xml.c - the reader of workbooks of Excel 2002 and 2003 in XML (reader.h): SpreadsheetML, whose elements and
 * attributes are those of Microsoft's "XML Spreadsheet Reference" (2001).
 *
 *     <Workbook>
 *       <Styles><Style ss:ID="s1" ss:Parent="Default"><Font ss:StrikeThrough="1"/><NumberFormat ss:Format="Percent"/>
 *       <Worksheet ss:Name="回答"><Table>
 *         <Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>     columns 3 and 4
 *         <Row ss:Index="5">
 *           <Cell ss:Index="2" ss:MergeAcross="1" ss:StyleID="s1"><Data ss:Type="Number">0.999</Data></Cell>
 *       </Table><WorksheetOptions><Visible>SheetHidden</Visible>
 *
 * libxml2's pull parser reads it. A document type declaration, the only source of entities, is an error.
 */
#include "model/error.h"
#include "modules/module.h"
#include "read/reader.h"
#include "read/workbook/number_format.h"
#include "read/workbook/serial_date.h"
#include "read/workbook/worksheet_pages.h"

#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <math.h>
#include <string.h>

#define SHEETS_LIMIT 1000
#define PARENTS_LIMIT 20 /* of a style */

typedef xmlTextReader XmlReader;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlReader, xmlFreeTextReader)

typedef struct {
  char *parent, *format; /* NULL: it does not say */
  int strike;            /* 1, 0; -1: it does not say */
} XmlStyle;

typedef struct {
  XmlReader *reader;
  GHashTable *styles; /* id -> XmlStyle */
  GPtrArray *sheets;  /* Worksheet: those that are shown */
  Worksheet *sheet;   /* that is read; NULL: none */
  XmlStyle *style;    /* that is read, borrowed; NULL: none */
  gboolean from_1904, hidden;
  int hidden_sheets;
  int row, column; /* the last; -1: none */
  int next_column; /* of <Column>s */
  WorkbookTotals totals;
  GError *failure;
} XmlWorkbook;

/* Formats that have a name in place of a code; those of a Japanese Excel. */
static const struct {
  const char *name, *code;
} named_formats[] = {
    {"General Number", "General"},
    {"General Date", "yyyy/m/d h:mm"},
    {"Long Date", "yyyy\"年\"m\"月\"d\"日\""},
    {"Medium Date", "d-mmm-yy"},
    {"Short Date", "yyyy/m/d"},
    {"Long Time", "h:mm:ss"},
    {"Medium Time", "h:mm AM/PM"},
    {"Short Time", "h:mm"},
    {"Currency", "\"¥\"#,##0.00"},
    {"Fixed", "0.00"},
    {"Standard", "#,##0.00"},
    {"Percent", "0.00%"},
    {"Scientific", "0.00E+00"},
    {"Yes/No", "\"Yes\";\"Yes\";\"No\""},
    {"True/False", "\"True\";\"True\";\"False\""},
    {"On/Off", "\"On\";\"On\";\"Off\""},
};

static void
style_free (gpointer data)
{
  XmlStyle *style = data;
  g_free (style->parent);
  g_free (style->format);
  g_free (style);
}

/* The attribute with that local name; NULL: it has none. The caller frees. */
static char *
attribute_of (XmlReader *reader, const char *name)
{
  char *value = NULL;
  for (int more = xmlTextReaderMoveToFirstAttribute (reader); more == 1 && !value;
       more = xmlTextReaderMoveToNextAttribute (reader))
    if (!strcmp ((const char *)xmlTextReaderConstLocalName (reader), name) &&
        xmlTextReaderIsNamespaceDecl (reader) != 1)
      value = g_strdup ((const char *)xmlTextReaderConstValue (reader));
  xmlTextReaderMoveToElement (reader);
  return value;
}

static int
number_in (XmlReader *reader, const char *name, int fallback, int most)
{
  g_autofree char *value = attribute_of (reader, name);
  if (!value || !g_ascii_isdigit (*value))
    return fallback;
  return (int)MIN (g_ascii_strtoull (value, NULL, 10), (guint64)most);
}

static gboolean
flag_in (XmlReader *reader, const char *name)
{
  return number_in (reader, name, 0, 1) == 1;
}

/* A height or width of 0 hides too. */
static gboolean
is_flat (XmlReader *reader, const char *name)
{
  g_autofree char *value = attribute_of (reader, name);
  return value && *value && g_ascii_strtod (value, NULL) == 0;
}

static void
read_style (XmlWorkbook *workbook)
{
  char *id = attribute_of (workbook->reader, "ID");
  if (!id)
    return;
  workbook->style = g_new0 (XmlStyle, 1);
  workbook->style->parent = attribute_of (workbook->reader, "Parent");
  workbook->style->strike = -1;
  g_hash_table_replace (workbook->styles, id, workbook->style);
}

static void
read_font (XmlWorkbook *workbook)
{
  if (workbook->style)
    workbook->style->strike = flag_in (workbook->reader, "StrikeThrough");
}

static void
read_format (XmlWorkbook *workbook)
{
  if (!workbook->style)
    return;
  g_free (workbook->style->format);
  workbook->style->format = attribute_of (workbook->reader, "Format");
}

/* What the style ID, or the nearest above it that says so, has as format and strikes out. */
static const char *
look_up_style (const XmlWorkbook *workbook, const char *id, gboolean *strike)
{
  const char *format = NULL;
  int said = -1;
  for (int i = 0; i < PARENTS_LIMIT && id; i++) {
    const XmlStyle *style = g_hash_table_lookup (workbook->styles, id);
    format = format || !style ? format : style->format;
    said = said >= 0 || !style ? said : style->strike;
    id = style ? style->parent : NULL;
  }
  *strike = said == 1;
  for (gsize i = 0; format && i < G_N_ELEMENTS (named_formats); i++)
    if (!g_ascii_strcasecmp (format, named_formats[i].name))
      return named_formats[i].code;
  return format ? format : "General";
}

static void
read_worksheet (XmlWorkbook *workbook)
{
  if (workbook->sheets->len + workbook->hidden_sheets >= SHEETS_LIMIT && !workbook->failure)
    g_set_error (&workbook->failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a workbook of more than %d sheets, the limit is %d; save only the sheet"), SHEETS_LIMIT,
                 SHEETS_LIMIT);
  worksheet_free (workbook->sheet);
  g_autofree char *name = attribute_of (workbook->reader, "Name");
  workbook->sheet = worksheet_new (name ? name : "");
  workbook->hidden = FALSE;
  workbook->row = workbook->column = -1;
  workbook->next_column = 0;
}

static void
end_worksheet (XmlWorkbook *workbook)
{
  Worksheet *sheet = g_steal_pointer (&workbook->sheet);
  if (!sheet)
    return;
  worksheet_complete (sheet);
  workbook->hidden_sheets += workbook->hidden;
  if (workbook->hidden)
    worksheet_free (sheet);
  else
    g_ptr_array_add (workbook->sheets, sheet);
}

static void
add_range (GArray *ranges, int first, int last)
{
  IndexRange range = {first, last};
  if (ranges->len < WORKSHEET_RANGES_LIMIT)
    g_array_append_val (ranges, range);
}

static void
read_column (XmlWorkbook *workbook)
{
  if (!workbook->sheet)
    return;
  int first = number_in (workbook->reader, "Index", workbook->next_column + 1, SHEET_COLUMNS) - 1;
  int last = MIN (first + number_in (workbook->reader, "Span", 0, SHEET_COLUMNS), SHEET_COLUMNS - 1);
  workbook->next_column = last + 1;
  if (first >= 0 && (flag_in (workbook->reader, "Hidden") || is_flat (workbook->reader, "Width")))
    add_range (workbook->sheet->hidden_columns, first, last);
}

static void
read_row (XmlWorkbook *workbook)
{
  if (!workbook->sheet)
    return;
  int first = number_in (workbook->reader, "Index", workbook->row + 2, SHEET_ROWS) - 1;
  int last = MIN (first + number_in (workbook->reader, "Span", 0, SHEET_ROWS), SHEET_ROWS - 1);
  first = CLAMP (first, 0, SHEET_ROWS - 1);
  if (flag_in (workbook->reader, "Hidden") || is_flat (workbook->reader, "Height"))
    add_range (workbook->sheet->hidden_rows, first, last);
  workbook->row = xmlTextReaderIsEmptyElement (workbook->reader) == 1 ? last : first;
  workbook->column = -1;
}

static void
add_merge (XmlWorkbook *workbook, int across, int down)
{
  MergedRange merge = {{workbook->row, MIN (workbook->row + down, SHEET_ROWS - 1)},
                       {workbook->column, MIN (workbook->column + across, SHEET_COLUMNS - 1)}};
  if ((across > 0 || down > 0) && !workbook->failure)
    worksheet_add_merge (workbook->sheet, merge, &workbook->failure);
}

/* The text of <Data>, up to its end, in runs (shared_strings.h): HTML's <S> and <Del> strike out. */
static char *
text_of_data (XmlReader *reader)
{
  GString *text = g_string_new (NULL);
  int depth = xmlTextReaderDepth (reader), struck = 0;
  if (xmlTextReaderIsEmptyElement (reader) == 1)
    return g_string_free (text, FALSE);
  while (xmlTextReaderRead (reader) == 1 && xmlTextReaderDepth (reader) > depth) {
    int type = xmlTextReaderNodeType (reader);
    const char *name = (const char *)xmlTextReaderConstLocalName (reader);
    gboolean strikes = !g_ascii_strcasecmp (name, "S") || !g_ascii_strcasecmp (name, "Del");
    if ((type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT) && strikes &&
        xmlTextReaderIsEmptyElement (reader) != 1) {
      struck += type == XML_READER_TYPE_ELEMENT ? 1 : -1;
      g_string_append_c (text, struck > 0 ? RUN_STRUCK : RUN_AS_CELL);
    } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
               type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
      g_string_append (text, (const char *)xmlTextReaderConstValue (reader));
  }
  return g_string_free (text, FALSE);
}

/* WRITTEN as the type and the format CODE show it. Takes WRITTEN; the caller frees. */
static char *
shown_text (XmlWorkbook *workbook, char *written, const char *type, const char *code)
{
  g_autofree char *value = written;
  if (type && !strcmp (type, "Number")) {
    char *end;
    double number = g_ascii_strtod (value, &end);
    if (end != value && !*end && isfinite (number))
      return text_from_number (number, code, workbook->from_1904);
  }
  if (type && !strcmp (type, "DateTime")) {
    double days = serial_from_iso8601 (value);
    if (!isnan (days))
      return text_from_number (days, strcmp (code, "General") ? code : "yyyy/m/d", FALSE);
  }
  if (type && !strcmp (type, "Boolean"))
    return g_strdup (strcmp (value, "0") ? "TRUE" : "FALSE");
  return text_from_text (value, code);
}

/* The first <Data> below the cell is its own; a comment has another. */
static void
read_cell (XmlWorkbook *workbook)
{
  XmlReader *reader = workbook->reader;
  if (!workbook->sheet || workbook->row < 0)
    return;
  gboolean strike, within = xmlTextReaderIsEmptyElement (reader) != 1;
  int depth = xmlTextReaderDepth (reader);
  int column = number_in (reader, "Index", workbook->column + 2, SHEET_COLUMNS) - 1;
  int across = number_in (reader, "MergeAcross", 0, SHEET_COLUMNS);
  int down = number_in (reader, "MergeDown", 0, SHEET_ROWS);
  g_autofree char *style = attribute_of (reader, "StyleID");
  const char *code = look_up_style (workbook, style ? style : "Default", &strike);
  workbook->column = CLAMP (column, 0, SHEET_COLUMNS - 1);
  add_merge (workbook, across, down);
  while (within && xmlTextReaderRead (reader) == 1 && xmlTextReaderDepth (reader) > depth)
    if (xmlTextReaderNodeType (reader) == XML_READER_TYPE_ELEMENT && xmlTextReaderDepth (reader) == depth + 1 &&
        !strcmp ((const char *)xmlTextReaderConstLocalName (reader), "Data")) {
      g_autofree char *type = attribute_of (reader, "Type");
      g_autofree char *text = shown_text (workbook, text_of_data (reader), type, code);
      CellPlace place = {workbook->row, workbook->column};
      if (!workbook->failure)
        worksheet_add_cell (workbook->sheet, &workbook->totals, place, text, strike, &workbook->failure);
    }
  workbook->column = MIN (workbook->column + across, SHEET_COLUMNS - 1);
}

static void
read_visible (XmlWorkbook *workbook)
{
  g_autofree char *visible = text_of_data (workbook->reader);
  workbook->hidden = g_str_has_prefix (g_strstrip (visible), "SheetHidden") || !strcmp (visible, "SheetVeryHidden");
}

static void
read_date_system (XmlWorkbook *workbook)
{
  workbook->from_1904 = TRUE;
}

static const struct {
  const char *element;
  void (*read) (XmlWorkbook *workbook);
} element_readers[] = {
    {"Style", read_style},         {"Font", read_font},       {"NumberFormat", read_format},
    {"Worksheet", read_worksheet}, {"Column", read_column},   {"Row", read_row},
    {"Cell", read_cell},           {"Visible", read_visible}, {"Date1904", read_date_system},
};

static void
read_node (XmlWorkbook *workbook)
{
  int type = xmlTextReaderNodeType (workbook->reader);
  const char *name = (const char *)xmlTextReaderConstLocalName (workbook->reader);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE && !workbook->failure)
    g_set_error (&workbook->failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a workbook in XML with a document type declaration, which none has; save it as .xlsx"));
  if (type == XML_READER_TYPE_END_ELEMENT && !strcmp (name, "Worksheet"))
    end_worksheet (workbook);
  if (type == XML_READER_TYPE_END_ELEMENT && !strcmp (name, "Style"))
    workbook->style = NULL;
  if (type != XML_READER_TYPE_ELEMENT)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (element_readers); i++)
    if (!strcmp (element_readers[i].element, name)) {
      element_readers[i].read (workbook);
      return;
    }
}

static void
ignore_error (void *data, xmlErrorPtr error)
{
}

/* Fills WORKBOOK. FALSE, with an error: a limit, or damage. */
static gboolean
read_workbook (XmlWorkbook *workbook, GError **error)
{
  int state = 1;
  while (!workbook->failure && (state = xmlTextReaderRead (workbook->reader)) == 1)
    read_node (workbook);
  worksheet_free (g_steal_pointer (&workbook->sheet));
  if (workbook->failure)
    g_propagate_error (error, g_steal_pointer (&workbook->failure));
  else if (state != 0 || xmlTextReaderReadState (workbook->reader) == XML_TEXTREADER_MODE_ERROR)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged workbook in XML, not well-formed at line %d; save it again"),
                 xmlTextReaderGetParserLineNumber (workbook->reader));
  else if (workbook->sheets->len == 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a workbook without a visible worksheet; unhide the sheet and save it again"));
  else
    return TRUE;
  return FALSE;
}

MODULE_ENTRY GPtrArray *
pages_from_spreadsheet_xml (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  xmlInitParser ();
  g_autoptr (XmlReader) reader =
      xmlReaderForMemory (data, (int)size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_HUGE);
  g_autoptr (GHashTable) styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, style_free);
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)worksheet_free);
  XmlWorkbook workbook = {.reader = reader, .styles = styles, .sheets = sheets, .row = -1, .column = -1};
  workbook.totals.most = cells_limit (source->limits.unpacked);
  if (!reader) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged workbook; fetch or save it again"));
    return NULL;
  }
  xmlTextReaderSetStructuredErrorHandler (reader, ignore_error, NULL);
  return read_workbook (&workbook, error) ? pages_from_worksheets (sheets, workbook.hidden_sheets, notes, error) : NULL;
}
