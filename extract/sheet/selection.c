/* selection.c - see selection.h
 *
 * Every table gives a list of items; so do headings with paragraphs, and running text. Those that have the catalogue's
 * items are the sheet. A number never decides: a list counts by the names and definitions that it has in common with
 * the catalogue.
 */
#include "sheet/selection.h"

#include "facts/facts.h"
#include "facts/revision.h"
#include "items/cell_sequence.h"
#include "items/headings.h"
#include "items/item_list.h"
#include "items/match.h"
#include "items/running_text.h"
#include "items/turned_table.h"
#include "model/error.h"
#include "patterns/knowledge.h"
#include "sheet/legend.h"
#include "sheet/tabs.h"
#include "sheet/text_coverage.h"

#include <glib/gi18n.h>
#include <string.h>

/* How many of the catalogue's items make a sheet, by where they are. A table whose heads, or the title above it, say that it
 * is a sheet needs one, with an answer; other tables and headings need three that are a quarter of their rows; running
 * text, which mentions many things, five, and so do headings that nothing marks as such, unless a title says so. Measured on 31 real sheets and 35 real documents that are none. */
#define DECLARED_ITEMS_LEAST 1
#define LISTED_ITEMS_LEAST 3
#define LISTED_ROWS_MOST 4 /* rows for each item */
#define TEXT_ITEMS_LEAST 5

/* As many of them are told by chance in a table of prices, and in a glossary or the data of a machine. Measured on the
 * documents of tests/no_sheets.py. */
#define OTHER_ITEMS_LEAST 5
#define FOREIGN_ITEMS_LEAST 10

/* A table with this many of the catalogue's items is part of the sheet whatever else is in it. */
#define TABLE_ITEMS_LEAST 3

static gboolean
is_category (const Knowledge *knowledge, const Block *block)
{
  g_autofree char *category = block->kind == BLOCK_TEXT ? category_text (knowledge, block->text) : NULL;
  return category != NULL;
}

/* Whether the block at INDEX is one of several categories that follow each other, as the titles of tabs do. */
static gboolean
is_listed (const Knowledge *knowledge, GPtrArray *blocks, int index)
{
  int run = 0;
  for (int i = index; i >= 0 && index - i < 3; i--) {
    run += is_category (knowledge, g_ptr_array_index (blocks, i));
  }
  return run == 3;
}

/* The heading over the table: the nearest one since the table before, in the same tab, unless it is the document's title.
 * */
static const char *
heading_above (const Knowledge *knowledge, GPtrArray *blocks, int block)
{
  const char *tab = ((const Block *)g_ptr_array_index (blocks, block))->place.sheet;
  for (int i = block - 1; i >= 0; i--) {
    const Block *above = g_ptr_array_index (blocks, i);
    if (above->kind == BLOCK_GRID || above->place.sheet != tab)
      return NULL;
    if (above->kind == BLOCK_TEXT && (above->heading_level > 1 || is_category (knowledge, above)))
      return above->heading_level == 0 && is_listed (knowledge, blocks, i) ? NULL : above->text;
  }
  return NULL;
}

/* Whether the heads of LIST's table say that it is a sheet: that of its names, beside an answer. */
static gboolean
has_declaring_head (const Knowledge *knowledge, const ItemList *list)
{
  const Columns *columns = list->columns;
  int name = columns && list->own_head ? columns_find (columns, COLUMN_NAME) : -1;
  return name >= 0 && patterns_has (knowledge->document, "sheet-head", columns->each[name].head);
}

/* The same for the nearest title or heading above BLOCK. */
static gboolean
has_declaring_title (const Knowledge *knowledge, GPtrArray *blocks, int block)
{
  for (int i = block - 1; i >= 0; i--) {
    const Block *above = g_ptr_array_index (blocks, i);
    if (above->kind == BLOCK_TEXT && patterns_has (knowledge->document, "sheet-title", above->text))
      return TRUE;
    if (above->kind == BLOCK_GRID || (above->kind == BLOCK_TEXT && above->heading_level > 0))
      return FALSE;
  }
  return FALSE;
}

