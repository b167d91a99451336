/* running_text.c - items from text in which names and answers follow each other (see running_text.h).
 *
 * The text is split at white space into words. A name is one to four words that together are a name of the catalogue;
 * the words up to the next name are, in order, the catalogue's definition of the item, its unit, and the answer; the
 * first two may be missing:
 *
 *     ... 2 可用性 計画停止予定通知 定期的な保守停止に関する… 有無 有 7日前に通知します。 3 ...
 *         |  |     name           definition             unit answer                |
 *         number, category: just before the name                                     taken out of the answer before
 */
#include "items/running_text.h"

#include "items/match.h"
#include "text/likeness.h"

#include <string.h>

/* The most words of a name, and of a definition. */
#define NAME_WORDS 4
#define DEFINITION_WORDS 12

/* The least share of the words that is the name itself; the rest is written around it. */
#define NAME_PURITY 0.5

/* Running text with fewer names than this only mentions items. */
#define NAMES_LEAST 5

typedef struct {
  char *text;
  const Block *block;
} RunningWord;

typedef struct {
  const Knowledge *knowledge;
  GArray *words; /* RunningWord */
} SheetText;

static void
word_clear (gpointer data)
{
  g_free (((RunningWord *)data)->text);
}

static RunningWord *
word_at (const SheetText *text, guint index)
{
  return &g_array_index (text->words, RunningWord, index);
}

static void
add_word (SheetText *text, const char *start, gsize length, const Block *block)
{
  RunningWord word = {g_strndup (start, length), block};
  if (*word.text)
    g_array_append_val (text->words, word);
  else
    g_free (word.text);
}

/* A name with a colon after it is a word of its own: "サービス時間：24時間365日". */
static void
add_words (SheetText *text, const char *piece, const Block *block)
{
  const char *colon = strstr (piece, "：") ? strstr (piece, "：") : strchr (piece, ':');
  g_autofree char *before = colon ? g_strndup (piece, colon - piece) : NULL;
  if (!before || !match_one_line_name (text->knowledge, before).item) {
    add_word (text, piece, strlen (piece), block);
    return;
  }
  add_word (text, before, strlen (before), block);
  const char *rest = g_utf8_next_char (colon);
  add_word (text, rest, strlen (rest), block);
}

static void
split_block (SheetText *text, const Block *block)
{
  const char *start = block->text;
  for (const char *next = block->text;; next = g_utf8_next_char (next)) {
    if (*next && !g_unichar_isspace (g_utf8_get_char (next)))
      continue;
    g_autofree char *piece = g_strndup (start, next - start);
    if (*piece)
      add_words (text, piece, block);
    if (!*next)
      return;
    start = g_utf8_next_char (next);
  }
}

/* Words START to END with a space between them, "\n" where a line of the document ends. */
static char *
words_joined (const SheetText *text, guint start, guint end)
{
  GString *joined = g_string_new (NULL);
  for (guint i = start; i < end; i++) {
    if (joined->len > 0)
      g_string_append_c (joined, word_at (text, i)->block == word_at (text, i - 1)->block ? ' ' : '\n');
    g_string_append (joined, word_at (text, i)->text);
  }
  return g_string_free (joined, FALSE);
}

/* How many words from START on are a name of the catalogue; 0: none. The highest score wins, of equal ones the
 * longest. */
static guint
name_at (const SheetText *text, guint start, const CatalogueItem **item)
{
  guint most = MIN (NAME_WORDS, text->words->len - start), best = 0;
  double score = 0;
  *item = NULL;
  if (patterns_has (text->knowledge->rows, "number", word_at (text, start)->text))
    return 0;
  for (guint count = 1; count <= most && word_at (text, start + count - 1)->block == word_at (text, start)->block;
       count++) {
    g_autofree char *joined = words_joined (text, start, start + count);
    Match match = match_one_line_name (text->knowledge, joined);
    if (!match.item || match.score < MAX (score, NAME_PURITY))
      continue;
    score = match.score;
    best = count;
    *item = match.item;
  }
  return best;
}

/* What the words before a name say of its item. */
typedef struct {
  char *number, *category; /* owned */
  gboolean numbered;       /* most names have a number before them */
} NextItem;

typedef struct {
  guint start, end;          /* the name's words; end is past the last */
  const CatalogueItem *item; /* NULL: an extension */
} FoundName;

static gboolean
begins_block (const SheetText *text, guint index)
{
  return index == 0 || word_at (text, index - 1)->block != word_at (text, index)->block;
}

