/* asciidoc.c - see asciidoc.h */
#include "read/text/asciidoc.h"

#include "read/text/delimited_text.h"
#include "read/text/markdown.h"
#include "read/text/text_table.h"
#include "text/line_break.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 100

typedef struct {
  int columns; /* 0: the first line tells */
  gboolean header;
  gboolean first_line_heads; /* no option says whether there is a header: a blank line below the first does */
  char separator;
  gboolean delimited; /* the cells are separated as in CSV */
} AsciiDocTable;

/* The cell before it is read: what is before its "|". */
typedef struct {
  TextSpan span;
  int times;
  char style; /* a, l, ...; 0: none */
} CellSpecifier;

static gboolean
is_delimiter (const char *line)
{
  gsize length = strlen (line);
  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  return length >= 4 && strchr ("|,:!", line[0]) && strspn (line + 1, "=") == length - 1;
}

static int
title_level (const char *line, const char **text)
{
  int level = strspn (line, "=");
  if (level < 1 || level > 6 || line[level] != ' ')
    return 0;
  *text = line + level + 1;
  return level;
}

/* "term:: text" of a labeled list: a macro (image::x.png[]) has no space after its colons. *TEXT: what follows, borrowed;
 * the caller frees the term. */
static char *
term_of_line (const char *line, const char **text)
{
  const char *colons = strstr (line, "::");
  if (!colons || colons == line)
    return NULL;
  *text = colons + strspn (colons, ":");
  if (*text - colons > 4 || (**text && !g_ascii_isspace (**text)))
    return NULL;
  g_autofree char *term = g_strndup (line, colons - line);
  g_autofree char *plain = text_from_markdown (term);
  return *g_strstrip (plain) ? g_steal_pointer (&plain) : NULL;
}

/* Fewer lines with "::" after a term may be anything. */
#define TERMS_LEAST 3

gboolean
text_is_asciidoc (const TextLine *lines, int count)
{
  int titles = 0, terms = 0;
  const char *text;
  for (int i = 0; i < count; i++) {
    if (is_delimiter (lines[i].text))
      return TRUE;
    int level = title_level (lines[i].text, &text);
    titles += level > 0 && !strstr (text, " =");
    g_autofree char *term = term_of_line (lines[i].text, &text);
    terms += term != NULL;
  }
  return titles >= 3 || terms >= TERMS_LEAST;
}

/* "3*,2" has 4 columns. */
static int
columns_of_list (const char *list)
{
  int columns = 0;
  g_auto (GStrv) parts = g_strsplit_set (list, ",;", -1);
  for (char **part = parts; *part; part++) {
    char *end;
    g_strstrip (*part);
    int times = (int)strtol (*part, &end, 10);
    columns += *end == '*' && times > 0 ? MIN (times, COLUMNS_MOST) : 1;
  }
  return MIN (columns, COLUMNS_MOST);
}

/* The attributes of a line like [%header,cols="1,2",format=csv] above the table. */
static void
take_attributes (AsciiDocTable *table, const char *line)
{
  const char *columns = strstr (line, "cols=");
  if (columns) {
    columns += strlen ("cols=");
    gboolean quoted = *columns == '"' || *columns == '\'';
    const char *end = quoted ? strchrnul (columns + 1, *columns) : columns + strcspn (columns, ",]");
    g_autofree char *list = g_strndup (columns + quoted, end - columns - quoted);
    table->columns = columns_of_list (list);
  }
  gboolean named = strstr (line, "options=") || strstr (line, "opts=") || strchr (line, '%');
  table->header = table->header || (named && strstr (line, "header") && !strstr (line, "noheader"));
  if (strstr (line, "header"))
    table->first_line_heads = FALSE;
  static const char *const formats[] = {"format=csv",     "format=\"csv\"", "format=dsv",
                                        "format=\"dsv\"", "format=tsv",     "format=\"tsv\""};
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strstr (line, formats[i])) {
      table->delimited = TRUE;
      table->separator = ",,::\t\t"[i];
    }
}

/* The digits at *AT, DEFAULT where there are none. */
static int
digits_at (const char **at, int fallback)
{
  int number = 0;
  const char *start = *at;
  for (; g_ascii_isdigit (**at) && *at - start < 5; ++*at)
    number = number * 10 + **at - '0';
  return *at > start ? number : fallback;
}

