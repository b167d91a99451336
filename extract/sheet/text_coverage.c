/* text_coverage.c - see text_coverage.h */
#include "sheet/text_coverage.h"

#include "answer/answer.h"
#include "facts/certification.h"
#include "facts/fact_date.h"
#include "facts/fact_line.h"
#include "facts/revision.h"
#include "items/turned_table.h"
#include "model/page.h"
#include "text/plain.h"
#include "text/squeezed.h"

#include <string.h>

/* A fact is looked for in lines where it has this many characters; a shorter one is in too many words. */
#define FACT_LETTERS 3

/* A longer line states no fact; bytes. */
#define FACT_LINE_BYTES 400

/* A longer text is no item's name or definition, nor a row; bytes. */
#define NAME_BYTES 1200

/* A shorter name is a common word; and what is longer is a definition, or as good as one; bytes. */
#define NAME_BYTES_LEAST 15
#define PHRASE_BYTES 45

/* Rows of a table elsewhere that are named as the catalogue's items: with so many it is a part of the sheet that was
 * not read. */
#define NAMED_ROWS_LEAST 3

/* Against documents that no person wrote: bytes that are compared; the rest counts as text about something else. */
#define STEPS_LIMIT 100000000

/* What became of a text. */
typedef enum { FATE_IN_ITEMS, FATE_IN_FACTS, FATE_HEADERS_FOOTERS, FATE_HIDDEN, FATE_OTHER, FATE_UNREAD } TextFate;

typedef struct {
  const Item *item;
  GPtrArray *texts; /* char *, squeezed: each field, and each other column */
  char *whole;      /* all of them */
} ItemText;

typedef struct {
  const Knowledge *knowledge;
  Sheet *sheet;
  GPtrArray *lists;
  GPtrArray *items;   /* ItemText */
  GHashTable *at;     /* place_key -> GPtrArray of ItemText: those with a place there */
  GHashTable *texts;  /* the squeezed texts of all items, whole and line by line */
  GHashTable *labels; /* those of heads, sections and categories, which are in no row of an item */
  GHashTable *lines;  /* int: the lines where items are */
  GPtrArray *facts;   /* char *, squeezed */
  GHashTable *dates;  /* char *, ISO 8601 */
  GHashTable
      *missing;     /* folded names and definitions of items that the sheet lacks -> const CatalogueItem *, borrowed */
  gboolean tabular; /* the sheet is in tables: a text is looked for in the items at its place; else in all */
  const Grid *latest;  /* of the sheet, counted before; NULL: none */
  const char *heading; /* between that and what is counted now; NULL: none */
  gboolean between;    /* text or another table is there */
  gsize steps;
} TextAccount;

static void
count (TextAccount *account, TextFate fate, gsize letters)
{
  TextCoverage *characters = &account->sheet->characters;
  gsize *const counts[] = {&characters->in_items, &characters->in_facts, &characters->headers_footers,
                           &characters->hidden,   &characters->other,    &characters->unread};
  *counts[fate] += letters;
}

/* Whether so many BYTES more may be compared. */
static gboolean
may_compare (TextAccount *account, gsize bytes)
{
  account->steps += bytes;
  return account->steps < STEPS_LIMIT;
}

/* TEXT as items have it, without white space. The caller frees. */
static char *
squeezed_text (const Knowledge *knowledge, const char *text)
{
  g_autofree char *written = text_folded (knowledge->writing, text);
  return text_squeezed (written);
}

/* What items have */

static void
add_squeezed (GHashTable *texts, const char *text)
{
  char *squeezed = text_squeezed (text);
  if (*squeezed)
    g_hash_table_add (texts, squeezed);
  else
    g_free (squeezed);
}

static void
add_text_and_lines (GHashTable *texts, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  add_squeezed (texts, text);
  for (char **line = lines; *line && lines[1]; line++)
    add_squeezed (texts, *line);
}

static void
add_item_text (TextAccount *account, ItemText *text, const char *words)
{
  if (!words)
    return;
  add_text_and_lines (account->texts, words);
  g_ptr_array_add (text->texts, text_squeezed (words));
}

static void
item_text_free (gpointer data)
{
  ItemText *text = data;
  g_ptr_array_unref (text->texts);
  g_free (text->whole);
  g_free (text);
}