/* Whether the word at INDEX is the number of a row: "7" before "日前までに" counts days. */
static gboolean
is_row_number (const SheetText *text, guint index)
{
  if (!patterns_has (text->knowledge->rows, "number", word_at (text, index)->text))
    return FALSE;
  return index + 1 >= text->words->len ||
         !patterns_has (text->knowledge->headings, "counted", word_at (text, index + 1)->text);
}

/* A row on its own line: a number, perhaps a category, and then words that are not a name of the catalogue. */
static gboolean
is_numbered_row (const SheetText *text, guint index)
{
  const Patterns *rows = text->knowledge->rows;
  guint first = index;
  if (first > 0 && patterns_has (rows, "category", word_at (text, first - 1)->text))
    first--;
  return first > 0 && begins_block (text, first - 1) && is_row_number (text, first - 1) &&
         !begins_block (text, index) && !patterns_has (rows, "category", word_at (text, index)->text);
}

/* A short phrase between two answers that ends as names end, or follows the number of a row. */
static gboolean
is_extension (const SheetText *text, guint index)
{
  const Patterns *patterns = text->knowledge->headings;
  if (index == 0 || index + 1 >= text->words->len)
    return FALSE;
  if (is_numbered_row (text, index))
    return TRUE;
  if (!patterns_has (patterns, "extension", word_at (text, index)->text))
    return FALSE;
  const char *before = word_at (text, index - 1)->text, *after = word_at (text, index + 1)->text;
  return !patterns_has (patterns, "extension", before) && !patterns_has (patterns, "extension", after) &&
         !patterns_has (text->knowledge->rows, "category", word_at (text, index)->text);
}

/* How many words from START on are the definition of ITEM (NULL: none), at most up to END; 0: they are not. */
static guint
definition_length (const SheetText *text, guint start, guint end, const CatalogueItem *item)
{
  guint best = 0;
  double score = MATCH_DEFINITION_SCORE;
  const char *definition =
      item ? text->knowledge->index->definition_keys[catalogue_index (text->knowledge->catalogue, item)] : "";
  for (guint count = 1; start + count <= end && count <= DEFINITION_WORDS; count++) {
    g_autofree char *joined = words_joined (text, start, start + count);
    g_autofree char *key = text_folded (text->knowledge->comparing, joined);
    if (text_similarity (key, definition) > score) {
      score = text_similarity (key, definition);
      best = count;
    }
  }
  return best;
}

/* The names, in order. The catalogue's definition after a name is skipped, and a name that came before is only
 * mentioned again. */
static GArray *
names_in (const SheetText *text)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (FoundName));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < text->words->len;) {
    FoundName name = {.start = i};
    guint count = name_at (text, i, &name.item);
    name.end = i + MAX (count, 1);
    i = name.end;
    if (count > 0 && !g_hash_table_contains (seen, name.item))
      i += definition_length (text, name.end, text->words->len, name.item);
    else if (count > 0 || names->len == 0 || !is_extension (text, name.start))
      continue;
    if (name.item)
      g_hash_table_add (seen, (gpointer)name.item);
    g_array_append_val (names, name);
  }
  while (names->len > 0 && g_array_index (names, FoundName, names->len - 1).item == NULL &&
         !is_numbered_row (text, g_array_index (names, FoundName, names->len - 1).start))
    g_array_set_size (names, names->len - 1);
  return names;
}

/* The end of an answer without the words that belong to the next name, its number and category. */
static guint
answer_end (const SheetText *text, guint start, guint end, NextItem *next_item)
{
  const Patterns *rows = text->knowledge->rows;
  if (next_item->numbered && end > start + 1 && is_row_number (text, end - 1) &&
      patterns_has (rows, "category", word_at (text, end - 2)->text)) /* 可用性 1 サービス時間 */
    next_item->number = item_text (text->knowledge, word_at (text, --end)->text);
  if (end > start && patterns_has (rows, "category", word_at (text, end - 1)->text)) {
    g_free (next_item->category);
    next_item->category = heading_text (text->knowledge, word_at (text, --end)->text);
    if (end > start && patterns_has (text->knowledge->headings, "chapter-number", word_at (text, end - 1)->text))
      end--;
  }
  if (!next_item->number && next_item->numbered && end > start &&
      patterns_has (rows, "number", word_at (text, end - 1)->text))
    next_item->number = item_text (text->knowledge, word_at (text, --end)->text);
  return end;
}

/* After the last item the page continues with other things: the item's answer ends with a sentence. */
static guint
last_answer_end (const SheetText *text, guint start, guint end)
{
  for (guint i = end; i > start + 1; i--)
    if (strstr (word_at (text, i - 1)->text, "。") || word_at (text, i - 1)->block != word_at (text, start)->block)
      return word_at (text, i - 1)->block == word_at (text, start)->block ? i : end;
  return MIN (start + 1, end);
}

