/* xlsx_book.c - see xlsx_book.h
 *
 * libxlsxwriter writes each tab row by row into a temporary file (constant_memory), so rows are given in order and none
 * is held. Only what the tab Compare shows is kept, of BOOK_SHEETS sheets at most.
 */
#include "export/xlsx_book.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "export/export_format.h"
#include "export/item_column.h"
#include "export/json_field.h"
#include "export/status_words.h"
#include "model/error.h"
#include "modules/module.h"
#include "run/output.h"
#include "run/progress.h"
#include "text/width.h"

enum {
  ROWS_LIMIT = 1048576, /* of a tab, the head included */
  CELL_LIMIT = 32767,   /* UTF-16 units of a cell's text */
  TAB_NAME_LIMIT = 31,  /* UTF-16 units */
  NAME_DIGITS = 28,     /* the width of a column of names, and of a vendor's */
  ANSWER_DIGITS = 40,
  PAPER_A4 = 9,       /* as Excel numbers papers */
  PRINTED_SHEETS = 6, /* that can be read beside each other on one page, as in a report */
  CREATED = 315532800 /* 1980-01-01, so that no time of day is in the file */
};

#define PRINT_MARGIN 0.4 /* inches */

/* What a text is reckoned to take: a terminal's cell (text/width.h) in widths of a digit, a line in points. Measured on what
 * LibreOffice makes of Japanese answers. */
#define CELL_DIGITS 1.1
#define LINE_POINTS 16.5
#define ROW_POINTS_MOST 409.0

static const struct {
  const char *status;
  guint32 fill;
} status_fills[] = {{"yes", 0xD9F0DD},         {"no", 0xF8D7DA},         {"partial", 0xFFF0C8}, {"planned", 0xFFF0C8},
                    {"undisclosed", 0xE4DDF2}, {"unanswered", 0xE4DDF2}, {"missing", 0xE0E0E0}};

/* The tab that gets the next items. */
typedef struct {
  lxw_worksheet *tab;
  guint32 row; /* the next one */
} BookTab;

typedef struct {
  lxw_workbook *workbook; /* NULL once it is closed */
  lxw_worksheet *compare;
  lxw_format *head, *plain, *fills[G_N_ELEMENTS (status_fills)];
  BookTab items;
  GHashTable *tab_names; /* char *, folded to lower case */
  Matrix *matrix;
  Output *output;
  const Catalogue *catalogue;
  char *part; /* the temporary file */
  guint sheets, cut, item_tabs;
} XlsxBook;

MODULE_ENTRY void
xlsx_book_free (gpointer export)
{
  XlsxBook *book = export;
  if (!book)
    return;
  if (book->workbook)
    lxw_workbook_free (book->workbook);
  if (book->part)
    unlink (book->part);
  g_free (book->part);
  g_hash_table_unref (book->tab_names);
  matrix_free (book->matrix);
  output_close (book->output);
  g_free (book);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XlsxBook, xlsx_book_free)

/* How many bytes of TEXT take at most UNITS of UTF-16. */
static gsize
bytes_in_units (const char *text, gsize units)
{
  const char *at = text;
  for (gsize used = 0; *at; at = g_utf8_next_char (at)) {
    used += g_utf8_get_char (at) > 0xFFFF ? 2 : 1;
    if (used > units)
      break;
  }
  return (gsize)(at - text);
}

static lxw_format *
format_of_status (const XlsxBook *book, const char *status)
{
  for (gsize i = 0; status && i < G_N_ELEMENTS (status_fills); i++)
    if (g_str_equal (status_fills[i].status, status))
      return book->fills[i];
  return book->plain;
}

