/* selection.c - see selection.h
 *
 * Every table gives a list of items; so do headings with paragraphs, and running text. Those that have the catalogue's
 * items are the sheet. A number never decides: a list counts by the names and definitions that it has in common with
 * the catalogue.
 */
#include "sheet/selection.h"

#include "facts/facts.h"
#include "facts/revision.h"
#include "items/headings.h"
#include "items/item_list.h"
#include "items/match.h"
#include "items/running_text.h"
#include "model/error.h"
#include "patterns/knowledge.h"
#include "sheet/text_coverage.h"

#include <glib/gi18n.h>
#include <string.h>

/* A document with fewer of the catalogue's items than this only mentions them. */
#define SHEET_ITEMS_LEAST 5

/* A table with this many of the catalogue's items is part of the sheet whatever else is in it. */
#define TABLE_ITEMS_LEAST 3

static gboolean
same_heads (const Columns *a, const Columns *b)
{
  return a && b && a->count == b->count && g_strv_equal ((const char *const *)a->heads, (const char *const *)b->heads);
}

/* The heading over the table: the nearest one since the table before, unless it is the document's title. */
static const char *
heading_above (const Knowledge *knowledge, GPtrArray *blocks, int block)
{
  for (int i = block - 1; i >= 0; i--) {
    const Block *above = g_ptr_array_index (blocks, i);
    if (above->kind == BLOCK_GRID)
      return NULL;
    if (above->kind == BLOCK_TEXT &&
        (above->heading_level > 1 || patterns_has (knowledge->rows, "category", above->text)))
      return above->text;
  }
  return NULL;
}

/* What the walk over the tables remembers. */
typedef struct {
  const Knowledge *knowledge;
  GPtrArray *blocks;
  GPtrArray *lists;       /* ItemList, those that are part of the sheet */
  const ItemList *latest; /* the last of them */
  int next_block;         /* the block after the last of them */
  char *category;         /* owned; the last heading over a table */
} TableSelection;

/* Whether only headings are between the latest table and BLOCK. */
static gboolean
follows_at_once (const TableSelection *selection, int block)
{
  for (int i = selection->next_block; i < block; i++) {
    const Block *between = g_ptr_array_index (selection->blocks, i);
    if (between->kind == BLOCK_GRID || (between->kind == BLOCK_TEXT && between->heading_level == 0))
      return FALSE;
  }
  return TRUE;
}

/* A table with few items of the catalogue, or none, is part of the sheet where it continues the one before: under the
 * same heads; or without heads, and with units, with a category's heading, or at once after it with as many columns. */
static gboolean
continues (const TableSelection *selection, const ItemList *list, const Table *table, const char *heading)
{
  if (!selection->latest)
    return FALSE;
  if (list->own_head)
    return same_heads (list->columns, selection->latest->columns);
  return list->recognised > 0 || list->units * 2 >= (int)list->items->len ||
         (heading && patterns_has (selection->knowledge->rows, "category", heading)) ||
         (heading && table->columns == selection->latest->columns->count &&
          follows_at_once (selection, table->first_block));
}

static gboolean
is_part_of_sheet (const TableSelection *selection, const ItemList *list, const Table *table, const char *heading)
{
  int items = (int)list->items->len;
  if (items == 0)
    return FALSE;
  return list->recognised >= TABLE_ITEMS_LEAST || list->recognised * 2 >= items ||
         continues (selection, list, table, heading);
}

static void
select_table (TableSelection *selection, const Table *table)
{
  const Knowledge *knowledge = selection->knowledge;
  const char *heading = heading_above (knowledge, selection->blocks, table->first_block);
  if (heading) { /* it holds on for tables that have none of their own */
    g_free (selection->category);
    selection->category = heading_text (knowledge, heading);
  }
  g_autoptr (Table) transposed = table_has_heads_at_left (knowledge, table) ? table_transposed (table) : NULL;
  g_autoptr (ItemList) list =
      items_from_table (knowledge, transposed ? transposed : table, selection->latest, selection->category);
  if (!is_part_of_sheet (selection, list, table, heading))
    return;
  selection->latest = list;
  selection->next_block = table->first_block + 1;
  g_ptr_array_add (selection->lists, g_steal_pointer (&list));
}

static int
recognised_in (GPtrArray *lists)
{
  int sum = 0;
  for (guint i = 0; i < lists->len; i++)
    sum += ((const ItemList *)g_ptr_array_index (lists, i))->recognised;
  return sum;
}

static GPtrArray *
lists_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes)
{
  TableSelection selection = {.knowledge = knowledge,
                              .blocks = blocks,
                              .lists = g_ptr_array_new_with_free_func ((GDestroyNotify)item_list_free)};
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = g_ptr_array_index (tables, i);
    if (!table_is_revisions (knowledge, table))
      select_table (&selection, table);
    note_gave_up (knowledge, notes, table->place);
  }
  g_free (selection.category);
  return selection.lists;
}

typedef ItemList *(*ListMaker) (const Knowledge *knowledge, GPtrArray *blocks);