static void
add_others (TextAccount *account, ItemText *text, const GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++) {
    const OtherField *other = g_ptr_array_index (others, i);
    add_item_text (account, text, other->text);
    add_squeezed (account->labels, other->name);
  }
}

/* What places that have something in common share: the line, or the page. */
static gpointer
place_key (Place place)
{
  return GINT_TO_POINTER (place.page ? -place.page : place.line);
}

static void
add_item_at (TextAccount *account, ItemText *text, Place place)
{
  GPtrArray *texts = g_hash_table_lookup (account->at, place_key (place));
  if (!texts) {
    texts = g_ptr_array_new ();
    g_hash_table_insert (account->at, place_key (place), texts);
  }
  if (texts->len == 0 || texts->pdata[texts->len - 1] != text)
    g_ptr_array_add (texts, text);
}

static void
add_item (TextAccount *account, const Item *item)
{
  ItemText *text = g_new0 (ItemText, 1);
  *text = (ItemText){.item = item, .texts = g_ptr_array_new_with_free_func (g_free)};
  for (int i = 0; i < ITEM_FIELD_COUNT; i++) {
    add_item_text (account, text, *item_text_of (item, &item_fields[i]));
    add_item_text (account, text, item->struck[i]);
  }
  add_others (account, text, item->others);
  add_others (account, text, item->struck_others);
  if (item->section)
    add_text_and_lines (account->labels, item->section);
  if (item->category)
    add_text_and_lines (account->labels, item->category);
  for (guint i = 0; i < item->places->len; i++) {
    g_hash_table_add (account->lines, GINT_TO_POINTER (g_array_index (item->places, Place, i).line));
    add_item_at (account, text, g_array_index (item->places, Place, i));
  }
  g_ptr_array_add (text->texts, NULL);
  text->whole = g_strjoinv (NULL, (char **)text->texts->pdata);
  g_ptr_array_set_size (text->texts, (int)text->texts->len - 1);
  g_ptr_array_add (account->items, text);
}

/* What facts say */

static void
add_fact (TextAccount *account, const char *text)
{
  char *squeezed = text_squeezed (text);
  if (text_letters (squeezed) >= FACT_LETTERS)
    g_ptr_array_add (account->facts, squeezed);
  else
    g_free (squeezed);
}

static void
add_date (TextAccount *account, const char *date)
{
  if (date)
    g_hash_table_add (account->dates, g_strdup (date));
}

static void
add_facts (TextAccount *account)
{
  const DocumentFacts *facts = &account->sheet->document;
  add_fact (account, facts->title);
  add_fact (account, facts->vendor);
  add_fact (account, facts->product);
  add_fact (account, facts->version);
  add_date (account, facts->issued);
  add_date (account, facts->revised);
  for (guint i = 0; facts->revisions && i < facts->revisions->len; i++) {
    const Revision *revision = g_ptr_array_index (facts->revisions, i);
    add_fact (account, revision->note);
    add_date (account, revision->date);
  }
  for (guint i = 0; facts->certifications && i < facts->certifications->len; i++) {
    const Certification *certification = g_ptr_array_index (facts->certifications, i);
    add_fact (account, certification->scheme);
    add_fact (account, certification->number);
    add_fact (account, certification->body);
    add_date (account, certification->valid_until);
  }
}

/* Whether LINE states one of the document's facts; SQUEEZED is the same. */
static gboolean
states_fact (TextAccount *account, const char *line, const char *squeezed)
{
  if (strlen (line) > FACT_LINE_BYTES)
    return FALSE;
  for (guint i = 0; i < account->facts->len && may_compare (account, strlen (squeezed)); i++)
    if (strstr (squeezed, g_ptr_array_index (account->facts, i)))
      return TRUE;
  if (g_hash_table_size (account->dates) == 0 || !strpbrk (line, "0123456789年"))
    return FALSE;
  g_autofree char *plain = text_made_plain (line);
  g_autofree char *date = fact_date_in (account->knowledge, "date", plain ? plain : line);
  return date && g_hash_table_contains (account->dates, date);
}

/* What the sheet lacks */