/* Control characters as Excel writes them (ECMA-376 part 1, 22.9.2.19), and what looks like that. */
static char *
text_for_cell (const char *text)
{
  g_autoptr (GString) safe = g_string_new (NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean escape = at[0] == '_' && at[1] == 'x' && strspn (at + 2, "0123456789abcdefABCDEF") == 4 && at[6] == '_';
    if ((c < ' ' && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF || escape)
      g_string_append_printf (safe, "_x%04X_", c);
    else
      g_string_append_unichar (safe, c);
  }
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

static void
write_text (XlsxBook *book, lxw_worksheet *tab, guint32 row, guint16 column, const char *text, lxw_format *format)
{
  g_autofree char *safe = text_for_cell (text ? text : "");
  gsize fits = bytes_in_units (safe, CELL_LIMIT);
  if (safe[fits]) {
    const char *end = _ ("… (cut: too long for a cell)");
    safe[bytes_in_units (safe, CELL_LIMIT - strlen (end))] = 0;
    g_autofree char *cut = g_strconcat (safe, end, NULL);
    book->cut++;
    worksheet_write_string (tab, row, column, cut, format);
  } else if (*safe)
    worksheet_write_string (tab, row, column, safe, format);
  else
    worksheet_write_blank (tab, row, column, format);
}

/* A name that Excel takes: no []:*?/\, no ' at its ends, 31 units at most, none twice, not "History". The caller frees. */
static char *
new_tab_name (XlsxBook *book, const char *wanted)
{
  g_autofree char *clean = text_for_cell (wanted);
  g_strdelimit (clean, "[]:*?/\\'\t\n", ' ');
  g_strstrip (clean);
  const char *base = *clean ? clean : "sheet";
  for (guint number = 1;; number++) {
    g_autofree char *ending = number > 1 ? g_strdup_printf (" (%u)", number) : g_strdup ("");
    gsize bytes = bytes_in_units (base, TAB_NAME_LIMIT - strlen (ending));
    g_autofree char *name = g_strdup_printf ("%.*s%s", (int)bytes, base, ending), *key = g_utf8_casefold (name, -1);
    if (g_hash_table_contains (book->tab_names, key))
      continue;
    g_hash_table_add (book->tab_names, g_steal_pointer (&key));
    return g_steal_pointer (&name);
  }
}

static lxw_worksheet *
add_tab (XlsxBook *book, const char *wanted)
{
  g_autofree char *name = new_tab_name (book, wanted);
  return workbook_add_worksheet (book->workbook, name);
}

/* On paper: A4 on its side, its head on each page; all columns on one page where they are FEW, else the first three, which say
 * what a row is, on each page. */
static void
set_up_print (lxw_worksheet *tab, gboolean few)
{
  worksheet_set_paper (tab, PAPER_A4);
  worksheet_set_landscape (tab);
  worksheet_set_margins (tab, PRINT_MARGIN, PRINT_MARGIN, PRINT_MARGIN, 2 * PRINT_MARGIN);
  worksheet_set_footer (tab, "&L&A&R&P / &N");
  worksheet_repeat_rows (tab, 0, 0);
  if (few)
    worksheet_fit_to_pages (tab, 1, 0);
  else
    worksheet_repeat_columns (tab, 0, 2);
}

/* A tab of items: its head, widths and frozen row. */
static BookTab
add_item_tab (XlsxBook *book, const char *wanted)
{
  BookTab tab = {add_tab (book, wanted), 1};
  guint16 at = 0;
  for (const ItemColumn *column = item_columns; column->name; column++) {
    if (!column->width)
      continue;
    worksheet_set_column (tab.tab, at, at, column->width, NULL);
    write_text (book, tab.tab, 0, at++, _ (column->title), book->head);
  }
  worksheet_freeze_panes (tab.tab, 1, 0);
  set_up_print (tab.tab, TRUE);
  return tab;
}

/* The lines that TEXT takes in a column of WIDTH, in widths of a digit. Not every program finds a row's height by itself. */
static int
lines_in_column (const char *text, int width)
{
  int lines = 0;
  g_auto (GStrv) parts = g_strsplit (text ? text : "", "\n", -1);
  for (char **part = parts; *part; part++) {
    g_autofree char *valid = g_utf8_make_valid (*part, -1);
    lines += MAX (1, (int)ceil (text_cells (valid) * CELL_DIGITS / width));
  }
  return lines;
}

/* Before the cells of ROW are written. */
static void
set_height (lxw_worksheet *tab, guint32 row, int lines)
{
  worksheet_set_row (tab, row, CLAMP (lines * LINE_POINTS, LINE_POINTS, ROW_POINTS_MOST), NULL);
}

static void
write_item (XlsxBook *book, BookTab *tab, const RowSource *source)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify)cJSON_Delete);
  int lines = 1;
  for (const ItemColumn *column = item_columns; column->name; column++) {
    cJSON *cell = column->width ? column_cell (column, source) : NULL;
    g_ptr_array_add (cells, cell);
    if (cJSON_IsString (cell))
      lines = MAX (lines, lines_in_column (cell->valuestring, column->width));
  }
  set_height (tab->tab, tab->row, lines);
  guint16 at = 0;
  for (guint i = 0; i < cells->len; i++) {
    const cJSON *cell = cells->pdata[i];
    const char *text = cJSON_IsString (cell) ? cell->valuestring : NULL;
    gboolean status = g_str_equal (item_columns[i].name, "status");
    if (cJSON_IsNumber (cell))
      worksheet_write_number (tab->tab, tab->row, at++, cell->valuedouble, book->plain);
    else if (cell)
      write_text (book, tab->tab, tab->row, at++, status && text ? status_words (text) : text,
                  status ? format_of_status (book, text) : book->plain);
  }
  tab->row++;
}