static gboolean
is_answered (const ItemList *list)
{
  for (guint i = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    if (item->match.item && item->answer)
      return TRUE;
  }
  return FALSE;
}

/* Whether a table says that it is a sheet, and is one. */
static gboolean
is_declared (const Knowledge *knowledge, const ItemList *list, GPtrArray *blocks)
{
  return list->recognised >= DECLARED_ITEMS_LEAST && is_answered (list) &&
         (has_declaring_head (knowledge, list) || has_declaring_title (knowledge, blocks, list->first_block));
}

/* What the walk over the tables remembers. */
typedef struct {
  const Knowledge *knowledge;
  GPtrArray *blocks;
  GPtrArray *lists;       /* ItemList, those that are part of the sheet */
  const ItemList *latest; /* the last of them */
  int next_block;         /* the block after the last of them */
  char *category;         /* owned; the last heading over a table */
  ItemList *nearest; /* owned; of the other tables the one with most of the catalogue's items; NULL: none has one */
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
    return columns_have_same_heads (list->columns, selection->latest->columns);
  const Row *first = table_row (table, 0);
  if (table->rows->len > 1 && row_head (first) != CELL_BODY) /* heads that no rule knows: of another */
    return FALSE;
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
         is_declared (selection->knowledge, list, selection->blocks) || continues (selection, list, table, heading);
}

/* Keeps LIST, which it takes, if it is nearer to a sheet than what is kept. */
static void
take_nearest (TableSelection *selection, ItemList *list)
{
  if (list->recognised > (selection->nearest ? selection->nearest->recognised : 0)) {
    item_list_free (selection->nearest);
    selection->nearest = list;
  } else
    item_list_free (list);
}

static void
select_table (TableSelection *selection, const Table *table)
{
  const Knowledge *knowledge = selection->knowledge;
  const char *heading = heading_above (knowledge, selection->blocks, table->first_block);
  if (selection->latest && selection->latest->tab != table->place.sheet)
    g_clear_pointer (&selection->category, g_free);
  if (heading) { /* it holds on for tables that have none of their own */
    g_free (selection->category);
    char *category = category_text (knowledge, heading);
    selection->category = category ? category : heading_text (knowledge, heading);
  }
  g_autoptr (Table) turned = table_turned (knowledge, table);
  g_autoptr (ItemList) list =
      items_from_table (knowledge, turned ? turned : table, selection->latest, selection->category);
  if (!is_part_of_sheet (selection, list, table, heading)) {
    take_nearest (selection, g_steal_pointer (&list));
    return;
  }
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

/* *NEAREST becomes the table that comes nearest to a sheet of those that are not part of it, NULL: none has an item; the
 * caller frees. */
static GPtrArray *
lists_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes,
                   ItemList **nearest)
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
  *nearest = selection.nearest;
  return selection.lists;
}

static int
rows_in (GPtrArray *lists)
{
  int sum = 0;
  for (guint i = 0; i < lists->len; i++)
    sum += (int)((const ItemList *)g_ptr_array_index (lists, i))->items->len;
  return sum;
}

/* Whether RULE of document.pattern knows a head of LIST's table, or the name of a row. */
static gboolean
has_word_of (const Knowledge *knowledge, const ItemList *list, const char *rule)
{
  for (int i = 0; list->columns && list->own_head && i < list->columns->count; i++)
    if (patterns_has (knowledge->document, rule, list->columns->each[i].head))
      return TRUE;
  for (guint i = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    if (item->name && patterns_has (knowledge->document, rule, item->name))
      return TRUE;
  }
  return FALSE;
}

/* Whether the heading above LIST, or the first line of a text, is such a word: 用語集. */
static gboolean
has_title_of (const Knowledge *knowledge, const ItemList *list, GPtrArray *blocks, const char *rule)
{
  for (int i = list->first_block - 1; i >= 0; i--) {
    const Block *above = g_ptr_array_index (blocks, i);
    if (above->kind == BLOCK_TEXT && (above->heading_level > 0 || i == 0))
      return patterns_has (knowledge->document, rule, above->text);
  }
  return FALSE;
}