/* Reads TEXT as what is before a "|"; FALSE: it is words of the cell before. */
static gboolean
specifier_from_text (const char *text, CellSpecifier *specifier)
{
  *specifier = (CellSpecifier){.times = 1};
  int columns = digits_at (&text, 1), rows = 1;
  if (*text == '.' && g_ascii_isdigit (text[1])) {
    text++;
    rows = digits_at (&text, 1);
  }
  if (*text == '+')
    specifier->span = (TextSpan){.row_span = rows, .column_span = columns};
  else if (*text == '*')
    specifier->times = CLAMP (columns, 1, COLUMNS_MOST);
  else if (columns != 1 || rows != 1)
    return FALSE;
  text += *text == '+' || *text == '*';
  text += *text && strchr ("<>^", *text);
  if (*text == '.' && text[1] && strchr ("<>^", text[1]))
    text += 2;
  if (*text && strchr ("adehlmsv", *text))
    specifier->style = *text++;
  return *text == '\0';
}

/* The start of what may be a specifier at the end of TEXT: after its last white space. */
static const char *
last_word (const char *text, const char *end)
{
  const char *start = end;
  while (start > text && !g_ascii_isspace (start[-1]))
    start--;
  return start;
}

/* Adds LINE to TEXT as the line after it: a blank one, " +" or a list entry are the author's break. */
static void
append_line (GString *text, const char *line, gboolean literal)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (line));
  gboolean entry = g_str_has_prefix (trimmed, "* ") || g_str_has_prefix (trimmed, "- ");
  g_autofree char *words = entry ? g_strconcat ("・", trimmed + 2, NULL) : g_strdup (trimmed);
  gboolean broken = literal || entry || text_begins_entry (words) || text->str[MAX (text->len, 1) - 1] == '\n';
  if (g_str_has_suffix (text->str, " +")) {
    g_string_truncate (text, text->len - 2);
    broken = TRUE;
  }
  g_autofree char *joined = text_join (text->str, words, !broken);
  g_string_assign (text, *words ? joined : text->str);
  if (!*words && text->len > 0)
    g_string_append_c (text, '\n');
}

/* The words of a cell from its source. */
static char *
cell_text (const char *source, char style)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (source, "\n", -1);
  for (char **line = lines; *line; line++)
    append_line (text, *line, style == 'l');
  if (g_str_has_suffix (text->str, " +"))
    g_string_truncate (text, text->len - 2);
  g_string_replace (text, "\n\n", "\n", 0);
  g_string_replace (text, "{vbar}", "|", 0);
  g_string_replace (text, "{nbsp}", " ", 0);
  g_string_replace (text, "{empty}", "", 0);
  g_string_replace (text, "\\|", "|", 0);
  g_strstrip (text->str);
  return text_from_markdown (text->str);
}

/* What is known while the cells of a table are read. */
typedef struct {
  AsciiDocTable *shape;
  TextTable *table;
  int rows;
} CellWriter;

static void
write_cell (CellWriter *writer, const char *source, CellSpecifier specifier, int line)
{
  for (int i = 0; i < specifier.times; i++) {
    int column = text_table_next_column (writer->table);
    if (column < 0 || column >= writer->shape->columns) {
      text_table_begin_row (writer->table);
      writer->rows++;
    }
    gboolean head = specifier.style == 'h' || (writer->rows == 1 && writer->shape->header);
    specifier.span.head = head ? CELL_HEAD_BY_MARK : CELL_BODY;
    text_table_take_cell (writer->table, cell_text (source, specifier.style), specifier.span, line);
  }
}

static gboolean
is_separator (const char *start, const char *at, char separator)
{
  return *at == separator && (at == start || at[-1] != '\\');
}

/* How many columns the first line of cells has. */
static int
columns_of_first_line (const TextParser *parser, int start, int end, char separator)
{
  int columns = 0;
  while (start < end && text_line_is_blank (&parser->lines[start]))
    start++;
  const char *line = start < end ? parser->lines[start].text : "";
  for (const char *at = line; *at; at++)
    if (is_separator (line, at, separator)) {
      g_autofree char *before = g_strndup (line, at - line);
      CellSpecifier specifier;
      gboolean read = specifier_from_text (last_word (before, before + strlen (before)), &specifier);
      columns += read ? specifier.times * MAX (1, specifier.span.column_span) : 1;
    }
  return CLAMP (columns, 1, COLUMNS_MOST);
}

