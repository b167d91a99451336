/* item_list.c - see item_list.h */
#include "items/item_list.h"

#include "answer/answer.h"
#include "items/match.h"
#include "items/mend.h"
#include "model/note.h"
#include "patterns/pattern.h"
#include "text/folding.h"
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
item_text (const char *text)
{
  g_autofree char *written = text_for_writing (text);
  g_strstrip (written);
  return *written ? g_steal_pointer (&written) : NULL;
}

char *
heading_text (const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("headings.pattern"), "marked", text, 0, &match))
    return item_text (text);
  char *heading = item_text (pattern_field (&match, "heading"));
  pattern_match_clear (&match);
  return heading;
}

/* What the walk down a table remembers. */
typedef struct {
  const Table *table;
  ItemList *list;
  Columns *columns; /* owned */
  char *section, *category;
  const char *heading; /* the category where there is no column for it */
  gboolean section_used;
  Place section_place;
} Walk;

static Place
row_place (const Row *row)
{
  return g_array_index (row->places, Place, 0);
}

static Item *
last_item (const Walk *walk)
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
is_banner (const Row *row)
{
  const Field *only = only_field (row);
  if (!only || only->from_above || row->fields->len < 2)
    return FALSE;
  if (only->span == (int)row->fields->len)
    return TRUE;
  return row->fields->len > 2 && only == row_field (row, 0) &&
         !patterns_has (patterns_named ("rows.pattern"), "number", only->text);
}

static void
note_unused_section (Walk *walk)
{
  if (walk->section && !walk->section_used)
    notes_add (walk->list->notes, "text-unmapped", NOTE_INFO, walk->section_place, "This line heads no row: \"%s\".",
               walk->section);
}

static void
take_banner (Walk *walk, const Row *row)
{
  char *text = item_text (only_field (row)->text);
  note_unused_section (walk);
  g_free (walk->section);
  walk->section = text;
  walk->section_used = FALSE;
  walk->section_place = row_place (row);
  g_clear_pointer (&walk->category, g_free);
}

/* The field of a row that stands in the column of KIND, by the mended order where there is one; NULL: there is no such
 * column. */
static Field *
field_of_kind (const Walk *walk, const Row *row, const int *order, ColumnKind kind)
{
  int column = columns_find (walk->columns, kind);
  if (column < 0)
    return NULL;
  int index = order ? order[column] : column;
  return index >= 0 && index < (int)row->fields->len ? row_field (row, index) : NULL;
}

static char *
text_of_kind (const Walk *walk, const Row *row, const int *order, ColumnKind kind)
{
  const Field *field = field_of_kind (walk, row, order, kind);
  return field ? item_text (field->text) : NULL;
}

