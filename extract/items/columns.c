/* columns.c - see columns.h */
#include "items/columns.h"

#include "items/match.h"

#include <string.h>

/* Cells */

static CellWords
find_cell_words (const Knowledge *knowledge, const char *text)
{
  const Patterns *rows = knowledge->rows;
  if (patterns_has (rows, "number", text))
    return WORDS_NUMBER;
  if (match_is_unit (knowledge, text))
    return WORDS_UNIT;
  if (match_name (knowledge, text))
    return WORDS_NAME;
  if (match_definition (knowledge, text))
    return WORDS_DEFINITION;
  return patterns_has (rows, "category", text) ? WORDS_CATEGORY : WORDS_OTHER;
}

CellWords
words_of_cell (const Knowledge *knowledge, const char *text)
{
  int words;
  if (!*text)
    return WORDS_EMPTY;
  if (!cache_has (knowledge->cell_words, text, &words))
    words = cache_store (knowledge->cell_words, text, (int)find_cell_words (knowledge, text));
  return (CellWords)words;
}

/* Heads */

static ColumnKind
find_kind (const Knowledge *knowledge, const char *head)
{
  const char *rule = *head ? patterns_rule_for (knowledge->columns, head) : NULL;
  for (int kind = 0; rule && kind < COLUMN_KINDS; kind++)
    if (!strcmp (rule, column_kind_name (kind)))
      return kind;
  return COLUMN_UNKNOWN;
}

static ColumnKind
kind_from_head (const Knowledge *knowledge, const char *head)
{
  int kind;
  if (!cache_has (knowledge->head_kinds, head, &kind))
    kind = cache_store (knowledge->head_kinds, head, (int)find_kind (knowledge, head));
  return (ColumnKind)kind;
}

static Columns *
columns_new (int count)
{
  Columns *columns = g_new0 (Columns, 1);
  columns->count = count;
  columns->kinds = g_new0 (ColumnKind, count);
  columns->heads = g_new0 (char *, count + 1);
  return columns;
}

Columns *
columns_copy (const Columns *columns)
{
  Columns *copy = columns_new (columns->count);
  for (int i = 0; i < columns->count; i++) {
    copy->kinds[i] = columns->kinds[i];
    copy->heads[i] = g_strdup (columns->heads[i]);
  }
  return copy;
}

void
columns_free (Columns *columns)
{
  if (!columns)
    return;
  g_strfreev (columns->heads);
  g_free (columns->kinds);
  g_free (columns);
}

int
columns_find (const Columns *columns, ColumnKind kind)
{
  for (int i = 0; i < columns->count; i++)
    if (columns->kinds[i] == kind)
      return i;
  return -1;
}

static void
keep_single (Columns *columns)
{
  for (int kind = COLUMN_NUMBER; kind <= COLUMN_MARK; kind++) {
    int kept = columns_find (columns, kind);
    for (int i = kept + 1; kept >= 0 && i < columns->count; i++)
      if (columns->kinds[i] == (ColumnKind)kind)
        columns->kinds[i] = COLUMN_UNKNOWN;
  }
}

/* The heads of at least two kinds of column, one of them the names or definitions, and at most as many other cells. */
static gboolean
is_head (const Columns *columns)
{
  int known = 0, filled = 0;
  for (int i = 0; i < columns->count; i++) {
    filled += *columns->heads[i] != 0;
    known += columns->kinds[i] != COLUMN_UNKNOWN;
  }
  gboolean named = columns_find (columns, COLUMN_NAME) >= 0 || columns_find (columns, COLUMN_DEFINITION) >= 0;
  return named && known >= 2 && known * 2 >= filled;
}

/* The most that two heads in one cell have; bytes. */
#define TWO_HEADS_BYTES 160

/* If HEAD is not the head of a column but two of them run together: the white space between them; else NULL. */
static const char *
gap_between_heads (const Knowledge *knowledge, const char *head)
{
  if (strlen (head) > TWO_HEADS_BYTES || !strpbrk (head, " \n") || kind_from_head (knowledge, head) != COLUMN_UNKNOWN)
    return NULL;
  for (const char *space = strpbrk (head, " \n"); space; space = strpbrk (space + 1, " \n")) {
    g_autofree char *first = g_strndup (head, space - head);
    ColumnKind one = kind_from_head (knowledge, first), two = kind_from_head (knowledge, space + 1);
    if (one != COLUMN_UNKNOWN && two != COLUMN_UNKNOWN && one != two)
      return space;
  }
  return NULL;
}

/* The heads of ROW, with those that ran together split again; NULL where none did, or where that does not give COUNT
 * heads. */
