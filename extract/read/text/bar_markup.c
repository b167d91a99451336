/* bar_markup.c - see bar_markup.h */
#include "read/text/bar_markup.h"

#include "read/text/markdown.h"
#include "read/text/text_table.h"

#include <stdlib.h>
#include <string.h>

/* A cell that goes on over more lines is no cell. */
#define CELL_LINES_MOST 60

/* The heads, spans and the like that stand at a cell's beginning. */
typedef struct {
  TextSpan span;
  gboolean merge_right, merge_above; /* PukiWiki's > and ~ alone */
} CellMark;

/* "h2. 可用性". */
static int
heading_level (const char *line, const char **text)
{
  if (line[0] != 'h' || line[1] < '1' || line[1] > '6' || line[2] != '.' || line[3] != ' ')
    return 0;
  *text = line + 4;
  return line[1] - '0';
}

/* Whether a cell of LINE begins with Textile's "_.", "\2." or "/2.". */
static gboolean
has_textile_mark (const char *line)
{
  for (const char *at = strchr (line, '|'); at; at = strchr (at + 1, '|')) {
    if (at[1] == '_' && at[2] == '.')
      return TRUE;
    if ((at[1] == '\\' || at[1] == '/') && g_ascii_isdigit (at[2]) && at[2 + strspn (at + 2, "0123456789")] == '.')
      return TRUE;
  }
  return FALSE;
}

/* "|a|b|h", "|~a|~b|", "|*a|*b|". */
static gboolean
has_wiki_mark (const char *line)
{
  gsize length = strlen (line);
  if (line[0] != '|' || length < 4)
    return FALSE;
  if (line[length - 2] == '|' && strchr ("hcf", line[length - 1]))
    return TRUE;
  return (line[1] == '~' || line[1] == '*') && line[2] != '*' && line[2] != '|' && !g_ascii_isspace (line[2]) &&
         (strstr (line + 2, "|~") || strstr (line + 2, "|*"));
}

gboolean
text_is_bar_markup (const TextLine *lines, int count)
{
  int headings = 0;
  const char *text;
  for (int i = 0; i < count; i++) {
    const char *line = lines[i].text;
    headings += heading_level (line, &text) > 0;
    if (headings >= 2 || has_textile_mark (line) || has_wiki_mark (line))
      return TRUE;
    const char *second = g_str_has_prefix (line, "||") ? strstr (line + 2, "||") : NULL;
    if (second && second > line + 2)
      return TRUE;
  }
  return FALSE;
}

/* Reads the mark at *AT, and goes past it. */
static CellMark
mark_at (const char **at)
{
  CellMark mark = {.span = {.row_span = 1, .column_span = 1}};
  const char *dot = *at;
  gboolean head = FALSE;
  while (*dot && (strchr ("_\\/<>=^~", *dot) || g_ascii_isdigit (*dot) || *dot == '{' || *dot == '(')) {
    head |= *dot == '_';
    if (*dot == '{' || *dot == '(')
      dot = strchrnul (dot, *dot == '{' ? '}' : ')');
    if (*dot == '\\' && g_ascii_isdigit (dot[1]))
      mark.span.column_span = atoi (dot + 1);
    if (*dot == '/' && g_ascii_isdigit (dot[1]))
      mark.span.row_span = atoi (dot + 1);
    dot += *dot != '\0';
  }
  if (dot > *at && *dot == '.' && !g_ascii_isdigit (**at) && dot[1] != '.') {
    mark.span.head = head ? CELL_HEAD_BY_MARK : CELL_BODY;
    *at = dot + 1;
  } else
    mark.span = (TextSpan){.row_span = 1, .column_span = 1};
  return mark;
}

/* Reads PukiWiki's marks of a cell. */
static void
wiki_mark_at (const char **at, CellMark *mark)
{
  static const char *const formats[] = {"LEFT:", "CENTER:", "RIGHT:", "TOP:", "MIDDLE:", "BOTTOM:"};
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_prefix (*at, formats[i]))
      *at += strlen (formats[i]);
  if (g_str_has_prefix (*at, "BGCOLOR(") || g_str_has_prefix (*at, "COLOR(") || g_str_has_prefix (*at, "SIZE("))
    *at += strcspn (*at, ":") + (strchr (*at, ':') != NULL);
  mark->merge_right = !strcmp (*at, ">");
  mark->merge_above = !strcmp (*at, "~");
  if (**at == '~' || (**at == '*' && (*at)[1] && !strchr (*at + 1, '*'))) {
    mark->span.head = CELL_HEAD_BY_MARK;
    ++*at;
  }
}

