/* item_list.c - see item_list.h */
#include "items/item_list.h"

#include "answer/answer.h"
#include "answer/choice.h"
#include "items/column_kinds.h"
#include "items/match.h"
#include "items/mend.h"
#include "model/note.h"
#include "text/line_break.h"

#include <string.h>

ItemList *
item_list_new (int first_block)
{
  ItemList *list = g_new0 (ItemList, 1);
  list->items = g_ptr_array_new_with_free_func ((GDestroyNotify)item_free);
  list->notes = notes_new ();
  list->first_block = first_block;
  return list;
}

void
item_list_free (ItemList *list)
{
  if (!list)
    return;
  g_ptr_array_unref (list->items);
  g_ptr_array_unref (list->notes);
  columns_free (list->columns);
  g_free (list->heading);
  g_free (list->section);
  g_free (list->category);
  g_free (list);
}

char *
item_text (const Knowledge *knowledge, const char *text)
{
  g_autofree char *written = text_folded (knowledge->writing, text);
  g_strstrip (written);
  return *written ? g_steal_pointer (&written) : NULL;
}

void
item_text_append (char **text, const char *more)
{
  if (!more)
    return;
  char *joined = *text ? text_join (*text, more, FALSE) : g_strdup (more);
  g_free (*text);
  *text = joined;
}

char *
item_struck (const Knowledge *knowledge, const char *text)
{
  return text ? item_text (knowledge, text) : NULL;
}

char *
heading_text (const Knowledge *knowledge, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->headings, "marked", text, 0, &match))
    return item_text (knowledge, text);
  char *heading = item_text (knowledge, pattern_field (&match, "heading"));
  pattern_match_clear (&match);
  return heading;
}

/* Characters: a longer text is no category. */
#define CATEGORY_MOST 90

char *
category_text (const Knowledge *knowledge, const char *text)
{
  if (g_utf8_strlen (text, CATEGORY_MOST * 4) > CATEGORY_MOST)
    return NULL;
  PatternMatch match;
  g_autofree char *heading = NULL;
  if (patterns_match_rule (knowledge->headings, "chapter", text, 0, &match)) {
    heading = heading_text (knowledge, pattern_field (&match, "heading"));
    pattern_match_clear (&match);
  }
  if (!heading || !patterns_has (knowledge->rows, "category", heading)) {
    g_free (heading);
    heading = heading_text (knowledge, text);
  }
  return heading && patterns_has (knowledge->rows, "category", heading) ? g_steal_pointer (&heading) : NULL;
}

/* Whether the number that MATCH of "numbered" begins with counts what follows it: "7 日前までに". */
static gboolean
counts_what_follows (const Knowledge *knowledge, const PatternMatch *match)
{
  return !pattern_field (match, "mark") && patterns_has (knowledge->headings, "counted", pattern_field (match, "name"));
}

void
part_counter (const Knowledge *knowledge, const char *text, char **number, char **name)
{
  static const char *const rules[] = {"question", "article", "numbered"};
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->headings, rules[i], text, 0, &match))
      continue;
    const char *counter = pattern_field (&match, "number");
    gboolean counts = counts_what_follows (knowledge, &match);
    if (!counts) {
      *number = counter ? item_text (knowledge, counter) : NULL;
      *name = item_text (knowledge, pattern_field (&match, "name"));
    }
    pattern_match_clear (&match);
    if (!counts)
      return;
  }
  *number = NULL;
  *name =
      patterns_has (knowledge->headings, "marked", text) ? heading_text (knowledge, text) : item_text (knowledge, text);
}

/* All answers begin with the same label where so many do. */
#define LABELLED_LEAST 4

/* The bytes that the answers of all ITEMS begin with. */
static gsize
common_beginning (GPtrArray *items)
{
  const Item *first = items->len > 0 ? g_ptr_array_index (items, 0) : NULL;
  gsize common = first && first->answer ? strlen (first->answer) : 0;
  for (guint i = 1; i < items->len && common > 0; i++) {
    const Item *item = g_ptr_array_index (items, i);
    gsize length = 0;
    while (item->answer && length < common && item->answer[length] == first->answer[length])
      length++;
    common = length;
  }
  while (common > 0 && !g_utf8_validate (first->answer, (gssize)common, NULL))
    common--;
  return common;
}

/* Whether a digit follows the first COMMON bytes of every answer: "回答1" is no label and its answer. */
static gboolean
are_counted (GPtrArray *items, gsize common)
{
  for (guint i = 0; i < items->len; i++)
    if (!g_ascii_isdigit (((const Item *)g_ptr_array_index (items, i))->answer[common]))
      return FALSE;
  return TRUE;
}

/* Takes the label off all answers that begin with the same one, "回答" in an element of its own, with nothing after it. */
static void
drop_common_label (const Knowledge *knowledge, GPtrArray *items)
{
  gsize common = items->len >= LABELLED_LEAST ? common_beginning (items) : 0;
  if (common == 0)
    return;
  g_autofree char *label = g_strstrip (g_strndup (((const Item *)items->pdata[0])->answer, common));
  const char *rule = *label ? patterns_rule_for (knowledge->columns, label) : NULL;
  gboolean letter = g_str_equal (label, "A"); /* beside the Q of the questions */
  if (!letter && (!rule || (!g_str_equal (rule, "answer") && !g_str_equal (rule, "content"))))
    return;
  if (are_counted (items, common))
    return;
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    if (item->answer[common])
      memmove (item->answer, item->answer + common, strlen (item->answer + common) + 1);
  }
}