static char **
heads_split (const Knowledge *knowledge, const Row *row, int count)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_free);
  gboolean split = FALSE;
  for (guint i = 0; i < row->fields->len; i++) {
    const char *head = row_field (row, (int)i)->text, *space = gap_between_heads (knowledge, head);
    if (space)
      g_ptr_array_add (heads, g_strndup (head, space - head));
    g_ptr_array_add (heads, g_strdup (space ? space + 1 : head));
    split = split || space;
  }
  while ((int)heads->len > count && !*(char *)g_ptr_array_index (heads, heads->len - 1))
    g_ptr_array_set_size (heads, (int)heads->len - 1);
  if (!split || (int)heads->len != count)
    return NULL;
  g_ptr_array_add (heads, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&heads), FALSE);
}

static char **
heads_of_row (const Row *row)
{
  char **heads = g_new0 (char *, row->fields->len + 1);
  for (guint i = 0; i < row->fields->len; i++)
    heads[i] = g_strdup (row_field (row, (int)i)->text);
  return heads;
}

static gboolean
heads_names (const Knowledge *knowledge, const char *text)
{
  const Patterns *patterns = knowledge->columns;
  return patterns_has (patterns, column_kind_name (COLUMN_NAME), text) ||
         patterns_has (patterns, column_kind_name (COLUMN_DEFINITION), text);
}

/* The same for a part of TEXT, where it may be two heads. */
static gboolean
part_heads_names (const Knowledge *knowledge, const char *text)
{
  if (strlen (text) > TWO_HEADS_BYTES)
    return FALSE;
  for (const char *space = strpbrk (text, " \n"); space; space = strpbrk (space + 1, " \n")) {
    g_autofree char *first = g_strndup (text, space - text);
    if (heads_names (knowledge, first) || heads_names (knowledge, space + 1))
      return TRUE;
  }
  return FALSE;
}

static gboolean
may_head_names (const Knowledge *knowledge, const char *text)
{
  int may;
  if (!cache_has (knowledge->name_heads, text, &may))
    may =
        cache_store (knowledge->name_heads, text, heads_names (knowledge, text) || part_heads_names (knowledge, text));
  return may;
}

/* A row that has one of the catalogue's names or definitions is an item's; and one cell of a row of heads is the head
 * of the names or the definitions. Asked first, since it excludes nearly all rows, and looking for the other kinds of
 * head takes far longer. */
static gboolean
may_be_head (const Knowledge *knowledge, const Row *row)
{
  gboolean may = FALSE;
  for (guint i = 0; i < row->fields->len; i++) {
    CellWords words = words_of_cell (knowledge, row_field (row, (int)i)->text);
    if (words == WORDS_NAME || words == WORDS_DEFINITION)
      return FALSE;
  }
  for (guint i = 0; i < row->fields->len && !may; i++)
    may = *row_field (row, (int)i)->text && may_head_names (knowledge, row_field (row, (int)i)->text);
  return may;
}

Columns *
columns_from_head (const Knowledge *knowledge, const Table *table, const Row *row)
{
  if (!may_be_head (knowledge, row))
    return NULL;
  g_autoptr (Columns) columns = columns_new (table->columns);
  char **split = heads_split (knowledge, row, columns->count);
  g_strfreev (columns->heads);
  columns->run_together = split != NULL;
  columns->heads = split ? split : heads_of_row (row);
  for (int i = 0; i < columns->count; i++)
    columns->kinds[i] = kind_from_head (knowledge, columns->heads[i]);
  keep_single (columns);
  return is_head (columns) ? g_steal_pointer (&columns) : NULL;
}

/* The most rows of a small table for one item: one for each kind of column. */
#define HEADS_AT_LEFT_MOST 10

gboolean
table_has_heads_at_left (const Knowledge *knowledge, const Table *table)
{
  int known = 0, rows = (int)table->rows->len;
  gboolean named = FALSE;
  if (table->columns < 2 || rows < 2 || rows > HEADS_AT_LEFT_MOST)
    return FALSE;
  g_autoptr (Columns) columns = table->columns > 2 ? columns_from_head (knowledge, table, table_row (table, 0)) : NULL;
  if (columns) /* the heads are in the first row */
    return FALSE;
  for (int i = 0; i < rows; i++) {
    ColumnKind kind = kind_from_head (knowledge, row_field (table_row (table, i), 0)->text);
    known += kind != COLUMN_UNKNOWN;
    named = named || kind == COLUMN_NAME;
  }
  return named && known >= 2 && known * 3 >= rows * 2;
}

