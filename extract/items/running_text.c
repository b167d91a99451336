/* running_text.c - items from text in which names and answers follow each other (see running_text.h).
 *
 * The text is cut at white space into words. A name is one to four words that together are METI's name; the words up to
 * the next name are, in order, METI's definition of the item, its unit, and the answer, where they are there:
 *
 *     ... 2 可用性 計画停止予定通知 定期的な保守停止に関する… 有無 有 7日前に通知します。 3 ...
 *         |  |     name           definition             unit answer                |
 *         number, category: just before the name                                     taken out of the answer before
 */
#include "items/running_text.h"

#include "items/match.h"
#include "patterns/knowledge.h"
#include "text/likeness.h"

#include <string.h>

#define NAME_WORDS 4

/* At least this much of the words is the name itself, the rest is written around it. */
#define NAME_PURITY 0.5

/* Running text with fewer names than this mentions items, it does not list them. */
#define NAMES_LEAST 5

typedef struct {
  char *text;
  const Block *block;
} Word;

typedef struct {
  GArray *words; /* Word */
} Text;

static void
word_clear (gpointer data)
{
  g_free (((Word *)data)->text);
}

static Word *
word_at (const Text *text, guint index)
{
  return &g_array_index (text->words, Word, index);
}

static void
add_word (Text *text, const char *start, gsize length, const Block *block)
{
  Word word = {g_strndup (start, length), block};
  if (*word.text)
    g_array_append_val (text->words, word);
  else
    g_free (word.text);
}

/* A name with a colon after it is a word of its own: "サービス時間：24時間365日". */
static void
add_words (const Knowledge *knowledge, Text *text, const char *piece, const Block *block)
{
  const char *colon = strstr (piece, "：") ? strstr (piece, "：") : strchr (piece, ':');
  g_autofree char *before = colon ? g_strndup (piece, colon - piece) : NULL;
  if (!before || !match_one_line_name (knowledge, before).item) {
    add_word (text, piece, strlen (piece), block);
    return;
  }
  add_word (text, before, strlen (before), block);
  const char *rest = g_utf8_next_char (colon);
  add_word (text, rest, strlen (rest), block);
}

static gboolean
is_white (gunichar character)
{
  return g_unichar_isspace (character);
}

static void
split_block (const Knowledge *knowledge, Text *text, const Block *block)
{
  const char *start = block->text;
  for (const char *next = block->text;; next = g_utf8_next_char (next)) {
    if (*next && !is_white (g_utf8_get_char (next)))
      continue;
    g_autofree char *piece = g_strndup (start, next - start);
    if (*piece)
      add_words (knowledge, text, piece, block);
    if (!*next)
      return;
    start = g_utf8_next_char (next);
  }
}

/* Words START to END with a space between them, "\n" where a line of the document ends. */
static char *
words_joined (const Text *text, guint start, guint end)
{
  GString *joined = g_string_new (NULL);
  for (guint i = start; i < end; i++) {
    if (joined->len > 0)
      g_string_append_c (joined, word_at (text, i)->block == word_at (text, i - 1)->block ? ' ' : '\n');
    g_string_append (joined, word_at (text, i)->text);
  }
  return g_string_free (joined, FALSE);
}

/* How many words from START on are METI's name; 0: none. The purest reading wins, and of those as pure the longest. */
static guint
name_at (const Knowledge *knowledge, const Text *text, guint start, const CatalogueItem **item)
{
  guint most = MIN (NAME_WORDS, text->words->len - start), best = 0;
  double score = 0;
  *item = NULL;
  if (patterns_has (knowledge->rows, "number", word_at (text, start)->text))
    return 0;
  for (guint count = 1; count <= most && word_at (text, start + count - 1)->block == word_at (text, start)->block;
       count++) {
    g_autofree char *joined = words_joined (text, start, start + count);
    Match match = match_one_line_name (knowledge, joined);
    if (!match.item || match.score < MAX (score, NAME_PURITY))
      continue;
    score = match.score;
    best = count;
    *item = match.item;
  }
  return best;
}