/* What follows A and the number of ITEM's question in its answer, "A1終日" below "Q1サービス時間は？"; NULL: it begins with
 * something else. Borrowed. */
static const char *
after_own_number (const Item *item)
{
  const char *digits = item->number ? item->number + strcspn (item->number, "0123456789") : "";
  if (!*digits || !item->answer || item->answer[0] != 'A' || !g_str_has_prefix (item->answer + 1, digits))
    return NULL;
  const char *after = item->answer + 1 + strlen (digits);
  return *after ? after : NULL;
}

/* Where all answers begin with the numbers of their questions, these are taken off. */
static void
strip_own_numbers (const Knowledge *knowledge, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (!after_own_number (g_ptr_array_index (items, i)))
      return;
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    g_autofree char *rest = g_strdup (after_own_number (item));
    g_free (item->answer);
    item->answer = item_text (knowledge, rest + strspn (rest, " .:"));
  }
}

void
items_strip_replies (const Knowledge *knowledge, GPtrArray *items)
{
  strip_own_numbers (knowledge, items);
  guint replies = 0;
  for (guint i = 0; i < items->len; i++) {
    const Item *item = g_ptr_array_index (items, i);
    replies += item->answer && patterns_has (knowledge->headings, "reply", item->answer);
  }
  for (guint i = 0; i < items->len && replies * 2 >= items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    PatternMatch match;
    if (!item->answer || !patterns_match_rule (knowledge->headings, "reply", item->answer, 0, &match))
      continue;
    g_free (item->answer);
    item->answer = item_text (knowledge, pattern_field (&match, "text"));
    pattern_match_clear (&match);
  }
  drop_common_label (knowledge, items);
}

/* Fewer names that count up by one from 1 do so by chance. */
#define COUNTED_LEAST 3

/* The number that the name of the item at INDEX runs into, 0: none. */
static guint64
glued_counter (GPtrArray *items, guint index)
{
  const char *name = ((const Item *)g_ptr_array_index (items, index))->name;
  gsize digits = name ? strspn (name, "0123456789") : 0;
  return digits > 0 && digits <= 3 && name[digits] ? g_ascii_strtoull (name, NULL, 10) : 0;
}

/* Takes the counters off the names of ITEMS that run into them, "1サービス時間", "2計画停止予定通知", as a page's styles set them
 * apart. Only numbers that count all items up from 1, or from AFTER, the last number of the table before, are such:
 * "24時間対応" begins with a number of its own. */
static void
part_glued_counters (const Knowledge *knowledge, GPtrArray *items, guint64 after)
{
  guint64 first = items->len > 0 ? glued_counter (items, 0) : 0;
  if (first != after + 1 && (first != 1 || items->len < COUNTED_LEAST))
    return;
  for (guint i = 1; i < items->len; i++)
    if (glued_counter (items, i) != first + i)
      return;
  for (guint i = 0; i < items->len && (after > 0 || items->len >= COUNTED_LEAST); i++) {
    Item *item = g_ptr_array_index (items, i);
    gsize digits = strspn (item->name, "0123456789");
    g_autofree char *whole = g_steal_pointer (&item->name);
    item->number = g_strndup (whole, digits);
    item->name = item_text (knowledge, whole + digits);
  }
}

/* The number of the last of the items before; 0: there is none. */
static guint64
number_before (const GPtrArray *before)
{
  const Item *last = before && before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;
  return last && last->number ? g_ascii_strtoull (last->number, NULL, 10) : 0;
}

/* Takes the counter off the names of ITEMS that have no number, where most have one: "5. サービス稼働率" becomes number 5.
 * BEFORE: the items of the table before; NULL: there is none. */
static void
items_part_counters (const Knowledge *knowledge, GPtrArray *items, const GPtrArray *before)
{
  guint counted = 0;
  for (guint i = 0; i < items->len; i++) {
    const Item *item = g_ptr_array_index (items, i);
    if (item->number)
      return;
    counted += item->name && (patterns_has (knowledge->headings, "numbered", item->name) ||
                              patterns_has (knowledge->headings, "question", item->name));
  }
  for (guint i = 0; i < items->len && counted * 2 >= items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    g_autofree char *whole = g_steal_pointer (&item->name);
    if (whole)
      part_counter (knowledge, whole, &item->number, &item->name);
  }
  if (counted == 0)
    part_glued_counters (knowledge, items, number_before (before));
}

/* What the walk down a table remembers. */
typedef struct {
  const Knowledge *knowledge;
  const Table *table;
  ItemList *list;
  Columns *columns; /* owned */
  char *section, *category;
  const char *heading; /* the category where there is no column for it */
  int *mended;         /* of mend_row, for the last row that was mended under these columns; NULL: none was */
  char *own_heading;   /* the same, from a banner; NULL: there is none */
  gboolean own_heading_used;
  gboolean section_used;
  Place section_place;
} TableWalk;

static Place
row_place (const Row *row)
{
  return g_array_index (row->places, Place, 0);
}

static Item *
last_item (const TableWalk *walk)
{
  guint count = walk->list->items->len;
  return count > 0 ? g_ptr_array_index (walk->list->items, count - 1) : NULL;
}

/* The only field of ROW with text, or NULL where there are none or several. */
static const Field *
only_field (const Row *row)
{
  const Field *only = NULL;
  for (guint i = 0; i < row->fields->len; i++) {
    const Field *field = row_field (row, (int)i);
    if (!*field->text)
      continue;
    if (only)
      return NULL;
    only = field;
  }
  return only;
}

