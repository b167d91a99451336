/* markdown.c - see markdown.h */
#include "read/text/markdown.h"

#include <string.h>

#define MARK_REACH 500 /* bytes within which a mark must be closed */

static void append_plain (GString *plain, const char *text, const char *end);

/* The level of "## Heading", *TEXT after the marks; 0 where it is not a heading. */
static int
heading_level (const char *line, const char **text)
{
  const char *marks = line + strspn (line, " ");
  int level = strspn (marks, "#");
  if (marks - line > 3 || level < 1 || level > 6 || !strchr (" \t", marks[level]))
    return 0;
  *text = marks + level;
  return level;
}

static gboolean
is_made_of (const char *line, char mark, int least)
{
  int marks = 0;
  for (; *line; line++) {
    if (*line != mark && *line != ' ')
      return FALSE;
    marks += *line == mark;
  }
  return marks >= least;
}

static gboolean
is_fence (const char *line)
{
  line += strspn (line, " ");
  return g_str_has_prefix (line, "```") || g_str_has_prefix (line, "~~~");
}

/* A delimiter row: |---|:--:|, or as Org and SQL shells write it, |---+---|. */
static gboolean
is_delimiter_row (const char *line)
{
  gboolean dash = FALSE, pipe = FALSE;
  for (; *line; line++) {
    if (!strchr (" \t|:-+", *line))
      return FALSE;
    dash |= *line == '-';
    pipe |= *line == '|' || *line == '+';
  }
  return dash && pipe;
}

gboolean
text_is_markdown (const TextLine *lines, int count)
{
  int headings = 0;
  gboolean tabs = FALSE;
  for (int i = 0; i < count; i++) {
    const char *text;
    if (is_delimiter_row (lines[i].text))
      return TRUE;
    headings += heading_level (lines[i].text, &text) > 0;
    tabs |= strchr (lines[i].text, '\t') != NULL;
  }
  return headings >= 2 || (headings == 1 && !tabs);
}

/* Where the mark of LENGTH bytes at MARK is closed between START and END; NULL where it is not. */
static const char *
closing_mark (const char *mark, int length, const char *start, const char *end)
{
  end = MIN (end, start + MARK_REACH);
  for (const char *at = start + 1; at + length <= end; at++) {
    if (*at == '\\')
      at++;
    else if (!strncmp (at, mark, length) && !g_ascii_isspace (at[-1])) {
      gboolean within_word = *mark == '_' && g_ascii_isalnum (at[length]);
      if (at[length] != *mark && !within_word)
        return at;
      at += strspn (at, (char[]){*mark, '\0'}) - 1;
    }
  }
  return NULL;
}

/* This and the others append the text of what begins at AT: here *bold*, **bold**, _bold_, ~~struck~~. They return its
 * end, NULL where it is not a mark. */
static const char *
append_emphasis (GString *plain, const char *at, const char *end)
{
  int length = strspn (at, (char[]){*at, '\0'});
  const char *start = at + length;
  gboolean within_word = *at == '_' && plain->len > 0 && g_ascii_isalnum (plain->str[plain->len - 1]);
  if (length > 3 || (*at == '~' && length != 2) || start >= end || g_ascii_isspace (*start) || within_word)
    return NULL;
  const char *close = closing_mark (at, length, start, end);
  if (!close)
    return NULL;
  if (*at == '~')
    g_string_append_c (plain, TEXT_STRUCK_BEGIN);
  append_plain (plain, start, close);
  if (*at == '~')
    g_string_append_c (plain, TEXT_STRUCK_END);
  return close + length;
}

/* <del>old</del> and its like. */
static const char *
append_struck (GString *plain, const char *at, const char *end)
{
  static const char *const tags[] = {"<del>", "<s>", "<strike>"};
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
    gsize length = strlen (tags[i]);
    if (g_ascii_strncasecmp (at, tags[i], length))
      continue;
    g_autofree char *closing = g_strconcat ("</", tags[i] + 1, NULL);
    for (const char *close = at + length; close + length < end && close < at + MARK_REACH; close++)
      if (!g_ascii_strncasecmp (close, closing, length + 1)) {
        g_string_append_c (plain, TEXT_STRUCK_BEGIN);
        append_plain (plain, at + length, close);
        g_string_append_c (plain, TEXT_STRUCK_END);
        return close + length + 1;
      }
  }
  return NULL;
}