/* Reads the lines from START to END, which are cells, into WRITER. */
static void
read_cells (CellWriter *writer, const TextParser *parser, int start, int end)
{
  g_autoptr (GString) source = g_string_new (NULL);
  CellSpecifier own = {.times = 1}, next;
  gboolean open = FALSE;
  int first_line = start;
  for (int i = start; i < end; i++) {
    const char *line = parser->lines[i].text;
    if (source->len > 0 || open)
      g_string_append_c (source, '\n');
    for (const char *at = line; *at; at++) {
      if (!is_separator (line, at, writer->shape->separator)) {
        g_string_append_c (source, *at);
        continue;
      }
      const char *word = last_word (source->str, source->str + source->len);
      gboolean read = specifier_from_text (word, &next);
      if (read)
        g_string_truncate (source, word - source->str);
      if (open)
        write_cell (writer, source->str, own, parser->lines[first_line].number);
      own = read ? next : (CellSpecifier){.times = 1};
      g_string_truncate (source, 0);
      open = TRUE;
      first_line = i;
    }
  }
  if (open)
    write_cell (writer, source->str, own, parser->lines[first_line].number);
}

static int
end_of_table (const TextParser *parser, int start)
{
  for (int i = start + 1; i < parser->count; i++)
    if (is_delimiter (parser->lines[i].text) && parser->lines[i].text[0] == parser->lines[start].text[0])
      return i;
  return parser->count;
}

/* The cells between START, the delimiter, and END, that of its end. */
static void
add_table (TextParser *parser, int start, int end, AsciiDocTable *shape)
{
  if (shape->delimited) {
    text_add_delimited (parser, start + 1, end, shape->separator);
    return;
  }
  g_autoptr (TextTable) table = text_table_new ();
  if (shape->columns == 0)
    shape->columns = columns_of_first_line (parser, start + 1, end, shape->separator);
  if (shape->first_line_heads)
    shape->header = start + 2 < end && !text_line_is_blank (&parser->lines[start + 1]) &&
                    text_line_is_blank (&parser->lines[start + 2]);
  CellWriter writer = {shape, table, 0};
  read_cells (&writer, parser, start + 1, end);
  Block *block = block_from_text_table (table);
  if (block)
    g_ptr_array_add (parser->blocks, block);
}

static int
parse_table (TextParser *parser, int start)
{
  AsciiDocTable shape = {.first_line_heads = TRUE, .separator = parser->lines[start].text[0]};
  shape.delimited = shape.separator == ',' || shape.separator == ':';
  for (int i = start - 1; i >= 0 && strchr ("[.", parser->lines[i].text[0]) && parser->lines[i].text[0]; i--)
    take_attributes (&shape, parser->lines[i].text);
  int end = end_of_table (parser, start);
  add_table (parser, start, end, &shape);
  return MIN (end + 1, parser->count) - start;
}

/* ":toc:", "[cols=…]", "// remark", "----": what says how, and not what. */
static gboolean
is_instruction (const char *line)
{
  gsize length = strlen (line);
  const char *colon = line[0] == ':' ? strchr (line + 1, ':') : NULL;
  return (colon && g_ascii_isalpha (line[1])) || g_str_has_prefix (line, "//") ||
         (line[0] == '[' && length > 2 && line[length - 1] == ']' && (guchar)line[1] < 0x80) ||
         (length >= 4 && strchr ("-.=*_+", line[0]) && strspn (line, (char[]){line[0], 0}) == length);
}

/* A term with the lines below it that are its text: up to a blank one, or the next term. */
static int
parse_term (TextParser *parser, int start)
{
  const char *rest, *other;
  g_autofree char *term = term_of_line (parser->lines[start].text, &rest);
  if (!term)
    return 0;
  g_autoptr (GString) text = g_string_new (rest + strspn (rest, " \t"));
  int end = start + 1;
  for (; end < parser->count && !text_line_is_blank (&parser->lines[end]); end++) {
    const char *line = parser->lines[end].text;
    g_autofree char *next = term_of_line (line, &other);
    if (next || is_delimiter (line) || title_level (line, &other) || g_str_equal (line, "+") || line[0] == '[')
      break;
    append_line (text, line, FALSE);
  }
  g_autofree char *plain = text_from_markdown (text->str);
  text_parser_add_term (parser, term, g_strstrip (plain), parser->lines[start].number);
  return end - start;
}

int
text_parse_asciidoc (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  const char *text = line->text;
  if (parser->syntax != TEXT_ASCIIDOC || text_line_is_blank (line))
    return 0;
  if (is_delimiter (text))
    return parse_table (parser, start);
  if (is_instruction (text) || g_str_equal (text, "+"))
    return 1;
  int taken = parse_term (parser, start);
  if (taken > 0)
    return taken;
  int level = title_level (text, &text);
  text += !level && text[0] == '.' && text[1] && text[1] != '.' && text[1] != ' '; /* a block's title */
  g_autofree char *plain = g_strchomp (text_from_markdown (text));
  if (g_str_has_suffix (plain, " +"))
    plain[strlen (plain) - 2] = '\0';
  if (*g_strstrip (plain))
    text_parser_add (parser, plain, level, line->number);
  return 1;
}
