/* item_list.c - see item_list.h */
#include "items/item_list.h"

#include "answer/answer.h"
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

/* What the walk down a table remembers. */
typedef struct {
  const Knowledge *knowledge;
  const Table *table;
  ItemList *list;
  Columns *columns; /* owned */
  char *section, *category;
  const char *heading; /* the category where there is no column for it */
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

/* A row that spans the table, or has text in its first field only, names the rows below it. */
static gboolean
is_banner (const Knowledge *knowledge, const Row *row)
{
  const Field *only = only_field (row);
  if (!only || only->from_above || row->fields->len < 2)
    return FALSE;
  if (only->span == (int)row->fields->len)
    return TRUE;
  return row->fields->len > 2 && only == row_field (row, 0) && !patterns_has (knowledge->rows, "number", only->text);
}

static void
note_unused_section (TableWalk *walk)
{
  if (walk->section && !walk->section_used)
    notes_add (walk->list->notes, "text-unmapped", NOTE_INFO, walk->section_place, "This line heads no row: \"%s\".",
               walk->section);
}

static void
take_banner (TableWalk *walk, const Row *row)
{
  char *text = item_text (walk->knowledge, only_field (row)->text);
  note_unused_section (walk);
  g_free (walk->section);
  walk->section = text;
  walk->section_used = FALSE;
  walk->section_place = row_place (row);
  g_clear_pointer (&walk->category, g_free);
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

static void
take_others (const TableWalk *walk, const Row *row, const int *order, Item *item)
{
  for (int i = 0; i < walk->columns->count; i++) {
    ColumnKind kind = walk->columns->kinds[i];
    int index = order ? order[i] : i;
    if (has_key (kind) || index < 0 || index >= (int)row->fields->len)
      continue;
    char *text = item_text (walk->knowledge, row_field (row, index)->text);
    char *struck = item_struck (walk->knowledge, row_field (row, index)->struck);
    g_autofree char *head = item_text (walk->knowledge, walk->columns->heads[i]);
    g_autofree char *name = head ? g_strdup (head) : g_strdup_printf ("%d", i + 1);
    if (text)
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
    item->category = g_strdup (walk->heading);
  else if (!item->category)
    item->category = g_strdup (walk->category);
  else {
    g_free (walk->category);
    walk->category = g_strdup (item->category);
  }
}

static Item *
item_from_row (TableWalk *walk, const Row *row, const int *order)
{
  Item *item = item_new ();
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    *item_text_of (item, &item_fields[i]) = text_of_kind (walk, row, order, item_fields[i].kind);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    item->struck[i] = struck_of_kind (walk, row, order, item_fields[i].kind);
  remove_spaces (item->number);
  if (!item->section)
    item->section = g_strdup (walk->section);
  fill_category_down (walk, item);
  if (!item->answer)
    item->answer = g_strdup (item->mark);
  take_others (walk, row, order, item);
  g_array_append_vals (item->places, row->places->data, row->places->len);
  return item;
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
  return !*name->text && (!number || !*number->text);
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
  take_others (walk, row, order, item);
  for (guint i = 0; i < row->places->len; i++)
    places_add (item->places, g_array_index (row->places, Place, i));
  notes_add (walk->list->notes, "row-joined", NOTE_INFO, row_place (row),
             "This row names no item; it is joined to the one above.");
}

static gboolean
row_is_empty (const Row *row)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (*row_field (row, (int)i)->text)
      return FALSE;
  return TRUE;
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
  g_autofree int *order = mend_row (walk->knowledge, walk->columns, row);
  if (goes_on (walk, row, order)) {
    append_row (walk, row, order);
    return;
  }
  note_mended (walk, row, order);
  g_ptr_array_add (walk->list->items, item_from_row (walk, row, order));
  walk->section_used = TRUE;
}

/* Whether the row at INDEX has heads; they then replace the columns. */
static gboolean
take_head (TableWalk *walk, int index)
{
  Columns *columns = columns_from_head (walk->knowledge, walk->table, table_row (walk->table, index));
  if (!columns)
    return FALSE;
  columns_settle (walk->knowledge, columns, walk->table, index + 1);
  columns_free (walk->columns);
  walk->columns = columns;
  walk->list->own_head = TRUE;
  if (columns->run_together)
    notes_add (walk->list->notes, "head-run-together", NOTE_WARNING, row_place (table_row (walk->table, index)),
               "Two heads of this row stand in one cell; they are parted.");
  return TRUE;
}

/* Banners before the first heads are titles above the table, not sections of it. */
static void
walk_table (TableWalk *walk)
{
  for (guint i = 0; i < walk->table->rows->len; i++) {
    const Row *row = table_row (walk->table, (int)i);
    if (row_is_empty (row) || row_is_struck (row) || take_head (walk, (int)i) || !walk->columns)
      continue;
    if (has_struck_name (walk, row))
      note_struck_name (walk, row);
    else if (is_banner (walk->knowledge, row))
      take_banner (walk, row);
    else
      take_row (walk, row);
  }
  note_unused_section (walk);
}

static gboolean
has_head (const Knowledge *knowledge, const Table *table)
{
  for (guint i = 0; i < table->rows->len; i++) {
    g_autoptr (Columns) columns = columns_from_head (knowledge, table, table_row (table, (int)i));
    if (columns)
      return TRUE;
  }
  return FALSE;
}

ItemList *
items_from_table (const Knowledge *knowledge, const Table *table, const ItemList *before, const char *heading)
{
  ItemList *list = item_list_new (table->first_block);
  TableWalk walk = {.knowledge = knowledge, .table = table, .list = list, .heading = heading};
  if (!has_head (knowledge, table))
    walk.columns = before && before->columns ? columns_copy (before->columns) : columns_from_cells (knowledge, table);
  if (before) {
    walk.section = g_strdup (before->section);
    walk.category = g_strdup (before->category);
    walk.section_used = TRUE;
  }
  walk_table (&walk);
  list->columns = walk.columns;
  list->section = walk.section;
  list->category = walk.category;
  item_list_match (knowledge, list);
  return list;
}

void
item_list_match (const Knowledge *knowledge, ItemList *list)
{
  const Catalogue *catalogue = knowledge->catalogue;
  g_autofree gboolean *seen = g_new0 (gboolean, catalogue->count);
  for (guint i = 0; i < list->items->len; i++) {
    Item *item = g_ptr_array_index (list->items, i);
    item->match = match_from_words (knowledge, item->name, item->definition);
    if (item->match.item) {
      int index = catalogue_index (catalogue, item->match.item);
      list->recognised += item->match.how != MATCH_SIMILAR && !seen[index];
      seen[index] = TRUE;
    }
    list->units += item->unit && match_is_unit (knowledge, item->unit);
  }
}

void
items_read_answers (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes)
{
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    item->meaning = answer_from_text (knowledge, item->answer, unit_of_item (item), item->mark);
    note_gave_up (knowledge, notes, item->places->len ? g_array_index (item->places, Place, 0) : (Place){0});
  }
}