static const char *
append_code (GString *plain, const char *at, const char *end)
{
  int length = strspn (at, "`");
  const char *limit = MIN (end, at + MARK_REACH);
  for (const char *close = at + length; close < limit; close++) {
    int closing = strspn (close, "`");
    if (closing == length) {
      g_string_append_len (plain, at + length, close - at - length);
      return close + length;
    }
    close += closing;
  }
  return NULL;
}

/* The bracket that closes the one at AT, or NULL. */
static const char *
closing_bracket (const char *at, const char *end, char open, char close)
{
  int depth = 0;
  for (end = MIN (end, at + MARK_REACH); at < end; at++) {
    if (*at == '\\')
      at++;
    else if (*at == open)
      depth++;
    else if (*at == close && --depth == 0)
      return at;
  }
  return NULL;
}

/* [text](address) and ![text](address). */
static const char *
append_link (GString *plain, const char *at, const char *end)
{
  at += *at == '!';
  if (*at != '[')
    return NULL;
  const char *text_end = closing_bracket (at, end, '[', ']');
  if (!text_end || text_end[1] != '(')
    return NULL;
  const char *address_end = closing_bracket (text_end + 1, end, '(', ')');
  if (!address_end)
    return NULL;
  append_plain (plain, at + 1, text_end);
  return address_end + 1;
}

static const struct {
  const char *mark, *text;
} replacements[] = {
    {"<br>", "\n"}, {"<br/>", "\n"}, {"<br />", "\n"}, {"<BR>", "\n"},  {"&lt;", "<"},
    {"&gt;", ">"},  {"&amp;", "&"},  {"&quot;", "\""}, {"&nbsp;", " "},
};

/* <https://…>, <br>, <del>, comments, character references. */
static const char *
append_html (GString *plain, const char *at, const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replacements); i++)
    if (g_str_has_prefix (at, replacements[i].mark)) {
      g_string_append (plain, replacements[i].text);
      return at + strlen (replacements[i].mark);
    }
  if (g_str_has_prefix (at, "<!--")) {
    const char *comment_end = g_strstr_len (at + 4, end - at - 4, "-->");
    return comment_end ? comment_end + 3 : NULL;
  }
  const char *struck = append_struck (plain, at, end);
  if (struck)
    return struck;
  const char *close = g_str_has_prefix (at, "<http") ? closing_bracket (at, end, '<', '>') : NULL;
  if (close)
    g_string_append_len (plain, at + 1, close - at - 1);
  return close ? close + 1 : NULL;
}

static const char *
append_escaped (GString *plain, const char *at, const char *end)
{
  if (at + 1 >= end || !g_ascii_ispunct (at[1]))
    return NULL;
  g_string_append_c (plain, at[1]);
  return at + 2;
}

static const struct {
  const char *begins;
  const char *(*append) (GString *plain, const char *at, const char *end);
} marks[] = {
    {"\\", append_escaped}, {"*_~", append_emphasis}, {"`", append_code}, {"![", append_link}, {"<&", append_html},
};

static const char *
append_marked (GString *plain, const char *at, const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strchr (marks[i].begins, *at))
      return marks[i].append (plain, at, end);
  return NULL;
}

/* A character that is not a mark is text, and so are the same ones that follow it. */
static void
append_plain (GString *plain, const char *text, const char *end)
{
  while (text < end) {
    const char *after = append_marked (plain, text, end);
    gsize same = strchr ("*_~`", *text) ? strspn (text, (char[]){*text, '\0'}) : 1;
    if (!after) {
      after = MIN (text + same, end);
      g_string_append_len (plain, text, after - text);
    }
    text = after;
  }
}