typedef struct {
  char *number, *category; /* owned; of the next item */
  gboolean numbered;       /* most names have a number before them */
} Carried;

typedef struct {
  guint start, end;          /* the name's words; end is past the last */
  const CatalogueItem *item; /* NULL: an extension */
} Name;

static gboolean
begins_block (const Text *text, guint index)
{
  return index == 0 || word_at (text, index - 1)->block != word_at (text, index)->block;
}

/* A row of its own line: a number, a category perhaps, and then words that are no METI name. */
static gboolean
is_numbered_row (const Knowledge *knowledge, const Text *text, guint index)
{
  const Patterns *rows = knowledge->rows;
  guint first = index;
  if (first > 0 && patterns_has (rows, "category", word_at (text, first - 1)->text))
    first--;
  return first > 0 && begins_block (text, first - 1) &&
         patterns_has (rows, "number", word_at (text, first - 1)->text) && !begins_block (text, index) &&
         !patterns_has (rows, "category", word_at (text, index)->text);
}

/* A short phrase between two answers that ends as names end, or that stands in a row's place for them. */
static gboolean
is_extension (const Knowledge *knowledge, const Text *text, guint index)
{
  const Patterns *patterns = knowledge->headings;
  if (index == 0 || index + 1 >= text->words->len)
    return FALSE;
  if (is_numbered_row (knowledge, text, index))
    return TRUE;
  if (!patterns_has (patterns, "extension", word_at (text, index)->text))
    return FALSE;
  const char *before = word_at (text, index - 1)->text, *after = word_at (text, index + 1)->text;
  return !patterns_has (patterns, "extension", before) && !patterns_has (patterns, "extension", after) &&
         !patterns_has (knowledge->rows, "category", word_at (text, index)->text);
}

/* How many words from START on are the definition of ITEM (NULL: none), at most up to END; 0: it is not there. */
static guint
definition_length (const Knowledge *knowledge, const Text *text, guint start, guint end, const CatalogueItem *item)
{
  guint best = 0;
  double score = MATCH_DEFINITION_SCORE;
  const char *definition = item ? knowledge->index->definition_keys[catalogue_index (knowledge->catalogue, item)] : "";
  for (guint count = 1; start + count <= end && count <= 12; count++) {
    g_autofree char *joined = words_joined (text, start, start + count);
    g_autofree char *key = text_folded (knowledge->comparing, joined);
    if (text_similarity (key, definition) > score) {
      score = text_similarity (key, definition);
      best = count;
    }
  }
  return best;
}

/* The names, in order. METI's definition after a name is passed over, and a name that came before is only mentioned
 * again. */
static GArray *
names_in (const Knowledge *knowledge, const Text *text)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < text->words->len;) {
    Name name = {.start = i};
    guint count = name_at (knowledge, text, i, &name.item);
    name.end = i + MAX (count, 1);
    i = name.end;
    if (count > 0 && !g_hash_table_contains (seen, name.item))
      i += definition_length (knowledge, text, name.end, text->words->len, name.item);
    else if (count > 0 || names->len == 0 || !is_extension (knowledge, text, name.start))
      continue;
    if (name.item)
      g_hash_table_add (seen, (gpointer)name.item);
    g_array_append_val (names, name);
  }
  while (names->len > 0 && g_array_index (names, Name, names->len - 1).item == NULL &&
         !is_numbered_row (knowledge, text, g_array_index (names, Name, names->len - 1).start))
    g_array_set_size (names, names->len - 1);
  return names;
}