static void
finish_item_tab (const BookTab *tab)
{
  guint16 columns = 0;
  for (const ItemColumn *column = item_columns; column->name; column++)
    columns += column->width > 0;
  if (tab->row > 1)
    worksheet_autofilter (tab->tab, 0, 0, tab->row - 1, columns - 1);
}

static lxw_format *
new_format (XlsxBook *book)
{
  lxw_format *format = workbook_add_format (book->workbook);
  format_set_text_wrap (format);
  format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  format_set_border (format, LXW_BORDER_HAIR);
  format_set_border_color (format, 0x9AA2AB);
  return format;
}

static void
add_formats (XlsxBook *book)
{
  book->plain = new_format (book);
  book->head = new_format (book);
  format_set_bold (book->head);
  format_set_bg_color (book->head, 0xDDE5EE);
  for (gsize i = 0; i < G_N_ELEMENTS (status_fills); i++) {
    book->fills[i] = new_format (book);
    format_set_bg_color (book->fills[i], status_fills[i].fill);
  }
}

static XlsxBook *
book_new (const Knowledge *knowledge, const char *path, GError **error)
{
  g_autoptr (XlsxBook) book = g_new0 (XlsxBook, 1);
  book->tab_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (book->tab_names, g_strdup ("history")); /* Excel's own */
  book->catalogue = knowledge->catalogue;
  book->output = g_str_equal (path, "-") ? output_standard () : output_open (path, error);
  int descriptor = book->output ? g_file_open_tmp ("checksheet-XXXXXX.xlsx", &book->part, error) : -1;
  if (descriptor < 0)
    return NULL;
  close (descriptor);
  book->workbook = workbook_new_opt (book->part, &(lxw_workbook_options){.constant_memory = LXW_TRUE});
  lxw_doc_properties properties = {.created = CREATED};
  workbook_set_properties (book->workbook, &properties);
  add_formats (book);
  book->compare = add_tab (book, _ ("Compare"));
  return g_steal_pointer (&book);
}

/* The tab Compare. */

static void
write_compare_head (XlsxBook *book, const Matrix *matrix)
{
  static const struct {
    const char *title;
    int width;
  } heads[] = {
      {N_ ("No."), 5}, {N_ ("category"), 14}, {N_ ("item"), NAME_DIGITS}, {N_ ("differs"), 8}, {N_ ("missing"), 8}};
  guint16 at = 0;
  for (; at < G_N_ELEMENTS (heads); at++) {
    worksheet_set_column (book->compare, at, at, heads[at].width, NULL);
    write_text (book, book->compare, 0, at, _ (heads[at].title), book->head);
  }
  for (guint i = 0; i < matrix->labels->len; i++) {
    worksheet_set_column (book->compare, at, at, ANSWER_DIGITS, NULL);
    write_text (book, book->compare, 0, at++, matrix->labels->pdata[i], book->head);
  }
  worksheet_freeze_panes (book->compare, 1, 3);
  set_up_print (book->compare, matrix->labels->len <= PRINTED_SHEETS);
}

/* "✓ Yes" and the answer. The caller frees. */
static char *
words_of_cell (const GPtrArray *cell)
{
  const char *status = cell ? matrix_answer (cell, 0)->status : "missing";
  g_autofree char *answer = matrix_cell_text (cell);
  return g_strdup_printf ("%s%s%s", status_words (status), answer ? "\n" : "", answer ? answer : "");
}

