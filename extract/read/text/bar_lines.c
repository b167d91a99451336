/* bar_lines.c - see bar_lines.h */
#include "read/text/bar_lines.h"

#include <string.h>

/* Lines with bars are rows that a bar ends where so many, and this share of them, end with one. A broken cell leaves a
 * line with one and a line without. */
#define CLOSED_LEAST 3
#define CLOSED_SHARE 0.5

/* A cell of more lines is text, and no cell. */
#define ROW_LINES_MOST 12

static TextLine *
line_at (GArray *lines, guint index)
{
  return &g_array_index (lines, TextLine, index);
}

static int
bars_in (const char *line)
{
  int bars = 0;
  for (const char *bar = strchr (line, '|'); bar; bar = strchr (bar + 1, '|'))
    bars++;
  return bars;
}

static gboolean
is_closed (const char *line)
{
  gsize length = strlen (line);
  while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
    length--;
  return length > 0 && line[length - 1] == '|';
}

/* How many bars the row that begins the table has whose lines are from FIRST to before END; 0: bars end no rows. */
static int
bars_of_table (GArray *lines, guint first, guint end)
{
  int barred = 0, closed = 0, bars = 0;
  for (guint i = first; i < end; i++) {
    const char *text = line_at (lines, i)->text;
    if (!strchr (text, '|'))
      continue;
    if (barred++ == 0 && !is_closed (text))
      return 0;
    bars = bars > 0 ? bars : bars_in (text);
    closed += is_closed (text);
  }
  return closed >= CLOSED_LEAST && closed >= CLOSED_SHARE * barred ? bars : 0;
}

/* How many lines the row on LINE has; 1 where it ends there, or where what follows it is no rest of it: together they
 * have no more bars than the first row, BARS. */
static guint
lines_of_row (GArray *lines, guint line, guint end, int bars)
{
  int count = bars_in (line_at (lines, line)->text);
  if (count == 0 || is_closed (line_at (lines, line)->text))
    return 1;
  for (guint i = line + 1; i < MIN (end, line + ROW_LINES_MOST); i++) {
    count += bars_in (line_at (lines, i)->text);
    if (count > bars)
      return 1;
    if (is_closed (line_at (lines, i)->text))
      return i - line + 1;
  }
  return 1;
}

/* Joins COUNT lines from LINE on: what ended them becomes a line end within the text. */
static void
join_lines (GArray *lines, guint line, guint count)
{
  for (guint i = line + 1; i < line + count; i++) {
    char *next = line_at (lines, i)->text;
    for (char *end = next - 1; end > line_at (lines, line)->text && *end == '\0'; end--)
      *end = ' ';
    next[-1] = '\n';
  }
  if (count > 1)
    g_array_remove_range (lines, line + 1, count - 1);
}

void
text_join_bar_lines (GArray *lines)
{
  for (guint first = 0; first < lines->len; first++) {
    guint end = first;
    while (end < lines->len && !text_line_is_blank (line_at (lines, end)))
      end++;
    int bars = end - first >= CLOSED_LEAST ? bars_of_table (lines, first, end) : 0;
    for (; bars > 0 && first < end; first++) {
      guint count = lines_of_row (lines, first, end, bars);
      join_lines (lines, first, count);
      end -= count - 1;
    }
    first = end;
  }
}
