/* column_group.c - see column_group.h */
#include "items/column_group.h"

#include <string.h>

typedef struct {
  const Knowledge *knowledge;
  Columns *columns;
  const Table *table;
  guint first, end; /* of the rows that are looked at */
} GroupSearch;

/* The cell of COLUMN in row INDEX; NULL: it is empty or part of a wider one. */
static const char *
cell_text (const GroupSearch *search, guint index, int column)
{
  const Row *row = table_row (search->table, (int)index);
  const Field *field = column < (int)row->fields->len ? row_field (row, column) : NULL;
  return field && *field->text && field->span <= 1 ? field->text : NULL;
}

/* Ticks */

/* The least share of ticks among the cells of a column whose head is an answer. */
#define TICKS_SHARE 0.6

static gboolean
has_ticks (const GroupSearch *search, int column)
{
  const Patterns *choices = search->knowledge->choices;
  int filled = 0, ticks = 0;
  for (guint i = search->first; i < search->end; i++) {
    const char *text = cell_text (search, i, column);
    if (!text)
      continue;
    filled++;
    ticks += patterns_has (choices, "tick", text) || patterns_has (choices, "cross", text) ||
             patterns_has (choices, "untick", text);
  }
  return ticks >= filled * TICKS_SHARE;
}

/* Whether COLUMN is ticked in some row, and in no row beside a tick in the columns that are CHOICE: then its head is
 * another of these choices, whatever its words are. */
static gboolean
ticks_where_others_do_not (const GroupSearch *search, int column, const gboolean *choice)
{
  const Patterns *choices = search->knowledge->choices;
  gboolean ticked = FALSE;
  for (guint i = search->first; i < search->end; i++) {
    const char *text = cell_text (search, i, column);
    if (!text || patterns_has (choices, "untick", text))
      continue;
    if (!patterns_has (choices, "tick", text))
      return FALSE;
    for (int j = 0; j < search->columns->count; j++) {
      const char *beside = choice[j] ? cell_text (search, i, j) : NULL;
      if (beside && !patterns_has (choices, "untick", beside))
        return FALSE;
    }
    ticked = TRUE;
  }
  return ticked;
}

/* Adds the columns beside those that are CHOICE that are ticked in their place; returns how many. */
static int
add_choices_beside (const GroupSearch *search, gboolean *choice)
{
  const Columns *columns = search->columns;
  int added = 0;
  for (int i = 0; i < columns->count; i++) {
    gboolean beside = (i > 0 && choice[i - 1]) || (i + 1 < columns->count && choice[i + 1]);
    if (choice[i] || !beside || !*columns->each[i].head || columns->each[i].rule != HEAD_UNKNOWN ||
        !ticks_where_others_do_not (search, i, choice))
      continue;
    choice[i] = TRUE;
    added++;
  }
  return added;
}

static void
find_choices (GroupSearch *search)
{
  Columns *columns = search->columns;
  g_autofree gboolean *choice = g_new0 (gboolean, columns->count);
  int count = 0;
  for (int i = 0; i < columns->count; i++) {
    choice[i] = patterns_has (search->knowledge->choices, "choice", columns->each[i].head) && has_ticks (search, i);
    for (int j = 0; j < i && choice[i]; j++)
      choice[i] = !choice[j] || !g_str_equal (columns->each[i].head, columns->each[j].head);
    count += choice[i];
  }
  count += count > 0 ? add_choices_beside (search, choice) : 0;
  for (int i = 0; i < columns->count && count >= 2; i++)
    if (choice[i])
      columns->kinds[i] = COLUMN_CHOICE;
}

/* Plans */

/* The least length of what two heads have in common, characters; and its least share of the shorter one. */
#define COMMON_LENGTH 2
#define COMMON_SHARE 0.3

/* The least share of rows in which two columns have the same text, where nothing else tells that they answer the same. */
#define SAME_SHARE 0.2

