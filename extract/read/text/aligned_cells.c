/* aligned_cells.c - see aligned_cells.h */
#include "read/text/aligned_cells.h"

#include "model/note.h"
#include "read/text/markdown.h"
#include "read/text/text_table.h"

#include <string.h>

int
columns_of_character (gunichar character, ColumnCount count)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  if (count == COUNT_CHARACTERS)
    return 1;
  return g_unichar_iswide (character) || (count == COUNT_AMBIGUOUS && g_unichar_iswide_cjk (character)) ? 2 : 1;
}

int
columns_of_text (const char *text, ColumnCount count)
{
  int columns = 0;
  for (; *text; text = g_utf8_next_char (text))
    columns += columns_of_character (g_utf8_get_char (text), count);
  return columns;
}

const char *
text_at_column (const char *text, int column, ColumnCount count)
{
  for (int at = 0; *text && at < column; text = g_utf8_next_char (text))
    at += columns_of_character (g_utf8_get_char (text), count);
  return text;
}

/* What strict rules keep with the character before it, where Unicode allows a break: programs follow both. */
static const char clinging[] = "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ";

/* The end of the piece at the start of TEXT. */
static const char *
first_piece (const char *text, LineBreaks *breaks)
{
  const char *end = line_breaks_first_piece (breaks, text);
  while (*end && g_utf8_strchr (clinging, -1, g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  return end;
}

gboolean
cell_line_is_full (const char *line, const char *next, int width, ColumnCount count, LineBreaks *breaks)
{
  const char *end = first_piece (next, breaks);
  g_autofree char *piece = g_strndup (next, end - next);
  return columns_of_text (line, count) + MIN (columns_of_text (piece, count), width) > width;
}

/* Whether NEXT, the line after LINE, was wrapped: its first piece would not have fitted. */
static gboolean
is_wrapped (const char *line, const char *next, int width, ColumnCount count, LineBreaks *breaks)
{
  return !text_begins_entry (next) && cell_line_is_full (line, next, width, count, breaks);
}

char *
text_from_cell_lines (GPtrArray *lines, int width, ColumnCount count, LineBreaks *breaks)
{
  char *text = g_strdup ("");
  const char *last = "";
  gboolean broken = FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    if (!*line) {
      broken = TRUE;
      continue;
    }
    gboolean wrapped = !broken && *last && is_wrapped (last, line, width, count, breaks);
    char *joined = text_join (text, line, wrapped);
    g_free (text);
    text = joined;
    last = line;
    broken = FALSE;
  }
  return text;
}

gboolean
line_is_column_rule (const char *line, char sign)
{
  const char marks[] = {sign, ' ', 0};
  const char *run = line + strspn (line, " ");
  const char *gap = strchr (run, ' ');
  return run[0] == sign && run[1] == sign && gap && !run[strspn (run, marks)] && strchr (gap, sign);
}

GArray *
starts_of_column_rule (const char *rule)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; rule[i]; i++)
    if (rule[i] != ' ' && (i == 0 || rule[i - 1] == ' '))
      g_array_append_val (starts, i);
  return starts;
}

typedef struct {
  char *text;
  int row, number;
} AlignedLine;

struct AlignedCells {
  GArray *starts; /* int */
  GArray *lines;  /* AlignedLine */
  int rows, heads;
};

static void
line_clear (gpointer data)
{
  g_free (((AlignedLine *)data)->text);
}

AlignedCells *
aligned_cells_new (GArray *starts)
{
  AlignedCells *cells = g_new0 (AlignedCells, 1);
  *cells = (AlignedCells){.starts = g_array_ref (starts), .lines = g_array_new (FALSE, FALSE, sizeof (AlignedLine))};
  g_array_set_clear_func (cells->lines, line_clear);
  return cells;
}

void
aligned_cells_free (AlignedCells *cells)
{
  if (!cells)
    return;
  g_array_unref (cells->starts);
  g_array_unref (cells->lines);
  g_free (cells);
}

