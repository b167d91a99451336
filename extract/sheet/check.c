/* check.c - see check.h */
#include "sheet/check.h"

#include "answer/answer.h"
#include "items/match.h"
#include "text/character.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* How many of the things that a check found it quotes. */
#define WORDS_QUOTED 3

/* A shorter name (bytes) is within many answers. */
#define NAME_BYTES_LEAST 12

/* A shorter definition (bytes) is within many answers. */
#define DEFINITION_BYTES_LEAST 24

/* A shorter answer is a word, whatever it ends with; characters. */
#define CUT_LETTERS_LEAST 3

/* Of the answers whose units say what they must look like, this part more fit their neighbour's unit than their own;
 * and so many there must be. */
#define SHIFT_LEAD 0.25
#define SHIFT_ITEMS_LEAST 8

/* Text that was not read is a warning where it is this much of what the sheet's tables have, and this many characters.
 * Of the sheets that are read rightly, the most had 0.4 %. */
#define UNREAD_SHARE 0.02
#define UNREAD_LETTERS 20

/* What checks ask about, prepared once for each item. All texts are folded by `comparing`, "" where there is none. */
typedef struct {
  const Item *item;
  char *name, *definition, *answer;
  char **name_lines, **definition_lines, **unit_lines, **answer_lines; /* without empty ones */
  char *series;                                                        /* what is before the number: "a-" of A-5 */
  int number;                                                          /* -1: none, or not one number */
  int before, twin; /* indices: the one with a number before this one, of the same section and series; the first that
                         is the same item of the catalogue in the same section; -1: none */
} CheckedItem;

typedef struct {
  const Knowledge *knowledge;
  const Sheet *sheet;
  GArray *items;          /* CheckedItem */
  gboolean *missing;      /* for each of the catalogue's items: the sheet lacks it */
  char **names;           /* for each of the catalogue's items its name, folded */
  GHashTable *categories; /* the catalogue's, folded */
  GHashTable *besides;    /* heads of other columns -> int, items that have a text there and an answer */
  const char *joined;     /* one of these that is two heads; NULL: none */
  int named, answered;    /* items that have a name, an answer */
  GHashTable *firsts;     /* of items by catalogue item and section, and by series and section -> int, from 1 */
  int numbered, defined, measured; /* items that have a number, a definition, a unit */
  int catalogue_numbered;          /* those whose number is the catalogue's */
  gboolean rotated;                /* the catalogue's order, but for one step back below the first: see below */
  int shift;                       /* answers fit the units so many rows away, and not their own; 0: they fit these */
} CheckRun;

/* Whether the item INDEX fails the check. */
typedef gboolean (*CheckTest) (const CheckRun *run, int index);

/* Words */

static char *
folded (const CheckRun *run, const char *text)
{
  return text_folded (run->knowledge->comparing, text ? text : "");
}

/* The lines of TEXT, folded, without those that are empty; ended by NULL. The caller frees. */
static char **
folded_lines (const CheckRun *run, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  for (char **line = lines; *line; line++) {
    g_autofree char *key = folded (run, *line);
    if (*key)
      g_strv_builder_add (kept, key);
  }
  return g_strv_builder_end (kept);
}

static const CheckedItem *
checked (const CheckRun *run, int index)
{
  return &g_array_index (run->items, CheckedItem, index);
}

/* The item whose name or alias LINE (folded) is; NULL: none. */
static const CatalogueItem *
named_by (const CheckRun *run, const char *line)
{
  const Match *match = g_hash_table_lookup (run->knowledge->index->names, line);
  return match ? match->item : NULL;
}

static const CatalogueItem *
defined_by (const CheckRun *run, const char *line)
{
  return strlen (line) >= DEFINITION_BYTES_LEAST ? g_hash_table_lookup (run->knowledge->index->definitions, line)
                                                 : NULL;
}

static gboolean
is_missing (const CheckRun *run, const CatalogueItem *item)
{
  return run->missing[catalogue_index (run->sheet->catalogue, item)];
}

static gboolean
is_category (const CheckRun *run, const char *line)
{
  return patterns_has (run->knowledge->rows, "category", line);
}

static gboolean
is_unit (const CheckRun *run, const char *line)
{
  return g_hash_table_contains (run->knowledge->index->units, line);
}

/* Whether all of LINE (folded) is one whole number; *NUMBER becomes it. */
static gboolean
is_whole_number (const char *line, int *number)
{
  gsize digits = strspn (line, "0123456789");
  const char *rest = line + digits;
  if (digits == 0 || digits > 4 || !(*rest == '\0' || ((*rest == '.' || *rest == ')') && rest[1] == '\0')))
    return FALSE;
  *number = atoi (line);
  return TRUE;
}

/* Whether TEXT is nothing but a mark or word that says yes or no. */
static gboolean
is_tick (const CheckRun *run, const char *text)
{
  g_autofree char *key = folded (run, text);
  if (g_utf8_strlen (key, -1) > 4)
    return FALSE;
  g_autoptr (Answer) answer = answer_from_text (run->knowledge, text, NULL, NULL);
  return answer->status == STATUS_YES || answer->status == STATUS_NO || answer->status == STATUS_PARTIAL;
}

