/* delimited_text.c - see delimited_text.h */
#include "read/text/delimited_text.h"

#include <string.h>

/* A quote that is not closed within this is a character like others. */
#define QUOTED_BYTES 65536
#define QUOTED_LINES 200

#define BANNER_CHARACTERS 40 /* at most */
#define HEAD_ROWS 3          /* in which the head is: banners with the title may precede it */
#define BANNERS 2            /* at most, in a row: section and category */

#define COLUMNS_LEAST 3 /* with commas */
#define ROWS_LEAST 3

typedef struct {
  const TextParser *parser;
  int line;       /* index */
  const char *at; /* in its text */
} CellCursor;

/* The cell at the quote at CURSOR, which goes to its end. NULL, and the cursor stays, for an unterminated quote, or one
 * that ends before anything but a separator or a line end. */
static char *
quoted_cell (CellCursor *cursor, char separator)
{
  CellCursor ahead = *cursor;
  g_autoptr (GString) text = g_string_new (NULL);
  for (ahead.at++; text->len < QUOTED_BYTES;) {
    if (*ahead.at == '\0') {
      if (++ahead.line >= ahead.parser->count || ahead.line - cursor->line > QUOTED_LINES)
        return NULL;
      ahead.at = ahead.parser->lines[ahead.line].text;
      g_string_append_c (text, '\n');
    } else if (ahead.at[0] == '"' && ahead.at[1] != '"') {
      ahead.at += 1 + strspn (ahead.at + 1, " ");
      if (*ahead.at != separator && *ahead.at != '\0')
        return NULL;
      *cursor = ahead;
      return g_string_free (g_steal_pointer (&text), FALSE);
    } else {
      g_string_append_c (text, *ahead.at);
      ahead.at += *ahead.at == '"' ? 2 : 1;
    }
  }
  return NULL;
}

static char *
plain_cell (CellCursor *cursor, char separator)
{
  const char *end = strchrnul (cursor->at, separator);
  char *text = g_strndup (cursor->at, end - cursor->at);
  cursor->at = end;
  return text;
}

/* The cells from line START up to its end, or to that of a later line where a quoted cell runs on; *TAKEN: how many
 * lines. */
static TextRow *
row_from_lines (const TextParser *parser, int start, char separator, int *taken)
{
  CellCursor cursor = {parser, start, parser->lines[start].text};
  TextRow *row = text_row_new (parser->lines[start].number);
  for (;;) {
    char *text = *cursor.at == '"' ? quoted_cell (&cursor, separator) : NULL;
    text_row_take_cell (row, text ? text : plain_cell (&cursor, separator));
    if (*cursor.at != separator)
      break;
    cursor.at++;
  }
  *taken = cursor.line - start + 1;
  return row;
}

static gboolean
may_have_tabs (const TextLine *line)
{
  return strchr (line->text, '\t') || *line->text == '"';
}

/* The row with tabs at line START, or NULL. */
static TextRow *
row_at (const TextParser *parser, int start, int *taken)
{
  if (start >= parser->count || !may_have_tabs (&parser->lines[start]))
    return NULL;
  g_autoptr (TextRow) row = row_from_lines (parser, start, '\t', taken);
  return row->cells->len >= 2 ? g_steal_pointer (&row) : NULL;
}

static gboolean
is_sentence (const char *text)
{
  static const char *const ends[] = {"。", "．", "、", "，", ".", ",", ";", ":", "：", "；", ")", "）", "」", "%"};
  static const char *const starts[] = {"・", "※", "-", "－", "*", "(", "（", "「", "http", "①", "②", "③", "④", "⑤"};
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  return g_utf8_strlen (text, -1) > BANNER_CHARACTERS;
}

static gboolean
are_banners (const TextLine *lines, int count)
{
  for (int i = 0; i < count; i++)
    if (is_sentence (lines[i].text))
      return FALSE;
  return count <= BANNERS;
}

static void
append_to_last_cell (TextRow *row, const char *line)
{
  gpointer *last = &row->cells->pdata[row->cells->len - 1];
  char *joined = g_strconcat (*last, *(char *)*last ? "\n" : "", line, NULL);
  g_free (*last);
  *last = g_strstrip (joined);
}