/* The names, aliases and definitions of the items that are not there; the index has them folded. */
static void
add_missing (TextAccount *account)
{
  const Catalogue *catalogue = account->sheet->catalogue;
  const CatalogueIndex *index = account->knowledge->index;
  g_autofree gboolean *there = g_new0 (gboolean, catalogue->count + 1);
  GHashTableIter every;
  gpointer words, of;
  for (guint i = 0; i < account->sheet->items->len; i++) {
    const CatalogueItem *item = sheet_item (account->sheet, (int)i)->match.item;
    if (item)
      there[catalogue_index (catalogue, item)] = TRUE;
  }
  g_hash_table_iter_init (&every, index->names);
  while (g_hash_table_iter_next (&every, &words, &of))
    if (*(const char *)words && !there[catalogue_index (catalogue, ((const Match *)of)->item)])
      g_hash_table_insert (account->missing, words, (gpointer)((const Match *)of)->item);
  for (int i = 0; i < catalogue->count; i++)
    if (!there[i] && *index->definition_keys[i])
      g_hash_table_insert (account->missing, (gpointer)index->definition_keys[i], &catalogue->items[i]);
}

/* KEY without a counter in front ("3.", "(3)"). */
static const char *
after_counter (const char *key)
{
  const char *after = key + strspn (key, "0123456789.()-:");
  return *after ? after : key;
}

/* Whether FOUND, a name in WORDS, is where a row has it: first, or after its category. */
static gboolean
is_at_name (const TextAccount *account, const char *words, const char *found)
{
  g_autofree char *before = found > words ? g_strndup (words, found - words) : NULL;
  return found == words || (before && patterns_has (account->knowledge->rows, "category", before));
}

/* The item that TEXT names or defines, and the sheet lacks; NULL: none. Of a whole row in one line, the definition tells,
 * or the name where a row has it. */
static const CatalogueItem *
missing_item (TextAccount *account, const char *text)
{
  if (g_hash_table_size (account->missing) == 0 || strlen (text) > NAME_BYTES)
    return NULL;
  g_autofree char *bare = heading_text (account->knowledge, text);
  g_autofree char *key = text_folded (account->knowledge->comparing, bare ? bare : "");
  const char *words = after_counter (key);
  const CatalogueItem *item = g_hash_table_lookup (account->missing, words);
  GHashTableIter every;
  gpointer missing, of;
  g_hash_table_iter_init (&every, account->missing);
  while (!item && strlen (key) > NAME_BYTES_LEAST && g_hash_table_iter_next (&every, &missing, &of) &&
         may_compare (account, strlen (key))) {
    const char *found = strlen (missing) >= NAME_BYTES_LEAST ? strstr (key, missing) : NULL;
    if (found && (strlen (missing) >= PHRASE_BYTES || is_at_name (account, words, found)))
      item = of;
  }
  return item;
}

static void
remember_unread (TextAccount *account, const CatalogueItem *item)
{
  if (!g_ptr_array_find (account->sheet->unread_items, item, NULL))
    g_ptr_array_add (account->sheet->unread_items, (gpointer)item);
}

/* Texts against items */

static gboolean
item_is_at (const TextAccount *account, const Item *item, Place place)
{
  if (!account->tabular)
    return TRUE;
  for (guint i = 0; i < item->places->len; i++) {
    Place own = g_array_index (item->places, Place, i);
    if (!own.page ? own.line == place.line
                  : own.page == place.page && !box_is_empty (box_intersection (own.box, place.box)))
      return TRUE;
  }
  return FALSE;
}

/* The items that may be at PLACE, ItemText; NULL: none. */
static const GPtrArray *
items_near (const TextAccount *account, Place place)
{
  return account->tabular ? g_hash_table_lookup (account->at, place_key (place)) : account->items;
}

/* Whether an item at PLACE has the words SQUEEZED within a longer text, as a cell that a page end cuts. */
static gboolean
is_within_item (TextAccount *account, const char *squeezed, Place place)
{
  const GPtrArray *items = items_near (account, place);
  for (guint i = 0; items && i < items->len && may_compare (account, 1); i++) {
    const ItemText *text = g_ptr_array_index (items, i);
    if (item_is_at (account, text->item, place) && may_compare (account, strlen (text->whole)) &&
        strstr (text->whole, squeezed))
      return TRUE;
  }
  return FALSE;
}