/* A column without a head is called by its place. */
static gboolean
has_no_head (const OtherField *other)
{
  return strspn (other->name, "0123456789") == strlen (other->name);
}

/* Whether OTHER is in a column of remarks or samples, by its head, or says nothing. */
static gboolean
is_remark (const CheckRun *run, const OtherField *other)
{
  const char *rule = patterns_rule_for (run->knowledge->columns, other->name);
  g_autofree char *key = folded (run, other->text);
  return (rule && (g_str_equal (rule, "other") || g_str_equal (rule, "example"))) || !*key || g_str_equal (key, "-");
}

/* Answers */

/* A column that has a text whether or not the answer has one is no answer that went astray. */
static gboolean
answer_is_beside (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  for (guint i = 0; !item->answer && i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    int beside = GPOINTER_TO_INT (g_hash_table_lookup (run->besides, other->name));
    if (beside * 2 <= run->answered && !is_remark (run, other))
      return TRUE;
  }
  return FALSE;
}

static gboolean
answer_holds_definition (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *known = own->item->match.item;
  g_autofree char *definition = folded (run, known ? known->definition : NULL);
  if (defined_by (run, own->answer) ||
      (strlen (definition) >= DEFINITION_BYTES_LEAST && strstr (own->answer, definition)) ||
      (strlen (own->definition) >= DEFINITION_BYTES_LEAST && strstr (own->answer, own->definition)))
    return TRUE;
  for (char **line = own->answer_lines; *line; line++)
    if (defined_by (run, *line))
      return TRUE;
  return FALSE;
}

/* The answer is a unit, or begins with one in a line of its own. */
static gboolean
answer_holds_unit (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  return *own->answer_lines && is_unit (run, *own->answer_lines + strspn (*own->answer_lines, "|"));
}

/* Two columns were taken for one: the definition ends in what the catalogue measures the item in, and its own definition
 * does not. */
static gboolean
definition_holds_unit (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *known = own->item->match.item;
  if (!known || !known->unit || !known->definition || own->item->unit || !*own->definition)
    return FALSE;
  g_autofree char *unit = folded (run, known->unit), *definition = folded (run, known->definition);
  return g_str_has_suffix (own->definition, unit) && !g_str_has_suffix (definition, unit);
}

static gboolean
answer_holds_number (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *known = own->item->match.item;
  int mine = own->number >= 0 ? own->number : known ? known->no : -1;
  for (char **line = own->answer_lines; *line && line[1]; line++) {
    int number;
    if (!is_whole_number (line[1] + strspn (line[1], "|"), &number))
      continue;
    if ((mine >= 0 && number == mine + 1) || (line[2] && (is_category (run, line[2]) || named_by (run, line[2]))))
      return TRUE;
  }
  return FALSE;
}

/* The name of an item that the sheet lacks, or of the next row's. */
static gboolean
answer_holds_item (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *next = index + 1 < (int)run->items->len ? checked (run, index + 1)->item->match.item : NULL;
  for (char **line = own->answer_lines; *line; line++) {
    const CatalogueItem *named = named_by (run, *line);
    if (named && named != own->item->match.item && (named == next || is_missing (run, named)) &&
        strlen (*line) >= NAME_BYTES_LEAST)
      return TRUE;
  }
  return FALSE;
}

static gboolean
answer_ends_in_category (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  guint lines = g_strv_length (own->answer_lines);
  return lines > 1 && is_category (run, own->answer_lines[lines - 1]);
}

static gboolean
answer_repeats_name (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  return strlen (own->name) >= NAME_BYTES_LEAST && strlen (own->answer) > strlen (own->name) &&
         strstr (own->answer, own->name);
}

/* What ends with one of these goes on. */
static gboolean
answer_is_cut (const CheckRun *run, int index)
{
  static const char *const ends[] = {"、", ",",  "(",  "「", "を", "に",   "は",
                                     "が", "の", "で", "へ", "ま", "ませ", "てい"};
  const char *answer = checked (run, index)->answer;
  if (g_utf8_strlen (answer, -1) < CUT_LETTERS_LEAST)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (answer, ends[i]))
      return TRUE;
  return FALSE;
}

/* Words of heads in an answer that are of so many kinds of columns are those of the table itself. */
#define HEADS_IN_ANSWER_LEAST 2

/* Heads of columns are among the words: the lines of a small table for each item ran into the answer. */
static gboolean
answer_holds_heads (const CheckRun *run, int index)
{
  static const char *const rules[] = {"name", "definition", "unit", "answer"};
  const char *answer = checked (run, index)->item->answer;
  gboolean seen[G_N_ELEMENTS (rules)] = {FALSE};
  int kinds = 0;
  if (!answer || !strpbrk (answer, " \n")) /* one word is one head at most */
    return FALSE;
  g_auto (GStrv) words = g_strsplit_set (answer, " \n", -1);
  int left = (int)g_strv_length (words);
  for (char **word = words; kinds < HEADS_IN_ANSWER_LEAST && kinds + left >= HEADS_IN_ANSWER_LEAST; word++, left--) {
    const char *rule = g_utf8_strlen (*word, -1) > 1 ? patterns_rule_for (run->knowledge->columns, *word) : NULL;
    for (gsize i = 0; rule && i < G_N_ELEMENTS (rules); i++) {
      kinds += !seen[i] && g_str_equal (rule, rules[i]);
      seen[i] |= g_str_equal (rule, rules[i]);
    }
  }
  return kinds >= HEADS_IN_ANSWER_LEAST;
}