/* How many of the catalogue's items LIST must have: more, where its words are those of a table of prices, terms or
 * goods. */
static int
least_of (const Knowledge *knowledge, const ItemList *list, GPtrArray *blocks)
{
  if (has_word_of (knowledge, list, "foreign-table") || has_title_of (knowledge, list, blocks, "foreign-table"))
    return FOREIGN_ITEMS_LEAST;
  if (!has_word_of (knowledge, list, "other-table"))
    return LISTED_ITEMS_LEAST;
  gboolean plans = list->columns && columns_find (list->columns, COLUMN_PLAN) >= 0; /* and what each costs */
  return plans ? FOREIGN_ITEMS_LEAST : OTHER_ITEMS_LEAST;
}

/* An alias that fits worse than this is a guess that needs company: 情報のバックアップ for バックアップの方法 has .93. */
#define SURE_SCORE 0.95

/* Items of the catalogue by name, by definition, or by an alias that fits. */
static int
sure_in (GPtrArray *lists)
{
  int sum = 0;
  for (guint i = 0; i < lists->len; i++) {
    const GPtrArray *items = ((const ItemList *)g_ptr_array_index (lists, i))->items;
    for (guint j = 0; j < items->len; j++) {
      const Match *match = &((const Item *)g_ptr_array_index (items, j))->match;
      sum += match->item && match->how != MATCH_SIMILAR && (match->how != MATCH_ALIAS || match->score >= SURE_SCORE);
    }
  }
  return sum;
}

static gboolean
are_listed (const Knowledge *knowledge, GPtrArray *lists, GPtrArray *blocks)
{
  int recognised = recognised_in (lists), least = LISTED_ITEMS_LEAST;
  for (guint i = 0; i < lists->len; i++) {
    int own = least_of (knowledge, g_ptr_array_index (lists, i), blocks);
    least = MAX (least, own);
  }
  /* A long sheet asks for the same items again, for each of its services. */
  int sure = sure_in (lists);
  return recognised >= least && sure >= LISTED_ITEMS_LEAST &&
         MAX (recognised, sure) * LISTED_ROWS_MOST >= rows_in (lists);
}

static gboolean
are_declared (const Knowledge *knowledge, GPtrArray *lists, GPtrArray *blocks)
{
  for (guint i = 0; i < lists->len; i++)
    if (is_declared (knowledge, g_ptr_array_index (lists, i), blocks))
      return TRUE;
  return FALSE;
}

/* Whether the text before BLOCK says that the document is about service levels. */
static gboolean
is_about_service_levels (const Knowledge *knowledge, GPtrArray *blocks, int block)
{
  for (int i = 0; i <= block && i < (int)blocks->len; i++) {
    const Block *above = g_ptr_array_index (blocks, i);
    if (above->kind == BLOCK_TEXT && (patterns_has (knowledge->document, "sheet-title", above->text) ||
                                      patterns_has (knowledge->document, "sheet-sentence", above->text)))
      return TRUE;
  }
  return FALSE;
}

typedef ItemList *(*ListMaker) (const Knowledge *knowledge, GPtrArray *blocks);

/* A looser way to read a text must find so many times the items of the one before it. */
#define LOOSER_MORE 1.25

/* Where else than in tables items are: cells one below the other, headings, running text; and how many there must be. */
static const struct {
  ListMaker items;
  int least, rows_most;
  double more;    /* how many times the items of the way before */
  gboolean loose; /* it reads what may once have been a table */
} other_lists[] = {
    {items_from_cell_sequence, LISTED_ITEMS_LEAST, LISTED_ROWS_MOST, 1, FALSE},
    {items_from_headings, LISTED_ITEMS_LEAST, LISTED_ROWS_MOST, LOOSER_MORE, TRUE},
    {items_from_running_text, TEXT_ITEMS_LEAST, G_MAXINT, LOOSER_MORE, TRUE},
};