/* Marks in TAKEN, one a byte, where SQUEEZED has what TEXT says. */
static void
mark_taken (const char *squeezed, const ItemText *text, gboolean *taken)
{
  for (guint i = 0; i < text->texts->len; i++) {
    const char *words = g_ptr_array_index (text->texts, i);
    const char *found = *words ? strstr (squeezed, words) : NULL;
    for (gsize byte = 0; found && byte < strlen (words); byte++)
      taken[found - squeezed + (gssize)byte] = TRUE;
  }
}

/* A mark or label before an item's words is no longer than this, characters: "Q.", "回答：". */
#define LABEL_MOST 4

/* How many characters before what is TAKEN of SQUEEZED, the rest of which is taken whole, are its label. */
static gsize
letters_of_label (const char *squeezed, const gboolean *taken)
{
  gsize letters = 0;
  const char *at = squeezed;
  for (; *at && !taken[at - squeezed]; at = g_utf8_next_char (at))
    letters++;
  for (; *at; at = g_utf8_next_char (at))
    if (!taken[at - squeezed])
      return 0;
  return letters <= LABEL_MOST ? letters : 0;
}

/* How many characters of SQUEEZED are what items at PLACE say: a cell or a paragraph that was parted. */
static gsize
letters_of_items (TextAccount *account, const char *squeezed, Place place)
{
  gsize bytes = strlen (squeezed), letters = 0;
  g_autofree gboolean *taken = g_new0 (gboolean, bytes + 1);
  const GPtrArray *items = items_near (account, place);
  for (guint i = 0; items && i < items->len && may_compare (account, 1); i++) {
    const ItemText *text = g_ptr_array_index (items, i);
    if (item_is_at (account, text->item, place) && may_compare (account, bytes * text->texts->len))
      mark_taken (squeezed, text, taken);
  }
  for (const char *at = squeezed; *at; at = g_utf8_next_char (at))
    letters += taken[at - squeezed];
  if (letters == 0)
    return 0;
  for (const char *at = squeezed; *at; at = g_utf8_next_char (at)) /* what parts a number from its name: "5. 稼働率" */
    letters +=
        !taken[at - squeezed] && at > squeezed && g_unichar_ispunct (g_utf8_get_char (at)) && taken[at - squeezed - 1];
  return letters + letters_of_label (squeezed, taken);
}

/* Counts SQUEEZED, a text of so many LETTERS at PLACE, as far as items have it; the rest of it has the fate REST. */
static void
count_parted (TextAccount *account, const char *squeezed, gsize letters, Place place, TextFate rest)
{
  gsize of_items = letters_of_items (account, squeezed, place), taken = MIN (letters, of_items);
  count (account, FATE_IN_ITEMS, taken);
  count (account, rest, letters - taken);
}

/* Tables */

/* What is known of a grid while its cells are counted. */
typedef struct {
  gboolean of_sheet, of_facts;
  gboolean of_items;   /* not of the sheet, though several rows are named as the catalogue's items */
  int first_row;       /* of the sheet: heads or items begin here */
  const Place *places; /* for each row where its items are, */
  gboolean *read;      /* whether items are there, */
  gboolean *missing;   /* for each row: it names an item that the sheet lacks */
  gboolean *facts;     /* for each row: it states a fact */
} GridAccount;

static gboolean
is_in_rows (const gboolean *rows, const Cell *cell)
{
  for (int row = cell->row; row < cell->row + cell->row_span; row++)
    if (rows[row])
      return TRUE;
  return FALSE;
}

/* The places that the items of each row have: in an input without pages, the line of its first cell. The caller frees. */
static Place *
row_places (const Grid *grid)
{
  Place *places = g_new0 (Place, grid->rows + 1);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    Place *place = &places[cell->row];
    if (cell->row_span > 1)
      continue;
    if (!place->page && !place->line)
      *place = cell->place;
    else if (place->page)
      place->box = box_union (place->box, cell->place.box);
  }
  for (int row = 0; row < grid->rows; row++)
    if (!places[row].page && !places[row].line)
      places[row] = grid->place;
  return places;
}

