/* revision.c - see revision.h */
#include "facts/revision.h"

#include "facts/fact_date.h"
#include "facts/fact_line.h"
#include "facts/number_mention.h"
#include "text/plain.h"

#include <stdlib.h>
#include <string.h>

#define DAY_LENGTH 10 /* 2024-04-01 */

/* The columns of a revision table, by its first row. */
typedef struct {
  int number, date, note, place; /* -1: the table has no such column */
} RevisionColumns;

/* The field of COLUMNS for a column with the head HEAD; NULL: it has none, or is taken. */
static int *
column_of_head (const Knowledge *knowledge, RevisionColumns *columns, const char *head)
{
  const struct {
    const char *rule;
    int *column;
  } kinds[] = {{"revision-date", &columns->date},
               {"revision-note", &columns->note},
               {"revision-number", &columns->number},
               {"revision-place", &columns->place}};
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (*kinds[i].column < 0 && patterns_has (knowledge->document, kinds[i].rule, head))
      return kinds[i].column;
  return NULL;
}

/* Where only the place of a change has a column, it serves as the note. FALSE: TABLE does not list revisions. */
static gboolean
revision_columns (const Knowledge *knowledge, const Table *table, RevisionColumns *columns)
{
  *columns = (RevisionColumns){-1, -1, -1, -1};
  for (int i = 0; table->rows->len > 0 && i < table->columns; i++) {
    g_autofree char *head = item_text (knowledge, row_field (table_row (table, 0), i)->text);
    int *column = head ? column_of_head (knowledge, columns, head) : NULL;
    if (column)
      *column = i;
  }
  if (columns->note < 0) {
    columns->note = columns->place;
    columns->place = -1;
  }
  return columns->date >= 0 && columns->note >= 0;
}

gboolean
table_is_revisions (const Knowledge *knowledge, const Table *table)
{
  RevisionColumns columns;
  return revision_columns (knowledge, table, &columns);
}

/* A range names no more items than this: 1〜300 is a misreading. */
#define RANGE_MOST 100

static void
add_item_named (Revision *revision, const char *item)
{
  if (!g_ptr_array_find_with_equal_func (revision->items, item, g_str_equal, NULL))
    g_ptr_array_add (revision->items, g_strdup (item));
}

static void
add_items_of_mention (Revision *revision, const NumberMention *mention)
{
  add_item_named (revision, mention->number);
  int low = atoi (mention->number), high = mention->last ? atoi (mention->last) : 0;
  for (int number = low + 1; low > 0 && number <= high && high - low <= RANGE_MOST; number++) {
    g_autofree char *item = g_strdup_printf ("%d", number);
    add_item_named (revision, item);
  }
}

/* Whether one of MENTIONS leaves NUMBER out. */
static gboolean
is_left_out (const GArray *mentions, const char *number)
{
  for (guint i = 0; i < mentions->len; i++) {
    const NumberMention *mention = &g_array_index (mentions, NumberMention, i);
    if (mention->is_excepted && g_str_equal (mention->number, number))
      return TRUE;
  }
  return FALSE;
}

static void
read_items_named_in (const Knowledge *knowledge, Revision *revision, const char *text)
{
  g_autofree char *plain = text ? text_made_plain (text) : NULL;
  g_autoptr (GArray) mentions = number_mentions_from_note (knowledge, plain ? plain : text ? text : "");
  for (guint i = 0; i < mentions->len; i++)
    add_items_of_mention (revision, &g_array_index (mentions, NumberMention, i));
  for (guint i = revision->items->len; i-- > 0;)
    if (is_left_out (mentions, g_ptr_array_index (revision->items, i)))
      g_ptr_array_remove_index (revision->items, i);
}

static char *
field_at (const Knowledge *knowledge, const Row *row, int column)
{
  return column >= 0 ? item_text (knowledge, row_field (row, column)->text) : NULL;
}

static void
read_revision (const Knowledge *knowledge, GPtrArray *revisions, const Row *row, const RevisionColumns *columns)
{
  g_autofree char *date = field_at (knowledge, row, columns->date), *note = field_at (knowledge, row, columns->note),
                  *place = field_at (knowledge, row, columns->place);
  if (!date && !note) /* a form has rows for revisions to come */
    return;
  Revision *revision = revision_new ();
  revision->number = field_at (knowledge, row, columns->number);
  revision->date = date ? fact_date (knowledge, "date", date) : NULL;
  if (!revision->date)
    revision->date = g_steal_pointer (&date);
  revision->note = g_steal_pointer (&note);
  read_items_named_in (knowledge, revision, place);
  read_items_named_in (knowledge, revision, revision->note);
  g_ptr_array_add (revisions, revision);
}