/* What was found, and whether it is enough for a sheet. */
typedef struct {
  GPtrArray *lists; /* ItemList; owned */
  gboolean enough;
  ItemList *nearest; /* owned; the table that is nearest to a sheet of those that are none; NULL: there is none */
} Found;

static void
found_clear (Found *found)
{
  g_ptr_array_unref (found->lists);
  item_list_free (found->nearest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* The lists that have most of the catalogue's items: those of tables, or else of one of the other ways. */
static Found
choose_lists (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes)
{
  Found found = {NULL, FALSE, NULL};
  found.lists = lists_from_tables (knowledge, tables, blocks, notes, &found.nearest);
  found.enough = are_listed (knowledge, found.lists, blocks) || are_declared (knowledge, found.lists, blocks);
  gboolean tables_suffice = recognised_in (found.lists) >= TEXT_ITEMS_LEAST;
  for (gsize i = 0; i < G_N_ELEMENTS (other_lists) && !tables_suffice; i++) {
    g_autoptr (ItemList) list = other_lists[i].items (knowledge, blocks);
    int least = list->guessed && !is_about_service_levels (knowledge, blocks, list->first_block) ? TEXT_ITEMS_LEAST
                                                                                                 : other_lists[i].least;
    gboolean enough =
        list->recognised >= least && list->recognised * (gint64)other_lists[i].rows_most >= (int)list->items->len;
    if (list->recognised <= recognised_in (found.lists) * other_lists[i].more || (found.enough && !enough))
      continue;
    gboolean lost = other_lists[i].loose && blocks_have_lost_heads (knowledge, blocks);
    if (lost && list->guessed)
      continue; /* its lines are those of cells */
    if (lost)
      notes_add (list->notes, "table-lost", NOTE_WARNING, (Place){0},
                 "The heads of a table stand in this text, and its rows cannot be told: answers may be mixed up.");
    g_ptr_array_set_size (found.lists, 0);
    g_ptr_array_add (found.lists, g_steal_pointer (&list));
    found.enough = enough;
  }
  note_gave_up (knowledge, notes, (Place){0});
  return found;
}

static Place
item_place (const Item *item)
{
  return item->places->len > 0 ? g_array_index (item->places, Place, 0) : (Place){0};
}

static char *
key_of_match (const Item *item)
{
  return g_strconcat (item->match.item->id, item->section ? "\n" : NULL, item->section, NULL);
}

static gboolean
is_better_match (const Match *match, const Match *other)
{
  return match->how < other->how || (match->how == other->how && match->score > other->score);
}

/* The best match of each item of the catalogue in each section: key -> Match, those of ITEMS. */
static GHashTable *
best_matches (GPtrArray *items)
{
  GHashTable *best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    g_autofree char *key = item->match.item ? key_of_match (item) : NULL;
    const Match *known = key ? g_hash_table_lookup (best, key) : NULL;
    if (key && (!known || is_better_match (&item->match, known)))
      g_hash_table_insert (best, g_steal_pointer (&key), &item->match);
  }
  return best;
}

/* Whether another item of the same section matches the same item of the catalogue as ITEM, and better. */
static gboolean
has_better_match (const Item *item, GHashTable *best)
{
  g_autofree char *key = key_of_match (item);
  return is_better_match (g_hash_table_lookup (best, key), &item->match);
}

/* What is as like as this is worth no warning. Set on 40 invented documents; none of the look-alikes that names are tried
 * with is as like. */
#define SURE_LIKENESS 0.9

/* An item that is only like one of the catalogue's, or has other words for it, is an extension where another item
 * matches that one better. */
static void
settle_likeness (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes)
{
  g_autoptr (GHashTable) best = best_matches (items);
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    gboolean sure = item->match.how == MATCH_NAME || (item->match.how == MATCH_ALIAS && item->match.score >= 1);
    if (!item->match.item || sure)
      continue;
    const char *owner = knowledge->catalogue->owner, *name = item->name ? item->name : "";
    gboolean better = has_better_match (item, best);
    if (better)
      notes_add (notes, "similar-name", NOTE_INFO, item_place (item),
                 "\"%s\" is like %s's \"%s\" (%.2f), which another row is; it is kept as an extension.", name, owner,
                 item->match.item->name, item->match.score);
    else if (item->match.how == MATCH_SIMILAR)
      notes_add (notes, "similar-name", item->match.score >= SURE_LIKENESS ? NOTE_INFO : NOTE_WARNING,
                 item_place (item), "\"%s\" is taken for %s's \"%s\", which it is like (%.2f).", name, owner,
                 item->match.item->name, item->match.score);
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

/* The one category of the items of LISTS, if all have the same and no column has it; NULL: else. Borrowed. */
static const char *
category_of_all (GPtrArray *lists)
{
  const char *all = NULL;
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    if (list->columns && columns_find (list->columns, COLUMN_CATEGORY) >= 0)
      return NULL;
    for (guint j = 0; j < list->items->len; j++) {
      const char *category = ((const Item *)g_ptr_array_index (list->items, j))->category;
      if (!category || (all && !g_str_equal (all, category)))
        return NULL;
      all = category;
    }
  }
  return all;
}

/* One heading over all items says what the sheet is, if it is none of the words for categories: no category. */
static void
drop_title_category (const Knowledge *knowledge, GPtrArray *lists)
{
  const char *category = category_of_all (lists);
  if (!category || patterns_has (knowledge->rows, "category", category))
    return;
  for (guint i = 0; i < lists->len; i++) {
    const ItemList *list = g_ptr_array_index (lists, i);
    for (guint j = 0; j < list->items->len; j++)
      g_clear_pointer (&((Item *)g_ptr_array_index (list->items, j))->category, g_free);
  }
}

static gboolean
has_answer (const Sheet *sheet)
{
  for (guint i = 0; i < sheet->items->len; i++)
    if (sheet_item (sheet, (int)i)->answer)
      return TRUE;
  return FALSE;
}

/* The most names or heads that a refusal shows. */
#define SHOWN_MOST 8

static void
append_quoted (GString *text, const char *word, int index)
{
  g_autofree char *words = note_words (word);
  if (index < SHOWN_MOST)
    g_string_append_printf (text, "%s\"%s\"", index ? ", " : "", words);
  else if (index == SHOWN_MOST)
    g_string_append (text, ", …");
}

/* The names of the items of LIST that are the catalogue's, in the document's words; the caller frees. */
static char *
names_shown (const ItemList *list)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0, count = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    if (item->match.item && item->match.how != MATCH_SIMILAR)
      append_quoted (text, item->name ? item->name : item->definition, (int)count++);
  }
  return g_string_free (text, FALSE);
}