static gboolean
is_read (TextAccount *account, Place place)
{
  if (!account->tabular)
    return TRUE;
  if (!place.page)
    return g_hash_table_contains (account->lines, GINT_TO_POINTER (place.line));
  const GPtrArray *items = items_near (account, place);
  for (guint i = 0; items && i < items->len && may_compare (account, 1); i++)
    if (item_is_at (account, ((const ItemText *)g_ptr_array_index (items, i))->item, place))
      return TRUE;
  return FALSE;
}

static void
look_at_cell (TextAccount *account, GridAccount *grid, const Cell *cell)
{
  g_autofree char *squeezed = squeezed_text (account->knowledge, cell->text);
  if (!*squeezed)
    return;
  gboolean label = g_hash_table_contains (account->labels, squeezed);
  grid->first_row = grid->read[cell->row] || label ? MIN (grid->first_row, cell->row) : grid->first_row;
  if (grid->read[cell->row])
    return;
  const CatalogueItem *missing = missing_item (account, cell->text);
  if (missing && !label && !grid->of_facts) {
    grid->missing[cell->row] = TRUE;
    remember_unread (account, missing);
  } else if (states_fact (account, cell->text, squeezed))
    grid->facts[cell->row] = TRUE;
}

static TextFate
fate_of_left_cell (const GridAccount *grid, const Cell *cell)
{
  if (is_in_rows (grid->missing, cell) || grid->of_items)
    return FATE_UNREAD;
  if (grid->of_facts || is_in_rows (grid->facts, cell))
    return FATE_IN_FACTS;
  return grid->of_sheet && cell->row + cell->row_span > grid->first_row ? FATE_UNREAD : FATE_OTHER;
}

/* Whether CELL is the tick of a choice that an item at PLACE has: the head of its column is the answer. */
static gboolean
is_tick_of_item (TextAccount *account, const Cell *cell, Place place)
{
  if (!cell_is_tick (account->knowledge, cell->text))
    return FALSE;
  const GPtrArray *items = items_near (account, place);
  for (guint i = 0; items && i < items->len && may_compare (account, 1); i++) {
    const Item *item = ((const ItemText *)g_ptr_array_index (items, i))->item;
    if (item->meaning && item->meaning->choices && choices_chosen (item->meaning->choices) == 1 &&
        item_is_at (account, item, place))
      return TRUE;
  }
  return FALSE;
}

/* Whether TEXT is a head, a section or a category, which has no mark before it: "■可用性". */
static gboolean
is_label (TextAccount *account, const char *text, const char *squeezed)
{
  if (g_hash_table_contains (account->labels, squeezed))
    return TRUE;
  g_autofree char *bare = *squeezed ? heading_text (account->knowledge, text) : NULL;
  g_autofree char *heading = bare ? text_squeezed (bare) : NULL;
  return heading && *heading && g_hash_table_contains (account->labels, heading);
}

static void
count_cell (TextAccount *account, const GridAccount *grid, const Cell *cell)
{
  g_autofree char *squeezed = squeezed_text (account->knowledge, cell->text);
  gsize letters = text_letters (cell->text);
  gboolean read = is_in_rows (grid->read, cell);
  count (account, cell->struck && !read ? FATE_HIDDEN : FATE_IN_ITEMS, text_letters (cell->struck));
  Place place = cell->place.page ? cell->place : grid->places[cell->row];
  if ((read && g_hash_table_contains (account->texts, squeezed)) || is_label (account, cell->text, squeezed) ||
      (read && (is_within_item (account, squeezed, place) || is_tick_of_item (account, cell, place))))
    count (account, FATE_IN_ITEMS, letters);
  else if (read)
    count_parted (account, squeezed, letters, place, fate_of_left_cell (grid, cell));
  else
    count (account, fate_of_left_cell (grid, cell), letters);
}

/* Whether TABLE, which is not the sheet's, has several rows that are named as the catalogue's items are. */
static gboolean
has_named_rows (TextAccount *account, const Grid *grid)
{
  int named = 0;
  for (guint i = 0; i < grid->cells->len && grid->columns > 1 && named < NAMED_ROWS_LEAST; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    if (!*cell->text || strlen (cell->text) > NAME_BYTES)
      continue;
    g_autofree char *key = text_folded (account->knowledge->comparing, cell->text);
    named += g_hash_table_contains (account->knowledge->index->names, after_counter (key));
  }
  return named >= NAMED_ROWS_LEAST;
}

