/* matrix_text.c - see matrix_text.h */
#include "export/matrix_text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "export/sheet_label.h"
#include "export/status_words.h"
#include "text/line_break.h"
#include "text/shown.h"
#include "text/width.h"
#include "write/csv_field.h"
#include "write/json.h"
#include "write/json_text.h"

/* Widths in cells: of the items' column, with their numbers, the least of a sheet's, and what is between two. */
enum { ITEM_CELLS = 24, NUMBER_CELLS = 3, SHEET_CELLS = 16, BETWEEN_CELLS = 2, HEAD_LINES = 4 };

/* One line without control characters: white space of any kind is a space. The caller frees. */
static char *
text_on_one_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean space = g_unichar_isspace (c);
    if (space && (line->len == 0 || line->str[line->len - 1] == ' '))
      continue;
    if (space)
      g_string_append_c (line, ' ');
    else if (character_is_shown (c))
      g_string_append_unichar (line, c);
    else
      g_string_append_c (line, '?');
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Appends TEXT in exactly CELLS, cut with "…" where it is longer. */
static void
append_cut (GString *out, const char *text, int cells)
{
  g_autofree char *line = text_on_one_line (text ? text : "");
  if (text_cells (line) <= cells) {
    text_append_padded (out, line, strlen (line), cells);
    return;
  }
  gsize bytes = text_bytes_in_cells (line, cells - 1);
  g_autofree char *start = g_strdup_printf ("%.*s…", (int)bytes, line);
  text_append_padded (out, start, strlen (start), cells);
}

static const char *
colour_of (const char *status)
{
  static const char *const colours[][2] = {{"yes", "32"},      {"no", "31"},          {"partial", "33"},
                                           {"planned", "33"},  {"undisclosed", "35"}, {"unanswered", "35"},
                                           {"missing", "31;2"}};
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    if (g_str_equal (colours[i][0], status))
      return colours[i][1];
  return NULL;
}

/* "✓ Yes"; of several answers the status of each. */
static void
append_status (GString *out, const GPtrArray *cell, int cells, gboolean coloured)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i == 0 || (cell && i < cell->len); i++) {
    const char *status = cell ? matrix_answer (cell, i)->status : "missing";
    g_string_append_printf (words, "%s%s", i ? " / " : "", status_words (status));
  }
  const char *colour = coloured ? colour_of (cell ? matrix_answer (cell, 0)->status : "missing") : NULL;
  if (colour)
    g_string_append_printf (out, "\033[%sm", colour);
  append_cut (out, words->str, cells);
  g_string_append (out, colour ? "\033[0m" : "");
}

