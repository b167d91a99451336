/* figures.c - see figures.h */
#include "layout/unruled/figures.h"

/* A column of figures has values on at least this many lines. */
#define VALUE_LINES_LEAST 2

/* Ems: lines of the head are no farther apart. */
#define HEAD_DISTANCE 2.6

static gboolean
is_value_column (const UnruledTable *table, int column)
{
  SegmentCount count = unruled_count (table, column);
  return count.values >= VALUE_LINES_LEAST && count.values >= count.words;
}

gboolean
is_table_of_figures (const UnruledTable *table)
{
  int count = 0;
  for (int column = 1; column < unruled_columns (table); column++)
    count += is_value_column (table, column);
  return count > 0 && count * 2 >= unruled_columns (table) - 1;
}

typedef struct {
  const UnruledTable *table;
  gboolean *value; /* one for each line of the candidate: it has a value */
  int first, last; /* lines with values */
} FigureRows;

static gboolean
has_value (const UnruledTable *table, const gboolean *columns, int line)
{
  for (int column = 1; column < unruled_columns (table) && !table->candidate->banner[line]; column++) {
    const TextSegment *segment = columns[column] ? unruled_segment_in (table, line, column) : NULL;
    if (segment && segment->kind != SEGMENT_WORDS)
      return TRUE;
  }
  return FALSE;
}

/* FALSE: there are no lines with values. */
static gboolean
figures_measure (FigureRows *figures)
{
  const UnruledTable *table = figures->table;
  g_autofree gboolean *columns = g_new0 (gboolean, unruled_columns (table) + 1);
  for (int column = 1; column < unruled_columns (table); column++)
    columns[column] = is_value_column (table, column);
  figures->value = g_new0 (gboolean, table->candidate->end + 1);
  figures->first = -1;
  for (int i = table->candidate->start; i < table->candidate->end; i++) {
    figures->value[i] = has_value (table, columns, i);
    figures->first = figures->value[i] && figures->first < 0 ? i : figures->first;
    figures->last = figures->value[i] ? i : figures->last;
  }
  return figures->first >= 0;
}

static gboolean
is_label_alone (const UnruledTable *table, int line)
{
  return unruled_line (table, line)->segments->len == 1 && !table->candidate->banner[line] &&
         unruled_has_segment_in (table, line, 0);
}

/* Whether LINE, the last one, is not a note below the table: it is the rest of a wrapped label, or has text in several
 * columns. */
static gboolean
is_of_table (const UnruledTable *table, int line)
{
  const TextSegment *label = unruled_segment_in (table, line, 0);
  gboolean rest = label && g_unichar_islower (label->first) && line > 0 && !table->candidate->banner[line - 1];
  return rest ||
         (unruled_line (table, line)->segments->len > 1 && !table->candidate->banner[line] && !(label && label->mark));
}

/* Whether LINE is one note in brackets, flush with the right edge: "(in thousands)". */
static gboolean
is_note_of_units (const UnruledTable *table, int line)
{
  const GArray *segments = unruled_line (table, line)->segments;
  const TextSegment *note = &g_array_index (segments, TextSegment, 0);
  return segments->len == 1 && g_unichar_type (note->first) == G_UNICODE_OPEN_PUNCTUATION &&
         g_unichar_type (note->last) == G_UNICODE_CLOSE_PUNCTUATION && note->x1 > table->box.x1 - table->em;
}

/* Whether LINE, the first one, is not part of the head: a title, or something far above. */
static gboolean
is_title (const UnruledTable *table, int line)
{
  return is_label_alone (table, line) || table->candidate->banner[line] || is_note_of_units (table, line) ||
         (line == table->candidate->start && unruled_is_centred (table, line)) ||
         unruled_line (table, line + 1)->y - unruled_line (table, line)->y > HEAD_DISTANCE * table->em;
}

gboolean
figures_trim (TableCandidate *candidate, const UnruledTable *table)
{
  FigureRows figures = {.table = table};
  gboolean any = figures_measure (&figures);
  if (any) {
    while (!figures.value[candidate->start] && is_title (table, candidate->start))
      candidate->start++;
    while (!figures.value[candidate->end - 1] && !is_of_table (table, candidate->end - 1))
      candidate->end--;
  }
  g_free (figures.value);
  return any && candidate->end > candidate->start;
}
