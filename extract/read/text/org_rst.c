/* org_rst.c - see org_rst.h */
#include "read/text/org_rst.h"

#include "read/text/aligned_cells.h"
#include "read/text/delimited_text.h"
#include "read/text/markdown.h"
#include "text/line_break.h"
#include "text/width.h"

#include <stdlib.h>
#include <string.h>

#define LEVELS_MOST 6

static int
stars (const char *line)
{
  int level = strspn (line, "*");
  return level > 0 && level <= LEVELS_MOST && line[level] == ' ' ? level : 0;
}

gboolean
text_is_org (const TextLine *lines, int count)
{
  int headings = 0, rules = 0;
  for (int i = 0; i < count; i++) {
    if (g_str_has_prefix (lines[i].text, "#+") && strchr (lines[i].text, ':'))
      return TRUE;
    const char *bare = lines[i].text + strspn (lines[i].text, " ");
    headings += stars (lines[i].text) > 0;
    rules += g_str_has_prefix (bare, "|-") && strchr (bare, '+') && !bare[strspn (bare, "|-+ ")];
  }
  return rules > 0 && headings > 0;
}

int
text_parse_org (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  if (parser->syntax != TEXT_ORG || text_line_is_blank (line))
    return 0;
  if (g_ascii_strncasecmp (line->text, "#+title:", 8) == 0) {
    g_autofree char *title = g_strstrip (g_strdup (line->text + 8));
    text_parser_add (parser, title, 1, line->number);
    return 1;
  }
  if (g_str_has_prefix (line->text, "#") && (line->text[1] == '+' || line->text[1] == ' '))
    return 1;
  int level = stars (line->text);
  g_autofree char *plain = g_strstrip (text_from_markdown (line->text + level));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return 1;
}

/* Whether LINE is a run of one sign of punctuation, as long as CELLS at least. */
static gboolean
is_underline (const char *line, int cells)
{
  gsize length = strlen (line);
  return length >= 3 && strchr ("=-~^\"'`#*+.:_", line[0]) && strspn (line, (char[]){line[0], 0}) == length &&
         (int)length >= cells;
}

/* An underline may be a little short of wide text. */
gboolean
text_line_is_underlined (const TextLine *lines, int count, int index)
{
  if (index + 1 >= count || text_line_is_blank (&lines[index]))
    return FALSE;
  int characters = g_utf8_strlen (lines[index].text, -1);
  return !is_underline (lines[index].text, 3) && is_underline (lines[index + 1].text, MIN (characters, 60)) &&
         !g_ascii_isspace (lines[index].text[0]) &&
         (index == 0 || text_line_is_blank (&lines[index - 1]) || is_underline (lines[index - 1].text, 3));
}

static gsize
indent_of (const char *line)
{
  return strspn (line, " ");
}

/* Where LINE, ":稼働率: 99.9%", a field, has its second colon; NULL: it is none. A role (:ref:`x`) is words. */
static const char *
end_of_field_name (const char *line)
{
  const char *name = line + indent_of (line);
  const char *colon = *name == ':' && name[1] && !strchr (" :", name[1]) ? strchr (name + 1, ':') : NULL;
  return colon && (!colon[1] || colon[1] == ' ') ? colon : NULL;
}

/* Fewer fields may be anything. */
#define FIELDS_LEAST 3

gboolean
text_is_rst (const TextLine *lines, int count)
{
  int headings = 0, fields = 0;
  for (int i = 0; i < count; i++) {
    if (line_is_column_rule (lines[i].text, '='))
      return TRUE;
    if (g_str_has_prefix (lines[i].text, ".. ") && strstr (lines[i].text, "::"))
      return TRUE;
    headings += text_line_is_underlined (lines, count, i);
    fields += end_of_field_name (lines[i].text) != NULL;
  }
  return headings >= 2 || fields >= FIELDS_LEAST;
}

/* The level of the kind of heading of LINE: the order in which kinds are met in the text. */
static int
level_of_sign (const TextParser *parser, char sign)
{
  g_autoptr (GString) signs = g_string_new (NULL);
  for (int i = 0; i < parser->count; i++) {
    char met = text_line_is_underlined (parser->lines, parser->count, i) ? parser->lines[i + 1].text[0] : 0;
    if (met && !strchr (signs->str, met))
      g_string_append_c (signs, met);
    if (met == sign)
      break;
  }
  const char *at = strchr (signs->str, sign);
  return CLAMP (at ? (int)(at - signs->str) + 1 : LEVELS_MOST, 1, LEVELS_MOST);
}