/* Whether TEXT is one of the words for categories, with a mark before it or not. */
static gboolean
is_category_word (const Knowledge *knowledge, const char *text)
{
  g_autofree char *heading = heading_text (knowledge, text);
  return heading && patterns_has (knowledge->rows, "category", heading);
}

/* The category of ROW beside nothing but its number, "1 | 可用性"; NULL: it has none. */
static const Field *
numbered_category (const Knowledge *knowledge, const Row *row)
{
  const Field *category = NULL;
  for (guint i = 1; i < row->fields->len; i++) {
    const Field *field = row_field (row, (int)i);
    if (*field->text && (category || field->from_above))
      return NULL;
    category = *field->text ? field : category;
  }
  const Field *number = row_field (row, 0);
  gboolean counted = !number->from_above && patterns_has (knowledge->rows, "number", number->text);
  return category && counted && row->fields->len > 2 && is_category_word (knowledge, category->text) ? category : NULL;
}

/* The field of ROW that names the rows below it: it spans the table, or is the first one and alone, or is a category with a
 * number. Of two fields the other one is an answer that may be missing, unless the text is a category. NULL: there is
 * none. */
static const Field *
banner_field (const Knowledge *knowledge, const Row *row)
{
  const Field *only = only_field (row);
  if (!only)
    return numbered_category (knowledge, row);
  if (only->from_above || row->fields->len < 2)
    return NULL;
  if (only->span == (int)row->fields->len)
    return only;
  gboolean names = row->fields->len > 2 ? !patterns_has (knowledge->rows, "number", only->text)
                                        : is_category_word (knowledge, only->text);
  return only == row_field (row, 0) && names ? only : NULL;
}

static void
note_unused_section (TableWalk *walk)
{
  if (walk->section && !walk->section_used)
    notes_add (walk->list->notes, "text-unmapped", NOTE_INFO, walk->section_place, "This line heads no row: \"%s\".",
               walk->section);
}

/* Where rows are under the heading above the table, a banner further down is another one of its level. */
static gboolean
is_like_heading (const TableWalk *walk)
{
  return walk->heading && !walk->section && walk->list->items->len > 0;
}

/* The category that a banner of WORDS is in a table without a column for it; NULL: it is a section, as the banner was that
 * stands over the rows before and has no category below it. The caller frees. */
static char *
category_of_banner (const TableWalk *walk, const char *words)
{
  if (columns_find (walk->columns, COLUMN_CATEGORY) >= 0)
    return NULL;
  if (is_like_heading (walk))
    return heading_text (walk->knowledge, words);
  gboolean sections = walk->section && walk->section_used && !walk->own_heading;
  return sections ? NULL : category_text (walk->knowledge, words);
}

static void
take_section (TableWalk *walk, char *text, Place place)
{
  note_unused_section (walk);
  g_free (walk->section);
  walk->section = text;
  walk->section_used = FALSE;
  walk->section_place = place;
}

/* Of two banners for categories at once below each other the first is a section, as is the heading above the first. */
static void
take_banner (TableWalk *walk, const Row *row, const char *words)
{
  char *category = category_of_banner (walk, words);
  if (category && walk->heading && !walk->section && walk->list->items->len == 0)
    take_section (walk, g_strdup (walk->heading), row_place (row));
  else if (category && walk->own_heading && !walk->own_heading_used)
    take_section (walk, g_steal_pointer (&walk->own_heading), row_place (row));
  else if (!category) {
    take_section (walk, item_text (walk->knowledge, words), row_place (row));
    g_clear_pointer (&walk->category, g_free);
  }
  g_free (walk->own_heading);
  walk->own_heading = category;
  walk->own_heading_used = FALSE;
}

/* The field of ROW in the column of KIND; NULL: there is no such column. ORDER: from mend_row; NULL: the row fits
 * as it is. */
static Field *
field_of_kind (const TableWalk *walk, const Row *row, const int *order, ColumnKind kind)
{
  int column = columns_find (walk->columns, kind);
  if (column < 0)
    return NULL;
  int index = order ? order[column] : column;
  return index >= 0 && index < (int)row->fields->len ? row_field (row, index) : NULL;
}

static char *
struck_of_kind (const TableWalk *walk, const Row *row, const int *order, ColumnKind kind)
{
  const Field *field = field_of_kind (walk, row, order, kind);
  return field ? item_struck (walk->knowledge, field->struck) : NULL;
}

static char *
text_of_kind (const TableWalk *walk, const Row *row, const int *order, ColumnKind kind)
{
  const Field *field = field_of_kind (walk, row, order, kind);
  return field ? item_text (walk->knowledge, field->text) : NULL;
}