/* Takes the words that belong to the next name off the end of an answer: its category and its number. */
static guint
answer_end (const Knowledge *knowledge, const Text *text, guint start, guint end, Carried *carried)
{
  const Patterns *rows = knowledge->rows;
  if (end > start && patterns_has (rows, "category", word_at (text, end - 1)->text)) {
    g_free (carried->category);
    carried->category = heading_text (knowledge, word_at (text, --end)->text);
  }
  if (carried->numbered && end > start && patterns_has (rows, "number", word_at (text, end - 1)->text))
    carried->number = item_text (knowledge, word_at (text, --end)->text);
  return end;
}

/* After the last name the page goes on with other things: its answer ends with its last sentence. */
static guint
last_answer_end (const Text *text, guint start, guint end)
{
  for (guint i = end; i > start + 1; i--)
    if (strstr (word_at (text, i - 1)->text, "。") || word_at (text, i - 1)->block != word_at (text, start)->block)
      return word_at (text, i - 1)->block == word_at (text, start)->block ? i : end;
  return MIN (start + 1, end);
}

static void
set_text (const Knowledge *knowledge, char **field, const Text *text, guint start, guint end)
{
  g_autofree char *joined = words_joined (text, start, end);
  *field = item_text (knowledge, joined);
}

/* The item that NAME begins; its words end before END, where the next name begins or the text ends. */
static Item *
item_at (const Knowledge *knowledge, const Text *text, const Name *name, guint end, gboolean last, Carried *carried)
{
  Item *item = item_new ();
  item->number = g_steal_pointer (&carried->number);
  item->category = g_strdup (carried->category);
  set_text (knowledge, &item->name, text, name->start, name->end);
  guint next = name->end, defined = definition_length (knowledge, text, next, end, name->item);
  if (defined > 0) {
    set_text (knowledge, &item->definition, text, next, next + defined);
    next += defined;
    if (next < end && match_is_unit (knowledge, word_at (text, next)->text)) {
      set_text (knowledge, &item->unit, text, next, next + 1);
      next++;
    }
  }
  guint stop = last ? last_answer_end (text, next, end) : answer_end (knowledge, text, next, end, carried);
  set_text (knowledge, &item->answer, text, next, stop);
  places_add (item->places, word_at (text, name->start)->block->place);
  return item;
}

/* Whether most names have a number before them, their category between them or not. */
static gboolean
are_numbered (const Knowledge *knowledge, const Text *text, GArray *names)
{
  const Patterns *rows = knowledge->rows;
  guint count = 0;
  for (guint i = 0; i < names->len; i++) {
    guint before = g_array_index (names, Name, i).start;
    if (before > 1 && patterns_has (rows, "category", word_at (text, before - 1)->text))
      before--;
    count += before > 0 && patterns_has (rows, "number", word_at (text, before - 1)->text);
  }
  return count * 2 > names->len;
}

static void
take_names (const Knowledge *knowledge, ItemList *list, const Text *text, GArray *names)
{
  Carried carried = {.numbered = are_numbered (knowledge, text, names)};
  answer_end (knowledge, text, 0, g_array_index (names, Name, 0).start, &carried);
  for (guint i = 0; i < names->len; i++) {
    gboolean last = i + 1 == names->len;
    guint end = last ? text->words->len : g_array_index (names, Name, i + 1).start;
    g_ptr_array_add (list->items, item_at (knowledge, text, &g_array_index (names, Name, i), end, last, &carried));
  }
  g_free (carried.number);
  g_free (carried.category);
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
  Text text = {g_array_new (FALSE, FALSE, sizeof (Word))};
  g_array_set_clear_func (text.words, word_clear);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT)
      split_block (knowledge, &text, block);
  }
  ItemList *list = item_list_new (0);
  g_autoptr (GArray) names = names_in (knowledge, &text);
  if (names->len >= NAMES_LEAST)
    take_names (knowledge, list, &text, names);
  g_array_unref (text.words);
  if (!are_answered (list))
    g_ptr_array_set_size (list->items, 0);
  item_list_match (knowledge, list);
  return list;
}