char *
text_from_markdown (const char *text)
{
  GString *plain = g_string_new (NULL);
  append_plain (plain, text, text + strlen (text));
  return g_string_free (plain, FALSE);
}

static void
add_block (TextParser *parser, const char *text, int level, int number)
{
  g_autofree char *plain = g_strstrip (text_from_markdown (text));
  if (*plain)
    text_parser_add (parser, plain, level, number);
}

/* The bytes of "- " or "1. " before an entry's text; 0: it is none. */
static gsize
entry_marker (const char *text)
{
  gsize space = strspn (text, " "), digits = strspn (text + space, "0123456789");
  const char *mark = text + space + digits;
  gboolean marked = digits == 0 ? *mark && strchr ("-*+", *mark) : digits < 4 && strchr (".)", *mark) && *mark;
  return marked && mark[1] == ' ' ? (gsize)(mark + 2 - text) : 0;
}

/* "- **稼働率**: 99.9%", "**稼働率** 99.9%", "**稼働率はどのくらいですか？**": bold words, alone or before what is said of
 * them. */
static gboolean
add_bold_lead (TextParser *parser, const TextLine *line)
{
  const char *text = line->text + entry_marker (line->text);
  gboolean stars = g_str_has_prefix (text, "**");
  const char *end = text + strlen (text);
  const char *close = stars || g_str_has_prefix (text, "__") ? closing_mark (text, 2, text + 2, end) : NULL;
  if (!close || g_ascii_isspace (text[2]))
    return FALSE;
  g_autofree char *marker = g_strndup (line->text, text - line->text), *bold = g_strndup (text + 2, close - text - 2);
  g_autofree char *term = text_from_markdown (bold), *rest = text_from_markdown (close + 2);
  static const char *const colons[] = {":", "："};
  for (gsize i = 0; i < G_N_ELEMENTS (colons); i++)
    if (g_str_has_suffix (term, colons[i]))
      term[strlen (term) - strlen (colons[i])] = '\0';
  g_strstrip (rest);
  for (gsize i = 0; i < G_N_ELEMENTS (colons); i++)
    if (g_str_has_prefix (rest, colons[i]))
      memmove (rest, rest + strlen (colons[i]), strlen (rest) - strlen (colons[i]) + 1);
  g_autofree char *head = g_strconcat (marker, g_strstrip (term), NULL);
  if (!*term)
    return FALSE;
  text_parser_add_term (parser, g_strchug (head), g_strstrip (rest), line->number);
  return TRUE;
}

/* The text of a definition list's line, ": 99.9%" (PHP Markdown Extra, Pandoc), below its term or the text above; NULL: it
 * is none. Borrowed. */
static const char *
definition_of_line (const TextParser *parser, int start)
{
  const char *text = parser->lines[start].text;
  text += strspn (text, " ");
  gboolean marked = (*text == ':' || *text == '~') && (text[1] == ' ' || text[1] == '\t');
  return marked && start > 0 && text[1 + strspn (text + 1, " \t")] ? text + 1 + strspn (text + 1, " \t") : NULL;
}

/* "## Heading ##". */
static void
add_heading (TextParser *parser, const char *text, int level, int number)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  gsize length = strlen (bare), closing = 0;
  while (closing < length && bare[length - 1 - closing] == '#')
    closing++;
  if (closing < length && bare[length - 1 - closing] == ' ')
    bare[length - closing] = '\0';
  add_block (parser, bare, level, number);
}

/* Lines between two fences are text as it is. */
static int
parse_fenced (TextParser *parser, int start)
{
  int at = start + 1;
  for (; at < parser->count && !is_fence (parser->lines[at].text); at++) {
    const TextLine *line = &parser->lines[at];
    if (!text_line_is_blank (line))
      text_parser_add (parser, line->text, 0, line->number);
  }
  return MIN (at + 1, parser->count) - start;
}