static void
remove_spaces (char *text)
{
  char *to = text;
  for (const char *from = text; from && *from; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  if (to)
    *to = 0;
}

/* Whether cells of KIND have a key of their own in the output. */
static gboolean
has_key (ColumnKind kind)
{
  return kind >= COLUMN_NUMBER && kind < COLUMN_EXAMPLE && item_fields[kind - COLUMN_NUMBER].key;
}

gboolean
cell_is_tick (const Knowledge *knowledge, const char *text)
{
  return !*text || patterns_has (knowledge->choices, "tick", text) ||
         patterns_has (knowledge->choices, "cross", text) || patterns_has (knowledge->choices, "untick", text);
}

/* The text of ROW in column INDEX; NULL: it is empty or missing. The caller frees. */
static char *
text_of_column (const TableWalk *walk, const Row *row, const int *order, int column)
{
  int index = order ? order[column] : column;
  return index >= 0 && index < (int)row->fields->len ? item_text (walk->knowledge, row_field (row, index)->text) : NULL;
}

static gboolean
is_ticked (const Knowledge *knowledge, const char *text, gboolean crosses)
{
  return text && !patterns_has (knowledge->choices, "untick", text) &&
         (crosses || !patterns_has (knowledge->choices, "cross", text));
}

static GPtrArray *
choices_of_row (const TableWalk *walk, const Row *row, const int *order, gboolean crosses)
{
  GPtrArray *choices = choices_new ();
  for (int i = 0; i < walk->columns->count; i++) {
    if (walk->columns->kinds[i] != COLUMN_CHOICE)
      continue;
    g_autofree char *text = text_of_column (walk, row, order, i);
    g_autofree char *head = item_text (walk->knowledge, walk->columns->each[i].head);
    choices_add (choices, head ? head : "", is_ticked (walk->knowledge, text, crosses));
  }
  return choices;
}

/* The heads of the ticked columns, "有"; of several "有 / 無"; NULL: none is. The caller frees. */
static char *
chosen_text (const GPtrArray *choices)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < choices->len; i++) {
    const Choice *choice = g_ptr_array_index (choices, i);
    if (choice->chosen)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", choice->text);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* What is written beside the ticks: the remark, or words in the ticked column itself. */
static char *
remark_of_row (const TableWalk *walk, const Row *row, const int *order)
{
  char *remark = NULL;
  for (int i = 0; i < walk->columns->count; i++) {
    HeadRule rule = walk->columns->each[i].rule;
    ColumnKind kind = walk->columns->kinds[i];
    g_autofree char *text = text_of_column (walk, row, order, i);
    if (text && ((kind == COLUMN_OTHER && (rule == HEAD_REMARK || rule == HEAD_CONTENT || rule == HEAD_UNKNOWN)) ||
                 (kind == COLUMN_CHOICE && !cell_is_tick (walk->knowledge, text))))
      item_text_append (&remark, text);
  }
  return remark;
}

/* The answer of a row that is ticked. A cross is a tick only where nothing else is one: beside a ring it says no. */
static void
take_choices (const TableWalk *walk, const Row *row, const int *order, Item *item)
{
  if (columns_find (walk->columns, COLUMN_CHOICE) < 0)
    return;
  item->choices = choices_of_row (walk, row, order, FALSE);
  if (choices_chosen (item->choices) == 0) {
    g_ptr_array_unref (item->choices);
    item->choices = choices_of_row (walk, row, order, TRUE);
  }
  if (item->answer && cell_is_tick (walk->knowledge, item->answer)) { /* of another column: ticks answer under a head */
    const char *head = walk->columns->each[columns_find (walk->columns, COLUMN_ANSWER)].head;
    others_take (item->others, item_text (walk->knowledge, head), g_steal_pointer (&item->answer));
  }
  item->remark = item->answer ? g_strdup (item->answer) : remark_of_row (walk, row, order);
  if (!item->answer)
    item->answer = chosen_text (item->choices);
}

/* The answers of a row that has one for each plan; the first of them is the answer. */
static void
take_answers_by (const TableWalk *walk, const Row *row, const int *order, Item *item)
{
  for (int i = 0; i < walk->columns->count; i++) {
    if (walk->columns->kinds[i] != COLUMN_PLAN)
      continue;
    g_autofree char *text = text_of_column (walk, row, order, i);
    g_autofree char *head = item_text (walk->knowledge, walk->columns->each[i].head);
    item->by = item->by ? item->by : answers_by_new ();
    answers_by_add (item->by, head ? head : "", text);
    if (text && !item->answer && item->by->len > 1)
      notes_add (walk->list->notes, "answer-from-beside", NOTE_WARNING, g_array_index (row->places, Place, 0),
                 "The first of several columns for answers is empty in this row; its answer is from the column \"%s\".",
                 head ? head : "");
    if (!item->answer)
      item->answer = g_steal_pointer (&text);
  }
}

/* The answer of a row whose cell is a key of the legend in the head. */
static void
take_legend (const TableWalk *walk, Item *item)
{
  for (int i = 0; i < walk->columns->count && !item->choices; i++) {
    ColumnKind kind = walk->columns->kinds[i];
    const char *text = kind == COLUMN_MARK ? item->mark : kind == COLUMN_ANSWER ? item->answer : NULL, *rest;
    if (!text || !walk->columns->each[i].legend)
      continue;
    item->choices = choices_from_legend (walk->columns->each[i].legend, text, &rest);
    if (item->choices && text == item->answer)
      item->remark = *rest ? g_strdup (rest) : NULL;
    else if (item->choices)
      item->remark = g_strdup (item->answer);
  }
}

/* The answers for other plans are kept here too, so that whatever compares sheets sees them. */
static void
take_others (const TableWalk *walk, const Row *row, const int *order, Item *item)
{
  gboolean answered = FALSE;
  for (int i = 0; i < walk->columns->count; i++) {
    ColumnKind kind = walk->columns->kinds[i];
    int index = order ? order[i] : i;
    if (has_key (kind) || index < 0 || index >= (int)row->fields->len)
      continue;
    if (kind == COLUMN_CHOICE && cell_is_tick (walk->knowledge, row_field (row, index)->text))
      continue;
    char *text = item_text (walk->knowledge, row_field (row, index)->text);
    char *struck = item_struck (walk->knowledge, row_field (row, index)->struck);
    g_autofree char *head = item_text (walk->knowledge, walk->columns->each[i].head);
    g_autofree char *name = head ? g_strdup (head) : g_strdup_printf ("%d", i + 1);
    if (text && kind == COLUMN_PLAN && !answered) {
      answered = TRUE;
      g_free (text);
    } else if (text)
      others_take (item->others, g_strdup (name), text);
    if (struck)
      others_take (item->struck_others, g_strdup (name), struck);
  }
}

/* A category holds on over merged and empty cells, until a banner. Without a column of categories it is the heading
 * above the table. */
static void
fill_category_down (TableWalk *walk, Item *item)
{
  if (columns_find (walk->columns, COLUMN_CATEGORY) < 0)
    item->category = g_strdup (walk->own_heading ? walk->own_heading : walk->heading);
  else if (!item->category)
    item->category = g_strdup (walk->category);
  else {
    g_free (walk->category);
    walk->category = g_strdup (item->category);
  }
}

/* In a workbook the place of an item is the cell of its answer. */
static void
point_at_answer (const TableWalk *walk, const Row *row, const int *order, Item *item)
{
  const Field *answer = field_of_kind (walk, row, order, COLUMN_ANSWER);
  if (answer && answer->place.sheet && item->places->len > 0)
    g_array_index (item->places, Place, 0) = answer->place;
}

/* Whether MARK, in a column of marks, is one: a tick, or a word that says yes or no. */
static gboolean
is_mark (const Knowledge *knowledge, const char *mark)
{
  g_autoptr (Answer) answer = answer_from_text (knowledge, mark, NULL, NULL);
  return cell_is_tick (knowledge, mark) || answer->status != STATUS_STATED;
}

/* A row without an answer has its mark for one; what is no mark may be about something else. */
static void
take_mark_for_answer (const TableWalk *walk, const Row *row, Item *item)
{
  if (item->answer || !item->mark)
    return;
  item->answer = g_strdup (item->mark);
  int mark = columns_find (walk->columns, COLUMN_MARK);
  if (columns_find (walk->columns, COLUMN_ANSWER) < 0 || mark < 0 || is_mark (walk->knowledge, item->mark))
    return;
  notes_add (walk->list->notes, "answer-from-beside", NOTE_WARNING, row_place (row),
             "The column for answers is empty in this row; its answer is from the column \"%s\".",
             walk->columns->each[mark].head);
}

/* What parted the answer from a choice that is struck out is no part of it: of 有・無 the ・ of "・無". */
static void
cut_separators (char *text)
{
  static const char signs[] = "・･／/|｜";
  char *start = text, *end = text + strlen (text);
  while (*start && g_utf8_strchr (signs, -1, g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  if (!*start)
    return;
  while (g_utf8_strchr (signs, -1, g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *end = '\0';
  memmove (text, start, (gsize)(end - start) + 1);
  g_strstrip (text);
}

static Item *
item_from_row (TableWalk *walk, const Row *row, const int *order)
{
  Item *item = item_new ();
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    *item_text_of (item, &item_fields[i]) = text_of_kind (walk, row, order, item_fields[i].kind);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    item->struck[i] = struck_of_kind (walk, row, order, item_fields[i].kind);
  if (item->answer && item->struck[COLUMN_ANSWER - COLUMN_NUMBER])
    cut_separators (item->answer);
  remove_spaces (item->number);
  if (!item->section)
    item->section = g_strdup (walk->section);
  fill_category_down (walk, item);
  take_legend (walk, item);
  take_choices (walk, row, order, item);
  take_answers_by (walk, row, order, item);
  take_mark_for_answer (walk, row, item);
  take_others (walk, row, order, item);
  g_array_append_vals (item->places, row->places->data, row->places->len);
  point_at_answer (walk, row, order, item);
  return item;
}

/* The least share of rows with a number for a row without one to be no row of its own. */
#define NUMBERED_SHARE 0.9

/* Whether ROW, the first after a page end, is the rest of a row that has a part of the name here too: it has neither the
 * number that nearly all rows have, nor a unit, nor a definition. */
static gboolean
has_rest_of_name (const TableWalk *walk, const Row *row, const int *order)
{
  static const ColumnKind empty[] = {COLUMN_NUMBER, COLUMN_DEFINITION, COLUMN_UNIT};
  int number = columns_find (walk->columns, COLUMN_NUMBER);
  if (!row->first_of_grid || number < 0 || walk->columns->each[number].filled < NUMBERED_SHARE ||
      columns_find (walk->columns, COLUMN_UNIT) < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++) {
    const Field *field = field_of_kind (walk, row, order, empty[i]);
    if (field && *field->text && !field->from_above)
      return FALSE;
  }
  return TRUE;
}

/* Whether ROW is the rest of the item above: it has no name, or its name is a merged cell that began above. */
static gboolean
goes_on (const TableWalk *walk, const Row *row, const int *order)
{
  const Field *name = field_of_kind (walk, row, order, COLUMN_NAME);
  const Field *number = field_of_kind (walk, row, order, COLUMN_NUMBER);
  if (!last_item (walk) || !name)
    return FALSE;
  if (name->from_above && *name->text)
    return !number || number->from_above || !*number->text;
  return (!*name->text && (!number || !*number->text)) || has_rest_of_name (walk, row, order);
}

static char *
text_unless_from_above (const TableWalk *walk, const Row *row, const int *order, ColumnKind kind)
{
  const Field *field = field_of_kind (walk, row, order, kind);
  return field && !field->from_above ? item_text (walk->knowledge, field->text) : NULL;
}

static void
append_row (TableWalk *walk, const Row *row, const int *order)
{
  Item *item = last_item (walk);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++) {
    if (!item_fields[i].joined)
      continue;
    g_autofree char *more = text_unless_from_above (walk, row, order, item_fields[i].kind);
    item_text_append (item_text_of (item, &item_fields[i]), more);
    g_autofree char *struck = struck_of_kind (walk, row, order, item_fields[i].kind);
    item->struck[i] = struck_text_joined (item->struck[i], struck);
  }
  g_autofree char *name = text_unless_from_above (walk, row, order, COLUMN_NAME);
  item_text_append (&item->name, name);
  take_others (walk, row, order, item);
  for (guint i = 0; i < row->places->len; i++)
    places_add (item->places, g_array_index (row->places, Place, i));
  notes_add (walk->list->notes, "row-joined", NOTE_INFO, row_place (row),
             "This row names no item; it is joined to the one above.");
}

/* Whether the name of ROW is struck out, with no other in its place: whatever else is left in it answers nothing. */
static gboolean
has_struck_name (const TableWalk *walk, const Row *row)
{
  const Field *name = field_of_kind (walk, row, NULL, COLUMN_NAME);
  return name && name->struck && !*name->text;
}

static void
note_struck_name (TableWalk *walk, const Row *row)
{
  g_autoptr (GString) left = g_string_new (NULL);
  for (guint i = 0; i < row->fields->len; i++) {
    const Field *field = row_field (row, (int)i);
    g_autofree char *words = *field->text && !field->from_above ? note_words (field->text) : NULL;
    if (words)
      g_string_append_printf (left, "%s\"%s\"", left->len > 0 ? ", " : "", words);
  }
  notes_add (walk->list->notes, "struck-out", NOTE_WARNING, row_place (row),
             "The name of this row is struck out; the row is no item, and the rest of it is left out: %s.", left->str);
}

static void
note_mended (TableWalk *walk, const Row *row, const int *order)
{
  gboolean moved = FALSE, missing = FALSE;
  for (int i = 0; order && i < walk->columns->count; i++) {
    moved = moved || (order[i] >= 0 && order[i] != i);
    missing = missing || (order[i] < 0 && walk->columns->kinds[i] != COLUMN_UNKNOWN);
  }
  if (missing && row->fields->len < (guint)walk->columns->count)
    notes_add (walk->list->notes, "column-missing", NOTE_INFO, row_place (row),
               "This row has fewer cells than the head has columns; they are put under the heads that they fit.");
  else if (moved)
    notes_add (walk->list->notes, "column-shifted", NOTE_INFO, row_place (row),
               "The cells of this row do not stand under their heads; they are moved to where they fit.");
}

static void
take_row (TableWalk *walk, const Row *row)
{
  g_autofree int *order = mend_row (walk->knowledge, walk->columns, row, walk->mended);
  if (goes_on (walk, row, order)) {
    append_row (walk, row, order);
    return;
  }
  note_mended (walk, row, order);
  g_ptr_array_add (walk->list->items, item_from_row (walk, row, order));
  walk->section_used = TRUE;
  walk->own_heading_used = TRUE;
  if (!order)
    return;
  g_free (walk->mended);
  walk->mended = g_steal_pointer (&order);
}

static void
note_answers_by (TableWalk *walk, const Row *row)
{
  g_autoptr (GString) heads = g_string_new (NULL);
  int count = 0;
  for (int i = 0; i < walk->columns->count; i++)
    if (walk->columns->kinds[i] == COLUMN_PLAN)
      g_string_append_printf (heads, "%s\"%s\"", count++ ? ", " : "", walk->columns->each[i].head);
  if (count > 0)
    notes_add (walk->list->notes, "several-answers", NOTE_INFO, row_place (row),
               "Each row has %d answers, under %s; the first is the answer, and all are in `by`.", count, heads->str);
}

/* Whether the row at INDEX has heads; they then replace the columns. */
static gboolean
take_head (TableWalk *walk, int index)
{
  Columns *columns = columns_from_head (walk->knowledge, walk->table, index);
  if (!columns)
    return FALSE;
  columns_find_kinds (walk->knowledge, columns, walk->table, index + columns->head_rows);
  columns_free (walk->columns);
  g_clear_pointer (&walk->mended, g_free);
  walk->columns = columns;
  walk->list->own_head = TRUE;
  if (columns->run_together)
    notes_add (walk->list->notes, "head-run-together", NOTE_WARNING, row_place (table_row (walk->table, index)),
               "Two heads of this row stand in one cell; they are parted.");
  note_answers_by (walk, table_row (walk->table, index));
  return TRUE;
}

/* Banners before the first heads are titles above the table, not sections of it. */
static void
walk_table (TableWalk *walk)
{
  for (guint i = 0; i < walk->table->rows->len; i++) {
    const Row *row = table_row (walk->table, (int)i);
    if (row_is_empty (row) || row_is_struck (row))
      continue;
    if (take_head (walk, (int)i)) {
      i += walk->columns->head_rows - 1;
      continue;
    }
    if (!walk->columns)
      continue;
    const Field *banner = banner_field (walk->knowledge, row);
    if (has_struck_name (walk, row))
      note_struck_name (walk, row);
    else if (banner)
      take_banner (walk, row, banner->text);
    else
      take_row (walk, row);
  }
  note_unused_section (walk);
}

static gboolean
has_head (const Knowledge *knowledge, const Table *table)
{
  for (guint i = 0; i < table->rows->len; i++) {
    g_autoptr (Columns) columns = columns_from_head (knowledge, table, (int)i);
    if (columns)
      return TRUE;
  }
  return FALSE;
}

/* Whether what the rows of BEFORE were under holds on in LIST: a banner is below the heading over its table, and ends
 * where another table has another heading. */
static gboolean
goes_on_from (const ItemList *list, const ItemList *before)
{
  return before && before->tab == list->tab && (!before->heading || !g_strcmp0 (before->heading, list->heading));
}

ItemList *
items_from_table (const Knowledge *knowledge, const Table *table, const ItemList *before, const char *heading)
{
  ItemList *list = item_list_new (table->first_block);
  TableWalk walk = {.knowledge = knowledge, .table = table, .list = list, .heading = heading};
  if (!has_head (knowledge, table))
    walk.columns = before && before->columns ? columns_copy (before->columns) : columns_from_cells (knowledge, table);
  list->tab = table->place.sheet;
  list->heading = g_strdup (heading);
  if (goes_on_from (list, before)) {
    walk.section = g_strdup (before->section);
    gboolean has_column = !before->columns || columns_find (before->columns, COLUMN_CATEGORY) >= 0;
    *(has_column ? &walk.category : &walk.own_heading) = g_strdup (before->category);
    walk.section_used = walk.own_heading_used = TRUE;
  }
  walk_table (&walk);
  list->columns = walk.columns;
  list->section = walk.section;
  list->category = walk.category ? walk.category : g_steal_pointer (&walk.own_heading);
  g_free (walk.own_heading);
  g_free (walk.mended);
  items_part_counters (knowledge, list->items, before ? before->items : NULL);
  items_strip_replies (knowledge, list->items);
  item_list_match (knowledge, list);
  return list;
}

/* How many items may be left out between a row and the nearest one that is told; and how far that may be, in rows. */
#define LEFT_OUT_MOST 1
#define NEAREST_MOST 8

/* The place in the catalogue of the item of the row at INDEX, -1: none. */
static int
place_in_catalogue (const Catalogue *catalogue, const ItemList *list, guint index)
{
  const Item *item = index < list->items->len ? g_ptr_array_index (list->items, index) : NULL;
  return item && item->match.item ? catalogue_index (catalogue, item->match.item) : -1;
}

/* The nearest row that is told from the one at INDEX on, upwards (STEP -1) or downwards (1): its place in the catalogue, and
 * *ROWS how far it is. -1: there is none near. */
static int
nearest_place (const Catalogue *catalogue, const ItemList *list, guint index, int step, int *rows)
{
  for (*rows = 1; *rows <= NEAREST_MOST; (*rows)++) {
    gint64 row = (gint64)index + step * *rows;
    int place = row >= 0 ? place_in_catalogue (catalogue, list, (guint)row) : -1;
    if (place >= 0)
      return place;
  }
  return -1;
}

/* By the catalogue's order, on how many sides (above, below) of the row at INDEX the nearest row that is told is as far
 * from it as from that item in the catalogue:
 *
 *     9   アップグレード方針
 *         復旧（平均）           10 by the row above (11, were 10 left out), 10 by the row below
 *         復旧（目標）           11 by both
 *     12  障害発生件数
 */
static void
count_neighbours (const Catalogue *catalogue, const ItemList *list, guint index, int *neighbours)
{
  int rows_above, rows_below;
  int above = nearest_place (catalogue, list, index, -1, &rows_above);
  int below = nearest_place (catalogue, list, index, 1, &rows_below);
  for (int j = 0; j < catalogue->count; j++) {
    gboolean follows = above >= 0 && j >= above + rows_above && j <= above + rows_above + LEFT_OUT_MOST;
    gboolean precedes = below >= 0 && j <= below - rows_below && j >= below - rows_below - LEFT_OUT_MOST;
    neighbours[j] = follows + precedes;
  }
}

/* What the catalogue calls the sheet's categories: of each, that of most of its rows that are told. */
static GHashTable *
categories_of_list (const ItemList *list)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  g_autoptr (GHashTable) leads = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    const char *own = item->match.item ? item->match.item->category : NULL;
    if (!own || !item->category)
      continue;
    int lead = GPOINTER_TO_INT (g_hash_table_lookup (leads, item->category));
    const char *name = g_hash_table_lookup (names, item->category);
    gboolean same = name && g_str_equal (name, own);
    if (lead == 0)
      g_hash_table_insert (names, item->category, (gpointer)own);
    g_hash_table_insert (leads, item->category, GINT_TO_POINTER (lead == 0 || same ? lead + 1 : lead - 1));
  }
  return names;
}

/* The item, of those that no row of the list is yet (SEEN), that the row at INDEX is by its neighbours; on LEAST sides at
 * least. CATEGORIES: categories_of_list. */
static Match
match_of_row_beside (const Knowledge *knowledge, const ItemList *list, guint index, const gboolean *seen, int least,
                     GHashTable *categories)
{
  const Catalogue *catalogue = knowledge->catalogue;
  const Item *item = g_ptr_array_index (list->items, index);
  g_autofree int *neighbours = g_new (int, catalogue->count);
  count_neighbours (catalogue, list, index, neighbours);
  for (int j = 0; j < catalogue->count; j++)
    neighbours[j] = seen[j] ? -1 : neighbours[j] < least ? 0 : neighbours[j];
  const char *category = item->category ? g_hash_table_lookup (categories, item->category) : NULL;
  return match_beside (knowledge, item, neighbours, category);
}

/* Tells the items whose words alone do not tell, by the rows above and below: a sheet keeps the catalogue's order. */
static void
match_by_neighbours (const Knowledge *knowledge, ItemList *list, const gboolean *seen)
{
  g_autoptr (GHashTable) categories = categories_of_list (list);
  for (guint i = 0; i < list->items->len; i++) {
    Item *item = g_ptr_array_index (list->items, i);
    if (!item->match.item && item->name)
      item->match = match_of_row_beside (knowledge, list, i, seen, 1, categories);
  }
}

/* Whether a row beside the one at INDEX is a neighbour, in the catalogue, of the item that it is. */
static gboolean
is_in_place (const Catalogue *catalogue, const ItemList *list, guint index)
{
  g_autofree int *neighbours = g_new (int, catalogue->count);
  count_neighbours (catalogue, list, index, neighbours);
  return neighbours[place_in_catalogue (catalogue, list, index)] > 0;
}

/* One key for an item in a section. */
static char *
item_in_section (const Item *item)
{
  return g_strconcat (item->match.item->id, "\n", item->section, NULL);
}

/* The items of each section (item_in_section) of which a row is in its place. */
static GHashTable *
items_in_place (const Catalogue *catalogue, const ItemList *list)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    if (item->match.item && is_in_place (catalogue, list, i))
      g_hash_table_add (found, item_in_section (item));
  }
  return found;
}