/* Of one table on two pages, this much of the wider part is common: a table without upright lines ends with its words. */
#define SAME_WIDTH 0.8

/* The number after that of the sheet's last item; 0: it has none. */
static gint64
next_number (const Sheet *sheet)
{
  const Item *last = sheet->items->len > 0 ? sheet_item (sheet, (int)sheet->items->len - 1) : NULL;
  char *end = NULL;
  gint64 number = last && last->number ? g_ascii_strtoll (last->number, &end, 10) : 0;
  return number > 0 && number < G_MAXINT && !*end ? number + 1 : 0;
}

/* Whether TEXT has a line that begins with NUMBER. */
static gboolean
has_line_with_number (const char *text, gint64 number)
{
  for (const char *line = text; line; line = strchr (line, '\n') ? strchr (line, '\n') + 1 : NULL) {
    char *end;
    if (g_ascii_isdigit (*line) && g_ascii_strtoll (line, &end, 10) == number)
      return TRUE;
  }
  return FALSE;
}

/* Whether GRID, of which nothing was read, goes on with the sheet's table of the page before: it is as wide, and has the
 * next number. Its columns were not found, so it was not joined. */
static gboolean
goes_on_unread (const TextAccount *account, const Grid *grid)
{
  const Grid *before = account->latest;
  gint64 number = next_number (account->sheet);
  if (!before || number == 0 || grid->place.page == 0 || grid->place.page != before->place.page + 1)
    return FALSE;
  Box one = before->place.box, other = grid->place.box;
  if (MIN (one.x1, other.x1) - MAX (one.x0, other.x0) < SAME_WIDTH * MAX (one.x1 - one.x0, other.x1 - other.x0))
    return FALSE;
  for (guint i = 0; i < grid->cells->len; i++)
    if (has_line_with_number (((const Cell *)g_ptr_array_index (grid->cells, i))->text, number))
      return TRUE;
  return FALSE;
}

/* What speaks for a table after the sheet's as rows of it that were left, and against. Of the tables after the sheets of
 * the test cases none that is about something else has so much. */
#define LEFT_ROWS_LEAST 2
#define LEFT_LEAST 1

static gboolean
is_about_something_else (const Knowledge *knowledge, const char *text)
{
  return patterns_has (knowledge->document, "other-table", text) ||
         patterns_has (knowledge->document, "foreign-table", text);
}

/* How many rows of TABLE have a first and a last cell, as names with answers have; *SAID: of these, whose last cell says
 * yes, no or partly; -1: one is about something else. */
static int
answered_rows (const Knowledge *knowledge, const Table *table, int *said)
{
  int rows = 0;
  for (guint i = 0; i < table->rows->len; i++) {
    const Row *row = table_row (table, (int)i);
    const char *first = row_field (row, 0)->text, *last = row_field (row, table->columns - 1)->text;
    if (is_about_something_else (knowledge, first) || (i == 0 && is_about_something_else (knowledge, last)))
      return -1;
    if (!*first || !*last)
      continue;
    g_autoptr (Answer) answer = answer_from_text (knowledge, last, NULL, NULL);
    *said += answer->status != STATUS_STATED;
    rows++;
  }
  return rows;
}

/* Whether TABLE, which is not of the sheet and has no heads that are known, may be rows of it: it comes at once after the
 * sheet's, is as wide, is under a category's heading, or answers as sheets do; not under heads or a heading of its own. */
static gboolean
may_be_rows_left (const TextAccount *account, const Grid *grid, const Table *table)
{
  const Knowledge *knowledge = account->knowledge;
  const Grid *before = account->latest;
  gboolean heads = row_head (table_row (table, 0)) == CELL_HEAD_BY_MARK;
  if (!before || table->columns < 2 || grid->place.sheet != before->place.sheet || heads ||
      (account->heading && is_about_something_else (knowledge, account->heading)))
    return FALSE;
  g_autoptr (Columns) columns = columns_from_head (knowledge, table, 0);
  int said = 0, rows = columns ? -1 : answered_rows (knowledge, table, &said);
  if (rows < LEFT_ROWS_LEAST)
    return FALSE;
  int evidence = (table->columns == before->columns) + !account->between + (said * 2 >= rows);
  if (account->heading)
    evidence += patterns_has (knowledge->rows, "category", account->heading) ? 1 : -1;
  return evidence >= LEFT_LEAST;
}

