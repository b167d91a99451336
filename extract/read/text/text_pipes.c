/* text_pipes.c - see text.h: tables with "|" between the cells (GitHub Flavored Markdown, section 4.10), and rows
 * framed by
 * "|" without the line that divides the head from them.
 */
#include "read/text/text.h"

#include <string.h>

gboolean
line_divides_pipes (const char *line)
{
  gboolean dash = FALSE, pipe = FALSE;
  for (; *line; line++) {
    if (!strchr (" \t|:-", *line))
      return FALSE;
    dash |= *line == '-';
    pipe |= *line == '|';
  }
  return dash && pipe;
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
         !line_divides_pipes (trimmed);
}

static void
add_cell (TextRow *row, const char *start, const char *end)
{
  g_autofree char *marked = g_strndup (start, end - start);
  text_row_take_cell (row, text_from_markdown (marked));
}

/* The cells; the pipes at both ends are a frame. */
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

/* How many rows of heads the table at line START has, 0 or 1; -1: none begins there. */
static int
heads_at (const TextReading *reading, int start)
{
  const char *line = reading->lines[start].text;
  const char *next = start + 1 < reading->count ? reading->lines[start + 1].text : "";
  if (has_pipe (line) && !line_divides_pipes (line) && line_divides_pipes (next))
    return 1;
  return is_framed (line) && is_framed (next) && !strchr (line, '\t') ? 0 : -1;
}

int
text_take_pipes (TextReading *reading, int start)
{
  int heads = heads_at (reading, start);
  if (heads < 0)
    return 0;
  g_autoptr (TextRows) rows = text_rows_new ();
  int at = start;
  for (; at < reading->count && has_pipe (reading->lines[at].text); at++) {
    if (line_divides_pipes (reading->lines[at].text))
      continue;
    g_autoptr (TextRow) row = row_from_line (&reading->lines[at]);
    if (text_rows_are_too_wide_for (rows, row))
      break;
    text_rows_take (rows, g_steal_pointer (&row));
  }
  g_ptr_array_add (reading->blocks, block_from_rows (rows, heads));
  return at - start;
}