void
aligned_cells_take_line (AlignedCells *cells, const char *line, gboolean new_row, int number)
{
  cells->rows += new_row || cells->rows == 0;
  AlignedLine added = {g_strdup (line), cells->rows - 1, number};
  g_array_append_val (cells->lines, added);
}

void
aligned_cells_mark_heads (AlignedCells *cells)
{
  cells->heads = cells->rows;
}

/* How many lines have text across the space before a column. */
static guint
lines_across (const AlignedCells *cells, ColumnCount count)
{
  guint across = 0;
  for (guint i = 0; i < cells->lines->len; i++) {
    const char *line = g_array_index (cells->lines, AlignedLine, i).text;
    gboolean clear = TRUE;
    for (guint k = 1; k < cells->starts->len && clear; k++) {
      const char *at = text_at_column (line, g_array_index (cells->starts, int, k) - 1, count);
      clear = *at == '\0' || *at == ' ';
    }
    across += !clear;
  }
  return across;
}

/* The part of LINE in column INDEX; the caller frees. */
static char *
part_of_line (const AlignedCells *cells, const char *line, guint index, ColumnCount count)
{
  const char *start = text_at_column (line, g_array_index (cells->starts, int, index), count);
  gboolean last = index + 1 == cells->starts->len;
  const char *end =
      last ? line + strlen (line) : text_at_column (line, g_array_index (cells->starts, int, index + 1), count);
  return g_strstrip (g_strndup (start, MAX (0, end - start)));
}

/* The columns that the widest text of column INDEX takes. */
static int
width_of_column (const AlignedCells *cells, guint index, ColumnCount count)
{
  int width = 0;
  for (guint i = 0; i < cells->lines->len; i++) {
    g_autofree char *part = part_of_line (cells, g_array_index (cells->lines, AlignedLine, i).text, index, count);
    width = MAX (width, columns_of_text (part, count));
  }
  return width;
}

static void
add_row (const AlignedCells *cells, TextTable *table, int row, const int *widths, ColumnCount count, LineBreaks *breaks)
{
  text_table_begin_row (table);
  for (guint k = 0; k < cells->starts->len; k++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
    int number = 0;
    for (guint i = 0; i < cells->lines->len; i++) {
      const AlignedLine *line = &g_array_index (cells->lines, AlignedLine, i);
      if (line->row != row)
        continue;
      number = number ? number : line->number;
      g_ptr_array_add (lines, part_of_line (cells, line->text, k, count));
    }
    g_autofree char *text = text_from_cell_lines (lines, widths[k], count, breaks);
    text_table_take_cell (table, text_from_markdown (text),
                          (TextSpan){.head = row < cells->heads ? CELL_HEAD_BY_MARK : CELL_BODY}, number);
  }
}

Block *
block_from_aligned_cells (const AlignedCells *cells, GPtrArray *notes)
{
  if (cells->rows == 0)
    return NULL;
  ColumnCount best = COUNT_WIDE;
  for (ColumnCount count = 0; count < COUNTS; count++)
    if (lines_across (cells, count) < lines_across (cells, best))
      best = count;
  guint across = lines_across (cells, best);
  if (across > 0)
    notes_add (notes, "text-table-uneven", NOTE_WARNING,
               (Place){.line = g_array_index (cells->lines, AlignedLine, 0).number},
               "In %u of the %u lines of this table words run across its columns; they may be in the wrong cells.",
               across, cells->lines->len);
  g_autofree int *widths = g_new0 (int, cells->starts->len);
  for (guint k = 0; k < cells->starts->len; k++)
    widths[k] = width_of_column (cells, k, best);
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  g_autoptr (TextTable) table = text_table_new ();
  for (int row = 0; row < cells->rows; row++)
    add_row (cells, table, row, widths, best, breaks);
  return block_from_text_table (table);
}