static void
note_rows_left (TextAccount *account, const Table *table)
{
  g_autofree char *words = note_words (row_field (table_row (table, 0), 0)->text);
  notes_add (
      account->sheet->notes, "table-unread", NOTE_WARNING, table->place,
      "A table of %u rows after the sheet's, from \"%s\" on, has no heads and no item that is known; it is in no "
      "item.",
      table->rows->len, words);
}

static void
count_grid (TextAccount *account, const Grid *grid, const Table *table, int block)
{
  g_autofree gboolean *read = g_new0 (gboolean, grid->rows + 1), *missing = g_new0 (gboolean, grid->rows + 1),
                      *facts = g_new0 (gboolean, grid->rows + 1);
  g_autofree Place *places = row_places (grid);
  GridAccount own = {.places = places, .first_row = grid->rows, .read = read, .missing = missing, .facts = facts};
  own.of_sheet = table_is_of_sheet (table, account->lists);
  own.of_facts = !own.of_sheet && (table_is_revisions (account->knowledge, table) ||
                                   table_is_certifications (account->knowledge, table));
  own.of_items = account->tabular && !own.of_sheet && !own.of_facts && has_named_rows (account, grid);
  gboolean across = own.of_sheet && (table_has_heads_at_left (account->knowledge, table) ||
                                     table_has_names_across (account->knowledge, table)); /* each item is in all rows */
  for (int row = 0; row < grid->rows; row++)
    read[row] = across || is_read (account, places[row]);
  for (guint i = 0; i < grid->cells->len; i++)
    look_at_cell (account, &own, g_ptr_array_index (grid->cells, i));
  if (!own.of_sheet && !own.of_facts && goes_on_unread (account, grid)) {
    own.of_sheet = TRUE;
    own.first_row = 0;
  }
  if (!own.of_sheet && !own.of_facts && may_be_rows_left (account, grid, table)) {
    own.of_items = TRUE;
    if (table->first_block == block)
      note_rows_left (account, table);
  }
  account->latest = own.of_sheet ? grid : account->latest;
  account->between = !own.of_sheet;
  account->heading = own.of_sheet ? NULL : account->heading;
  for (guint i = 0; i < grid->cells->len; i++)
    count_cell (account, &own, g_ptr_array_index (grid->cells, i));
}

/* The heads of the sheet's tables, as its items are read: rows that columns can be told from, and what follows them before
 * the first item. */
static void
add_heads (TextAccount *account, const Table *table)
{
  g_autoptr (Table) turned = table_turned (account->knowledge, table);
  const Table *read = turned ? turned : table;
  gboolean head = FALSE;
  for (guint i = 0; i < read->rows->len; i++) {
    const Row *row = table_row (read, (int)i);
    g_autoptr (Columns) columns = columns_from_head (account->knowledge, read, (int)i);
    head = columns || (head && !is_read (account, g_array_index (row->places, Place, 0)));
    for (guint j = 0; head && j < row->fields->len; j++) {
      g_autofree char *squeezed = squeezed_text (account->knowledge, row_field (row, (int)j)->text);
      add_squeezed (account->labels, squeezed);
    }
  }
}

/* Text */

static void
count_line (TextAccount *account, const char *line, const Block *block)
{
  g_autofree char *squeezed = squeezed_text (account->knowledge, line);
  gsize letters = text_letters (line);
  const CatalogueItem *missing = missing_item (account, line);
  if (letters == 0)
    return;
  if (g_hash_table_contains (account->texts, squeezed))
    count (account, FATE_IN_ITEMS, letters);
  else if (missing && block->kind == BLOCK_TEXT) {
    remember_unread (account, missing);
    count (account, FATE_UNREAD, letters);
  } else if (states_fact (account, line, squeezed))
    count (account, FATE_IN_FACTS, letters);
  else if (block->kind == BLOCK_HEADER_FOOTER)
    count (account, FATE_HEADERS_FOOTERS, letters);
  else
    count_parted (account, squeezed, letters, block->place, FATE_OTHER);
}