/* The heads of LIST's table; NULL: it has none. The caller frees. */
static char *
heads_shown (const ItemList *list)
{
  int count = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; list->columns && list->own_head && i < list->columns->count; i++)
    if (*list->columns->each[i].head)
      append_quoted (text, list->columns->each[i].head, count++);
  return count > 0 ? g_strdup (text->str) : NULL;
}

static void
refuse_few (const Knowledge *knowledge, const Found *found, guint tables, GError **error)
{
  const ItemList *best = found->nearest;
  for (guint i = 0; i < found->lists->len; i++) {
    const ItemList *list = g_ptr_array_index (found->lists, i);
    best = best && best->recognised >= list->recognised ? best : list;
  }
  int recognised = MAX (recognised_in (found->lists), best ? best->recognised : 0);
  const char *owner = knowledge->catalogue->owner;
  int count = knowledge->catalogue->count, few = LISTED_ITEMS_LEAST, more = TEXT_ITEMS_LEAST;
  g_autofree char *names = best && recognised > 0 ? names_shown (best) : NULL;
  g_autofree char *heads = best && recognised > 0 ? heads_shown (best) : NULL;
  /* Whole sentences, so that each is one message (text/translated.h). */
  if (heads)
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
        _ ("no sheet found: %d of %s's %d items recognised in the text and its tables (%u): %s; in a table of %u rows "
           "with the heads %s; needed are %d that are a quarter of the rows of a table, one where its heads or "
           "its title say that it is a sheet, or %d in running text; checksheet show rows shows what was read"),
        recognised, owner, count, tables, names, best->items->len, heads, few, more);
  else if (names)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
                 _ ("no sheet found: %d of %s's %d items recognised in the text and its tables (%u): %s; needed are %d "
                    "that are a quarter of the rows of a table, one where its heads or its title say that it is a "
                    "sheet, or %d in running text; checksheet show rows shows what was read"),
                 recognised, owner, count, tables, names, few, more);
  else
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
        _ ("no sheet found: %d of %s's %d items recognised in the text and its tables (%u); needed are %d that are a "
           "quarter of the rows of a table, one where its heads or its title say that it is a sheet, or %d in "
           "running text; checksheet show rows shows what was read"),
        recognised, owner, count, tables, few, more);
}