static void
end_line (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
append_between (GString *out)
{
  g_string_append_printf (out, "%*s", BETWEEN_CELLS, "");
}

/* What is said of a row under its name. The caller frees. */
static char *
remark_of_row (const MatrixRow *row)
{
  g_autoptr (GString) remark = g_string_new (row->differs ? _ ("differs") : "");
  if (row->missing > 0) {
    g_string_append (remark, remark->len ? ", " : "");
    g_string_append_printf (remark, _ ("missing in %u"), row->missing);
  }
  return g_string_free (g_steal_pointer (&remark), FALSE);
}

/* TEXT in lines of CELLS and less. The caller frees the list. */
static GPtrArray *
lines_of_cell (const char *text, int cells, gboolean whole)
{
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (text && whole ? text : "", "\n", -1);
  for (char **part = parts; *part; part++) {
    g_autofree char *line = text_on_one_line (*part);
    for (gsize at = 0, bytes; line[at]; at += bytes) {
      bytes = line_breaks_bytes (breaks, line + at, cells);
      g_ptr_array_add (lines, g_strchomp (g_strndup (line + at, bytes)));
    }
  }
  if (text && !whole)
    g_ptr_array_add (lines, g_strdup (text));
  return lines;
}

/* What is said of the item at the left: its name in lines, then the remark. The caller frees the list. */
static GPtrArray *
lines_of_item (const MatrixRow *row)
{
  GPtrArray *lines = lines_of_cell (matrix_row_words (row), ITEM_CELLS - NUMBER_CELLS, TRUE);
  g_autofree char *remark = remark_of_row (row);
  if (*remark)
    g_ptr_array_add (lines, g_steal_pointer (&remark));
  return lines;
}

static const char *
line_of (const GPtrArray *lines, guint line)
{
  return line < lines->len ? lines->pdata[line] : NULL;
}

/* The item's name and the statuses beside it; below the rest of the name, the remark, and the answers beside those. */
static void
append_text_row (GString *out, const MatrixRow *row, guint first, guint end, int cells, const TerminalStyle *style)
{
  g_autofree char *no = row->known ? g_strdup_printf ("%d", row->known->no) : NULL;
  g_autoptr (GPtrArray) item = lines_of_item (row),
                        columns = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  guint most = item->len;
  for (guint i = first; i < end; i++) {
    g_autofree char *text = matrix_cell_text (matrix_cell (row, i));
    GPtrArray *lines = lines_of_cell (text, cells, style->whole);
    most = MAX (most, lines->len + 1);
    g_ptr_array_add (columns, lines);
  }
  for (guint line = 0; line < most; line++) {
    append_cut (out, line == 0 ? no : NULL, NUMBER_CELLS);
    append_cut (out, line_of (item, line), ITEM_CELLS - NUMBER_CELLS);
    for (guint i = first; i < end; i++) {
      append_between (out);
      if (line == 0)
        append_status (out, matrix_cell (row, i), cells, style->coloured);
      else
        append_cut (out, line_of (columns->pdata[i - first], line - 1), cells);
    }
    end_line (out);
  }
}

/* The bytes of LABEL that go on a line of CELLS: where it does not fit, up to its last space, *SKIPPED then, or "-", since a
 * name or a date is not to be cut in two. */
static gsize
bytes_of_head_line (const char *label, int cells, gsize *skipped)
{
  gsize bytes = text_bytes_in_cells (label, cells);
  *skipped = label[bytes] == ' ';
  if (!label[bytes] || *skipped)
    return bytes;
  const char *space = g_strrstr_len (label, (gssize)bytes, " ");
  const char *hyphen = space ? NULL : g_strrstr_len (label, (gssize)bytes, "-");
  *skipped = space != NULL;
  return space ? (gsize)(space - label) : hyphen ? (gsize)(hyphen + 1 - label) : bytes;
}

/* The labels, in as many lines as the longest one needs, HEAD_LINES at most: they are what tells sheets apart. */
static void
append_heads (GString *out, const Matrix *matrix, guint first, guint end, int cells, gboolean coloured)
{
  g_autofree gsize *done = g_new0 (gsize, end - first);
  gboolean more = TRUE;
  for (int line = 1; more && line <= HEAD_LINES; line++) {
    more = FALSE;
    append_cut (out, "", ITEM_CELLS);
    for (guint i = first; i < end; i++) {
      g_autofree char *label = text_on_one_line (matrix->labels->pdata[i]);
      const char *rest = label + done[i - first];
      gsize skipped = 0, bytes = line == HEAD_LINES ? strlen (rest) : bytes_of_head_line (rest, cells, &skipped);
      g_autofree char *part = g_strndup (rest, bytes);
      append_between (out);
      g_string_append (out, coloured ? "\033[1m" : "");
      append_cut (out, part, cells);
      g_string_append (out, coloured ? "\033[0m" : "");
      done[i - first] += bytes + skipped;
      more |= label[done[i - first]] != 0;
    }
    end_line (out);
  }
}

static void
append_block (GString *out, const Matrix *matrix, const GPtrArray *rows, guint first, guint end, int cells,
              const TerminalStyle *style)
{
  append_heads (out, matrix, first, end, cells, style->coloured);
  for (guint i = 0; i < rows->len; i++)
    append_text_row (out, rows->pdata[i], first, end, cells, style);
}

char *
text_from_matrix (const Matrix *matrix, const GPtrArray *rows, const TerminalStyle *style)
{
  int width = style->width;
  GString *out = g_string_new (NULL);
  guint sheets = matrix->labels->len;
  guint room = (guint)MAX (1, (width - ITEM_CELLS) / (SHEET_CELLS + BETWEEN_CELLS)), across = MIN (room, sheets);
  int cells = MAX (4, (width - ITEM_CELLS) / (int)MAX (across, 1) - BETWEEN_CELLS);
  for (guint first = 0; first < sheets; first += across) {
    g_string_append (out, first ? "\n" : "");
    append_block (out, matrix, rows, first, MIN (first + across, sheets), cells, style);
  }
  return g_string_free (out, FALSE);
}

static char *
places_of_cell (const GPtrArray *cell)
{
  g_autoptr (GString) places = g_string_new (NULL);
  for (guint i = 0; cell && i < cell->len; i++)
    if (matrix_answer (cell, i)->place)
      g_string_append_printf (places, "%s%s", places->len ? ", " : "", matrix_answer (cell, i)->place);
  return g_string_free (g_steal_pointer (&places), FALSE);
}

static void
append_csv_row (GString *out, const Matrix *matrix, const MatrixRow *row)
{
  const CatalogueItem *known = row->known;
  g_autofree char *no = known ? g_strdup_printf ("%d", known->no) : NULL;
  g_autofree char *missing = g_strdup_printf ("%u", row->missing);
  g_autoptr (GString) line = g_string_new (known ? known->id : "\"\"");
  csv_append (line, no);
  csv_append_guarded (line, matrix_row_category (row));
  csv_append_guarded (line, matrix_row_words (row));
  csv_append (line, row->differs ? "true" : "false");
  csv_append (line, missing);
  for (guint i = 0; i < matrix->labels->len; i++) {
    const GPtrArray *cell = matrix_cell (row, i);
    g_autofree char *status = matrix_cell_status (cell), *text = matrix_cell_text (cell),
                    *place = places_of_cell (cell);
    csv_append_guarded (line, status);
    csv_append_guarded (line, text);
    csv_append_guarded (line, place);
  }
  g_string_append_printf (out, "%s\r\n", line->str);
}

char *
csv_from_matrix (const Matrix *matrix, const GPtrArray *rows)
{
  GString *out = g_string_new ("id,no,category,name,differs,missing");
  static const char *const parts[] = {"status", "answer", "place"};
  for (guint i = 0; i < matrix->labels->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (parts); k++) {
      g_autofree char *head = g_strdup_printf ("%s" LABEL_SEPARATOR "%s", (char *)matrix->labels->pdata[i], parts[k]);
      csv_append_guarded (out, head);
    }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < rows->len; i++)
    append_csv_row (out, matrix, rows->pdata[i]);
  return g_string_free (out, FALSE);
}