/* An underline makes the line above it a heading (setext heading): 1 for "===", 2 for "---", 0 where there is none. */
static int
underline_level (const TextParser *parser, int start)
{
  const char *next = start + 1 < parser->count ? parser->lines[start + 1].text : "";
  return is_made_of (next, '=', 2) ? 1 : is_made_of (next, '-', 3) && start > 0 && !strchr (next, ' ') ? 2 : 0;
}

/* LINE after the marks of a block quote, "> " (CommonMark, 5.1), which set its words apart; LINE where it has none. */
static const char *
after_quote_marks (const char *line)
{
  const char *at = line + strspn (line, " ");
  if (*at != '>' || at - line > 3)
    return line;
  return at + strspn (at, "> ");
}

int
text_parse_markdown (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  const char *text = line->text;
  if (parser->syntax != TEXT_MARKDOWN || text_line_is_blank (line))
    return 0;
  text = after_quote_marks (text);
  if (!*text)
    return 1;
  if (is_fence (text))
    return parse_fenced (parser, start);
  if (is_made_of (text, '-', 3) || is_made_of (text, '*', 3) || is_made_of (text, '_', 3))
    return 1;
  const char *definition = definition_of_line (parser, start);
  if (definition) {
    add_block (parser, definition, 0, line->number);
    return 1;
  }
  int level = heading_level (text, &text);
  int underlined = level ? 0 : underline_level (parser, start);
  if (level)
    add_heading (parser, text, level, line->number);
  else if (underlined || !add_bold_lead (parser, line))
    add_block (parser, text, underlined, line->number);
  return underlined ? 2 : 1;
}

static gboolean
has_pipe (const char *line)
{
  for (; *line; line++)
    if (*line == '\\' && line[1])
      line++;
    else if (*line == '|')
      return TRUE;
  return FALSE;
}

static gboolean
is_framed (const char *line)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (line));
  gsize length = strlen (trimmed);
  return length >= 3 && trimmed[0] == '|' && trimmed[length - 1] == '|' && trimmed[length - 2] != '\\' &&
         !is_delimiter_row (trimmed);
}

static void
add_cell (TextRow *row, const char *start, const char *end)
{
  g_autofree char *marked = g_strndup (start, end - start);
  text_row_take_cell (row, text_from_markdown (marked));
}

/* The cells between the pipes; those at both ends are a frame and separate nothing. */
static TextRow *
row_from_line (const TextLine *line)
{
  TextRow *row = text_row_new (line->number);
  const char *at = line->text + strspn (line->text, " \t");
  at += *at == '|';
  const char *start = at;
  for (; *at; at++) {
    if (*at == '\\' && at[1])
      at++;
    else if (*at == '|') {
      add_cell (row, start, at);
      start = at + 1;
    }
  }
  if (start[strspn (start, " \t")] || row->cells->len == 0)
    add_cell (row, start, at);
  return row;
}

/* How many head rows the table at line START has, 0 or 1; -1 where none begins there. */
static int
heads_at (const TextParser *parser, int start)
{
  const char *line = parser->lines[start].text;
  const char *next = start + 1 < parser->count ? parser->lines[start + 1].text : "";
  if (has_pipe (line) && !is_delimiter_row (line) && is_delimiter_row (next))
    return 1;
  return is_framed (line) && is_framed (next) && !strchr (line, '\t') ? 0 : -1;
}

int
text_parse_pipes (TextParser *parser, int start)
{
  int heads = heads_at (parser, start);
  if (heads < 0)
    return 0;
  g_autoptr (TextRows) rows = text_rows_new ();
  int at = start;
  for (; at < parser->count && (has_pipe (parser->lines[at].text) || is_delimiter_row (parser->lines[at].text)); at++) {
    if (is_delimiter_row (parser->lines[at].text))
      continue;
    g_autoptr (TextRow) row = row_from_line (&parser->lines[at]);
    if (text_rows_are_too_wide_for (rows, row))
      break;
    text_rows_take (rows, g_steal_pointer (&row));
  }
  g_ptr_array_add (parser->blocks, block_from_rows (rows, heads, CELL_HEAD_BY_PLACE));
  return at - start;
}
