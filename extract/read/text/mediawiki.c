/* mediawiki.c - see mediawiki.h */
#include "read/text/mediawiki.h"

#include "read/text/markdown.h"
#include "read/text/text_table.h"

#include <stdlib.h>
#include <string.h>

static const char *
without_indent (const char *line)
{
  return line + strspn (line, " \t:");
}

/* "== 可用性 ==": the level, *TEXT (the caller frees) what is between; 0: it is not a heading. */
static int
heading_level (const char *line, char **text)
{
  g_autofree char *bare = g_strchomp (g_strdup (line));
  int level = strspn (bare, "=");
  gsize length = strlen (bare);
  if (level < 1 || level > 6 || length <= 2 * (gsize)level)
    return 0;
  for (int i = 0; i < level; i++)
    if (bare[length - 1 - i] != '=')
      return 0;
  if (text)
    *text = g_strstrip (g_strndup (bare + level, length - 2 * level));
  return level;
}

/* Fewer terms may be anything. */
#define TERMS_LEAST 3

gboolean
text_is_mediawiki (const TextLine *lines, int count)
{
  int headings = 0, terms = 0;
  for (int i = 0; i < count; i++) {
    const char *line = without_indent (lines[i].text);
    if (line[0] == '{' && line[1] == '|' && !strstr (line, "|}"))
      return TRUE;
    terms += lines[i].text[0] == ';' && i + 1 < count && lines[i + 1].text[0] == ':';
    headings += heading_level (lines[i].text, NULL) > 1 && (i == 0 || text_line_is_blank (&lines[i - 1]));
  }
  return headings >= 2 || terms >= TERMS_LEAST;
}

/* The end of what is opened at AT by two brackets, "[[" or "{{"; AT: nothing is, or it is not closed. */
static const char *
after_brackets (const char *at)
{
  gboolean link = at[0] == '[' && at[1] == '[', template = at[0] == '{' && at[1] == '{';
  if (!link && !template)
    return at;
  const char *end = strstr (at, link ? "]]" : "}}");
  return end ? end + 2 : at;
}

/* The first "|" (or "||" where DOUBLE) of TEXT outside links and templates; NULL: none. */
static const char *
bar_in (const char *text, gboolean twice)
{
  for (const char *at = text; *at; at++) {
    const char *after = after_brackets (at);
    if (after > at)
      at = after - 1;
    else if (at[0] == '|' && (at[1] == '|') == twice)
      return at;
    else if (at[0] == '|' && at[1] == '|')
      at++;
  }
  return NULL;
}

/* "[[a|b]]" is b, "{{Yes|b}}" is b, "{{Yes}}" is Yes. */
static void
append_inner (GString *text, const char *start, const char *end)
{
  g_autofree char *inner = g_strndup (start + 2, end - start - 4);
  const char *bar = strrchr (inner, '|');
  g_string_append (text, bar ? bar + 1 : inner);
}

/* Removes the tags of SOURCE but <br>, its comments, and references with what is in them. */
static const char *
after_tag (const char *at)
{
  if (g_str_has_prefix (at, "<!--")) {
    const char *end = strstr (at, "-->");
    return end ? end + 3 : at;
  }
  if (g_str_has_prefix (at, "<ref") && !g_str_has_prefix (at, "<references")) {
    const char *end = strchr (at, '>'), *close = strstr (at, "</ref>");
    return end && end[-1] == '/' ? end + 1 : close ? close + 6 : at;
  }
  static const char *const tags[] = {"nowiki", "small", "span", "b", "i", "u", "center", "div", "code", "big", "p"};
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
    const char *name = at + 1 + (at[1] == '/');
    gsize length = strlen (tags[i]);
    if (!g_ascii_strncasecmp (name, tags[i], length) && !g_ascii_isalnum (name[length])) {
      const char *end = strchr (name, '>');
      return end ? end + 1 : at;
    }
  }
  return at;
}

/* SOURCE without the markup; the caller frees. */
static char *
plain_text (const char *source)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *at = source; *at;) {
    const char *after = *at == '<' ? after_tag (at) : after_brackets (at);
    if (after > at && *at != '<')
      append_inner (text, at, after);
    else if (at[0] == '\'' && at[1] == '\'')
      after = at + strspn (at, "'");
    else if (*at == '[' && g_str_has_prefix (at + 1, "http") && strchr (at, ']')) {
      const char *end = strchr (at, ']'), *space = at + strcspn (at, " ]");
      g_string_append_len (text, *space == ' ' ? space + 1 : at + 1, end - (*space == ' ' ? space + 1 : at + 1));
      after = end + 1;
    } else if (after == at)
      g_string_append_c (text, *after++);
    at = after;
  }
  return text_from_markdown (text->str);
}

/* The number in rowspan="2". */
static int
attribute_number (const char *attributes, const char *name)
{
  const char *at = strstr (attributes, name);
  return at ? atoi (at + strlen (name) + strcspn (at + strlen (name), "0123456789>|")) : 1;
}