/* Appends TEXT so that none of it is markup, inside the cell of a table; line breaks are <br>. A full stop is escaped where an
 * address ("www.example") could follow it. */
static void
append_markdown (GString *out, const char *text)
{
  for (const char *at = text ? text : ""; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (c == '\n')
      g_string_append (out, "<br>");
    else if (c < ' ' || c == 0x7f)
      g_string_append (out, c == '\t' ? " " : c == '\r' ? "" : "\uFFFD");
    else if (c == '<' || c == '>' || c == '&' || c == '@' || c == ':')
      g_string_append_printf (out, "&#%u;", c);
    else if (c == '.' ? g_ascii_isalpha (at[1]) : c < 0x80 && strchr ("\\`*_{}[]#|~$^", (int)c))
      g_string_append_printf (out, "\\%c", (int)c);
    else
      g_string_append_unichar (out, c);
  }
}

static void
append_markdown_row (GString *out, const Matrix *matrix, const MatrixRow *row)
{
  g_string_append_printf (out, "| %s", "");
  if (row->known)
    g_string_append_printf (out, "%d", row->known->no);
  g_string_append (out, " | ");
  append_markdown (out, matrix_row_words (row));
  for (guint i = 0; i < matrix->labels->len; i++) {
    const GPtrArray *cell = matrix_cell (row, i);
    const char *status = cell ? matrix_answer (cell, 0)->status : "missing";
    g_autofree char *text = matrix_cell_text (cell);
    g_string_append_printf (out, " | %s%s", status_words (status), text ? "<br>" : "");
    append_markdown (out, text);
  }
  g_autofree char *remark = remark_of_row (row);
  g_string_append_printf (out, " | %s |\n", remark);
}

