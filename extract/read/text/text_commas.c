/* text_commas.c - see text.h. Prose has commas too: rows must be several, of the same number of cells, and not written
 * as a sentence is, with a space after each comma.
 */
#include "read/text/text.h"

#include <string.h>

#define LEAST_COLUMNS 3
#define LEAST_ROWS 3

/* How many cells begin with a space where the line is no cell in quotes. */
static int
spaced_cells (const char *line)
{
  int spaced = 0;
  for (const char *at = strchr (line, ','); at; at = strchr (at + 1, ','))
    spaced += at[1] == ' ';
  return spaced;
}

static gboolean
may_be_row (const TextLine *line)
{
  const char *comma = strchr (line->text, ',');
  return comma && strchr (comma + 1, ',');
}

int
text_take_commas (TextReading *reading, int start)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  guint columns = 0;
  int at = start, taken, cells = 0, spaced = 0;
  for (; at < reading->count; at += taken) {
    if (line_is_blank (&reading->lines[at]) || (columns == 0 && !may_be_row (&reading->lines[at])))
      break;
    g_autoptr (TextRow) row = text_row_from_line (reading, at, ',', &taken);
    if (row->cells->len < LEAST_COLUMNS || (columns != 0 && row->cells->len != columns))
      break;
    columns = row->cells->len;
    cells += columns;
    spaced += spaced_cells (reading->lines[at].text);
    text_rows_take (rows, g_steal_pointer (&row));
  }
  if (text_rows_count (rows) < LEAST_ROWS || spaced * 2 > cells)
    return 0;
  g_ptr_array_add (reading->blocks, block_from_rows (rows, 0));
  return at - start;
}
