/* columns.c - see columns.h */
#include "items/columns.h"

#include "answer/choice.h"

#include <string.h>

Columns *
columns_new (int count)
{
  Columns *columns = g_new0 (Columns, 1);
  columns->count = count;
  columns->kinds = g_new0 (ColumnKind, count);
  columns->each = g_new0 (Column, count);
  for (int i = 0; i < count; i++)
    columns->each[i].head = g_strdup ("");
  return columns;
}

Columns *
columns_copy (const Columns *columns)
{
  Columns *copy = columns_new (columns->count);
  copy->head_rows = columns->head_rows;
  for (int i = 0; i < columns->count; i++) {
    const Column *from = &columns->each[i];
    copy->kinds[i] = columns->kinds[i];
    g_free (copy->each[i].head);
    copy->each[i] = *from;
    copy->each[i].head = g_strdup (from->head);
    copy->each[i].above = g_strdup (from->above);
    if (from->legend)
      copy->each[i].legend = g_ptr_array_ref (from->legend);
  }
  return copy;
}

void
columns_free (Columns *columns)
{
  if (!columns)
    return;
  for (int i = 0; i < columns->count; i++) {
    g_free (columns->each[i].head);
    g_free (columns->each[i].above);
    g_clear_pointer (&columns->each[i].legend, g_ptr_array_unref);
  }
  g_free (columns->each);
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

gboolean
columns_have_same_heads (const Columns *a, const Columns *b)
{
  if (!a || !b || a->count != b->count)
    return FALSE;
  for (int i = 0; i < a->count; i++)
    if (!g_str_equal (a->each[i].head, b->each[i].head))
      return FALSE;
  return TRUE;
}

/* Heads */

/* The most that two heads in one cell have; bytes. */
#define TWO_HEADS_BYTES 160

/* If HEAD is not the head of a column but two of them run together: the white space between them; else NULL. */
static const char *
gap_between_heads (const Knowledge *knowledge, const char *head)
{
  if (strlen (head) > TWO_HEADS_BYTES || !strpbrk (head, " \n") || head_rule_whole (knowledge, head) != HEAD_UNKNOWN)
    return NULL;
  for (const char *space = strpbrk (head, " \n"); space; space = strpbrk (space + 1, " \n")) {
    g_autofree char *first = g_strndup (head, space - head);
    HeadRule one = head_rule_whole (knowledge, first), two = head_rule_whole (knowledge, space + 1);
    if (one != HEAD_UNKNOWN && two != HEAD_UNKNOWN && one != two)
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

/* The longest head under a head that covers several columns; characters. */
#define LOWER_HEAD_LENGTH 24

/* Whether NEXT has heads below those of ROW: short words below places that the heads above leave empty or cover
 * together, none of them what items are named by. */
static gboolean
has_lower_heads (const Knowledge *knowledge, const Row *row, const Row *next)
{
  int lower = 0, covered = 0;
  for (guint i = 0; i < next->fields->len && i < row->fields->len; i++) {
    const Field *above = row_field (row, (int)i), *below = row_field (next, (int)i);
    covered = above->span > 1 ? above->span : covered;
    gboolean flattened = i + 1 < row->fields->len && !*row_field (row, (int)i + 1)->text; /* a span without its mark */
    gboolean open = covered > 0 || !*above->text || flattened;
    covered = MAX (covered - 1, 0);
    if (!*below->text || below->from_above)
      continue;
    CellWords words = words_of_cell (knowledge, below->text);
    if (!open || words == WORDS_NAME || words == WORDS_DEFINITION || words == WORDS_NUMBER ||
        g_utf8_strlen (below->text, -1) > LOWER_HEAD_LENGTH)
      return FALSE;
    lower++;
  }
  return lower >= 2;
}

static char **
heads_of_rows (const Row *row, const Row *lower)
{
  char **heads = g_new0 (char *, row->fields->len + 1);
  for (guint i = 0; i < row->fields->len; i++) {
    const char *below = lower && i < lower->fields->len ? row_field (lower, (int)i)->text : "";
    heads[i] = g_strdup (*below ? below : row_field (row, (int)i)->text);
  }
  return heads;
}

/* The heads of ROW that cover several of the heads below them. */
static void
take_heads_above (Columns *columns, const Row *row)
{
  const char *above = NULL;
  for (int i = 0, covered = 0; i < columns->count; i++) {
    const Field *field = row_field (row, i);
    if (*field->text) {
      covered = field->span > 1 ? field->span : i + 1 < columns->count && !*row_field (row, i + 1)->text ? G_MAXINT : 0;
      above = field->text;
    }
    if (covered-- > 0)
      columns->each[i].above = g_strdup (above);
  }
}

/* A row that has one of the catalogue's names or definitions is an item's; and one cell of a row of heads is the head
 * of the names, the definitions or the contents; only the FIRST row of a table may have heads without. */
static gboolean
may_be_head (const Knowledge *knowledge, const Row *row, gboolean first)
{
  gboolean may = FALSE;
  for (guint i = 0; i < row->fields->len; i++) {
    CellWords words = words_of_cell (knowledge, row_field (row, (int)i)->text);
    if (words == WORDS_NAME || words == WORDS_DEFINITION)
      return FALSE;
  }
  for (guint i = 0; i < row->fields->len && !may; i++)
    may = *row_field (row, (int)i)->text && head_names_items (knowledge, row_field (row, (int)i)->text);
  return may || first;
}

static void
take_heads (const Knowledge *knowledge, Columns *columns, char **heads)
{
  for (int i = 0; i < columns->count; i++) {
    Column *column = &columns->each[i];
    int start;
    g_free (column->head);
    column->head = heads[i];
    column->rule = head_rule (knowledge, heads[i]);
    column->legend = legend_from_head (knowledge, heads[i], &start);
  }
  g_free (heads);
}

/* Whether HEAD, in FIELD, is an answer, under which ticks stand. Signs (○ ×) are heads only in the FIRST row, or where
 * the format says so: elsewhere they are answers. */
static gboolean
is_choice_head (const Knowledge *knowledge, const char *head, const Field *field, gboolean first)
{
  const Patterns *choices = knowledge->choices;
  gboolean sign = patterns_has (choices, "tick", head) || patterns_has (choices, "cross", head);
  return (first || field->head || !sign) && patterns_has (choices, "choice", head);
}

/* A longer cell in the first row of a table is not its head; characters. */
#define FIRST_HEAD_LENGTH 30

static gboolean
is_number (const char *text)
{
  gsize digits = strspn (text, "0123456789");
  return digits > 0 && !text[digits + strspn (text + digits, ".)")];
}

/* The heads of at least two kinds of column, one of them the names or definitions, and at most as many other cells. In
 * the first row of a table, and where the format itself says that cells are heads, the names' head alone is enough. */
static gboolean
are_heads (const Knowledge *knowledge, const Columns *columns, const Row *row, gboolean first)
{
  int known = 0, ruled = 0, filled = 0, choices = 0;
  gboolean named = FALSE, items = FALSE, marked = TRUE, brief = TRUE, numbered = FALSE;
  for (int i = 0; i < columns->count; i++) {
    const Column *column = &columns->each[i];
    const Field *field = row_field (row, i);
    if (!*column->head)
      continue;
    filled++;
    ruled += column->rule != HEAD_UNKNOWN;
    known += column->rule != HEAD_UNKNOWN;
    choices += column->rule == HEAD_UNKNOWN && is_choice_head (knowledge, column->head, field, first);
    numbered = numbered || is_number (column->head);
    named = named || column->rule == HEAD_NAME || column->rule == HEAD_DEFINITION || column->rule == HEAD_CONTENT ||
            column->rule == HEAD_REQUIREMENT;
    items = items || column->rule == HEAD_NAME || column->rule == HEAD_REQUIREMENT;
    marked = marked && (field->head || !*field->text);
    brief = brief && g_utf8_strlen (column->head, -1) <= FIRST_HEAD_LENGTH;
  }
  if (numbered && !first && !marked) /* "5 | 確認内容 | 有無 | 有": a row of the sheet */
    return FALSE;
  known += choices > 1 || first ? choices : 0; /* the heads of ticks are several */
  if (!named) /* the cells may tell which column has the names, or the definitions without names */
    return first && brief && ruled >= 2 && ruled * 2 >= filled;
  return (known >= 2 && known * 2 >= filled) || (items && filled >= 2 && marked) ||
         (first && filled >= 2 && (marked || brief));
}

/* Whether the first row of TABLE has an empty corner over names of the catalogue, half of the column or more, and short
 * words over the others: heads that no rule knows, as names of products are. */
static gboolean
has_corner_over_names (const Knowledge *knowledge, const Table *table)
{
  const Row *row = table_row (table, 0);
  guint names = 0, heads = 0;
  gboolean two = row->fields->len == 2;
  if (*row_field (row, 0)->text || row->fields->len < 2 ||
      (two && head_rule (knowledge, row_field (row, 1)->text) == HEAD_UNKNOWN))
    return FALSE;
  for (guint i = 1; i < row->fields->len; i++) {
    const char *text = row_field (row, (int)i)->text;
    if (g_utf8_strlen (text, -1) > FIRST_HEAD_LENGTH)
      return FALSE;
    heads += *text != 0;
  }
  for (guint i = 1; i < table->rows->len; i++)
    names += words_of_cell (knowledge, row_field (table_row (table, (int)i), 0)->text) == WORDS_NAME;
  return heads + 1 == row->fields->len && names > 0 && names * 2 >= table->rows->len - 1;
}

Columns *
columns_from_head (const Knowledge *knowledge, const Table *table, int index)
{
  const Row *row = table_row (table, index);
  const Row *next = index + 1 < (int)table->rows->len ? table_row (table, index + 1) : NULL;
  if (!may_be_head (knowledge, row, index == 0))
    return NULL;
  g_autoptr (Columns) columns = columns_new (table->columns);
  const Row *lower = next && has_lower_heads (knowledge, row, next) ? next : NULL;
  char **split = lower ? NULL : heads_split (knowledge, row, columns->count);
  columns->run_together = split != NULL;
  columns->head_rows = lower ? 2 : 1;
  take_heads (knowledge, columns, split ? split : heads_of_rows (row, lower));
  if (lower)
    take_heads_above (columns, row);
  gboolean heads =
      are_heads (knowledge, columns, row, index == 0) || (index == 0 && has_corner_over_names (knowledge, table));
  return heads ? g_steal_pointer (&columns) : NULL;
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
  g_autoptr (Columns) columns = table->columns > 2 ? columns_from_head (knowledge, table, 0) : NULL;
  if (columns) /* the heads are in the first row */
    return FALSE;
  for (int i = 0; i < rows; i++) {
    HeadRule rule = head_rule (knowledge, row_field (table_row (table, i), 0)->text);
    known += rule != HEAD_UNKNOWN;
    named = named || rule == HEAD_NAME;
  }
  return named && known >= 2 && known * 3 >= rows * 2;
}

/* The fewest names that make a row of them, and their least share of its cells; and the most rows below it. */
#define NAMES_ACROSS_LEAST 3
#define NAMES_ACROSS_SHARE 0.6
#define ROWS_BELOW_NAMES_MOST 12

gboolean
table_has_names_across (const Knowledge *knowledge, const Table *table)
{
  int names = 0, filled = 0, rows = (int)table->rows->len;
  if (table->columns < NAMES_ACROSS_LEAST || rows < 2 || rows > 1 + ROWS_BELOW_NAMES_MOST)
    return FALSE;
  for (int i = 0; i < table->columns; i++) {
    const Field *field = row_field (table_row (table, 0), i);
    gboolean name = *field->text && words_of_cell (knowledge, field->text) == WORDS_NAME;
    names += name;
    filled += *field->text && (i > 0 || name);
  }
  for (int i = 1; i < rows; i++)
    if (words_of_cell (knowledge, row_field (table_row (table, i), 0)->text) == WORDS_NAME)
      return FALSE;
  return names >= NAMES_ACROSS_LEAST && names >= filled * NAMES_ACROSS_SHARE;
}

/* Rows in which the heads of tables side by side are: a title may be above them. */
#define HEADS_SIDE_BY_SIDE_ROWS 3

/* Whether the heads of ROW from column FIRST on are, WIDTH columns of them, the same STEP columns further right. */
static gboolean
has_same_heads (const Row *row, int first, int width, int step)
{
  if (first + step + width > (int)row->fields->len)
    return FALSE;
  for (int i = first; i < first + width; i++)
    if (!*row_field (row, i)->text || row_field (row, i)->span > 1 ||
        g_strcmp0 (row_field (row, i)->text, row_field (row, i + step)->text))
      return FALSE;
  return TRUE;
}

/* The copies whose heads ROW repeats, the names' head among them; `copies` is 0 or 1 where there are no others. */
static TableCopies
copies_in_row (const Knowledge *knowledge, const Row *row)
{
  TableCopies found = {.copies = 0};
  int count = (int)row->fields->len;
  gboolean named = FALSE;
  while (found.first < count && !*row_field (row, found.first)->text)
    found.first++;
  for (int end = found.first; end < count && *row_field (row, end)->text; end++) {
    gboolean again = end > found.first && !strcmp (row_field (row, end)->text, row_field (row, found.first)->text);
    if (again)
      break;
    named = named || head_names_items (knowledge, row_field (row, end)->text);
    found.width++;
  }
  for (found.step = found.width; found.step <= found.width + 2 && named && found.width >= 2; found.step++) {
    for (found.copies = 1;
         has_same_heads (row, found.first + (found.copies - 1) * found.step, found.width, found.step);)
      found.copies++;
    if (found.copies > 1)
      return found;
  }
  found.copies = 0;
  return found;
}

TableCopies
table_copies_side_by_side (const Knowledge *knowledge, const Table *table)
{
  for (int i = 0; i < MIN ((int)table->rows->len, HEADS_SIDE_BY_SIDE_ROWS); i++) {
    TableCopies copies = copies_in_row (knowledge, table_row (table, i));
    if (copies.copies > 1)
      return copies;
  }
  return (TableCopies){.copies = 0};
}