/* The index of the table's last rule: the next is at the third one, or where a blank line follows one. */
static int
end_of_simple_table (const TextParser *parser, int start)
{
  int end = -1;
  for (int i = start + 1; i < parser->count; i++) {
    if (!line_is_column_rule (parser->lines[i].text, '='))
      continue;
    end = i;
    if (i + 1 >= parser->count || text_line_is_blank (&parser->lines[i + 1]))
      return i;
  }
  return end;
}

static int
parse_simple_table (TextParser *parser, int start)
{
  int end = end_of_simple_table (parser, start);
  if (end < 0)
    return 0;
  g_autoptr (GArray) starts = starts_of_column_rule (parser->lines[start].text);
  g_autoptr (AlignedCells) cells = aligned_cells_new (starts);
  gboolean new_row = TRUE, heads = FALSE;
  for (int i = start + 1; i < end; i++) {
    const char *line = parser->lines[i].text;
    gboolean rule = line_is_column_rule (line, '='), under = line_is_column_rule (line, '-');
    if (rule && !heads)
      aligned_cells_mark_heads (cells);
    heads |= rule;
    if (rule || under || text_line_is_blank (&parser->lines[i]))
      new_row = TRUE;
    else {
      aligned_cells_take_line (cells, line, new_row || !g_ascii_isspace (line[0]), parser->lines[i].number);
      new_row = FALSE;
    }
  }
  Block *block = block_from_aligned_cells (cells, parser->notes);
  if (block)
    g_ptr_array_add (parser->blocks, block);
  return end - start + 1;
}

/* The text of a field: the rest of its line, and the lines below that are further in. *END: the line after them. */
static char *
field_text (const TextParser *parser, int start, const char *first, int *end)
{
  gsize indent = indent_of (parser->lines[start].text);
  char *text = g_strstrip (g_strdup (first));
  for (*end = start + 1; *end < parser->count; ++*end) {
    const char *line = parser->lines[*end].text;
    if (text_line_is_blank (&parser->lines[*end]) || indent_of (line) <= indent)
      break;
    g_autofree char *more = g_strstrip (g_strdup (line)), *before = text;
    text = *before ? text_join (before, more, !text_begins_entry (more)) : g_strdup (more);
  }
  return text;
}

static int
parse_field (TextParser *parser, int start)
{
  const char *line = parser->lines[start].text, *colon = end_of_field_name (line);
  if (!colon)
    return 0;
  int end;
  line += indent_of (line) + 1;
  g_autofree char *marked = g_strndup (line, colon - line), *name = g_strstrip (text_from_markdown (marked));
  g_autofree char *source = field_text (parser, start, colon + 1, &end), *text = text_from_markdown (source);
  if (*name)
    text_parser_add_term (parser, name, text, parser->lines[start].number);
  return end - start;
}

/* The line after the block of the directive at START: the first that is not further in. */
static int
end_of_directive (const TextParser *parser, int start)
{
  gsize indent = indent_of (parser->lines[start].text);
  int end = start + 1;
  while (end < parser->count &&
         (text_line_is_blank (&parser->lines[end]) || indent_of (parser->lines[end].text) > indent))
    end++;
  return end;
}

/* The value of OPTION (":header-rows:") among the lines of a directive; NULL: it has none. Borrowed. */
static const char *
directive_option (const TextParser *parser, int start, int end, const char *option)
{
  for (int i = start + 1; i < end && !text_line_is_blank (&parser->lines[i]); i++) {
    const char *line = parser->lines[i].text + indent_of (parser->lines[i].text);
    if (g_str_has_prefix (line, option))
      return line + strlen (option);
  }
  return NULL;
}

/* The first line after the directive's options. */
static int
content_of_directive (const TextParser *parser, int start, int end)
{
  int at = start + 1;
  while (at < end && !text_line_is_blank (&parser->lines[at]))
    at++;
  return at;
}

