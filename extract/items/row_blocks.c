/* row_blocks.c - see row_blocks.h */
#include "items/row_blocks.h"

#include "items/columns.h"
#include "items/match.h"
#include "text/line_break.h"

#include <string.h>

/* The fewest blocks; and the most rows of one where nothing labels them. */
#define BLOCKS_LEAST 3
#define BLOCK_ROWS_MOST 4

/* The fewest rows of cards. */
#define BANDS_LEAST 2

/* The least share of the blocks that begin with a name of the catalogue; the most of the other rows that do. */
#define NAMED_SHARE 0.6
#define NAMED_ELSEWHERE 0.1

/* The least share of the rows below the first label that have one, or begin a block. */
#define LABELLED_SHARE 0.8

/* The most labels of a block. */
#define LABELS_MOST 12

/* Titles and heads may be in so many rows above the first block. */
#define ROWS_ABOVE_MOST 8

/* Where names are over their labels, the columns for what is over them: a number, and the name, with its head. */
#define TITLE_COLUMNS 2
#define NAME_HEAD "項目"

/* Rows */

static gboolean
is_filled (const Row *row, int column)
{
  const Field *field = row_field (row, column);
  return *field->text && !field->from_above;
}

static int
filled_in (const Row *row)
{
  int filled = 0;
  for (int i = 0; i < (int)row->fields->len; i++)
    filled += is_filled (row, i);
  return filled;
}

/* The column of the first cell with text of its own; -1: there is none. */
static int
first_filled (const Row *row)
{
  for (int i = 0; i < (int)row->fields->len; i++)
    if (is_filled (row, i))
      return i;
  return -1;
}

/* Whether ROW is a category over the blocks below it. */
static gboolean
is_category_row (const Knowledge *knowledge, const Row *row)
{
  int first = first_filled (row);
  return filled_in (row) == 1 && words_of_cell (knowledge, row_field (row, first)->text) == WORDS_CATEGORY;
}

/* Whether ROW has nothing but a name of the catalogue, a number and a category. */
static gboolean
is_name_alone (const Knowledge *knowledge, const Row *row)
{
  int names = 0;
  for (int i = 0; i < (int)row->fields->len; i++) {
    CellWords words = words_of_cell (knowledge, row_field (row, i)->text);
    names += words == WORDS_NAME;
    if (words != WORDS_NAME && words != WORDS_NUMBER && words != WORDS_CATEGORY && words != WORDS_EMPTY)
      return FALSE;
  }
  return names == 1;
}

static gboolean
has_name (const Knowledge *knowledge, const Row *row)
{
  for (int i = 0; i < (int)row->fields->len; i++)
    if (words_of_cell (knowledge, row_field (row, i)->text) == WORDS_NAME)
      return TRUE;
  return FALSE;
}

/* The table that is made */

static Table *
empty_table (const Table *table, int columns)
{
  Table *made = g_new0 (Table, 1);
  *made = (Table){.columns = columns, .place = table->place, .first_block = table->first_block};
  made->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  return made;
}

/* A row of TABLE without text, with the places of ROW. */
static Row *
added_row (Table *table, const Row *row)
{
  Row *added = row_new (table->columns);
  for (int i = 0; i < table->columns; i++)
    *row_field (added, i) = (Field){.text = g_strdup (""), .span = 1};
  g_array_append_vals (added->places, row->places->data, row->places->len);
  g_ptr_array_add (table->rows, added);
  return added;
}

/* Puts the words of FROM into the cell of ROW at COLUMN, below what is there. */
static void
add_words (Row *row, int column, const Field *from)
{
  Field *to = row_field (row, column);
  char *text = *to->text ? g_strconcat (to->text, "\n", from->text, NULL) : g_strdup (from->text);
  g_free (to->text);
  to->text = text;
  to->struck = struck_text_joined (to->struck, from->struck);
  to->place = to->place.page || to->place.line || to->place.sheet ? to->place : from->place;
}

/* A category goes over all columns, as a banner does. */
static void
add_category (Table *made, const Row *row)
{
  Row *added = added_row (made, row);
  add_words (added, 0, row_field (row, first_filled (row)));
  row_field (added, 0)->span = made->columns;
  for (int i = 1; i < made->columns; i++)
    row_field (added, i)->span = 0;
}

/* Blocks of as many rows each */

/* Whether blocks of so many ROWS begin at the row FIRST of TABLE, and every ROWS rows below, but for categories between
 * them. */