/* A short name may be two items': 暗号化 of what is stored, and 暗号化 of what is sent. A row that is out of its place is the
 * item of its own place, where it has its words: if another row that is the same item is in place, or the rows on both
 * sides of it or its category say so. */
static void
part_repeated (const Knowledge *knowledge, ItemList *list, gboolean *seen)
{
  const Catalogue *catalogue = knowledge->catalogue;
  g_autoptr (GHashTable) in_place = items_in_place (catalogue, list), categories = categories_of_list (list);
  for (guint i = 0; i < list->items->len; i++) {
    Item *item = g_ptr_array_index (list->items, i);
    if (!item->match.item || !item->name || item->match.how == MATCH_NAME || is_in_place (catalogue, list, i))
      continue;
    g_autofree char *key = item_in_section (item);
    const char *category = item->category ? g_hash_table_lookup (categories, item->category) : NULL;
    gboolean other_category = category && g_strcmp0 (category, item->match.item->category) != 0;
    gboolean doubtful = other_category || g_hash_table_contains (in_place, key);
    Match match = match_of_row_beside (knowledge, list, i, seen, doubtful ? 1 : 2, categories);
    if (!match.item)
      continue;
    item->match = match;
    seen[catalogue_index (catalogue, match.item)] = TRUE;
  }
}

