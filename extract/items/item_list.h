/* item_list.h - from rows to items: which rows are items, which are banners, which are the rest of the row above.
 *
 * One ItemList comes from one table, from headings and their paragraphs, or from running text; selection.c decides
 * which of them are the sheet.
 */
#pragma once

#include "items/columns.h"
#include "model/item.h"
#include "model/table.h"
#include "patterns/knowledge.h"

typedef struct {
  GPtrArray *items;         /* Item */
  int recognised;           /* different items of the catalogue by name, alias or definition */
  int units;                /* rows with a unit that the catalogue uses, or that is written like one */
  gboolean own_head;        /* the table has its own heads; else they were those of the table before it */
  Columns *columns;         /* by the last heads; NULL: not from a table */
  char *heading;            /* over the table; NULL: none */
  char *section, *category; /* of the last row: the next table may go on with them; NULL: none */
  const char *tab;          /* of a workbook: the name of the tab (model/place.h); NULL: not from a workbook's table */
  int first_block;          /* index of the block where it begins */
  gboolean guessed;         /* nothing but their place and their words tells the names from the rest of the text */
  GPtrArray *notes;         /* Note: to be kept when the items are */
} ItemList;

/* Empty. */
ItemList *item_list_new (int first_block);
void item_list_free (ItemList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ItemList, item_list_free)

/* The items of TABLE. BEFORE: the list of the table that this one may continue, or NULL: its columns apply where the
 * table has no heads, and its section and category hold on until the table says others or a workbook's tab ends. HEADING: the heading above the
 * table, which is its rows' category where it has no column for that, or NULL. All are borrowed. Never NULL, and empty
 * where the columns cannot be told; the caller frees. */
ItemList *items_from_table (const Knowledge *knowledge, const Table *table, const ItemList *before,
                            const char *heading);

/* To be called when all items of LIST are in: finds the catalogue's item of each, and counts. */
void item_list_match (const Knowledge *knowledge, ItemList *list);

/* TEXT as it is written to the output, trimmed; NULL where nothing is left. The caller frees. */
char *item_text (const Knowledge *knowledge, const char *text);

/* The same for words that are struck out; TEXT may be NULL. */
char *item_struck (const Knowledge *knowledge, const char *text);

/* Appends MORE (NULL: nothing) to *TEXT (NULL: none yet, to be freed by the caller) as a line of its own. */
void item_text_append (char **text, const char *more);

/* Takes "A." or "回答：" off the answers of ITEMS (Item), where most of them have it. */
void items_strip_replies (const Knowledge *knowledge, GPtrArray *items);

/* TEXT without brackets, marks and the number of a chapter around it, if it is a category; NULL: it is none. The caller
 * frees. */
char *category_text (const Knowledge *knowledge, const char *text);

/* Sets *NUMBER (NULL: none) and *NAME from TEXT, "5. サービス稼働率", "Q3. …", "■ サービス稼働率". The caller frees. */
void part_counter (const Knowledge *knowledge, const char *text, char **number, char **name);

/* Whether TEXT, in a column for ticks, says no more than whether it is ticked. */
gboolean cell_is_tick (const Knowledge *knowledge, const char *text);

/* item_text for a heading, without the mark before it (■ ◆ 【 】). */
char *heading_text (const Knowledge *knowledge, const char *text);

/* Fills in `meaning` of each of ITEMS (Item), once the rows are known; matches that were given up are added to NOTES
 * (Note). */
void items_read_answers (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes);