static gsize
common_start (const char *a, const char *b)
{
  gsize length = 0;
  while (a[length] && a[length] == b[length])
    length++;
  while (length > 0 && ((guchar)a[length] & 0xC0) == 0x80)
    length--;
  return length;
}

static gsize
common_end (const char *a, const char *b)
{
  gsize length = 0, a_length = strlen (a), b_length = strlen (b);
  while (length < a_length && length < b_length && a[a_length - length - 1] == b[b_length - length - 1])
    length++;
  while (length > 0 && ((guchar)a[a_length - length] & 0xC0) == 0x80)
    length--;
  return length;
}

/* Whether HEADS differ in one part, and what differs is no head by itself (回答内容 and 回答日 are no two plans). */
static gboolean
have_common_part (const GroupSearch *search, const char *a, const char *b)
{
  gsize start = common_start (a, b), end = start > 0 ? 0 : common_end (a, b);
  gsize shared = start + end, a_length = strlen (a), b_length = strlen (b);
  if (shared >= a_length || shared >= b_length)
    return FALSE;
  g_autofree char *a_rest = g_strndup (a + start, a_length - shared),
                  *b_rest = g_strndup (b + start, b_length - shared);
  const char *common = start > 0 ? a : a + a_length - end;
  glong length = g_utf8_strlen (common, (gssize)shared), shorter = MIN (g_utf8_strlen (a, -1), g_utf8_strlen (b, -1));
  HeadRule a_rule = head_rule (search->knowledge, a_rest), b_rule = head_rule (search->knowledge, b_rest);
  return length >= COMMON_LENGTH && length >= shorter * COMMON_SHARE &&
         (a_rule == HEAD_UNKNOWN || a_rule == HEAD_PLAN) && (b_rule == HEAD_UNKNOWN || b_rule == HEAD_PLAN);
}

static gboolean
have_same_cells (const GroupSearch *search, int a, int b)
{
  int rows = 0, both = 0, same = 0;
  for (guint i = search->first; i < search->end; i++) {
    const char *a_text = cell_text (search, i, a), *b_text = cell_text (search, i, b);
    rows += a_text || b_text;
    both += a_text && b_text;
    same += a_text && b_text && g_str_equal (a_text, b_text);
  }
  return both * 5 >= rows * 3 && same > 1 && same >= rows * SAME_SHARE;
}

/* Whether two columns answer for two plans. */
static gboolean
are_plans (const GroupSearch *search, int a, int b)
{
  const Column *first = &search->columns->each[a], *second = &search->columns->each[b];
  gboolean answers = first->rule == HEAD_ANSWER && second->rule == HEAD_ANSWER;
  if (first->rule == HEAD_PLAN && second->rule == HEAD_PLAN)
    return TRUE;
  if (answers || (first->above && second->above && g_str_equal (first->above, second->above) &&
                  head_rule (search->knowledge, first->above) == HEAD_ANSWER))
    return !answers || have_common_part (search, first->head, second->head);
  return have_common_part (search, first->head, second->head) || have_same_cells (search, a, b);
}

static gboolean
may_be_plan (const GroupSearch *search, int column)
{
  const Column *each = &search->columns->each[column];
  gboolean filled = FALSE;
  for (guint i = search->first; i < search->end && !filled; i++)
    filled = cell_text (search, i, column) != NULL;
  return filled && *each->head && search->columns->kinds[column] == COLUMN_UNKNOWN && !each->translation &&
         (each->rule == HEAD_PLAN || each->rule == HEAD_UNKNOWN || each->rule == HEAD_ANSWER);
}

/* Whether most cells of COLUMN are what the catalogue asks: names, definitions, units, numbers. */
static gboolean
has_questions (const GroupSearch *search, int column)
{
  int filled = 0, asked = 0;
  for (guint i = search->first; i < search->end; i++) {
    const char *text = cell_text (search, i, column);
    CellWords words = text ? words_of_cell (search->knowledge, text) : WORDS_EMPTY;
    filled += text != NULL;
    asked += words == WORDS_NAME || words == WORDS_DEFINITION || words == WORDS_UNIT || words == WORDS_NUMBER ||
             words == WORDS_QUESTION || words == WORDS_CATEGORY;
  }
  return asked * 2 > filled;
}