static void
add_banner (TextRows *rows, const TextLine *line)
{
  TextRow *row = text_row_new (line->number);
  text_row_take_cell (row, g_strdup (line->text));
  text_rows_take (rows, row);
}

static int
bare_lines (const TextParser *parser, int start)
{
  int end = start, taken;
  while (end < parser->count && !text_line_is_blank (&parser->lines[end])) {
    g_autoptr (TextRow) row = row_at (parser, end, &taken);
    if (row)
      break;
    end++;
  }
  return end - start;
}

/* Whether ROW is one of the first rows again. */
static gboolean
is_repeated_head (const TextRows *rows, const TextRow *row)
{
  for (int i = 0; i < MIN (text_rows_count (rows), HEAD_ROWS); i++)
    if (text_row_is_like (row, text_rows_at (rows, i)))
      return TRUE;
  return FALSE;
}

/* Takes the lines without tabs at START into ROWS, as banners or as the rest of a cell, and returns how many. 0: they
 * are text, which ends the table. Text is what precedes a repeated head or rows of another width. */
static int
parse_bare_lines (const TextParser *parser, int start, TextRows *rows)
{
  int count = bare_lines (parser, start), taken;
  g_autoptr (TextRow) next = row_at (parser, start + count, &taken);
  TextRow *last = text_rows_at (rows, text_rows_count (rows) - 1);
  if (!next || next->cells->len != last->cells->len || is_repeated_head (rows, next))
    return 0;
  gboolean banners = are_banners (&parser->lines[start], count);
  for (int i = start; i < start + count; i++)
    if (banners)
      add_banner (rows, &parser->lines[i]);
    else
      append_to_last_cell (last, parser->lines[i].text);
  return count;
}

/* Whether the tabs only indent text. */
static gboolean
is_indented_text (TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++)
    if (text_row_filled (text_rows_at (rows, i)) > 1)
      return FALSE;
  return TRUE;
}

static void
add_as_text (TextParser *parser, TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++) {
    const TextRow *row = text_rows_at (rows, i);
    for (guint k = 0; k < row->cells->len; k++) {
      const char *text = g_ptr_array_index (row->cells, k);
      if (*text)
        text_parser_add (parser, text, 0, row->line);
    }
  }
}

int
text_parse_tabs (TextParser *parser, int start)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  int at = start, taken;
  while (at < parser->count && !text_line_is_blank (&parser->lines[at])) {
    g_autoptr (TextRow) row = row_at (parser, at, &taken);
    if (row && text_rows_are_too_wide_for (rows, row))
      break;
    if (row)
      text_rows_take (rows, g_steal_pointer (&row));
    else if (text_rows_count (rows) == 0 || !(taken = parse_bare_lines (parser, at, rows)))
      break;
    at += taken;
  }
  if (text_rows_count (rows) == 0)
    return 0;
  if (is_indented_text (rows))
    add_as_text (parser, rows);
  else
    g_ptr_array_add (parser->blocks, block_from_rows (rows, 0));
  return at - start;
}

/* How many commas a space follows. */
static int
spaced_cells (const char *line)
{
  int spaced = 0;
  for (const char *at = strchr (line, ','); at; at = strchr (at + 1, ','))
    spaced += at[1] == ' ';
  return spaced;
}

static gboolean
may_be_comma_row (const TextLine *line)
{
  const char *comma = strchr (line->text, ',');
  return comma && strchr (comma + 1, ',');
}

int
text_parse_commas (TextParser *parser, int start)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  guint columns = 0;
  int at = start, taken, cells = 0, spaced = 0;
  for (; at < parser->count; at += taken) {
    if (text_line_is_blank (&parser->lines[at]) || (columns == 0 && !may_be_comma_row (&parser->lines[at])))
      break;
    g_autoptr (TextRow) row = row_from_lines (parser, at, ',', &taken);
    if (row->cells->len < COLUMNS_LEAST || (columns != 0 && row->cells->len != columns))
      break;
    columns = row->cells->len;
    cells += columns;
    spaced += spaced_cells (parser->lines[at].text);
    text_rows_take (rows, g_steal_pointer (&row));
  }
  if (text_rows_count (rows) < ROWS_LEAST || spaced * 2 > cells)
    return 0;
  g_ptr_array_add (parser->blocks, block_from_rows (rows, 0));
  return at - start;
}