static gboolean
is_hiragana (gunichar character)
{
  return character >= 0x3041 && character <= 0x3096;
}

/* A space within a word, "お知 らせします": before hiragana a Japanese sentence has none but after a mark. */
static gboolean
answer_has_split_word (const CheckRun *run, int index)
{
  const char *answer = checked (run, index)->item->answer;
  for (const char *at = answer ? strchr (answer, ' ') : NULL; at; at = strchr (at + 1, ' ')) {
    gunichar before = at > answer ? g_utf8_get_char (g_utf8_prev_char (at)) : 0, after = g_utf8_get_char (at + 1);
    if (is_hiragana (after) && (is_hiragana (before) || (before >= 0x4E00 && before <= 0x9FFF)))
      return TRUE;
  }
  return FALSE;
}

/* All that is measured in the unit of the item above, or below: the answers are a row off. */
static gboolean
answer_is_a_row_off (const CheckRun *run, int index)
{
  return run->shift != 0 && checked (run, index)->item->answer;
}

static gboolean
answer_is_empty (const CheckRun *run, int index)
{
  return !checked (run, index)->item->answer;
}

/* Whether the item at INDEX, which may be none, has CATEGORY. */
static gboolean
has_category (const CheckRun *run, int index, const char *category)
{
  return index >= 0 && index < (int)run->items->len && !g_strcmp0 (checked (run, index)->item->category, category);
}

/* The row has words that no other has for its category, a name that is not known, and no answer: the cell of the category
 * is absent, and the others are one column too far left. */
static gboolean
row_is_shifted (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  if (item->answer || !item->category || !item->name || item->match.item ||
      has_category (run, index - 1, item->category) || has_category (run, index + 1, item->category))
    return FALSE;
  g_autofree char *category = folded (run, item->category);
  return !g_hash_table_contains (run->categories, category);
}

/* The answer says neither yes nor no, and a column beside it does. */
static gboolean
mark_is_beside (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  if (item->mark || item->meaning->status != STATUS_STATED)
    return FALSE;
  for (guint i = 0; i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    if (is_tick (run, other->text))
      return TRUE;
  }
  return FALSE;
}

static gboolean
tick_has_no_head (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  for (guint i = 0; i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    if (has_no_head (other) && is_tick (run, other->text))
      return TRUE;
  }
  return FALSE;
}

/* Rows */

static int
lines_that (const CheckRun *run, char **lines, const CatalogueItem *(*known) (const CheckRun *, const char *))
{
  int count = 0;
  for (char **line = lines; *line; line++)
    count += known (run, *line) != NULL;
  return count;
}

/* Two rows are one: their units, names or definitions stand in one cell. */
static gboolean
rows_are_joined (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *known = own->item->match.item;
  int units = 0;
  for (char **line = own->unit_lines; *line; line++)
    units += is_unit (run, *line);
  g_autofree char *unit = folded (run, own->item->unit), *own_unit = folded (run, known ? known->unit : NULL);
  return (units > 1 && !g_str_equal (unit, own_unit)) || lines_that (run, own->definition_lines, defined_by) > 1 ||
         (g_strv_length (own->name_lines) > 1 && named_by (run, own->name_lines[0]) &&
          named_by (run, own->name_lines[1]) &&
          named_by (run, own->name_lines[0]) != named_by (run, own->name_lines[1]));
}

/* Whether TEXT (folded) has the whole name of an item that the sheet lacks, and so many bytes more. */
static gboolean
holds_missing_name (const CheckRun *run, const char *text, gsize more)
{
  for (int i = 0; i < run->sheet->catalogue->count; i++) {
    const char *name = run->names[i];
    if (run->missing[i] && strlen (name) >= NAME_BYTES_LEAST && strlen (text) >= strlen (name) + more &&
        strstr (text, name))
      return TRUE;
  }
  return FALSE;
}

/* The name has the whole names of two items, one of which the sheet lacks. */
static gboolean
name_holds_item (const CheckRun *run, int index)
{
  const char *name = checked (run, index)->name;
  int held = 0;
  if (!holds_missing_name (run, name, NAME_BYTES_LEAST))
    return FALSE;
  for (int i = 0; i < run->sheet->catalogue->count; i++)
    held += strlen (run->names[i]) >= NAME_BYTES_LEAST && strstr (name, run->names[i]);
  return held > 1;
}

/* Most rows have a name, or a number, and this one has none; a row of the vendor's own may have no number. */
static gboolean
name_is_missing (const CheckRun *run, int index)
{
  return run->named * 2 > (int)run->items->len && !checked (run, index)->item->name;
}

