/* gap_list.c - see gap_list.h */
#include "layout/gap/gap_list.h"

/* This part of the first column's lines are marks, in a list. */
#define MARKS_SHARE 0.8

/* Of a table of contents' lines, this part at least has points that lead to the page's number. */
#define LEADER_SHARE 0.25

static gboolean
has_marks (const GapTable *table)
{
  int lines = 0, marks = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *chunk = table->zone->wide[i] ? NULL : gap_chunk_in (table, i, 0);
    lines += chunk != NULL;
    marks += chunk && chunk->mark;
  }
  return lines > 0 && marks >= MARKS_SHARE * lines;
}

/* Page numbers never fall. */
static gboolean
is_contents (const GapTable *table)
{
  int lines = 0, leaders = 0, before = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    const Chunk *last = gap_chunk_in (table, i, gap_columns (table) - 1);
    if (table->zone->wide[i] || !last)
      continue;
    if (last->number < before)
      return FALSE;
    before = last->number;
    lines++;
    leaders += gap_line (table, i)->leader;
  }
  return lines > 2 && leaders >= LEADER_SHARE * lines;
}

/* Labels with room to write on, and no values. */
static gboolean
is_form (const GapTable *table)
{
  int lines = 0, leaders = 0;
  for (int i = table->zone->start; i < table->zone->end; i++) {
    for (guint j = 0; j < gap_line (table, i)->chunks->len; j++)
      if (g_array_index (gap_line (table, i)->chunks, Chunk, j).kind == CHUNK_VALUE)
        return FALSE;
    lines++;
    leaders += gap_line (table, i)->leader;
  }
  return leaders * 2 >= lines;
}

gboolean
is_list (const GapTable *table)
{
  if (is_form (table))
    return TRUE;
  return gap_columns (table) == 2 ? has_marks (table) || is_contents (table)
                                  : gap_columns (table) == 3 && is_contents (table);
}