static gboolean
are_blocks_of (const Knowledge *knowledge, const Table *table, int first, int rows)
{
  int blocks = 0, named = 0, others = 0, named_others = 0, at = 0;
  for (int i = first; i < (int)table->rows->len; i++) {
    const Row *row = table_row (table, i);
    if (at == 0 && is_category_row (knowledge, row))
      continue;
    blocks += at == 0;
    named += at == 0 && is_name_alone (knowledge, row);
    others += at > 0;
    named_others += at > 0 && has_name (knowledge, row);
    at = (at + 1) % rows;
  }
  return at == 0 && blocks >= BLOCKS_LEAST && named >= NAMED_SHARE * blocks && named_others <= NAMED_ELSEWHERE * others;
}

/* The rows of TABLE from FIRST on, ROWS of them beside each other in one. */
static Table *
unfolded (const Knowledge *knowledge, const Table *table, int first, int rows)
{
  Table *made = empty_table (table, table->columns * rows);
  Row *block = NULL;
  int at = 0;
  for (int i = first; i < (int)table->rows->len; i++) {
    const Row *row = table_row (table, i);
    if (at == 0 && is_category_row (knowledge, row)) {
      add_category (made, row);
      continue;
    }
    if (at == 0)
      block = added_row (made, row);
    else
      g_array_append_vals (block->places, row->places->data, row->places->len);
    for (int column = 0; column < table->columns; column++)
      if (at == 0 || is_filled (row, column))
        add_words (block, at * table->columns + column, row_field (row, column));
    at = (at + 1) % rows;
  }
  return made;
}

static Table *
table_from_equal_blocks (const Knowledge *knowledge, const Table *table)
{
  int first = 0, most = MIN ((int)table->rows->len, ROWS_ABOVE_MOST);
  while (first < most && !is_name_alone (knowledge, table_row (table, first)))
    first++;
  if (first == most)
    return NULL;
  while (first > 0 && is_category_row (knowledge, table_row (table, first - 1)))
    first--;
  for (int rows = 2; rows <= BLOCK_ROWS_MOST; rows++)
    if (are_blocks_of (knowledge, table, first, rows))
      return unfolded (knowledge, table, first, rows);
  return NULL;
}

/* Blocks with labels */

typedef struct {
  const Knowledge *knowledge;
  const Table *table;
  const char *labels[LABELS_MOST]; /* borrowed */
  int count;
} BlockLabels;

/* The place of TEXT among the labels; -1: it is none. */
static int
label_index (const BlockLabels *labels, const char *text)
{
  for (int i = 0; i < labels->count; i++)
    if (!strcmp (labels->labels[i], text))
      return i;
  return -1;
}

/* The text that labels the PAIR of ROW, the first at the left, where another follows it: "No. | 1 | 種別 | 可用性" has two.
 * NULL: there is none. Borrowed. */
static const char *
label_of_pair (const Row *row, int pair)
{
  int filled = 0;
  const char *text = NULL;
  for (int i = 0; i < (int)row->fields->len; i++) {
    if (!is_filled (row, i))
      continue;
    if (text)
      return text;
    text = filled++ == pair * 2 ? row_field (row, i)->text : NULL;
  }
  return NULL;
}

static void
count_text (GHashTable *times, const char *text)
{
  int before = GPOINTER_TO_INT (g_hash_table_lookup (times, text));
  g_hash_table_insert (times, (gpointer)text, GINT_TO_POINTER (before + 1));
}

/* Adds the labels of ROW that are words for heads and come often by TIMES, up to the first text that is none. */
static void
add_labels (BlockLabels *labels, GHashTable *times, const Row *row)
{
  for (int pair = 0; labels->count < LABELS_MOST; pair++) {
    const char *text = label_of_pair (row, pair);
    if (!text || GPOINTER_TO_INT (g_hash_table_lookup (times, text)) < BLOCKS_LEAST)
      return;
    if (label_index (labels, text) >= 0)
      continue;
    if (head_rule (labels->knowledge, text) == HEAD_UNKNOWN)
      return;
    labels->labels[labels->count++] = text;
  }
}

/* Finds the words for heads at the left of several rows, in their order. */
static void
find_labels (BlockLabels *labels)
{
  g_autoptr (GHashTable) times = g_hash_table_new (g_str_hash, g_str_equal);
  const Table *table = labels->table;
  const char *text;
  for (guint i = 0; i < table->rows->len; i++)
    for (int pair = 0; (text = label_of_pair (table_row (table, (int)i), pair)); pair++)
      count_text (times, text);
  for (guint i = 0; i < table->rows->len; i++)
    add_labels (labels, times, table_row (table, (int)i));
}

/* The label of ROW, by its place; -1: it has none. */
static int
label_of_row (const BlockLabels *labels, const Row *row)
{
  int first = first_filled (row);
  return first >= 0 ? label_index (labels, row_field (row, first)->text) : -1;
}