static gboolean
number_is_missing (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  return run->numbered * 2 > (int)run->items->len && !item->number && item->match.item;
}

/* A row without a number and without a name that is known, where rows have numbers: a piece of another. */
static gboolean
is_fragment (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  int count = (int)run->items->len;
  gboolean bare = (run->defined * 2 > count && !*own->definition) || (run->measured * 2 > count && !own->item->unit);
  return run->numbered * 5 >= count * 4 && !own->item->number && !own->item->match.item && bare;
}

static gboolean
has_open_bracket (const char *key)
{
  static const gunichar pairs[][2] = {{'(', ')'}, {0x300C, 0x300D}, {'[', ']'}, {0x300E, 0x300F}}; /* 「」 『』 */
  int open[G_N_ELEMENTS (pairs)] = {0};
  for (const char *at = key; *at; at = g_utf8_next_char (at)) {
    gunichar character = character_at (at);
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
      open[i] += (character == pairs[i][0]) - (character == pairs[i][1]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (open[i] > 0)
      return TRUE;
  return FALSE;
}

static gboolean
bracket_is_open (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  return has_open_bracket (own->name) || has_open_bracket (own->definition) || has_open_bracket (own->answer);
}

/* Heads of columns stand where an item should. */
static gboolean
is_head (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const Patterns *columns = run->knowledge->columns;
  return *own->name_lines && *own->answer_lines && patterns_has (columns, "name", *own->name_lines) &&
         (patterns_has (columns, "answer", *own->answer_lines) ||
          (own->item->number && own->number < 0 && patterns_has (columns, "number", own->item->number)));
}

static gboolean
has_markup (const char *text)
{
  return text && (g_str_has_prefix (text, "|") || strstr (text, "\n|") || strstr (text, "+--") || strstr (text, "│") ||
                  strstr (text, "┃"));
}

static gboolean
markup_is_left (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  return has_markup (item->name) || has_markup (item->answer) || has_markup (item->definition);
}

/* Numbers */

static gboolean
number_is_in_name (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  gsize digits = strspn (own->name, "0123456789");
  return !own->item->number && digits > 0 && digits <= 3 && strchr (".):", own->name[digits]) && own->name[digits];
}

/* Whether the row has another name than the one before, and the same number, definition and answer, as one cell over both:
 * its name was cut in two. */
static gboolean
name_is_cut (const CheckRun *run, int index)
{
  if (index == 0)
    return FALSE;
  const Item *item = checked (run, index)->item, *before = checked (run, index - 1)->item;
  return item->number && item->definition && item->answer && !g_strcmp0 (item->number, before->number) &&
         !g_strcmp0 (item->definition, before->definition) && !g_strcmp0 (item->answer, before->answer);
}

/* The item before with a number, in the same section and series; NULL: none. */
static const CheckedItem *
numbered_before (const CheckRun *run, int index)
{
  int before = checked (run, index)->before;
  return before >= 0 ? checked (run, before) : NULL;
}

/* A series may begin again with 1, if it did begin with 1. */
static gboolean
number_goes_back (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index), *before = numbered_before (run, index);
  if (!before || own->number < 0 || own->number >= before->number)
    return FALSE;
  const CheckedItem *first = before;
  for (int steps = 0; own->number == 1 && first->before >= 0 && steps < 200; steps++)
    first = checked (run, first->before);
  return own->number > 1 || first->number > 1;
}

/* Whether most numbers are the catalogue's: then a vendor leaves out what it does not answer. */
static gboolean
has_catalogue_numbers (const CheckRun *run)
{
  return run->catalogue_numbered * 2 > run->numbered;
}

static gboolean
number_skips (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index), *before = numbered_before (run, index);
  return !has_catalogue_numbers (run) && before && own->number > before->number + 1;
}

/* Of the catalogue's items one is left out, again and again. */
static gboolean
item_alternates (const CheckRun *run, int index)
{
  const CatalogueItem *own = checked (run, index)->item->match.item,
                      *before = index > 0 ? checked (run, index - 1)->item->match.item : NULL;
  return own && before && own->no == before->no + 2;
}

/* Where the items are in the catalogue's order but for one step, and there from its end to its beginning, pages or
 * columns of the page are in the wrong order. */
static gboolean
order_is_rotated (const CheckRun *run, int index)
{
  const CatalogueItem *own = checked (run, index)->item->match.item,
                      *before = index > 0 ? checked (run, index - 1)->item->match.item : NULL;
  return run->rotated && own && before && own->no < before->no;
}

/* Two names of one item may be two questions; the same name twice is a row that was read twice, or two sections that
 * were read as one. */
static gboolean
item_comes_twice (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  return own->twin >= 0 && g_str_equal (checked (run, own->twin)->name, own->name);
}

/* Sections, categories, other columns */