static void
write_compare_row (XlsxBook *book, const Matrix *matrix, const MatrixRow *row, guint32 line)
{
  lxw_worksheet *tab = book->compare;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int lines = lines_in_column (matrix_row_words (row), NAME_DIGITS);
  for (guint i = 0; i < matrix->labels->len; i++) {
    char *text = words_of_cell (matrix_cell (row, i));
    lines = MAX (lines, lines_in_column (text, ANSWER_DIGITS));
    g_ptr_array_add (words, text);
  }
  set_height (tab, line, lines);
  if (row->known)
    worksheet_write_number (tab, line, 0, row->known->no, book->plain);
  write_text (book, tab, line, 1, matrix_row_category (row), book->plain);
  write_text (book, tab, line, 2, matrix_row_words (row), book->plain);
  write_text (book, tab, line, 3, row->differs ? _ ("differs") : NULL, book->plain);
  worksheet_write_number (tab, line, 4, row->missing, book->plain);
  for (guint i = 0; i < matrix->labels->len; i++) {
    const GPtrArray *cell = matrix_cell (row, i);
    const char *status = cell ? matrix_answer (cell, 0)->status : "missing";
    write_text (book, tab, line, (guint16)(5 + i), words->pdata[i], format_of_status (book, status));
  }
}

static void
write_compare (XlsxBook *book, const Matrix *matrix, const GPtrArray *rows)
{
  write_compare_head (book, matrix);
  for (guint i = 0; i < rows->len; i++)
    write_compare_row (book, matrix, rows->pdata[i], i + 1);
  worksheet_autofilter (book->compare, 0, 0, MAX (rows->len, 1), (guint16)(4 + matrix->labels->len));
}

/* The file as libxlsxwriter made it goes to its place. */
static gboolean
finish_book (XlsxBook *book, GError **error)
{
  lxw_error fault = workbook_close (book->workbook);
  book->workbook = NULL;
  if (fault != LXW_NO_ERROR) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("the workbook cannot be written: %s"),
                 lxw_strerror (fault));
    return FALSE;
  }
  if (book->cut > 0)
    complain_printf (book->output->path,
                     _ ("%u texts are longer than a cell can hold and are cut; CSV has all of them"), book->cut);
  int descriptor = open (book->part, O_RDONLY | O_CLOEXEC);
  gboolean good =
      descriptor >= 0 && output_copy (book->output, descriptor, 0, error) && output_commit (book->output, error);
  if (descriptor < 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be opened"));
  else
    close (descriptor);
  return good;
}

MODULE_ENTRY gboolean
xlsx_write_matrix (const Matrix *matrix, const GPtrArray *rows, const char *path, GError **error)
{
  g_autoptr (XlsxBook) book = book_new (matrix->knowledge, path, error);
  if (!book)
    return FALSE;
  write_compare (book, matrix, rows);
  return finish_book (book, error);
}

/* The export. */

MODULE_ENTRY gpointer
xlsx_book_open (const ExportRequest *request, GError **error)
{
  XlsxBook *book = book_new (request->knowledge, request->path, error);
  if (!book)
    return NULL;
  book->matrix = matrix_new (request->knowledge);
  book->items = add_item_tab (book, _ ("Items"));
  book->item_tabs = 1;
  return book;
}

static void
make_room (XlsxBook *book)
{
  if (book->items.row < ROWS_LIMIT)
    return;
  finish_item_tab (&book->items);
  g_autofree char *name = g_strdup_printf ("%s %u", _ ("Items"), ++book->item_tabs);
  book->items = add_item_tab (book, name);
}

MODULE_ENTRY gboolean
xlsx_book_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  XlsxBook *book = export;
  gboolean own = ++book->sheets <= BOOK_SHEETS;
  BookTab tab = own ? add_item_tab (book, sheet->vendor) : (BookTab){NULL, 0};
  RowSource source = {.catalogue = book->catalogue, .sheet = sheet, .sheet_number = book->sheets};
  if (own)
    matrix_add (book->matrix, sheet);
  for (source.item = json_first_at (sheet->tree, "items"); source.item; source.item = source.item->next) {
    source.item_number++;
    make_room (book);
    write_item (book, &book->items, &source);
    if (own && tab.row < ROWS_LIMIT)
      write_item (book, &tab, &source);
  }
  if (own)
    finish_item_tab (&tab);
  return TRUE;
}

MODULE_ENTRY gboolean
xlsx_book_commit (gpointer export, GError **error)
{
  XlsxBook *book = export;
  if (book->sheets > BOOK_SHEETS)
    complain_printf (book->output->path,
                     _ ("%u sheets: the first %d are side by side and have a tab each; all are in the tab Items"),
                     book->sheets, BOOK_SHEETS);
  finish_item_tab (&book->items);
  matrix_complete (book->matrix);
  write_compare (book, book->matrix, book->matrix->rows);
  return finish_book (book, error);
}