gboolean
revisions_from_table (const Knowledge *knowledge, GPtrArray *revisions, const Table *table)
{
  RevisionColumns columns;
  if (!revision_columns (knowledge, table, &columns))
    return FALSE;
  for (guint i = 1; i < table->rows->len; i++)
    read_revision (knowledge, revisions, table_row (table, (int)i), &columns);
  return columns.number >= 0 &&
         patterns_has (knowledge->document, "revision-version", row_field (table_row (table, 0), columns.number)->text);
}

/* Lines */

static Revision *
revision_from_line (const Knowledge *knowledge, FactLine *line)
{
  PatternMatch match;
  if (!patterns_match_folded (knowledge->document, "revision-line", line->text, &match))
    return NULL;
  const char *number = pattern_field (&match, "number"), *note = pattern_field (&match, "note");
  Revision *revision = revision_new ();
  revision->number = number ? item_text (knowledge, number) : NULL;
  revision->note = note ? item_text (knowledge, note) : NULL;
  revision->date = fact_date_in (knowledge, "date", line->plain);
  read_items_named_in (knowledge, revision, revision->note);
  pattern_match_clear (&match);
  return revision;
}

/* The lines from FIRST on that are revisions, one after the other; one line before them may be the heads of their
 * columns. */
static GPtrArray *
run_of_revisions (const Knowledge *knowledge, GPtrArray *lines, guint first)
{
  GPtrArray *run = revisions_new ();
  for (guint i = first; i < lines->len; i++) {
    FactLine *line = g_ptr_array_index (lines, i);
    Revision *revision = line->zone == FACT_PAGE ? NULL : revision_from_line (knowledge, line);
    if (revision)
      g_ptr_array_add (run, revision);
    else if (i > first || line->zone == FACT_PAGE)
      break;
  }
  return run;
}

static gboolean
all_have_versions (const Knowledge *knowledge, GPtrArray *run)
{
  for (guint i = 0; i < run->len; i++) {
    const Revision *revision = g_ptr_array_index (run, i);
    if (!revision->number && !(revision->note && patterns_has (knowledge->document, "revision-first", revision->note)))
      return FALSE;
  }
  return run->len >= 2;
}

void
revisions_from_lines (const Knowledge *knowledge, GPtrArray *revisions, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len && revisions->len == 0; i++) {
    FactLine *line = g_ptr_array_index (lines, i);
    gboolean heading = patterns_match_folded (knowledge->document, "revision-heading", line->text, NULL);
    g_autoptr (GPtrArray) run = run_of_revisions (knowledge, lines, heading ? i + 1 : i);
    if (heading ? run->len > 0 : all_have_versions (knowledge, run))
      g_ptr_array_extend_and_steal (revisions, g_steal_pointer (&run));
  }
}

static gboolean
is_dated (const Revision *revision)
{
  return revision->date && strlen (revision->date) == DAY_LENGTH && revision->date[4] == '-' &&
         revision->date[7] == '-';
}

const Revision *
revision_first (const Knowledge *knowledge, GPtrArray *revisions)
{
  const Revision *first = NULL;
  for (guint i = 0; i < revisions->len; i++) {
    const Revision *revision = g_ptr_array_index (revisions, i);
    if (is_dated (revision) && (!first || strcmp (revision->date, first->date) < 0))
      first = revision;
  }
  return first && first->note && patterns_has (knowledge->document, "revision-first", first->note) ? first : NULL;
}

const Revision *
revision_latest (GPtrArray *revisions)
{
  const Revision *latest = NULL;
  int dated = 0;
  for (guint i = 0; i < revisions->len; i++) {
    const Revision *revision = g_ptr_array_index (revisions, i);
    if (!is_dated (revision))
      continue;
    dated++;
    latest = !latest || strcmp (revision->date, latest->date) >= 0 ? revision : latest;
  }
  return dated > 1 ? latest : NULL;
}