/* The banner above is a row: it has the number before this one's, or an item's name or definition. */
static gboolean
banner_is_row (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  if (!own->item->section)
    return FALSE;
  g_autofree char *section = folded (run, own->item->section);
  int number = atoi (section);
  gsize digits = strspn (section, "0123456789");
  if (digits > 0 && section[digits] && own->number > 1 && number == own->number - 1)
    return TRUE;
  if (holds_missing_name (run, section, NAME_BYTES_LEAST))
    return TRUE;
  g_auto (GStrv) lines = folded_lines (run, own->item->section);
  for (char **line = lines; *line; line++) {
    const CatalogueItem *named = named_by (run, *line + strspn (*line, "0123456789.)")),
                        *defined = defined_by (run, *line);
    if ((named && is_missing (run, named)) || defined)
      return TRUE;
  }
  return FALSE;
}

/* Another column has the name or definition of an item; the row's own name once more, in another language, is none. */
static gboolean
other_holds_item (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const Match *match = &own->item->match;
  const CatalogueItem *lost = own->item->name && match->how <= MATCH_ALIAS ? NULL : match->item;
  for (guint i = 0; i < own->item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (own->item->others, i);
    g_autofree char *key = folded (run, other->text);
    const CatalogueItem *named = named_by (run, key);
    if (defined_by (run, key) ||
        (named && (is_missing (run, named) || named == lost) && strlen (key) >= NAME_BYTES_LEAST))
      return TRUE;
  }
  return FALSE;
}

/* Another column has the category, and the column of categories does not. */
static gboolean
other_holds_category (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  const CatalogueItem *known = own->item->match.item;
  if (own->item->category || !known || !known->category)
    return FALSE;
  g_autofree char *category = folded (run, known->category);
  for (guint i = 0; i < own->item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (own->item->others, i);
    g_autofree char *key = folded (run, other->text);
    if (is_category (run, key) || g_str_has_prefix (key, category))
      return TRUE;
  }
  return FALSE;
}

/* Two columns were read as one. */
static gboolean
columns_are_joined (const CheckRun *run, int index)
{
  const GPtrArray *others = checked (run, index)->item->others;
  for (guint i = 0; others && i < others->len; i++)
    if (run->joined && g_strcmp0 (((const OtherField *)others->pdata[i])->name, run->joined) == 0)
      return TRUE;
  return FALSE;
}

/* The category is one of the catalogue's, or その他, and the catalogue has the item in another: it was filled down too
 * far. */
static gboolean
category_is_anothers (const CheckRun *run, int index)
{
  const Item *item = checked (run, index)->item;
  const CatalogueItem *known = item->match.item;
  if (!item->category || !known || !known->category)
    return FALSE;
  g_autofree char *own = folded (run, item->category), *right = folded (run, known->category),
                  *group = folded (run, known->section);
  return !strstr (own, right) && !(*group && strstr (own, group)) &&
         (g_hash_table_contains (run->categories, own) || g_str_equal (own, "その他"));
}

/* Of a row that was read from a picture: neither its name nor its unit is one that is known. */
static gboolean
words_are_unknown (const CheckRun *run, int index)
{
  const CheckedItem *own = checked (run, index);
  if (own->item->recognition >= 1)
    return FALSE;
  gboolean unit = !own->item->unit || match_is_unit (run->knowledge, own->item->unit);
  return own->item->match.how == MATCH_SIMILAR || !unit;
}

/* The checks */

typedef struct {
  const char *code;
  CheckTest test;
  NoteSeverity severity;
  double weight; /* how much less sure an item is that fails */
  guint least;   /* so many items must fail, */
  double share;  /* and this part of all of them */
  const char *reason;
} Check;

