/* headings.c - items from headings and the paragraphs under them (see headings.h). */
#include "items/headings.h"

#include "items/match.h"

/* Levels of headings: 1 to 6 as in HTML; 0 is not a heading. */
#define LEVELS 7

/* A level with fewer names of the catalogue is not one of items. */
#define NAMES_LEAST 3

static gboolean
is_heading (const Block *block)
{
  return block->kind == BLOCK_TEXT && block->heading_level > 0;
}

/* The level with the most headings that are names of the catalogue; 0: none has three of them. */
static int
item_level (const Knowledge *knowledge, GPtrArray *blocks)
{
  int counts[LEVELS] = {0}, best = 0;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (is_heading (block) && match_name (knowledge, block->text))
      counts[CLAMP (block->heading_level, 1, LEVELS - 1)]++;
  }
  for (int level = 1; level < LEVELS; level++)
    if (counts[level] > counts[best])
      best = level;
  return counts[best] >= NAMES_LEAST ? best : 0;
}

/* "5. サービス稼働率": the counter is the number, the rest the name. */
static void
take_heading (const Knowledge *knowledge, Item *item, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->headings, "numbered", text, 0, &match)) {
    item->name = item_text (knowledge, text);
    return;
  }
  item->number = item_text (knowledge, pattern_field (&match, "number"));
  item->name = item_text (knowledge, pattern_field (&match, "name"));
  pattern_match_clear (&match);
}

static void
append_answer (const Knowledge *knowledge, Item *item, const char *text)
{
  g_autofree char *more = item_text (knowledge, text);
  item_text_append (&item->answer, more);
}

static void
append_struck (const Knowledge *knowledge, Item *item, ColumnKind kind, const char *text)
{
  g_autofree char *struck = item_struck (knowledge, text);
  char **words = &item->struck[kind - COLUMN_NUMBER];
  *words = struck_text_joined (*words, struck);
}

/* A table under a heading is part of the answer: a row a line. */
static void
append_grid (const Knowledge *knowledge, Item *item, const Grid *grid)
{
  for (int row = 0; row < grid->rows; row++) {
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint i = 0; i < grid->cells->len; i++) {
      const Cell *cell = g_ptr_array_index (grid->cells, i);
      if (cell->row == row && *cell->text)
        g_string_append_printf (line, "%s%s", line->len ? " " : "", cell->text);
      if (cell->row == row)
        append_struck (knowledge, item, COLUMN_ANSWER, cell->struck);
    }
    append_answer (knowledge, item, line->str);
  }
}

typedef struct {
  const Knowledge *knowledge;
  ItemList *list;
  Item *item; /* the last; NULL: none is open */
  char *category;
  int level;
} HeadingWalk;

/* A heading above the items' level: their category. It closes the item before it, so that it does not run into its
 * answer. */
static void
take_upper_heading (HeadingWalk *walk, const Block *block)
{
  walk->item = NULL;
  g_free (walk->category);
  walk->category = block->heading_level == 1 && walk->level > 2 ? NULL : heading_text (walk->knowledge, block->text);
}

static void
take_item_heading (HeadingWalk *walk, const Block *block)
{
  Item *item = item_new ();
  take_heading (walk->knowledge, item, block->text);
  append_struck (walk->knowledge, item, COLUMN_NAME, block->struck);
  item->category = g_strdup (walk->category);
  places_add (item->places, block->place);
  g_ptr_array_add (walk->list->items, item);
  walk->item = item;
}

static void
take_block (HeadingWalk *walk, const Block *block)
{
  if (is_heading (block) && block->heading_level < walk->level)
    take_upper_heading (walk, block);
  else if (is_heading (block) && block->heading_level == walk->level)
    take_item_heading (walk, block);
  else if (walk->item && block->kind == BLOCK_TEXT) {
    append_answer (walk->knowledge, walk->item, block->text);
    append_struck (walk->knowledge, walk->item, COLUMN_ANSWER, block->struck);
  } else if (walk->item && block->kind == BLOCK_STRUCK)
    append_struck (walk->knowledge, walk->item, COLUMN_ANSWER, block->text);
  else if (walk->item && block->kind == BLOCK_GRID)
    append_grid (walk->knowledge, walk->item, block->grid);
}

/* From the first heading that is a name of the catalogue to the last one, and what follows under the same heading.
 * FALSE: there is none. */
static gboolean
range_of_items (const Knowledge *knowledge, GPtrArray *blocks, int level, guint *first, guint *end)
{
  gboolean found = FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (!is_heading (block) || block->heading_level != level || !match_name (knowledge, block->text))
      continue;
    *first = found ? *first : i;
    *end = i + 1;
    found = TRUE;
  }
  while (found && *end < blocks->len) {
    const Block *block = g_ptr_array_index (blocks, *end);
    if (block->kind == BLOCK_HEADER_FOOTER || (is_heading (block) && block->heading_level < level &&
                                               !patterns_has (knowledge->rows, "category", block->text)))
      break;
    ++*end;
  }
  while (found && *first > 0) {
    const Block *block = g_ptr_array_index (blocks, *first - 1);
    if (!is_heading (block) || block->heading_level > level || block->heading_level == 1)
      break;
    --*first;
  }
  return found;
}

ItemList *
items_from_headings (const Knowledge *knowledge, GPtrArray *blocks)
{
  guint first = 0, end = 0;
  HeadingWalk walk = {.knowledge = knowledge, .list = item_list_new (0), .level = item_level (knowledge, blocks)};
  if (walk.level > 0 && range_of_items (knowledge, blocks, walk.level, &first, &end)) {
    walk.list->first_block = (int)first;
    for (guint i = first; i < end; i++)
      take_block (&walk, g_ptr_array_index (blocks, i));
  }
  g_free (walk.category);
  item_list_match (knowledge, walk.list);
  return walk.list;
}
