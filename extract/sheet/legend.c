/* legend.c - see legend.h */
#include "sheet/legend.h"

#include "answer/answer.h"
#include "answer/choice.h"
#include "items/item_list.h"
#include "model/block.h"

#include <string.h>

/* A longer line explains something else; bytes. */
#define LINE_BYTES 300

/* A longer first cell is no key; bytes. */
#define KEY_BYTES 4

/* The least share of the items with an answer whose answer is a key: 1 on the 5 sheets with legends that this was tried
 * on; a number is a key by chance where answers are counts (世代数: 3). */
#define KEYED_SHARE 0.8
#define KEYED_LEAST 3

static gboolean
word_has_status (const Knowledge *knowledge, const char *word)
{
  g_autoptr (Answer) answer = answer_from_text (knowledge, word, NULL, NULL);
  return answer->status != STATUS_STATED;
}

static gboolean
has_status (const Knowledge *knowledge, const GPtrArray *legend)
{
  for (guint i = 0; i < legend->len; i++)
    if (word_has_status (knowledge, ((const LegendEntry *)legend->pdata[i])->word))
      return TRUE;
  return FALSE;
}

/* Adds the legend in TEXT to LEGENDS, if it has one that speaks of answers. */
static void
add_legend (const Knowledge *knowledge, GPtrArray *legends, const char *text)
{
  int start;
  g_autoptr (GPtrArray) legend =
      *text && strlen (text) <= LINE_BYTES ? legend_from_head (knowledge, text, &start) : NULL;
  if (legend && has_status (knowledge, legend))
    g_ptr_array_add (legends, g_steal_pointer (&legend));
}

/* A legend over several lines is as one: LINES has those so far that are one entry each. */
static void
take_line (const Knowledge *knowledge, GPtrArray *legends, GString *lines, const char *line)
{
  g_autoptr (GPtrArray) one = strlen (line) <= LINE_BYTES ? legend_entries (knowledge, line) : NULL;
  if (one && one->len == 1) {
    g_string_append_printf (lines, "%s\n", line);
    return;
  }
  add_legend (knowledge, legends, lines->str);
  g_string_truncate (lines, 0);
  add_legend (knowledge, legends, line);
}

/* The rows of GRID that have two cells, the first as short as a key. */
static void
take_grid (const Knowledge *knowledge, GPtrArray *legends, GString *lines, const Grid *grid)
{
  g_autofree const Cell **first = g_new0 (const Cell *, grid->rows + 1);
  g_autofree const Cell **second = g_new0 (const Cell *, grid->rows + 1);
  g_autofree int *filled = g_new0 (int, grid->rows + 1);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (!*cell->text)
      continue;
    *(filled[cell->row] == 0 ? &first[cell->row] : &second[cell->row]) = cell;
    filled[cell->row]++;
  }
  for (int row = 0; row < grid->rows; row++) {
    gboolean pair = filled[row] == 2 && strlen (first[row]->text) <= KEY_BYTES;
    g_autofree char *line = pair ? g_strdup_printf ("%s: %s", first[row]->text, second[row]->text)
                                 : g_strdup (filled[row] == 1 ? first[row]->text : "");
    take_line (knowledge, legends, lines, line);
  }
}

/* The legends of the document; each a list of LegendEntry. The caller frees. */
static GPtrArray *
legends_of_blocks (const Knowledge *knowledge, GPtrArray *blocks)
{
  GPtrArray *legends = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_GRID)
      take_grid (knowledge, legends, lines, block->grid);
    g_auto (GStrv) split = g_strsplit (block->kind == BLOCK_GRID || !block->text ? "" : block->text, "\n", -1);
    for (char **line = split; *line; line++)
      take_line (knowledge, legends, lines, *line);
  }
  add_legend (knowledge, legends, lines->str);
  return legends;
}

/* The cell of ITEM that may be a key: its mark, else its answer; NULL: the columns say what is chosen. */
static const char *
key_cell (const Item *item)
{
  return item->choices || item->by ? NULL : item->mark ? item->mark : item->answer;
}

/* The field of ITEM in the other column with the head NAME; NULL: it has none. */
static OtherField *
other_of_item (const Item *item, const char *name)
{
  for (guint i = 0; i < item->others->len; i++) {
    OtherField *other = g_ptr_array_index (item->others, i);
    if (g_str_equal (other->name, name))
      return other;
  }
  return NULL;
}

/* The share of the cells of one column, that of key_cell or, where given, the other column with the head NAME, that are
 * keys of LEGEND; 0: too few are. */