static void
set_text (const SheetText *text, char **field, guint start, guint end)
{
  g_autofree char *joined = words_joined (text, start, end);
  *field = item_text (text->knowledge, joined);
}

/* The item that begins with NAME; its words end before END, where the next name begins or the text ends. */
static Item *
item_at (const SheetText *text, const FoundName *name, guint end, gboolean last, NextItem *next_item)
{
  Item *item = item_new ();
  item->number = g_steal_pointer (&next_item->number);
  item->category = g_strdup (next_item->category);
  set_text (text, &item->name, name->start, name->end);
  guint next = name->end, defined = definition_length (text, next, end, name->item);
  if (defined > 0) {
    set_text (text, &item->definition, next, next + defined);
    next += defined;
    if (next < end && match_is_unit (text->knowledge, word_at (text, next)->text)) {
      set_text (text, &item->unit, next, next + 1);
      next++;
    }
  }
  guint stop = last ? last_answer_end (text, next, end) : answer_end (text, next, end, next_item);
  set_text (text, &item->answer, next, stop);
  places_add (item->places, word_at (text, name->start)->block->place);
  return item;
}

/* Whether most names have a number before them, perhaps with their category between. */
static gboolean
are_numbered (const SheetText *text, GArray *names)
{
  const Patterns *rows = text->knowledge->rows;
  guint count = 0;
  for (guint i = 0; i < names->len; i++) {
    guint before = g_array_index (names, FoundName, i).start;
    if (before > 1 && patterns_has (rows, "category", word_at (text, before - 1)->text))
      before--;
    count += before > 0 && is_row_number (text, before - 1);
  }
  return count * 2 > names->len;
}

/* Where so many of the names have their answers in their own lines, each line is a row. */
#define ROWS_SHARE 0.7

static gboolean
are_rows (const SheetText *text, GArray *names)
{
  guint rows = 0;
  for (guint i = 0; i < names->len; i++) {
    const FoundName *name = &g_array_index (names, FoundName, i);
    guint next = i + 1 < names->len ? g_array_index (names, FoundName, i + 1).start : text->words->len;
    gboolean answered = name->end < next && !begins_block (text, name->end);
    rows += begins_block (text, name->start) && answered;
  }
  return rows >= ROWS_SHARE * names->len;
}

/* Of lines that are rows, one that begins with no name of the catalogue may be a row with another name. START to END: the
 * words of an answer. */
static void
note_doubtful_lines (const SheetText *text, ItemList *list, guint start, guint end)
{
  for (guint i = start + 1; i < end; i++) {
    const Block *block = word_at (text, i)->block;
    if (!begins_block (text, i) || patterns_has (text->knowledge->rows, "category", block->text))
      continue;
    g_autofree char *words = note_words (block->text);
    notes_add (list->notes, "heading-doubtful", NOTE_WARNING, block->place,
               "This line is taken for a part of the answer above it, and may be a row of its own: \"%s\".", words);
  }
}

static void
take_names (const SheetText *text, ItemList *list, GArray *names)
{
  gboolean rows = are_rows (text, names);
  NextItem next_item = {.numbered = are_numbered (text, names)};
  answer_end (text, 0, g_array_index (names, FoundName, 0).start, &next_item);
  for (guint i = 0; i < names->len; i++) {
    gboolean last = i + 1 == names->len;
    guint end = last ? text->words->len : g_array_index (names, FoundName, i + 1).start;
    const FoundName *name = &g_array_index (names, FoundName, i);
    g_ptr_array_add (list->items, item_at (text, name, end, last, &next_item));
    if (rows && !last)
      note_doubtful_lines (text, list, name->end, end);
  }
  g_free (next_item.number);
  g_free (next_item.category);
}

/* A text that only lists or mentions names has no answers between them. */
static gboolean
are_answered (const ItemList *list)
{
  guint answered = 0;
  for (guint i = 0; i < list->items->len; i++)
    answered += ((const Item *)g_ptr_array_index (list->items, i))->answer != NULL;
  return answered * 10 >= list->items->len * 8;
}

ItemList *
items_from_running_text (const Knowledge *knowledge, GPtrArray *blocks)
{
  SheetText text = {knowledge, g_array_new (FALSE, FALSE, sizeof (RunningWord))};
  g_array_set_clear_func (text.words, word_clear);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT)
      split_block (&text, block);
  }
  ItemList *list = item_list_new (0);
  g_autoptr (GArray) names = names_in (&text);
  if (names->len >= NAMES_LEAST)
    take_names (&text, list, names);
  g_array_unref (text.words);
  if (!are_answered (list))
    g_ptr_array_set_size (list->items, 0);
  item_list_match (knowledge, list);
  return list;
}