static char *
number_of_row (const Walk *walk, const Row *row, const int *order)
{
  char *number = text_of_kind (walk, row, order, COLUMN_NUMBER);
  char *to = number;
  for (const char *from = number; from && *from; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  if (to)
    *to = 0;
  return number;
}

static void
take_others (const Walk *walk, const Row *row, const int *order, Item *item)
{
  for (int i = 0; i < walk->columns->count; i++) {
    ColumnKind kind = walk->columns->kinds[i];
    int index = order ? order[i] : i;
    if ((kind != COLUMN_UNKNOWN && kind < COLUMN_MARK) || index < 0 || index >= (int)row->fields->len)
      continue;
    char *text = item_text (row_field (row, index)->text);
    if (!text)
      continue;
    OtherField *other = g_new0 (OtherField, 1);
    *other = (OtherField){item_text (walk->columns->heads[i]), text};
    other->name = other->name ? other->name : g_strdup_printf ("%d", i + 1);
    g_ptr_array_add (item->others, other);
  }
}

/* Filled down over merged and left out cells; a banner ends what was filled down. */
static char *
category_of_row (Walk *walk, const Row *row, const int *order)
{
  char *category = text_of_kind (walk, row, order, COLUMN_CATEGORY);
  if (category) {
    g_free (walk->category);
    walk->category = category;
  }
  if (columns_find (walk->columns, COLUMN_CATEGORY) < 0)
    return g_strdup (walk->heading);
  return g_strdup (walk->category);
}

static Item *
item_from_row (Walk *walk, const Row *row, const int *order)
{
  Item *item = item_new ();
  item->number = number_of_row (walk, row, order);
  item->section = g_strdup (walk->section);
  item->category = category_of_row (walk, row, order);
  item->name = text_of_kind (walk, row, order, COLUMN_NAME);
  item->definition = text_of_kind (walk, row, order, COLUMN_DEFINITION);
  item->unit = text_of_kind (walk, row, order, COLUMN_UNIT);
  item->answer = text_of_kind (walk, row, order, COLUMN_ANSWER);
  item->status = text_of_kind (walk, row, order, COLUMN_MARK);
  if (!item->answer)
    item->answer = g_strdup (item->status);
  take_others (walk, row, order, item);
  g_array_append_vals (item->places, row->places->data, row->places->len);
  return item;
}

static void
append_text (char **text, const char *more)
{
  if (!more)
    return;
  char *joined = *text ? text_join (*text, more, FALSE) : g_strdup (more);
  g_free (*text);
  *text = joined;
}

/* Whether ROW is the rest of the item above: it names none itself, or its name is a merged cell that began above. */
static gboolean
goes_on (const Walk *walk, const Row *row, const int *order)
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
text_unless_from_above (const Walk *walk, const Row *row, const int *order, ColumnKind kind)
{
  const Field *field = field_of_kind (walk, row, order, kind);
  return field && !field->from_above ? item_text (field->text) : NULL;
}

static void
append_row (Walk *walk, const Row *row, const int *order)
{
  Item *item = last_item (walk);
  g_autofree char *definition = text_unless_from_above (walk, row, order, COLUMN_DEFINITION);
  g_autofree char *unit = text_unless_from_above (walk, row, order, COLUMN_UNIT);
  g_autofree char *answer = text_unless_from_above (walk, row, order, COLUMN_ANSWER);
  append_text (&item->definition, definition);
  append_text (&item->unit, unit);
  append_text (&item->answer, answer);
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

static void
note_mended (Walk *walk, const Row *row, const int *order)
{
  gboolean moved = FALSE, missing = FALSE;
  for (int i = 0; order && i < walk->columns->count; i++) {
    moved = moved || (order[i] >= 0 && order[i] != i);
    missing = missing || (order[i] < 0 && walk->columns->kinds[i] != COLUMN_UNKNOWN);
  }
  if (missing && row->fields->len < (guint)walk->columns->count)
    notes_add (walk->list->notes, "column-missing", NOTE_WARNING, row_place (row),
               "This row has fewer cells than the head has columns; they are put under the heads that they fit.");
  else if (moved)
    notes_add (walk->list->notes, "column-shifted", NOTE_WARNING, row_place (row),
               "The cells of this row do not stand under their heads; they are moved to where they fit.");
}

static void
take_row (Walk *walk, const Row *row)
{
  g_autofree int *order = mend_row (walk->columns, row);
  if (goes_on (walk, row, order)) {
    append_row (walk, row, order);
    return;
  }
  note_mended (walk, row, order);
  g_ptr_array_add (walk->list->items, item_from_row (walk, row, order));
  walk->section_used = TRUE;
}

/* Whether ROW is a head; the columns change to what it says. */
static gboolean
take_head (Walk *walk, int index)
{
  Columns *columns = columns_from_head (walk->table, table_row (walk->table, index));
  if (!columns)
    return FALSE;
  columns_settle (columns, walk->table, index + 1);
  columns_free (walk->columns);
  walk->columns = columns;
  walk->list->own_head = TRUE;
  if (columns->run_together)
    notes_add (walk->list->notes, "head-run-together", NOTE_WARNING, row_place (table_row (walk->table, index)),
               "Two heads of this row stand in one cell; they are parted.");
  return TRUE;
}

/* Banners that stand before the first head are titles above the table, not sections of it. */
static void
walk_table (Walk *walk)
{
  for (guint i = 0; i < walk->table->rows->len; i++) {
    const Row *row = table_row (walk->table, (int)i);
    if (row_is_empty (row) || take_head (walk, (int)i) || !walk->columns)
      continue;
    if (is_banner (row))
      take_banner (walk, row);
    else
      take_row (walk, row);
  }
  note_unused_section (walk);
}

static gboolean
has_head (const Table *table)
{
  for (guint i = 0; i < table->rows->len; i++) {
    g_autoptr (Columns) columns = columns_from_head (table, table_row (table, (int)i));
    if (columns)
      return TRUE;
  }
  return FALSE;
}

ItemList *
items_from_table (const Table *table, const ItemList *before, const char *heading)
{
  ItemList *list = item_list_new (table->first_block);
  Walk walk = {.table = table, .list = list, .heading = heading};
  if (!has_head (table))
    walk.columns = before && before->columns ? columns_copy (before->columns) : columns_from_cells (table);
  if (before) {
    walk.section = g_strdup (before->section);
    walk.category = g_strdup (before->category);
    walk.section_used = TRUE;
  }
  walk_table (&walk);
  list->columns = walk.columns;
  list->section = walk.section;
  list->category = walk.category;
  item_list_match (list);
  return list;
}

void
item_list_match (ItemList *list)
{
  gboolean seen[64] = {FALSE};
  for (guint i = 0; i < list->items->len; i++) {
    Item *item = g_ptr_array_index (list->items, i);
    item->match = match_from_words (item->name, item->definition);
    gboolean sure = item->match.no > 0 && item->match.how != MATCH_SIMILAR;
    list->recognised += sure && !seen[item->match.no];
    seen[item->match.no] = TRUE;
    list->units += item->unit && match_is_unit (item->unit);
  }
}

void
items_read_answers (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    item->meaning = answer_from_text (item->answer, unit_of_item (item), item->status);
  }
}