static double
keyed_share (GPtrArray *lists, const GPtrArray *legend, const char *name)
{
  guint keyed = 0, filled = 0;
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++) {
      const Item *item = g_ptr_array_index (list->items, j);
      const OtherField *other = name ? other_of_item (item, name) : NULL;
      const char *cell = name ? (other ? other->text : NULL) : key_cell (item), *rest;
      g_autoptr (GPtrArray) choices = cell ? choices_from_legend (legend, cell, &rest) : NULL;
      filled += cell != NULL;
      keyed += choices != NULL;
    }
  }
  return keyed >= KEYED_LEAST ? (double)keyed / filled : 0;
}

/* A sign that says yes or no by itself (◎) goes before words that do not (標準オプション). */
static gboolean
sign_says_more (const Knowledge *knowledge, const GPtrArray *choices, const char *cell)
{
  for (guint i = 0; i < choices->len; i++) {
    const Choice *choice = g_ptr_array_index (choices, i);
    if (choice->chosen && word_has_status (knowledge, choice->text))
      return FALSE;
  }
  return word_has_status (knowledge, cell);
}

static void
apply (const Knowledge *knowledge, Item *item, const GPtrArray *legend)
{
  const char *cell = key_cell (item), *rest;
  g_autoptr (GPtrArray) choices = cell ? choices_from_legend (legend, cell, &rest) : NULL;
  if (!choices || sign_says_more (knowledge, choices, cell))
    return;
  item->choices = g_steal_pointer (&choices);
  if (cell == item->mark)
    item->remark = g_strdup (item->answer);
  else
    item->remark = *rest ? g_strdup (rest) : NULL;
}

/* Makes the other column with the head NAME, all of whose cells are keys, the mark before the answer. */
static void
take_column (GPtrArray *lists, const char *name)
{
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++) {
      Item *item = g_ptr_array_index (list->items, j);
      OtherField *other = other_of_item (item, name);
      if (!other || item->mark)
        continue;
      item->mark = g_strdup (other->text);
      g_ptr_array_remove (item->others, other);
    }
  }
}

/* The head of a column whose cells all are keys of LEGEND and which is neither mark nor answer; NULL: there is none. The
 * caller frees. */
static char *
keyed_column (GPtrArray *lists, const GPtrArray *legend)
{
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    const Item *first = list->items->len > 0 ? g_ptr_array_index (list->items, 0) : NULL;
    for (guint k = 0; first && !first->mark && !first->choices && !first->by && k < first->others->len; k++) {
      const OtherField *other = g_ptr_array_index (first->others, k);
      if (keyed_share (lists, legend, other->name) >= 1)
        return g_strdup (other->name);
    }
  }
  return NULL;
}

/* Gives the column whose cells all are keys of a legend its place, where neither the marks nor the answers are. */
static void
find_keyed_column (GPtrArray *lists, GPtrArray *legends)
{
  g_autofree char *column = NULL;
  for (guint i = 0; i < legends->len; i++)
    if (keyed_share (lists, g_ptr_array_index (legends, i), NULL) >= KEYED_SHARE)
      return;
  for (guint i = 0; i < legends->len && !column; i++)
    column = keyed_column (lists, g_ptr_array_index (legends, i));
  if (column)
    take_column (lists, column);
}

static void
note_legend (GPtrArray *notes, Place place, const GPtrArray *legend)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < legend->len; i++) {
    const LegendEntry *entry = g_ptr_array_index (legend, i);
    g_string_append_printf (words, "%s\"%s\" is \"%s\"", i ? ", " : "", entry->key, entry->word);
  }
  notes_add (notes, "legend", NOTE_INFO, place, "The answers are signs of a legend outside the table: %s.", words->str);
}

void
items_take_legend (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *lists, GPtrArray *notes)
{
  g_autoptr (GPtrArray) legends = legends_of_blocks (knowledge, blocks);
  const GPtrArray *best = NULL;
  double most = KEYED_SHARE;
  find_keyed_column (lists, legends);
  for (guint i = 0; i < legends->len; i++) {
    double share = keyed_share (lists, g_ptr_array_index (legends, i), NULL);
    if (share > most || (share == most && !best)) {
      best = g_ptr_array_index (legends, i);
      most = share;
    }
  }
  for (guint i = 0; i < lists->len && best; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++)
      apply (knowledge, g_ptr_array_index (list->items, j), best);
  }
  if (best)
    note_legend (notes, (Place){0}, best);
}
