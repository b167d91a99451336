/* marked_text.c - see marked_text.h */
#include "change/marked_text.h"

#include "text/shown.h"
#include "text/width.h"

#include <string.h>

#define BETWEEN_COLUMNS " │ "
enum { BETWEEN_CELLS = 3 };

/* ECMA-48, 8.3.117 (SGR), by mark. */
static const char *const colours[] = {"", "\033[31m", "\033[32m", "\033[1m"};
static const char colour_end[] = "\033[0m";

/* Characters that may not begin a line: they stay with the one before. */
static const char closing_signs[] = "。、，．・：；？！）」』】〉》ー々％,.:;?!)]}%";

static void
run_clear (gpointer data)
{
  g_free (((MarkedRun *)data)->text);
}

GArray *
runs_new (void)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (MarkedRun));
  g_array_set_clear_func (runs, run_clear);
  return runs;
}

/* A tab has no width of its own. */
static char *
text_for_terminal (const char *text, gssize length)
{
  g_autofree char *part = length < 0 ? g_strdup (text) : g_strndup (text, length);
  char *shown = text_shown (part, SHOWN_LINES);
  return g_strdelimit (shown, "\t", ' ');
}

void
runs_add (GArray *runs, const char *text, gssize length, RunMark mark)
{
  MarkedRun run = {text_for_terminal (text, length), mark};
  g_array_append_val (runs, run);
}

/* Lines */

typedef struct {
  GPtrArray *lines; /* GString, finished ones and the last */
  int width, used;  /* cells */
  gboolean coloured;
  RunMark mark; /* open in the last line */
} LineSetting;

static GString *
last_line (const LineSetting *setting)
{
  return g_ptr_array_index (setting->lines, setting->lines->len - 1);
}

static void
free_line (gpointer line)
{
  g_string_free (line, TRUE);
}

static void
change_mark (LineSetting *setting, RunMark mark)
{
  if (!setting->coloured || setting->mark == mark)
    return;
  if (setting->mark != MARK_NONE)
    g_string_append (last_line (setting), colour_end);
  g_string_append (last_line (setting), colours[mark]);
  setting->mark = mark;
}

static void
begin_line (LineSetting *setting)
{
  change_mark (setting, MARK_NONE);
  g_ptr_array_add (setting->lines, g_string_new (NULL));
  setting->used = 0;
}

/* Longer pieces than this may be broken anywhere. */
enum { PIECE_BYTES_MOST = 256 };

/* A word in Latin letters, or one character, with the closing signs after it. */
static gsize
piece_length (const char *text)
{
  const char *end = text;
  if (g_unichar_isspace (g_utf8_get_char (text)))
    return (gsize)(g_utf8_next_char (text) - text);
  while ((guchar)*end > ' ' && (guchar)*end < 0x7f && end - text < PIECE_BYTES_MOST)
    end++;
  if (end == text)
    end = g_utf8_next_char (text);
  while (*end && end - text < PIECE_BYTES_MOST && g_utf8_strchr (closing_signs, -1, g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  return (gsize)(end - text);
}

/* Sets the piece that TEXT begins with, on a new line where it does not fit, and cut where it is wider than a line;
 * gives how many bytes were set. */
static gsize
set_piece (LineSetting *setting, const char *text, RunMark mark)
{
  gsize length = piece_length (text);
  g_autofree char *piece = g_strndup (text, length);
  int cells = text_cells (piece);
  if (setting->width > 0 && setting->used > 0 && setting->used + cells > setting->width)
    begin_line (setting);
  if (setting->used == 0 && g_unichar_isspace (g_utf8_get_char (text)))
    return length;
  if (setting->width > 0 && cells > setting->width) {
    length = text_bytes_in_cells (piece, setting->width);
    piece[length] = 0;
    cells = text_cells (piece);
  }
  change_mark (setting, mark);
  g_string_append (last_line (setting), piece);
  setting->used += cells;
  return length;
}

static GPtrArray *
lines_from_runs (const GArray *runs, int width, gboolean coloured, int **cells)
{
  LineSetting setting = {g_ptr_array_new_with_free_func (free_line), width, 0, coloured, MARK_NONE};
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (int));
  begin_line (&setting);
  for (guint i = 0; i < runs->len; i++) {
    const MarkedRun *run = &g_array_index (runs, MarkedRun, i);
    for (const char *at = run->text; *at;) {
      guint before = setting.lines->len;
      int filled = setting.used;
      if (*at == '\n') {
        begin_line (&setting);
        at++;
      } else
        at += set_piece (&setting, at, run->mark);
      if (setting.lines->len > before)
        g_array_append_val (used, filled);
    }
  }
  change_mark (&setting, MARK_NONE);
  g_array_append_val (used, setting.used);
  *cells = (int *)(void *)g_array_free (g_steal_pointer (&used), FALSE);
  return setting.lines;
}

static const char *
line_text (const GPtrArray *lines, guint index)
{
  return index < lines->len ? ((const GString *)g_ptr_array_index (lines, index))->str : "";
}

void
append_runs (GString *out, const GArray *runs, int width, int indent, gboolean coloured)
{
  g_autofree int *cells = NULL;
  g_autoptr (GPtrArray) lines = lines_from_runs (runs, width > 0 ? MAX (width - indent, 2) : 0, coloured, &cells);
  for (guint i = 0; i < lines->len; i++)
    if (cells[i] > 0)
      g_string_append_printf (out, "%*s%s\n", indent, "", line_text (lines, i));
}

void
append_runs_beside (GString *out, const GArray *left, const GArray *right, int width, int indent)
{
  int column = MAX ((width - indent - BETWEEN_CELLS) / 2, 2);
  g_autofree int *left_cells = NULL, *right_cells = NULL;
  g_autoptr (GPtrArray) left_lines = lines_from_runs (left, column, TRUE, &left_cells);
  g_autoptr (GPtrArray) right_lines = lines_from_runs (right, column, TRUE, &right_cells);
  for (guint i = 0; i < MAX (left_lines->len, right_lines->len); i++) {
    int filled = i < left_lines->len ? left_cells[i] : 0;
    if (filled == 0 && (i >= right_lines->len || right_cells[i] == 0))
      continue;
    g_string_append_printf (out, "%*s%s%*s%s%s\n", indent, "", line_text (left_lines, i), column - filled, "",
                            BETWEEN_COLUMNS, line_text (right_lines, i));
  }
}