/* Whether a head says that the texts in the column of definitions ask something: a question there names its item.
 * Where no head does, texts and answers may be told apart better as headings. */
static gboolean
heads_questions (const ItemList *list)
{
  int column = list->columns ? columns_find (list->columns, COLUMN_DEFINITION) : -1;
  const char *head = column >= 0 ? list->columns->each[column].head : NULL;
  return head && *head;
}

void
item_list_match (const Knowledge *knowledge, ItemList *list)
{
  const Catalogue *catalogue = knowledge->catalogue;
  gboolean questions = heads_questions (list);
  g_autofree gboolean *seen = g_new0 (gboolean, catalogue->count);
  for (guint i = 0; i < list->items->len; i++) {
    Item *item = g_ptr_array_index (list->items, i);
    item->match = match_from_words (knowledge, item->name, item->definition);
    if (!item->match.item && !item->name && questions) /* バックアップを取得していますか */
      item->match = match_from_words (knowledge, item->definition, NULL);
    if (item->match.item) {
      int index = catalogue_index (catalogue, item->match.item);
      list->recognised += item->match.how != MATCH_SIMILAR && !seen[index];
      seen[index] = TRUE;
    }
    list->units += item->unit && match_is_unit (knowledge, item->unit);
  }
  part_repeated (knowledge, list, seen);
  match_by_neighbours (knowledge, list, seen);
}