/* Columns from START on that answer for plans; the end of them. */
static int
end_of_plans (const GroupSearch *search, int start)
{
  int end = start + 1;
  while (end < search->columns->count && may_be_plan (search, end) && are_plans (search, start, end) &&
         !has_questions (search, end))
    end++;
  return end;
}

static void
find_plans (GroupSearch *search)
{
  Columns *columns = search->columns;
  for (int start = 0; start + 1 < columns->count; start++) {
    if (!may_be_plan (search, start) || has_questions (search, start))
      continue;
    int end = end_of_plans (search, start);
    gboolean answered = FALSE;
    for (int i = 0; i < columns->count; i++)
      answered = answered || ((i < start || i >= end) && columns->each[i].rule == HEAD_ANSWER);
    if (end - start < 2 || answered)
      continue;
    for (int i = start; i < end; i++)
      columns->kinds[i] = COLUMN_PLAN;
    return;
  }
}

/* Translations */

/* The least share of cells that tell of a column's language, and the most that speak another; the fewest rows. */
#define LANGUAGE_SHARE 0.6
#define LANGUAGE_OTHER 0.1
#define LANGUAGE_ROWS 3

/* The fewest letters of a word that tell a language: "99.9%" and "TLS 1.2" tell none. */
#define LANGUAGE_LETTERS 5

/* Whether the cells of COLUMN are Japanese (WIDE), or have Latin words and nothing else. */
static gboolean
has_language (const GroupSearch *search, int column, gboolean wide)
{
  guint filled = 0, own = 0, others = 0;
  for (guint i = search->first; i < search->end; i++) {
    const char *text = cell_text (search, i, column);
    gboolean has_wide = FALSE, has_word = FALSE;
    for (int letters = 0; text && *text; text = g_utf8_next_char (text)) {
      gunichar character = g_utf8_get_char (text);
      letters = g_ascii_isalpha (*text) ? letters + 1 : 0;
      has_word = has_word || letters >= LANGUAGE_LETTERS;
      has_wide = has_wide || (character >= 0x3040 && g_unichar_isalpha (character));
    }
    filled += text != NULL;
    own += wide ? has_wide : has_word && !has_wide;
    others += wide ? has_word && !has_wide : has_wide;
  }
  return filled >= LANGUAGE_ROWS && own >= filled * LANGUAGE_SHARE && others <= filled * LANGUAGE_OTHER;
}

/* Two columns under heads that mean the same, one in Japanese and one in English, say the same: the first one is read. */
static void
find_translations (GroupSearch *search)
{
  Columns *columns = search->columns;
  for (int i = 1; i < columns->count; i++)
    for (int j = 0; j < i && !columns->each[i].translation; j++) {
      HeadRule rule = columns->each[i].rule;
      if (rule != columns->each[j].rule || rule == HEAD_UNKNOWN || rule == HEAD_PLAN || columns->each[j].translation)
        continue;
      columns->each[i].translation = (has_language (search, j, TRUE) && has_language (search, i, FALSE)) ||
                                     (has_language (search, j, FALSE) && has_language (search, i, TRUE));
    }
}

void
column_groups_find (const Knowledge *knowledge, Columns *columns, const Table *table, int first)
{
  guint end = MIN (table->rows->len, (guint)first + COLUMN_ROWS_MOST);
  GroupSearch search = {knowledge, columns, table, (guint)first, end};
  if (columns->head_rows == 0)
    return;
  find_translations (&search);
  find_choices (&search);
  if (columns_find (columns, COLUMN_CHOICE) < 0)
    find_plans (&search);
}
