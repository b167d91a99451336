/* item_list.h - from rows to items: who is a row, who a banner, who the rest of the row above.
 *
 * One ItemList comes from one table, headings' paragraphs, or running text; sheet.c decides which of them are the
 * sheet.
 */
#pragma once

#include "items/columns.h"
#include "model/item.h"
#include "model/table.h"
#include "patterns/knowledge.h"

typedef struct {
  GPtrArray *items;         /* Item */
  int recognised;           /* different METI items by name, alias or definition */
  int units;                /* rows with a unit such as METI's */
  gboolean own_head;        /* the table has its own heads; else they were those of the table before it */
  Columns *columns;         /* the last heads; NULL: not from a table */
  char *section, *category; /* of the last row: the next table may go on with them */
  int first_block;
  GPtrArray *notes; /* Note: to be kept when the items are */
} ItemList;

ItemList *item_list_new (int first_block);
void item_list_free (ItemList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ItemList, item_list_free)

/* The items of TABLE. BEFORE: the list of the table that this one may go on from, or NULL: its columns stand where the
 * table has no head, and its section and category hold on until the table says others. HEADING: what stands above the
 * table, which is its rows' category where it has no column for that, or NULL. Never NULL; empty where the columns
 * cannot be told. */
ItemList *items_from_table (const Knowledge *knowledge, const Table *table, const ItemList *before,
                            const char *heading);

/* To be called when all of a list's items are in: maps them to METI's and counts. */
void item_list_match (const Knowledge *knowledge, ItemList *list);

/* TEXT as it is written to the output, trimmed; NULL where nothing is left. The caller frees. */
char *item_text (const Knowledge *knowledge, const char *text);

/* The same for a heading, without the mark before it (■ ◆ 【 】). */
char *heading_text (const Knowledge *knowledge, const char *text);

/* Fills in what each answer means, once the rows are known. ITEMS: Item; what has to be said is added to NOTES (Note). */
void items_read_answers (const Knowledge *knowledge, GPtrArray *items, GPtrArray *notes);