/* Whether ROW begins a block: it has one name over its labels, or (TITLED is FALSE) the label that comes first. */
static gboolean
begins_block (const BlockLabels *labels, const Row *row, gboolean titled)
{
  if (!titled)
    return label_of_row (labels, row) == 0;
  return first_filled (row) >= 0 && label_of_row (labels, row) < 0 && !is_category_row (labels->knowledge, row);
}

/* Whether the rows between the labels begin the blocks: there are as many as of the commonest label, and most are names.
 * TRUE or FALSE; -1: neither they nor the first label do. */
static int
blocks_are_titled (const BlockLabels *labels)
{
  int titles = 0, names = 0, others = 0, labelled = 0;
  gboolean named = FALSE;
  for (int i = 0; i < labels->count; i++)
    named |= head_names_items (labels->knowledge, labels->labels[i]);
  for (guint i = 0; i < labels->table->rows->len; i++) {
    const Row *row = table_row (labels->table, (int)i);
    gboolean title = begins_block (labels, row, TRUE);
    titles += title && is_name_alone (labels->knowledge, row);
    names += title;
    others += !title && label_of_row (labels, row) < 0 && !row_is_empty (row);
    labelled += label_of_row (labels, row) >= 0;
  }
  int rows = names + labelled;
  if (titles >= BLOCKS_LEAST && titles >= NAMED_SHARE * names && labelled >= names)
    return TRUE;
  return named && labels->count >= 2 && labelled >= LABELLED_SHARE * (rows + others) ? FALSE : -1;
}

/* Puts what follows each label of ROW under it. */
static void
take_labelled (const BlockLabels *labels, const Row *row, Row *block, int first_column)
{
  int label = -1, pair = 0;
  for (int i = 0; i < (int)row->fields->len; i++) {
    if (!is_filled (row, i))
      continue;
    const char *next = label_of_pair (row, pair);
    if (next == row_field (row, i)->text && label_index (labels, next) >= 0) {
      label = label_index (labels, next);
      pair++;
    } else if (label >= 0) /* else the label has nothing beside it */
      add_words (block, first_column + label, row_field (row, i));
  }
}

static void
take_block_row (const BlockLabels *labels, const Row *row, gboolean titled, Table *made, Row **block)
{
  if (is_category_row (labels->knowledge, row)) {
    add_category (made, row);
    *block = NULL;
    return;
  }
  if (begins_block (labels, row, titled))
    *block = added_row (made, row);
  else if (*block)
    g_array_append_vals ((*block)->places, row->places->data, row->places->len);
  if (!*block)
    return;
  if (label_of_row (labels, row) >= 0) {
    take_labelled (labels, row, *block, titled ? TITLE_COLUMNS : 0);
    return;
  }
  for (int i = 0; i < (int)row->fields->len && titled; i++) /* "1 | サービス時間" */
    if (is_filled (row, i))
      add_words (*block, words_of_cell (labels->knowledge, row_field (row, i)->text) != WORDS_NUMBER,
                 row_field (row, i));
}

static void
add_heads (const BlockLabels *labels, gboolean titled, Table *made)
{
  Row *head = added_row (made, table_row (labels->table, 0));
  for (int i = 0; i < made->columns; i++) {
    int label = titled ? i - TITLE_COLUMNS : i;
    Field *field = row_field (head, i);
    g_free (field->text);
    field->text = g_strdup (label >= 0 ? labels->labels[label] : i + 1 == TITLE_COLUMNS ? NAME_HEAD : "");
    field->head = CELL_HEAD_BY_PLACE;
  }
}

static Table *
table_from_labelled_blocks (const Knowledge *knowledge, const Table *table)
{
  BlockLabels labels = {.knowledge = knowledge, .table = table};
  find_labels (&labels);
  int titled = labels.count > 0 ? blocks_are_titled (&labels) : -1;
  if (titled < 0)
    return NULL;
  Table *made = empty_table (table, labels.count + (titled ? TITLE_COLUMNS : 0));
  add_heads (&labels, titled, made);
  Row *block = NULL;
  for (guint i = 0; i < table->rows->len; i++)
    if (!row_is_empty (table_row (table, (int)i)))
      take_block_row (&labels, table_row (table, (int)i), titled, made, &block);
  return made;
}

/* Cards: names beside each other, and below each what is answered */

/* A name and its answer may be in one cell, where lines that other cards have are not there to part them. What follows the
 * name in TEXT; NULL: it does not begin with a line that is one. Borrowed. */
static const char *
after_name_line (const Knowledge *knowledge, const char *text)
{
  const char *end = strchr (text, '\n');
  g_autofree char *line = end ? g_strndup (text, (gsize)(end - text)) : NULL;
  return line && words_of_cell (knowledge, line) == WORDS_NAME ? end + 1 : NULL;
}