char *
markdown_from_matrix (const Matrix *matrix, const GPtrArray *rows)
{
  GString *out = g_string_new (NULL);
  g_string_append_printf (out, "| | %s", _ ("item"));
  for (guint i = 0; i < matrix->labels->len; i++) {
    g_string_append (out, " | ");
    append_markdown (out, matrix->labels->pdata[i]);
  }
  g_string_append (out, " | |\n|---:|---");
  for (guint i = 0; i < matrix->labels->len; i++)
    g_string_append (out, "|---");
  g_string_append (out, "|---|\n");
  for (guint i = 0; i < rows->len; i++)
    append_markdown_row (out, matrix, rows->pdata[i]);
  return g_string_free (out, FALSE);
}

static cJSON *
json_from_cell (const GPtrArray *cell)
{
  if (!cell)
    return cJSON_CreateNull ();
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < cell->len; i++) {
    const MatrixAnswer *answer = matrix_answer (cell, i);
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddItemToObject (object, "status", json_from_text (answer->status));
    cJSON_AddItemToObject (object, "answer", json_from_text (answer->answer));
    cJSON_AddItemToObject (object, "section", json_from_text (answer->section));
    cJSON_AddItemToObject (object, "number", json_from_text (answer->number));
    cJSON_AddItemToObject (object, "place", json_from_text (answer->place));
    cJSON_AddItemToObject (object, "confidence",
                           isnan (answer->confidence) ? cJSON_CreateNull () : cJSON_CreateNumber (answer->confidence));
    cJSON_AddItemToObject (object, "values",
                           answer->values ? cJSON_Duplicate (answer->values, TRUE) : cJSON_CreateArray ());
    cJSON_AddItemToArray (list, object);
  }
  return list;
}

static cJSON *
json_from_row (const Matrix *matrix, const MatrixRow *row)
{
  const CatalogueItem *known = row->known;
  cJSON *object = cJSON_CreateObject (), *missing = cJSON_CreateArray (), *cells = cJSON_CreateArray ();
  cJSON_AddItemToObject (object, "id", json_from_text (known ? known->id : NULL));
  cJSON_AddItemToObject (object, "no", known ? cJSON_CreateNumber (known->no) : cJSON_CreateNull ());
  cJSON_AddItemToObject (object, "name", json_from_text (matrix_row_name (row)));
  cJSON_AddItemToObject (object, "category", json_from_text (known ? known->category : NULL));
  cJSON_AddBoolToObject (object, "differs", row->differs);
  for (guint i = 0; i < matrix->labels->len; i++) {
    if (!matrix_cell (row, i))
      cJSON_AddItemToArray (missing, json_from_text (matrix->labels->pdata[i]));
    cJSON_AddItemToArray (cells, json_from_cell (matrix_cell (row, i)));
  }
  cJSON_AddItemToObject (object, "missing_in", missing);
  cJSON_AddItemToObject (object, "cells", cells);
  return object;
}

char *
json_from_matrix (const Matrix *matrix, const GPtrArray *rows)
{
  cJSON *tree = cJSON_CreateObject (), *sheets = cJSON_CreateArray (), *items = cJSON_CreateArray ();
  cJSON_AddStringToObject (tree, "format", "checksheet-comparison/1");
  cJSON_AddStringToObject (tree, "catalogue", matrix->knowledge->catalogue->id);
  for (guint i = 0; i < matrix->labels->len; i++) {
    const SheetName *name = matrix->names->pdata[i];
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddItemToObject (object, "label", json_from_text (matrix->labels->pdata[i]));
    cJSON_AddItemToObject (object, "vendor", json_from_text (name->vendor));
    cJSON_AddItemToObject (object, "product", json_from_text (name->product));
    cJSON_AddItemToObject (object, "revised", json_from_text (name->revised));
    cJSON_AddItemToObject (object, "file", json_from_text (name->file));
    cJSON_AddItemToArray (sheets, object);
  }
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (items, json_from_row (matrix, rows->pdata[i]));
  cJSON_AddItemToObject (tree, "sheets", sheets);
  cJSON_AddItemToObject (tree, "items", items);
  char *text = json_text_for_eyes (tree);
  cJSON_Delete (tree);
  return text;
}