/* One cell, with the attributes that may stand before a bar. */
static void
add_cell (TextTable *table, const char *source, gboolean head, int line)
{
  const char *bar = bar_in (source, FALSE);
  g_autofree char *attributes = bar ? g_strndup (source, bar - source) : NULL;
  gboolean has = attributes && (strchr (attributes, '=') || attributes[strspn (attributes, " ")] == '\0');
  TextSpan span = {.head = head ? CELL_HEAD_BY_MARK : CELL_BODY};
  if (has) {
    span.row_span = attribute_number (attributes, "rowspan");
    span.column_span = attribute_number (attributes, "colspan");
  }
  text_table_take_cell (table, plain_text (has ? bar + 1 : source), span, line);
}

/* The cells of a line that begins with a bar or "!": "||" parts them, "!!" too where they are heads. */
static void
add_cells (TextTable *table, const char *source, gboolean head, int line)
{
  g_autofree char *rest = g_strdup (source);
  for (char *at = rest;;) {
    char *bar = (char *)bar_in (at, TRUE), *mark = head ? strstr (at, "!!") : NULL;
    char *end = !bar || (mark && mark < bar) ? mark : bar;
    if (end)
      *end = '\0';
    add_cell (table, at, head, line);
    if (!end)
      return;
    at = end + 2;
  }
}

/* Text that follows a cell on a line of its own: a list entry is one, a line end alone is none. */
static void
append_line (TextTable *table, const char *line)
{
  gboolean entry = *line == '*' || *line == '#';
  g_autofree char *words = plain_text (line + (entry ? strspn (line, "*#") : 0));
  g_strstrip (words);
  g_autofree char *text = entry ? g_strconcat ("・", words, NULL) : g_strdup (words);
  if (*words)
    text_table_append (table, "\n", text);
}

static int
end_of_table (const TextParser *parser, int start)
{
  int depth = 0;
  for (int i = start; i < parser->count; i++) {
    const char *line = without_indent (parser->lines[i].text);
    depth += line[0] == '{' && line[1] == '|';
    depth -= line[0] == '|' && line[1] == '}';
    if (depth == 0)
      return i;
  }
  return parser->count;
}

/* A line of a table within a cell: its cells, with a space between them. */
static void
append_nested (TextTable *table, const char *line)
{
  if (line[0] == '{' || g_str_has_prefix (line, "|-") || g_str_has_prefix (line, "|}"))
    return;
  g_autofree char *words = plain_text (line + (*line == '|' || *line == '!'));
  g_auto (GStrv) cells = g_strsplit (words, "||", -1);
  g_autofree char *joined = g_strjoinv (" ", cells);
  text_table_append (table, "\n", g_strstrip (joined));
}

static int
parse_table (TextParser *parser, int start)
{
  g_autoptr (TextTable) table = text_table_new ();
  int end = end_of_table (parser, start), depth = 0;
  for (int i = start + 1; i < end; i++) {
    const char *line = without_indent (parser->lines[i].text);
    int number = parser->lines[i].number;
    depth += line[0] == '{' && line[1] == '|';
    if (depth > 0)
      append_nested (table, line);
    else if (g_str_has_prefix (line, "|-"))
      text_table_begin_row (table);
    else if (g_str_has_prefix (line, "|+")) {
      g_autofree char *caption = g_strstrip (plain_text (line + 2));
      text_parser_add (parser, caption, 0, number);
    } else if (*line == '|' || *line == '!')
      add_cells (table, line + 1, *line == '!', number);
    else
      append_line (table, line);
    depth -= line[0] == '|' && line[1] == '}';
  }
  Block *block = block_from_text_table (table);
  if (block)
    g_ptr_array_add (parser->blocks, block);
  return MIN (end + 1, parser->count) - start;
}

/* A term, "; 稼働率" or "; 稼働率 : 99.9%", with what is said of it in the lines below that begin with a colon. */
static int
parse_term (TextParser *parser, int start)
{
  g_autofree char *term = g_strdup (parser->lines[start].text + 1);
  char *colon = strstr (term, " : ");
  g_autoptr (GString) said = g_string_new (colon ? colon + 3 : "");
  if (colon)
    *colon = '\0';
  int end = start + 1;
  for (; end < parser->count && *parser->lines[end].text == ':'; end++)
    g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "",
                            parser->lines[end].text + strspn (parser->lines[end].text, ": "));
  g_autofree char *plain = g_strstrip (plain_text (term)), *text = g_strstrip (plain_text (said->str));
  text_parser_add_term (parser, plain, text, parser->lines[start].number);
  return end - start;
}

int
text_parse_mediawiki (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  if (parser->syntax != TEXT_MEDIAWIKI || text_line_is_blank (line))
    return 0;
  if (g_str_has_prefix (without_indent (line->text), "{|"))
    return parse_table (parser, start);
  if (*line->text == ';' && line->text[1])
    return parse_term (parser, start);
  g_autofree char *heading = NULL;
  int level = heading_level (line->text, &heading);
  g_autofree char *plain = g_strstrip (plain_text (level ? heading : line->text));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return 1;
}