/* Whether ROW has the names of cards: half of its cells or more are such, and the others a few words. */
static gboolean
has_names_of_cards (const Knowledge *knowledge, const Row *row)
{
  int names = 0;
  for (int i = 0; i < (int)row->fields->len; i++) {
    const char *text = is_filled (row, i) ? row_field (row, i)->text : "";
    CellWords words = words_of_cell (knowledge, text);
    gboolean name = words == WORDS_NAME || after_name_line (knowledge, text);
    names += name;
    if (!name && words != WORDS_SHORT && words != WORDS_EMPTY)
      return FALSE;
  }
  return names > 0 && names * 2 >= filled_in (row);
}

/* Whether ROW has whole cards, their answers in the cells of their names. */
static gboolean
has_whole_cards (const Knowledge *knowledge, const Row *row)
{
  for (int i = 0; i < (int)row->fields->len; i++)
    if (is_filled (row, i) && after_name_line (knowledge, row_field (row, i)->text))
      return TRUE;
  return FALSE;
}

/* Whether TABLE is of cards: rows with names, two or more beside each other in most, and each with rows that have none
 * below it. */
static gboolean
is_of_cards (const Knowledge *knowledge, const Table *table)
{
  int bands = 0, wide = 0;
  gboolean answered = TRUE;
  for (int i = 0; i < (int)table->rows->len; i++) {
    const Row *row = table_row (table, i);
    if (!has_names_of_cards (knowledge, row)) {
      if (has_name (knowledge, row))
        return FALSE;
      answered = TRUE;
      continue;
    }
    gboolean whole = has_whole_cards (knowledge, row);
    if (!answered || (i + 1 == (int)table->rows->len && !whole))
      return FALSE;
    answered = whole;
    bands++;
    wide += filled_in (row) > 1;
  }
  return bands >= BANDS_LEAST && wide >= BANDS_LEAST && wide * 2 > bands;
}

/* Puts the words of FROM at the end of the cell of ROW at COLUMN; *FULL: its last line reached the edge, so that the next
 * one was only wrapped. */
static void
append_words (Row *row, int column, const Field *from, gboolean *full)
{
  Field *to = row_field (row, column);
  char *text = *to->text ? text_join (to->text, from->text, *full) : g_strdup (from->text);
  g_free (to->text);
  to->text = text;
  to->struck = struck_text_joined (to->struck, from->struck);
  *full = from->full;
}

/* Whether MORE, below the name of CARD, is the rest of it: together they are a whole name of the catalogue. */
static gboolean
is_rest_of_name (const Knowledge *knowledge, const Row *card, const char *more)
{
  g_autofree char *whole = text_join (row_field (card, 0)->text, more, TRUE);
  g_autofree char *key = text_folded (knowledge->comparing, whole);
  return g_hash_table_contains (knowledge->index->names, key);
}

/* The card in COLUMN of the rows of TABLE from FIRST to END. */
static void
add_card (const Knowledge *knowledge, const Table *table, int first, int end, int column, Table *made)
{
  const Row *names = table_row (table, first);
  gboolean full = FALSE, wrapped = TRUE;
  if (!is_filled (names, column))
    return;
  Row *card = added_row (made, names);
  const char *answer = after_name_line (knowledge, row_field (names, column)->text);
  add_words (card, 0, row_field (names, column));
  if (answer) {
    add_words (card, 1, &(Field){.text = (char *)answer});
    row_field (card, 0)->text[answer - row_field (names, column)->text - 1] = '\0';
  }
  for (int i = first + 1; i < end; i++) {
    const Row *row = table_row (table, i);
    g_array_append_vals (card->places, row->places->data, row->places->len);
    if (!is_filled (row, column))
      continue;
    if (i == first + 1 && is_rest_of_name (knowledge, card, row_field (row, column)->text))
      append_words (card, 0, row_field (row, column), &wrapped);
    else
      append_words (card, 1, row_field (row, column), &full);
  }
}

static Table *
table_from_cards (const Knowledge *knowledge, const Table *table)
{
  if (table->columns < 2 || !is_of_cards (knowledge, table))
    return NULL;
  Table *made = empty_table (table, 2);
  int rows = (int)table->rows->len;
  for (int first = 0, end; first < rows; first = end) {
    for (end = first + 1; end < rows && !has_names_of_cards (knowledge, table_row (table, end));)
      end++;
    for (int column = 0; column < table->columns && has_names_of_cards (knowledge, table_row (table, first)); column++)
      add_card (knowledge, table, first, end, column, made);
  }
  return made;
}

Table *
table_from_row_blocks (const Knowledge *knowledge, const Table *table)
{
  if (table->rows->len < 2 * BANDS_LEAST)
    return NULL;
  Table *made = table_from_labelled_blocks (knowledge, table);
  made = made ? made : table_from_equal_blocks (knowledge, table);
  return made ? made : table_from_cards (knowledge, table);
}