static void
count_text (TextAccount *account, const Block *block)
{
  account->heading = block->heading_level > 0 ? block->text : account->heading;
  account->between |= block->kind == BLOCK_TEXT && block->heading_level == 0;
  if (block->kind == BLOCK_STRUCK) {
    count (account, FATE_HIDDEN, text_letters (block->text));
    return;
  }
  g_autofree char *squeezed = squeezed_text (account->knowledge, block->text);
  g_auto (GStrv) lines = g_strsplit (block->text, "\n", -1);
  if (g_hash_table_contains (account->texts, squeezed))
    count (account, FATE_IN_ITEMS, text_letters (block->text));
  else
    for (char **line = lines; *line; line++)
      count_line (account, *line, block);
  count (account, FATE_HIDDEN, text_letters (block->struck));
}

/* The account */

static void
text_account_clear (TextAccount *account)
{
  g_ptr_array_unref (account->items);
  g_hash_table_unref (account->at);
  g_hash_table_unref (account->texts);
  g_hash_table_unref (account->labels);
  g_hash_table_unref (account->lines);
  g_ptr_array_unref (account->facts);
  g_hash_table_unref (account->dates);
  g_hash_table_unref (account->missing);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TextAccount, text_account_clear)

static GHashTable *
text_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
sheet_account_text (const Knowledge *knowledge, Sheet *sheet, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists)
{
  g_auto (TextAccount) account = {.knowledge = knowledge,
                                  .sheet = sheet,
                                  .lists = lists,
                                  .items = g_ptr_array_new_with_free_func (item_text_free),
                                  .at = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref),
                                  .texts = text_set (),
                                  .labels = text_set (),
                                  .lines = g_hash_table_new (NULL, NULL),
                                  .facts = g_ptr_array_new_with_free_func (g_free),
                                  .dates = text_set (),
                                  .missing = g_hash_table_new (g_str_hash, g_str_equal)};
  for (guint i = 0; i < sheet->items->len; i++)
    add_item (&account, sheet_item (sheet, (int)i));
  for (guint i = 0; i < lists->len; i++)
    account.tabular = account.tabular || ((const ItemList *)g_ptr_array_index (lists, i))->columns;
  add_facts (&account);
  add_missing (&account);
  for (guint i = 0; i < tables->len; i++)
    if (table_is_of_sheet (g_ptr_array_index (tables, i), lists))
      add_heads (&account, g_ptr_array_index (tables, i));
  guint table = 0; /* each grid begins a table, or is joined to the last */
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    while (table + 1 < tables->len && ((const Table *)tables->pdata[table + 1])->first_block <= (int)i)
      table++;
    if (block->kind == BLOCK_GRID)
      count_grid (&account, block->grid, g_ptr_array_index (tables, table), (int)i);
    else
      count_text (&account, block);
  }
}

static gsize
block_letters (const Block *block)
{
  gsize letters = text_letters (block->text) + text_letters (block->struck);
  for (guint i = 0; block->kind == BLOCK_GRID && i < block->grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (block->grid->cells, i);
    letters += text_letters (cell->text) + text_letters (cell->struck);
  }
  return letters;
}

gsize
pages_letters (GPtrArray *pages)
{
  gsize letters = 0;
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = g_ptr_array_index (pages, i);
    letters += page->glyphs ? page->glyphs->len : 0;
    for (guint j = 0; page->blocks && j < page->blocks->len; j++)
      letters += block_letters (g_ptr_array_index (page->blocks, j));
  }
  return letters;
}

void
sheet_close_account (Sheet *sheet, gsize entered)
{
  TextCoverage *characters = &sheet->characters;
  gsize counted = characters->in_items + characters->in_facts + characters->headers_footers + characters->hidden +
                  characters->other + characters->unread;
  characters->unread += entered > counted ? entered - counted : 0;
  characters->total = MAX (entered, counted);
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = g_ptr_array_index (sheet->notes, i);
    *(g_str_equal (note->code, "watermark") ? &characters->headers_footers : &characters->hidden) += note->left_out;
    characters->total += note->left_out;
  }
}