/* How many cells of a column have what a kind of column has. */
typedef struct {
  int filled;
  int kinds[COLUMN_KINDS];
  gsize length; /* of all texts, bytes */
} ColumnContent;

static const ColumnKind kind_of_words[WORDS_KINDS] = {
    [WORDS_NUMBER] = COLUMN_NUMBER,         [WORDS_UNIT] = COLUMN_UNIT,         [WORDS_NAME] = COLUMN_NAME,
    [WORDS_DEFINITION] = COLUMN_DEFINITION, [WORDS_CATEGORY] = COLUMN_CATEGORY, [WORDS_OTHER] = COLUMN_UNKNOWN,
};

static ColumnContent
content_of_column (const Knowledge *knowledge, const Table *table, int column, int first)
{
  ColumnContent content = {0};
  for (guint i = first; i < table->rows->len; i++) {
    const Field *field = row_field (table_row (table, (int)i), column);
    if (!*field->text || field->from_above || field->span > 1)
      continue;
    content.filled++;
    content.length += strlen (field->text);
    content.kinds[kind_of_words[words_of_cell (knowledge, field->text)]]++;
  }
  return content;
}

/* Gives KIND to the column with the most cells of it, where these are at least a third of the column and at least three
 * (or all, in a small table); and takes it from a column that has less than half as many. */
static void
settle_kind (Columns *columns, const ColumnContent *contents, ColumnKind kind)
{
  int best = 0, now = columns_find (columns, kind);
  for (int i = 1; i < columns->count; i++)
    if (contents[i].kinds[kind] > contents[best].kinds[kind])
      best = i;
  int count = contents[best].kinds[kind];
  if (now == best || count * 3 < contents[best].filled || (count < 3 && count < contents[best].filled) || count == 0)
    return;
  if (now >= 0 && contents[now].kinds[kind] * 2 >= count)
    return;
  if (now < 0 && columns->kinds[best] != COLUMN_UNKNOWN && contents[best].kinds[columns->kinds[best]] > 0)
    return;
  if (now >= 0)
    columns->kinds[now] = COLUMN_UNKNOWN;
  columns->kinds[best] = kind;
}

/* The answer is the column with most text of those that are nothing else, those to the right of the names first. */
static void
settle_answer (Columns *columns, const ColumnContent *contents)
{
  int name = columns_find (columns, COLUMN_NAME), best = -1;
  if (columns_find (columns, COLUMN_ANSWER) >= 0)
    return;
  for (int after = 1; after >= 0 && best < 0; after--)
    for (int i = after ? name + 1 : 0; i < columns->count; i++)
      if (columns->kinds[i] == COLUMN_UNKNOWN && contents[i].filled > 0 &&
          (best < 0 || contents[i].length > contents[best].length))
        best = i;
  if (best < 0)
    best = columns_find (columns, COLUMN_MARK);
  if (best >= 0)
    columns->kinds[best] = COLUMN_ANSWER;
}

static void
settle_rest (Columns *columns, const ColumnContent *contents)
{
  int unit = columns_find (columns, COLUMN_UNIT), answer = columns_find (columns, COLUMN_ANSWER);
  for (int i = 0; i < columns->count; i++)
    if (columns->kinds[i] == COLUMN_UNKNOWN && (contents[i].filled > 0 || *columns->heads[i]) && i != unit &&
        i != answer)
      columns->kinds[i] = COLUMN_OTHER;
}

void
columns_settle (const Knowledge *knowledge, Columns *columns, const Table *table, int first)
{
  static const ColumnKind by_words[] = {COLUMN_NAME, COLUMN_DEFINITION, COLUMN_UNIT, COLUMN_NUMBER, COLUMN_CATEGORY};
  g_autofree ColumnContent *contents = g_new0 (ColumnContent, columns->count);
  for (int i = 0; i < columns->count; i++)
    contents[i] = content_of_column (knowledge, table, i, first);
  for (gsize i = 0; i < G_N_ELEMENTS (by_words); i++)
    settle_kind (columns, contents, by_words[i]);
  settle_answer (columns, contents);
  settle_rest (columns, contents);
}

Columns *
columns_from_cells (const Knowledge *knowledge, const Table *table)
{
  g_autoptr (Columns) columns = columns_new (table->columns);
  for (int i = 0; i < columns->count; i++)
    columns->heads[i] = g_strdup ("");
  columns_settle (knowledge, columns, table, 0);
  return columns_find (columns, COLUMN_NAME) >= 0 ? g_steal_pointer (&columns) : NULL;
}
