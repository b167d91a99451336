/* dashed_table.c - see dashed_table.h */
#include "read/text/dashed_table.h"

#include "read/text/aligned_cells.h"

#include <string.h>

/* The most lines of heads. */
#define HEAD_LINES_MOST 4

/* A whole line of dashes around a table is at least so long. */
#define WHOLE_LEAST 8

typedef struct {
  int head, rule, body, end; /* indices of lines: the first of the heads, the dashes below them, the first row, the line
                                after the last row */
  int after;                 /* the line after the table */
  gboolean blank_between;    /* blank lines part the rows */
} DashedTable;

static gboolean
is_whole_rule (const char *line)
{
  gsize length = strlen (line);
  return length >= WHOLE_LEAST && strspn (line, "-") == length;
}

static gboolean
is_rule (const char *line)
{
  return is_whole_rule (line) || line_is_column_rule (line, '-');
}

/* Finds the dashes below heads that begin at START. */
static gboolean
find_rule (const TextParser *parser, int start, DashedTable *table)
{
  table->head = start + is_whole_rule (parser->lines[start].text);
  for (table->rule = table->head; table->rule < parser->count && table->rule <= table->head + HEAD_LINES_MOST;
       table->rule++) {
    const TextLine *line = &parser->lines[table->rule];
    if (line_is_column_rule (line->text, '-'))
      return table->rule > table->head;
    if (text_line_is_blank (line) || strpbrk (line->text, "\t|") || is_rule (line->text) ||
        line_is_column_rule (line->text, '='))
      return FALSE;
  }
  return FALSE;
}

/* Finds where the rows end: at dashes with a blank line below, or at the first blank line where none part the rows. */
static void
find_end (const TextParser *parser, int start, DashedTable *table)
{
  table->body = table->rule + 1;
  table->blank_between = table->head > start;
  for (table->end = table->body; table->end < parser->count; table->end++) {
    const TextLine *line = &parser->lines[table->end];
    gboolean last = table->end + 1 == parser->count || text_line_is_blank (&parser->lines[table->end + 1]);
    table->after = table->end + 1;
    if ((is_rule (line->text) && last) || (!table->blank_between && text_line_is_blank (line)))
      return;
  }
  table->after = parser->count;
}

static Block *
block_from_dashed (const TextParser *parser, const DashedTable *table)
{
  g_autoptr (GArray) starts = starts_of_column_rule (parser->lines[table->rule].text);
  g_autoptr (AlignedCells) cells = aligned_cells_new (starts);
  gboolean new_row = TRUE;
  for (int i = table->head; i < table->rule; i++)
    aligned_cells_take_line (cells, parser->lines[i].text, i == table->head, parser->lines[i].number);
  aligned_cells_mark_heads (cells);
  for (int i = table->body; i < table->end; i++) {
    const TextLine *line = &parser->lines[i];
    if (text_line_is_blank (line)) {
      new_row = TRUE;
      continue;
    }
    aligned_cells_take_line (cells, line->text, new_row || !table->blank_between, line->number);
    new_row = FALSE;
  }
  return block_from_aligned_cells (cells, parser->notes);
}

int
text_parse_dashed (TextParser *parser, int start)
{
  DashedTable table = {0};
  if (text_line_is_blank (&parser->lines[start]) || !find_rule (parser, start, &table))
    return 0;
  find_end (parser, start, &table);
  if (table.end <= table.body)
    return 0;
  g_ptr_array_add (parser->blocks, block_from_dashed (parser, &table));
  return table.after - start;
}