/* The lists that have most of the catalogue's items: those of tables, or else of headings, or of running text. */
static GPtrArray *
choose_lists (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes)
{
  static const ListMaker others[] = {items_from_headings, items_from_running_text};
  GPtrArray *best = lists_from_tables (knowledge, tables, blocks, notes);
  for (gsize i = 0; i < G_N_ELEMENTS (others) && recognised_in (best) < SHEET_ITEMS_LEAST; i++) {
    ItemList *list = others[i](knowledge, blocks);
    if (list->recognised > recognised_in (best)) {
      g_ptr_array_set_size (best, 0);
      g_ptr_array_add (best, list);
    } else
      item_list_free (list);
  }
  note_gave_up (knowledge, notes, (Place){0});
  return best;
}

static Place
item_place (const Item *item)
{
  return item->places->len > 0 ? g_array_index (item->places, Place, 0) : (Place){0};
}

/* Whether another item of the same section matches the same item of the catalogue as ITEM, and better. */
static gboolean
has_better_match (const Item *item, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const Item *other = g_ptr_array_index (items, i);
    if (other != item && other->match.item == item->match.item && !g_strcmp0 (other->section, item->section) &&
        (other->match.how < item->match.how ||
         (other->match.how == item->match.how && other->match.score > item->match.score)))
      return TRUE;
  }
  return FALSE;
}

/* An item that is only like one of the catalogue's is an extension where another item matches that one better. */
static void
settle_likeness (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes)
{
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    if (item->match.how != MATCH_SIMILAR && item->match.how != MATCH_DEFINITION)
      continue;
    const char *owner = knowledge->catalogue->owner, *name = item->name ? item->name : "";
    gboolean better = has_better_match (item, items);
    if (better)
      notes_add (notes, "similar-name", NOTE_INFO, item_place (item),
                 "\"%s\" is like %s's \"%s\" (%.2f), which another row is; it is kept as an extension.", name, owner,
                 item->match.item->name, item->match.score);
    else if (item->match.how == MATCH_SIMILAR)
      notes_add (notes, "similar-name", NOTE_WARNING, item_place (item),
                 "\"%s\" is taken for %s's \"%s\", which it is like (%.2f).", name, owner, item->match.item->name,
                 item->match.score);
    if (better)
      item->match = (Match){NULL, MATCH_NONE, 0};
  }
}

/* An extension whose name is this like one of the catalogue's should be looked at by a person. */
#define NEAR_SCORE 0.5

/* How many of the catalogue's items a note names. */
#define NEAR_ITEMS 3

/* For a person to judge (judgements.pattern). */
static void
note_near_names (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes)
{
  for (guint i = 0; i < items->len; i++) {
    const Item *item = g_ptr_array_index (items, i);
    Match near[NEAR_ITEMS];
    if (item->match.item || !item->name)
      continue;
    match_nearest (knowledge, item->name, item->definition, near, NEAR_ITEMS);
    if (near[0].score < NEAR_SCORE)
      continue;
    g_autoptr (GString) named = g_string_new (NULL);
    for (int j = 0; j < NEAR_ITEMS && near[j].item; j++)
      g_string_append_printf (named, "%s%s \"%s\" (%.2f)", j ? ", " : "", near[j].item->id, near[j].item->name,
                              near[j].score);
    notes_add (notes, "near-name", NOTE_INFO, item_place (item), "\"%s\" is none of %s's items; nearest: %s.",
               item->name, knowledge->catalogue->owner, named->str);
  }
}

static void
take_lists (const Knowledge *knowledge, Sheet *sheet, GPtrArray *lists)
{
  for (guint i = 0; i < lists->len; i++) {
    ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++)
      g_ptr_array_add (sheet->items, g_ptr_array_index (list->items, j));
    g_ptr_array_set_free_func (list->items, NULL);
    for (guint j = 0; j < list->notes->len; j++)
      g_ptr_array_add (sheet->notes, g_ptr_array_index (list->notes, j));
    g_ptr_array_set_free_func (list->notes, NULL);
  }
  settle_likeness (knowledge, sheet->items, sheet->notes);
  note_near_names (knowledge, sheet->items, sheet->notes);
}

static gboolean
has_answer (const Sheet *sheet)
{
  for (guint i = 0; i < sheet->items->len; i++)
    if (sheet_item (sheet, (int)i)->answer)
      return TRUE;
  return FALSE;
}

Sheet *
sheet_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes, GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new ();
  g_ptr_array_unref (sheet->notes);
  sheet->notes = notes;
  sheet->catalogue = knowledge->catalogue;
  g_autoptr (GPtrArray) lists = choose_lists (knowledge, tables, blocks, notes);
  int recognised = recognised_in (lists);
  if (recognised < SHEET_ITEMS_LEAST) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
                 _ ("no sheet found: %d of %s's %d items recognised in %u tables and the text; at least %d are needed"),
                 recognised, knowledge->catalogue->owner, knowledge->catalogue->count, tables->len, SHEET_ITEMS_LEAST);
    return NULL;
  }
  document_facts_read (knowledge, &sheet->document, blocks, tables, lists);
  note_gave_up (knowledge, sheet->notes, (Place){0});
  take_lists (knowledge, sheet, lists);
  items_read_answers (knowledge, sheet->items, sheet->notes);
  sheet_account_text (knowledge, sheet, blocks, tables, lists);
  if (has_answer (sheet))
    return g_steal_pointer (&sheet);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
               _ ("no sheet found: %s's items are listed, but none is answered"), knowledge->catalogue->owner);
  return NULL;
}