/* Measured on the cases, the corpus and the documents that `./dev bench checks` makes. */
static const Check checks[] = {
    {"answer-beside", answer_is_beside, NOTE_WARNING, 0.6, 2, 0,
     N_ ("%u answers are empty, and another column of the row has words: %s")},
    {"answer-holds-definition", answer_holds_definition, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u answers have the definition of an item in them: %s")},
    {"answer-holds-unit", answer_holds_unit, NOTE_WARNING, 0.6, 2, 0.05,
     N_ ("%u answers have a unit of measure in them: %s")},
    {"definition-holds-unit", definition_holds_unit, NOTE_WARNING, 0.6, 3, 0.2,
     N_ ("%u definitions have the unit of measure of a column beside them: %s")},
    {"answer-holds-number", answer_holds_number, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u answers have the number of the next row in them: %s")},
    {"answer-holds-item", answer_holds_item, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u answers have the name of another item in them: %s")},
    {"answer-ends-in-category", answer_ends_in_category, NOTE_WARNING, 0.5, 1, 0,
     N_ ("%u answers end in the heading of a category: %s")},
    {"answer-repeats-name", answer_repeats_name, NOTE_WARNING, 0.4, 5, 0.5,
     N_ ("%u answers repeat the item's name, as a definition does: %s")},
    {"answer-holds-heads", answer_holds_heads, NOTE_WARNING, 0.6, 2, 0.1,
     N_ ("%u answers have heads of columns among their words: %s")},
    {"answer-word-split", answer_has_split_word, NOTE_WARNING, 0.4, 2, 0.05,
     N_ ("%u answers have a space within a word: %s")},
    {"answer-cut", answer_is_cut, NOTE_WARNING, 0.5, 2, 0.04, N_ ("%u answers end in the middle of a sentence: %s")},
    {"answers-a-row-off", answer_is_a_row_off, NOTE_WARNING, 0.6, 5, 0,
     N_ ("%u answers fit the units of the rows above or below better than their own: %s")},
    {"answers-empty", answer_is_empty, NOTE_WARNING, 0.2, 5, 0.5, N_ ("%u items have no answer: %s")},
    {"row-shifted", row_is_shifted, NOTE_WARNING, 0.6, 2, 0,
     N_ ("%u rows seem to lack a cell, with what follows it one column too far left: %s")},
    {"mark-beside", mark_is_beside, NOTE_WARNING, 0.4, 3, 0.5,
     N_ ("%u answers say neither yes nor no, and a column beside them does: %s")},
    {"tick-without-head", tick_has_no_head, NOTE_WARNING, 0.4, 2, 0,
     N_ ("%u rows have a tick in a column without a head: %s")},
    {"rows-joined", rows_are_joined, NOTE_WARNING, 0.7, 1, 0, N_ ("%u items seem to be two rows: %s")},
    {"name-holds-item", name_holds_item, NOTE_WARNING, 0.7, 1, 0,
     N_ ("%u names have the name of another item in them: %s")},
    {"name-missing", name_is_missing, NOTE_WARNING, 0.4, 2, 0.04, N_ ("%u rows have no name: %s")},
    {"number-missing", number_is_missing, NOTE_WARNING, 0.2, 2, 0.04, N_ ("%u rows have no number: %s")},
    {"row-fragment", is_fragment, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u rows have neither number nor a name that is known, and may be pieces of others: %s")},
    {"name-cut", name_is_cut, NOTE_WARNING, 0.5, 1, 0,
     N_ ("%u rows have number, definition and answer of the row above, and may be the rest of its name: %s")},
    {"bracket-open", bracket_is_open, NOTE_WARNING, 0.3, 2, 0.04,
     N_ ("%u items have a bracket that is not closed: %s")},
    {"head-as-item", is_head, NOTE_WARNING, 0.9, 1, 0, N_ ("%u rows seem to be heads of columns: %s")},
    {"markup-left", markup_is_left, NOTE_WARNING, 0.5, 2, 0, N_ ("%u items have signs of a table's lines in them: %s")},
    {"number-in-name", number_is_in_name, NOTE_WARNING, 0.2, 3, 0.3, N_ ("%u names begin with the row's number: %s")},
    {"number-back", number_goes_back, NOTE_WARNING, 0.3, 1, 0, N_ ("%u rows have a number that goes back: %s")},
    {"number-skips", number_skips, NOTE_WARNING, 0.3, 3, 0, N_ ("before %u rows numbers are skipped: %s")},
    {"item-alternates", item_alternates, NOTE_WARNING, 0.3, 8, 0.6,
     N_ ("before %u rows one item of the list is left out: %s")},
    {"order-rotated", order_is_rotated, NOTE_WARNING, 0.3, 1, 0,
     N_ ("the list begins anew in the middle of the sheet, at %u rows: %s")},
    {"item-twice", item_comes_twice, NOTE_WARNING, 0.3, 1, 0,
     N_ ("%u items are another row of the same section too: %s")},
    {"banner-is-row", banner_is_row, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u rows have a row's words as the heading of their section: %s")},
    {"other-holds-item", other_holds_item, NOTE_WARNING, 0.6, 1, 0,
     N_ ("%u rows have an item's name or definition in another column: %s")},
    {"other-holds-category", other_holds_category, NOTE_WARNING, 0.4, 3, 0.3,
     N_ ("%u rows have their category in another column: %s")},
    {"columns-joined", columns_are_joined, NOTE_WARNING, 0.4, 2, 0.3,
     N_ ("%u rows have the number and another column in one: %s")},
    {"category-of-others", category_is_anothers, NOTE_WARNING, 0.3, 5, 0.5,
     N_ ("%u rows are in another category than the list has them in: %s")},
    {"words-unknown", words_are_unknown, NOTE_WARNING, 0.3, 2, 0,
     N_ ("%u rows read from a picture have words that are not known: %s")},
};

#define ITEM_UNREAD "item-unread"
#define TEXT_UNREAD "text-unread"

static const char item_unread_reason[] =
    N_ ("the document names %u items of the list that are none of the sheet's: %s");
static const char text_unread_reason[] = N_ ("%u characters of the sheet's tables are in no item%s");

/* '"5 サービス稼働率"' */
static void
append_label (GString *words, const Item *item)
{
  g_autofree char *name = note_words (item->name ? item->name : item->answer ? item->answer : "-");
  g_string_append_printf (words, "%s\"%s%s%s\"", words->len > 0 ? ", " : "", item->number ? item->number : "",
                          item->number ? " " : "", name);
}

/* FORMAT is a reason of the tables above, or what it is in the user's language. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
sentence (const char *format, guint count, const char *words)
{
  return g_strdup_printf (format, count, words);
}
#pragma GCC diagnostic pop

static Finding *
add_finding (Sheet *sheet, const char *code, NoteSeverity severity, double weight, const char *reason, guint count,
             char *words)
{
  char *text = sentence (reason, count, words);
  Finding *finding = finding_new (code, severity, weight, words, text);
  finding->count = count;
  g_ptr_array_add (sheet->findings, finding);
  return finding;
}

static void
run_check (const CheckRun *run, Sheet *sheet, const Check *check)
{
  g_autoptr (GArray) failed = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GString) words = g_string_new (NULL);
  for (int i = 0; i < (int)run->items->len; i++) {
    if (!check->test (run, i))
      continue;
    if (failed->len < WORDS_QUOTED)
      append_label (words, checked (run, i)->item);
    g_array_append_val (failed, i);
  }
  if (failed->len < check->least || failed->len < check->share * run->items->len)
    return;
  if (failed->len > WORDS_QUOTED)
    g_string_append (words, ", …");
  Finding *finding = add_finding (sheet, check->code, check->severity, check->weight, check->reason, failed->len,
                                  g_strdup (words->str));
  g_array_append_vals (finding->items, failed->data, failed->len);
}

/* What the document has and the sheet lacks. */
static void
check_text (Sheet *sheet)
{
  const TextCoverage *characters = &sheet->characters;
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < sheet->unread_items->len && i < WORDS_QUOTED; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            ((const CatalogueItem *)g_ptr_array_index (sheet->unread_items, i))->name);
  if (sheet->unread_items->len > 0)
    add_finding (sheet, ITEM_UNREAD, NOTE_WARNING, 0.5, item_unread_reason, sheet->unread_items->len,
                 g_strdup (words->str));
  if (characters->unread >= UNREAD_LETTERS &&
      characters->unread > UNREAD_SHARE * (double)(characters->in_items + characters->unread))
    add_finding (sheet, TEXT_UNREAD, NOTE_WARNING, 0.2, text_unread_reason, (guint)characters->unread, g_strdup (""));
}

/* Preparation */

static void
checked_item_clear (gpointer data)
{
  CheckedItem *own = data;
  g_free (own->name);
  g_free (own->definition);
  g_free (own->answer);
  g_free (own->series);
  g_strfreev (own->name_lines);
  g_strfreev (own->definition_lines);
  g_strfreev (own->unit_lines);
  g_strfreev (own->answer_lines);
}

/* The place, from 1, that KEY was given first; 0: it is given INDEX now. Takes KEY. */
static int
first_with (GHashTable *firsts, char *key, int index, gboolean replace)
{
  int before = GPOINTER_TO_INT (g_hash_table_lookup (firsts, key));
  if (before && !replace)
    g_free (key);
  else
    g_hash_table_replace (firsts, key, GINT_TO_POINTER (index + 1));
  return before;
}

/* Two heads are no longer than this. */
#define TWO_HEADS_BYTES 64

/* Whether HEAD, which is no column's, is that of a row's number and another's beside it: "No.種別". */
static gboolean
is_two_heads (const CheckRun *run, const char *head)
{
  static const char *const beside[] = {"category", "name", "definition", NULL};
  const Patterns *columns = run->knowledge->columns;
  if (!head || !*head || strlen (head) > TWO_HEADS_BYTES || patterns_rule_for (columns, head))
    return FALSE;
  for (const char *at = g_utf8_next_char (head); *at; at = g_utf8_next_char (at)) {
    g_autofree char *left = g_strndup (head, at - head), *right = g_strstrip (g_strdup (at));
    const char *one = patterns_rule_for (columns, g_strstrip (left)), *other = patterns_rule_for (columns, right);
    if (one && other && g_str_equal (one, "number") && g_strv_contains (beside, other))
      return TRUE;
  }
  return FALSE;
}

static void
find_place_in_series (CheckRun *run, CheckedItem *own, int index)
{
  const char *section = own->item->section ? own->item->section : "";
  g_autofree char *number = folded (run, own->item->number);
  gsize lead = strcspn (number, "0123456789");
  own->series = g_strndup (number, lead);
  own->before = own->twin = -1;
  if (!is_whole_number (number + lead, &own->number))
    own->number = -1;
  if (own->number >= 0)
    own->before = first_with (run->firsts, g_strdup_printf ("series %s\n%s", own->series, section), index, TRUE) - 1;
  if (own->item->match.item && own->item->match.how <= MATCH_ALIAS)
    own->twin =
        first_with (run->firsts, g_strdup_printf ("item %s\n%s", own->item->match.item->id, section), index, FALSE) - 1;
}

static void
add_item (CheckRun *run, const Item *item)
{
  CheckedItem own = {.item = item};
  own.name = folded (run, item->name);
  own.definition = folded (run, item->definition);
  own.answer = folded (run, item->answer);
  own.name_lines = folded_lines (run, item->name);
  own.definition_lines = folded_lines (run, item->definition);
  own.unit_lines = folded_lines (run, item->unit);
  own.answer_lines = folded_lines (run, item->answer);
  find_place_in_series (run, &own, (int)run->items->len);
  g_array_append_val (run->items, own);
  run->numbered += item->number != NULL;
  run->defined += item->definition != NULL;
  run->measured += item->unit != NULL;
  run->named += item->name != NULL;
  run->answered += item->answer != NULL;
  for (guint i = 0; item->answer && i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    int before = GPOINTER_TO_INT (g_hash_table_lookup (run->besides, other->name));
    g_hash_table_insert (run->besides, other->name, GINT_TO_POINTER (before + 1));
    if (before == 0 && is_two_heads (run, other->name))
      run->joined = other->name;
  }
  run->catalogue_numbered += item->match.item && own.number == item->match.item->no;
  if (item->match.item)
    run->missing[catalogue_index (run->sheet->catalogue, item->match.item)] = FALSE;
}

static gboolean
is_rotated (const CheckRun *run)
{
  int first = 0, last = 0, back = 0;
  for (guint i = 0; i < run->items->len; i++) {
    const CatalogueItem *item = checked (run, (int)i)->item->match.item;
    if (!item)
      continue;
    first = first ? first : item->no;
    back += item->no < last;
    last = item->no;
  }
  return back == 1 && last < first;
}

/* Whether the answer of OTHER is such as what is measured in UNIT (folded) has: yes or no for 有無, a figure for a time or a
 * rate. 0: it is not, 1: it is, -1: the unit does not tell. */
static int
answer_fits (const char *unit, const CheckedItem *other)
{
  static const char *const figures[] = {"%", "時間", "回", "分", "秒"};
  AnswerStatus status = other->item->meaning->status;
  gboolean has_figure = strpbrk (other->answer, "0123456789") != NULL;
  if (g_str_has_prefix (unit, "有無"))
    return status == STATUS_YES || status == STATUS_NO || status == STATUS_PARTIAL || status == STATUS_PLANNED;
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    if (strstr (unit, figures[i]))
      return has_figure && status != STATUS_YES && status != STATUS_NO &&
             (!g_str_equal (figures[i], "%") || strchr (other->answer, '%'));
  return -1;
}

/* How many rows down the answers fit better than where they are: 1, -1, or 0. */
static int
shift_of_answers (const CheckRun *run)
{
  int fits[3] = {0}, told = 0, count = (int)run->items->len;
  for (int i = 1; i + 1 < count; i++) {
    const CatalogueItem *known = checked (run, i)->item->match.item;
    g_autofree char *unit = folded (run, known ? known->unit : NULL);
    if (answer_fits (unit, checked (run, i)) < 0)
      continue;
    told++;
    for (int shift = -1; shift <= 1; shift++)
      fits[shift + 1] += answer_fits (unit, checked (run, i + shift));
  }
  int best = fits[0] > fits[2] ? -1 : 1;
  return told >= SHIFT_ITEMS_LEAST && fits[best + 1] > fits[1] + SHIFT_LEAD * told ? best : 0;
}

static void
prepare (CheckRun *run)
{
  const Catalogue *catalogue = run->sheet->catalogue;
  for (int i = 0; i < catalogue->count; i++) {
    run->missing[i] = TRUE;
    run->names[i] = folded (run, catalogue->items[i].name);
    if (catalogue->items[i].category)
      g_hash_table_add (run->categories, folded (run, catalogue->items[i].category));
  }
  for (guint i = 0; i < run->sheet->items->len; i++)
    add_item (run, sheet_item (run->sheet, (int)i));
  run->rotated = is_rotated (run);
  run->shift = shift_of_answers (run);
}

/* Says among the notes that checks failed: who reads these only is warned too. */
static void
note_findings (Sheet *sheet)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  for (guint i = 0; i < sheet->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (sheet->findings, i);
    if (finding->severity != NOTE_INFO)
      g_string_append_printf (codes, "%s%s", codes->len > 0 ? ", " : "", finding->code);
  }
  if (codes->len > 0)
    notes_add (sheet->notes, "check-failed", NOTE_WARNING, (Place){0},
               "The sheet is not like one that was read rightly; `checks` says why: %s.", codes->str);
}

void
sheet_check (const Knowledge *knowledge, Sheet *sheet)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (CheckedItem));
  g_autofree gboolean *missing = g_new0 (gboolean, sheet->catalogue->count + 1);
  g_auto (GStrv) names = g_new0 (char *, sheet->catalogue->count + 1);
  g_autoptr (GHashTable) categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         besides = g_hash_table_new (g_str_hash, g_str_equal);
  CheckRun run = {.knowledge = knowledge,
                  .sheet = sheet,
                  .items = items,
                  .missing = missing,
                  .names = names,
                  .categories = categories,
                  .besides = besides,
                  .firsts = firsts};
  g_array_set_clear_func (items, checked_item_clear);
  prepare (&run);
  check_text (sheet);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    run_check (&run, sheet, &checks[i]);
  note_findings (sheet);
}

static const char *
reason_of (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_str_equal (checks[i].code, code))
      return checks[i].reason;
  return g_str_equal (code, ITEM_UNREAD) ? item_unread_reason : text_unread_reason;
}

char *
check_sentence (const Finding *finding)
{
  return sentence (_ (reason_of (finding->code)), finding->count, finding->words);
}