/* The words of a cell; the caller frees. */
static char *
cell_text (const char *source)
{
  static const char *const breaks[] = {"\\\\", "&br;", "<br>", "<br/>", "<br />"};
  g_autoptr (GString) text = g_string_new (source);
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    g_string_replace (text, breaks[i], "\n", 0);
  g_string_replace (text, "\n\n", "\n", 0);
  for (char *open = strstr (text->str, "{color"); open; open = strstr (text->str, "{color")) {
    const char *end = strchr (open, '}');
    g_string_erase (text, open - text->str, end ? end - open + 1 : 6);
  }
  return text_from_markdown (text->str);
}

/* The end of the cell at AT: the bar that is in no link ("[text|address]"); NULL: there is none. */
static const char *
end_of_cell (const char *at)
{
  for (; *at; at++) {
    const char *close = *at == '[' ? strchr (at, ']') : NULL;
    const char *line_end = close ? strchr (at, '\n') : NULL;
    if (close && (!line_end || close < line_end) && memchr (at, '|', close - at) && strstr (at, "http"))
      at = close;
    else if (*at == '\\' && at[1] == '|')
      at++;
    else if (*at == '|')
      return at;
  }
  return NULL;
}

/* The rows so far, and what the cells of the next take from their neighbours. */
typedef struct {
  TextTable *table;
  int pending; /* columns that the next cell spans before its own */
} RowWriter;

static void
write_cell (RowWriter *writer, const char *source, gboolean head, int line)
{
  const char *at = source;
  CellMark mark = mark_at (&at);
  g_autofree char *bare = g_strstrip (g_strdup (at));
  const char *words = bare;
  if (at == source)
    wiki_mark_at (&words, &mark);
  if (mark.merge_right) {
    writer->pending++;
    return;
  }
  mark.span.column_span = MAX (1, mark.span.column_span) + writer->pending;
  if (head)
    mark.span.head = CELL_HEAD_BY_MARK;
  writer->pending = 0;
  text_table_take_cell (writer->table, cell_text (words), mark.span, line);
}

/* The cells of ROW, which begins with a bar. */
static void
write_row (RowWriter *writer, const char *row, int line)
{
  gsize length = strlen (row);
  gboolean heads = length > 2 && row[length - 2] == '|' && row[length - 1] == 'h';
  text_table_begin_row (writer->table);
  for (const char *at = row; *at == '|';) {
    gboolean head = at[1] == '|' && at[2] && at[2] != '|';
    const char *start = at + 1 + head, *end = end_of_cell (start);
    if (!end)
      return;
    g_autofree char *source = g_strndup (start, end - start);
    write_cell (writer, source, head || heads, line);
    at = end;
    at += at[1] == '|' && at[2] == '\0';
  }
}

/* Whether the row SO FAR is whole: its last character is a bar, or a bar and the letter of its kind. */
static gboolean
is_whole (const char *row)
{
  gsize length = strlen (row);
  while (length > 0 && g_ascii_isspace (row[length - 1]))
    length--;
  return length > 1 && (row[length - 1] == '|' || (row[length - 2] == '|' && strchr ("hcf", row[length - 1])));
}

/* The row at line START up to its last bar, its lines parted by "\n"; *TAKEN of them. NULL: no row begins there. */
static char *
row_at (const TextParser *parser, int start, int *taken)
{
  if (start >= parser->count || parser->lines[start].text[0] != '|')
    return NULL;
  g_autoptr (GString) row = g_string_new (parser->lines[start].text);
  for (*taken = 1; !is_whole (row->str); ++*taken) {
    int next = start + *taken;
    if (next >= parser->count || *taken > CELL_LINES_MOST || parser->lines[next].text[0] == '|')
      return NULL;
    g_string_append_printf (row, "\n%s", parser->lines[next].text);
  }
  g_strchomp (row->str);
  return g_string_free (g_steal_pointer (&row), FALSE);
}

static int
parse_table (TextParser *parser, int start)
{
  g_autoptr (TextTable) table = text_table_new ();
  RowWriter writer = {table, 0};
  int at = start, taken = 0;
  for (;; at += taken) {
    g_autofree char *row = row_at (parser, at, &taken);
    if (!row)
      break;
    if (row[strspn (row, "|-+: ")])
      write_row (&writer, row, parser->lines[at].number);
  }
  Block *block = at > start ? block_from_text_table (table) : NULL;
  if (block)
    g_ptr_array_add (parser->blocks, block);
  return at - start;
}

int
text_parse_bar_markup (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  const char *text = line->text;
  if (parser->syntax != TEXT_BARS || text_line_is_blank (line))
    return 0;
  int taken = *text == '|' ? parse_table (parser, start) : 0;
  if (taken > 0)
    return taken;
  if (g_str_has_prefix (text, "table") && strchr (text, '.') && !strchr (text, ' '))
    return 1;
  int level = heading_level (text, &text), stars = strspn (text, "*");
  if (level == 0 && stars > 0 && stars < 4 && !strchr (text + stars, '*') && !g_ascii_isspace (text[stars])) {
    level = stars;
    text += stars;
  }
  g_autofree char *plain = g_strstrip (cell_text (text));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return 1;
}