/* HEADS: those of the table with the items; NULL: it has none. */
static void
refuse_unanswered (const Knowledge *knowledge, const char *heads, GError **error)
{
  if (heads)
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
        _ ("no sheet found: %s's items are listed, but none is answered: no column is an answer, or it is empty "
           "(the heads are %s)"),
        knowledge->catalogue->owner, heads);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
                 _ ("no sheet found: %s's items are listed, but none is answered"), knowledge->catalogue->owner);
}

/* The fewest answers that are none of a vendor's, and their least share of all. */
#define OTHER_ANSWERS_LEAST 3
#define OTHER_ANSWERS_SHARE 0.5

/* The first of SHEET's answers whose words are those of an article, a glossary, a list of requirements or of news, where
 * most are; else NULL. Borrowed. */
static const char *
other_answer (const Knowledge *knowledge, const Sheet *sheet)
{
  guint answered = 0, others = 0, vendors = 0;
  const char *first = NULL;
  for (guint i = 0; i < sheet->items->len; i++)
    answered += ((const Item *)g_ptr_array_index (sheet->items, i))->answer != NULL;
  for (guint i = 0; i < sheet->items->len && vendors <= (1 - OTHER_ANSWERS_SHARE) * answered; i++) {
    const char *text = ((const Item *)g_ptr_array_index (sheet->items, i))->answer;
    gboolean other = text && patterns_has (knowledge->document, "other-answer", text);
    others += other;
    vendors += text && !other;
    first = other && !first ? text : first;
  }
  return others >= OTHER_ANSWERS_LEAST && others >= OTHER_ANSWERS_SHARE * answered ? first : NULL;
}

static void
refuse_other_answers (const Knowledge *knowledge, const char *answer, GError **error)
{
  g_autofree char *words = note_words (answer);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
      _ ("no sheet found: what is said of %s's items is no answer: it says what they mean, what is required, or "
         "what was changed (\"%s\")"),
      knowledge->catalogue->owner, words);
}

Sheet *
sheet_from_tables (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *blocks, GPtrArray *notes, GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new ();
  g_ptr_array_unref (sheet->notes);
  sheet->notes = notes;
  sheet->catalogue = knowledge->catalogue;
  g_auto (Found) found = choose_lists (knowledge, tables, blocks, notes);
  if (!found.enough) {
    refuse_few (knowledge, &found, tables->len, error);
    return NULL;
  }
  g_autofree char *heads = heads_shown (g_ptr_array_index (found.lists, 0));
  document_facts_read (knowledge, &sheet->document, blocks, tables, found.lists);
  note_gave_up (knowledge, sheet->notes, (Place){0});
  drop_title_category (knowledge, found.lists);
  items_take_tabs (knowledge, found.lists);
  items_take_headings (knowledge, found.lists);
  items_take_legend (knowledge, blocks, found.lists, sheet->notes);
  take_lists (knowledge, sheet, found.lists);
  items_read_answers (knowledge, sheet->items, sheet->notes);
  sheet_account_text (knowledge, sheet, blocks, tables, found.lists);
  const char *other = other_answer (knowledge, sheet);
  if (!other && has_answer (sheet))
    return g_steal_pointer (&sheet);
  if (other)
    refuse_other_answers (knowledge, other, error);
  else
    refuse_unanswered (knowledge, heads, error);
  return NULL;
}