static void
add_caption (TextParser *parser, int start, const char *name)
{
  const char *line = parser->lines[start].text;
  g_autofree char *caption = g_strstrip (g_strdup (strstr (line, name) + strlen (name)));
  if (*caption)
    text_parser_add (parser, caption, 0, parser->lines[start].number);
}

/* A line of a list table: "* - No." begins a row, "  - 項目" a cell, another goes on with the last cell. */
static void
take_list_line (TextRows *rows, TextRow **row, GString *cell, const TextLine *line)
{
  const char *text = line->text + indent_of (line->text);
  gboolean begins_row = g_str_has_prefix (text, "* -") && (text[3] == ' ' || !text[3]);
  gboolean begins_cell = begins_row || (g_str_has_prefix (text, "- ") || g_str_equal (text, "-"));
  if (begins_cell && *row)
    text_row_take_cell (*row, text_from_markdown (cell->str));
  if (begins_row && *row)
    text_rows_take (rows, *row);
  if (begins_row)
    *row = text_row_new (line->number);
  if (begins_cell) {
    text += begins_row ? strlen ("* -") : strlen ("-");
    g_string_assign (cell, text + indent_of (text));
  } else if (*row) {
    g_autofree char *joined = text_join (cell->str, text, *text && !text_begins_entry (text));
    g_string_assign (cell, joined);
  }
}

/* ".. list-table:: Caption" (docutils, "List Table"). */
static int
parse_list_table (TextParser *parser, int start)
{
  int end = end_of_directive (parser, start);
  const char *heads = directive_option (parser, start, end, ":header-rows:");
  g_autoptr (TextRows) rows = text_rows_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  TextRow *row = NULL;
  add_caption (parser, start, "list-table::");
  for (int i = content_of_directive (parser, start, end); i < end; i++)
    if (!text_line_is_blank (&parser->lines[i]))
      take_list_line (rows, &row, cell, &parser->lines[i]);
  if (row) {
    text_row_take_cell (row, text_from_markdown (cell->str));
    text_rows_take (rows, row);
    g_ptr_array_add (parser->blocks, block_from_rows (rows, heads ? CLAMP (atoi (heads), 0, 5) : 0, CELL_HEAD_BY_MARK));
  }
  return end - start;
}

/* ".. csv-table:: Caption", whose heads are an option. */
static int
parse_csv_table (TextParser *parser, int start)
{
  int end = end_of_directive (parser, start), first = content_of_directive (parser, start, end);
  const char *heads = directive_option (parser, start, end, ":header:");
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TextLine));
  TextLine head = {(char *)heads, parser->lines[start].number};
  if (heads)
    g_array_append_val (lines, head);
  for (int i = first; i < end; i++) {
    TextLine line = parser->lines[i];
    line.text += indent_of (line.text);
    if (!text_line_is_blank (&line))
      g_array_append_val (lines, line);
  }
  TextParser inner = *parser;
  inner.lines = (TextLine *)lines->data;
  inner.count = (int)lines->len;
  add_caption (parser, start, "csv-table::");
  if (lines->len > 0)
    text_add_delimited (&inner, 0, inner.count, ',');
  return end - start;
}

static int
parse_directive (TextParser *parser, int start)
{
  const char *line = parser->lines[start].text + indent_of (parser->lines[start].text);
  if (g_str_has_prefix (line, ".. list-table::"))
    return parse_list_table (parser, start);
  return g_str_has_prefix (line, ".. csv-table::") ? parse_csv_table (parser, start) : 0;
}

int
text_parse_rst (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  if (parser->syntax != TEXT_RST || text_line_is_blank (line))
    return 0;
  int taken =
      line_is_column_rule (line->text, '=') ? parse_simple_table (parser, start) : parse_directive (parser, start);
  if (taken == 0 && !g_ascii_isspace (line->text[0]))
    taken = parse_field (parser, start);
  if (taken > 0)
    return taken;
  if (is_underline (line->text, 3) || g_str_has_prefix (line->text, ".. ") || g_str_has_prefix (line->text, "   :"))
    return 1;
  int level = text_line_is_underlined (parser->lines, parser->count, start)
                  ? level_of_sign (parser, parser->lines[start + 1].text[0])
                  : 0;
  g_autofree char *plain = g_strstrip (text_from_markdown (line->text));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return level ? 2 : 1;
}