/* What is chosen is no answer where nothing is, or several are. */
static void
note_choices (GPtrArray *notes, const Item *item)
{
  int chosen = choices_chosen (item->meaning->choices);
  const char *name = item->name ? item->name : item->definition ? item->definition : "";
  Place place = item->places->len ? g_array_index (item->places, Place, 0) : (Place){0};
  if (chosen == 0)
    notes_add (notes, "no-choice", NOTE_WARNING, place, "None of the choices of \"%s\" is marked; it is unanswered.",
               name);
  else if (chosen > 1)
    notes_add (notes, "several-choices", NOTE_WARNING, place,
               "%d of the choices of \"%s\" are marked; which one is the answer is left open.", chosen, name);
}

static void
read_answer (const Knowledge *knowledge, Item *item, GPtrArray *notes)
{
  const char *unit = unit_of_item (item);
  item->meaning = item->choices ? answer_from_choices (knowledge, g_steal_pointer (&item->choices), item->remark, unit)
                                : answer_to_question (knowledge, item->name, item->answer, unit, item->mark);
  item->meaning->by = g_steal_pointer (&item->by);
  for (guint i = 0; item->meaning->by && i < item->meaning->by->len; i++) {
    AnswerBy *by = g_ptr_array_index (item->meaning->by, i);
    g_autoptr (Answer) answer = answer_to_question (knowledge, item->name, by->text, unit, NULL);
    by->status = answer->status;
  }
  if (item->meaning->choices)
    note_choices (notes, item);
}

void
items_read_answers (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes)
{
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    read_answer (knowledge, item, notes);
    note_gave_up (knowledge, notes, item->places->len ? g_array_index (item->places, Place, 0) : (Place){0});
  }
}
