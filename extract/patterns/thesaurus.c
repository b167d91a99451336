/* thesaurus.c - see thesaurus.h
 *
 *     firsts ──► entries, by their first character, the longest first ──► words        計 ──► 計画停止, 計画, 計算方法, …
 */
#include "patterns/thesaurus.h"

#include "model/error.h"
#include "text/character.h"
#include "text/compiled.h"
#include "text/likeness.h"

#include <glib/gi18n.h>
#include <string.h>

/* Numbers of terms that are not listed: a hash of the word, and this bit. */
#define UNLISTED 0x80000000U

/* What a word weighs that a name has and an item's has not. Chosen by tests/measure/names.c on tests/names.tsv, as it
 * is and with an eighth of the words of thesaurus.tsv left out at random, so that names have words that are not listed:
 * of its 2,452 names .956 were told then and .003 taken for another item, and .007 of its 802 look-alikes taken for an
 * item (the mean of eight draws). */
#define UNLISTED_HEAD_WEIGHT 2.0 /* not listed, as the head: アップグレードキャンペーン is another subject */
#define MODIFIER_WEIGHT                                                                                                \
  0.3 /* not listed, or another subject as the head alone, and only narrowing: 帳票のカスタマイズ */
#define NARROWING_SHARE 0.6 /* what is left of a subject's weight that narrows another one: 他社クラウドとの接続 */
#define ADDITION_WEIGHT                                                                                                \
  0.6 /* such a head behind a mark that parts it from what the name is about: 消去の時期・証明書 */
#define ADDED_SHARE 0.5 /* what is left of the weight of a word that is no subject: 状況, 方針, 体制 */

/* What a listed word weighs that a name can be about. */
#define SUBJECT_WEIGHT 0.45

/* How much more a word of an item's name weighs that no other item has; half of it where two items have it. */
#define TELLING 0.3

/* Two words that are this alike (likeness.h) are taken for one with a wrong letter: バックァップ, バックアップ are .73. */
#define MISSPELT_LIKENESS 0.5

/* A row of the compiled thesaurus: (uuuud). */
typedef struct {
  guint32 word,
      length; /* where it begins among the words, which end with 0; spelled as the text is, see text_spelled */
  guint32 term;
  guint32 kind; /* EntryKind */
  double weight;
} Entry;

typedef enum {
  ENTRY_PLAIN,
  ENTRY_PREPOSITION, /* what follows narrows what is before it */
  ENTRY_MEASURE,     /* how much or when, of what is named before it */
} EntryKind;

/* A row of the compiled thesaurus: (uu). */
typedef struct {
  guint32 character;
  guint32 entry; /* the first one that begins with it */
} FirstCharacter;

/* The number of lines, the words, Entry, FirstCharacter. */
#define COMPILED_THESAURUS "(u@ay@a(uuuud)@a(uu))"

struct Thesaurus {
  const Folding *comparing;
  GVariant *compiled; /* has what follows */
  const char *words;
  const Entry *entries;
  const FirstCharacter *firsts; /* the last one has the number of entries */
  gsize firsts_count;           /* without the last one */
  guint32 lines;                /* of the file; the number of a term is below it */
};

static void
term_clear (gpointer data)
{
  Term *term = data;
  if (!term->listed)
    g_free (term->word);
}

/* Spelling */

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* Whether the long vowel mark before NEXT is the last letter of a word: ユーザー and ユーザ are the same. */
static gboolean
is_last_mark (const char *next)
{
  gunichar after = character_at (next);
  return !(after >= 0x30A1 && after <= 0x30FF);
}

/* Whether SPELLED has a letter last, so that a mark may follow it. */
static gboolean
ends_with_letter (const GString *spelled)
{
  return spelled->len && !strchr (" ()", spelled->str[spelled->len - 1]);
}

/* Appends what is between words of SPELLED: a bracket, or a space for any other mark. */
static void
append_mark (GString *spelled, gunichar mark)
{
  gboolean is_bracket = mark == '(' || mark == ')';
  if (is_bracket && spelled->len && spelled->str[spelled->len - 1] == ' ')
    g_string_truncate (spelled, spelled->len - 1);
  if (is_bracket ? spelled->len > 0 : ends_with_letter (spelled))
    g_string_append_c (spelled, is_bracket ? (char)mark : ' ');
}

/* Appends TEXT, folded: letters and digits as they are, round brackets, a space for anything else between them. */
static void
append_letters (GString *spelled, const char *text)
{
  const char *run = text; /* from run on, there are letters only */
  for (const char *next; *text; text = next) {
    gunichar character = character_at (text);
    next = g_utf8_next_char (text);
    gboolean left_out = character == 0x30FC && is_last_mark (next);
    if (!left_out &&
        (character < 0x80 ? g_ascii_isalnum (character) : character == 0x30FC || g_unichar_isalnum (character)))
      continue;
    g_string_append_len (spelled, run, text - run);
    run = next;
    if (!left_out)
      append_mark (spelled, character);
  }
  g_string_append_len (spelled, run, text - run);
}

/* Appends PIECE, the LENGTH bytes up to white space. */
static void
append_piece (GString *spelled, const Folding *comparing, const char *piece, gsize length)
{
  gboolean in_ascii = is_ascii (piece, length);
  g_autofree char *own = in_ascii || !piece[length] ? NULL : g_strndup (piece, length);
  g_autofree char *folded =
      in_ascii ? g_ascii_strdown (piece, (gssize)length) : text_folded (comparing, own ? own : piece);
  gboolean beside = spelled->len && (guchar)spelled->str[spelled->len - 1] < 0x80;
  if (ends_with_letter (spelled) && (beside || (guchar)*folded < 0x80))
    g_string_append_c (spelled, ' ');
  append_letters (spelled, folded);
}

/* TEXT as words are compared: folded by `comparing`, but with one space between words of ASCII, and where punctuation
 * was that is no round bracket. White space within Japanese is nothing. The caller frees. */
static char *
text_spelled (const Folding *comparing, const char *text)
{
  static const char white[] = " \t\r\n";
  GString *spelled = g_string_sized_new (strlen (text) + 8);
  for (;; text++) {
    gsize length = strcspn (text, white);
    append_piece (spelled, comparing, text, length);
    text += length;
    if (!*text)
      return g_strchomp (g_string_free (spelled, FALSE));
  }
}

/* The file */

typedef struct {
  const Folding *comparing;
  GString *words;
  GArray *entries; /* Entry */
} ThesaurusReading;

static void
add_entry (ThesaurusReading *reading, const char *word, Entry entry)
{
  g_autofree char *spelled = text_spelled (reading->comparing, word);
  entry.word = (guint32)reading->words->len;
  entry.length = (guint32)strlen (spelled);
  if (entry.length) {
    g_string_append_len (reading->words, spelled, entry.length + 1);
    g_array_append_val (reading->entries, entry);
  }
}

/* LINE is cut at its tabs. */
static gboolean
add_line (ThesaurusReading *reading, char *line, guint term)
{
  char *end, *word = strchr (line, '\t');
  Entry model = {.term = term, .weight = g_ascii_strtod (line, &end)};
  model.kind = *end == '<' ? ENTRY_PREPOSITION : *end == ':' ? ENTRY_MEASURE : ENTRY_PLAIN;
  if (end == line || !word || word != end + (model.kind != ENTRY_PLAIN) || model.weight < 0)
    return FALSE;
  while (word) {
    char *start = word + 1;
    if ((word = strchr (start, '\t')))
      *word = '\0';
    if (*start)
      add_entry (reading, start, model);
  }
  return TRUE;
}

/* By the first character, then the longest first. */
static int
compare_entries (gconstpointer a, gconstpointer b, gpointer words)
{
  const Entry *one = a, *other = b;
  const char *word = (const char *)words + one->word, *other_word = (const char *)words + other->word;
  gunichar first = character_at (word), other_first = character_at (other_word);
  if (first != other_first)
    return first < other_first ? -1 : 1;
  return one->length != other->length ? (one->length < other->length ? 1 : -1) : strcmp (word, other_word);
}

static GArray *
first_characters (const ThesaurusReading *reading)
{
  GArray *firsts = g_array_new (FALSE, FALSE, sizeof (FirstCharacter));
  gunichar last = 0;
  for (guint i = 0; i < reading->entries->len; i++) {
    gunichar character = character_at (reading->words->str + g_array_index (reading->entries, Entry, i).word);
    const FirstCharacter first = {character, i};
    if (character != last)
      g_array_append_val (firsts, first);
    last = character;
  }
  const FirstCharacter end = {0, reading->entries->len};
  g_array_append_val (firsts, end);
  return firsts;
}

static GVariant *
thesaurus_from_lines (const char *name, char **lines, const Folding *comparing, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  ThesaurusReading reading = {comparing, words, entries};
  for (guint i = 0; lines[i]; i++) {
    g_strchomp (lines[i]);
    if (!*lines[i] || *lines[i] == '#' || add_line (&reading, lines[i], i))
      continue;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS,
                 _ ("%s:%u: expected a weight and words, with tabs between them"), name, i + 1);
    return NULL;
  }
  g_array_sort_with_data (entries, compare_entries, words->str);
  g_autoptr (GArray) firsts = first_characters (&reading);
  return g_variant_ref_sink (g_variant_new (COMPILED_THESAURUS, g_strv_length (lines), compiled_text (words),
                                            compiled_rows ("(uuuud)", entries), compiled_rows ("(uu)", firsts)));
}

GVariant *
thesaurus_compiled (const char *name, GBytes *bytes, const Folding *comparing, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, _ ("%s: is not UTF-8"), name);
    return NULL;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  return thesaurus_from_lines (name, lines, comparing, error);
}

Thesaurus *
thesaurus_new (GVariant *compiled, const Folding *comparing)
{
  gsize count;
  Thesaurus *thesaurus = g_new0 (Thesaurus, 1);
  *thesaurus = (Thesaurus){.comparing = comparing,
                           .compiled = g_variant_ref (compiled),
                           .words = rows_of_compiled (compiled, 1, 1, NULL),
                           .entries = rows_of_compiled (compiled, 2, sizeof (Entry), NULL),
                           .firsts = rows_of_compiled (compiled, 3, sizeof (FirstCharacter), &count)};
  thesaurus->firsts_count = count - 1;
  g_variant_get_child (compiled, 0, "u", &thesaurus->lines);
  return thesaurus;
}

void
thesaurus_free (Thesaurus *thesaurus)
{
  if (!thesaurus)
    return;
  g_variant_unref (thesaurus->compiled);
  g_free (thesaurus);
}

/* Terms */

/* The length of the plural's ending at END, behind a letter: users, patches. */
static int
plural_length (const char *end)
{
  if (*end == 's')
    return !g_ascii_isalnum (end[1]);
  return !strncmp (end, "es", 2) && strchr ("shxz", end[-1]) && !g_ascii_isalnum (end[2]) ? 2 : 0;
}

/* Where WORD, of LENGTH bytes, which begins with the same character, ends in the text at AT; NULL: it is not there. A
 * word of ASCII is whole there, perhaps in the plural. */
static const char *
end_of_entry (const char *word, gsize length, const char *at)
{
  for (gsize i = g_utf8_next_char (at) - at; i < length; i++)
    if (at[i] != word[i])
      return NULL;
  const char *end = at + length;
  if (!g_ascii_isalpha (end[-1]))
    return end;
  end += plural_length (end);
  return g_ascii_isalnum (*end) ? NULL : end;
}

/* NULL: no entry begins with CHARACTER. */
static const FirstCharacter *
find_first (const Thesaurus *thesaurus, gunichar character)
{
  gsize start = 0, end = thesaurus->firsts_count;
  while (start < end) {
    gsize middle = (start + end) / 2;
    if (thesaurus->firsts[middle].character == character)
      return &thesaurus->firsts[middle];
    if (thesaurus->firsts[middle].character < character)
      start = middle + 1;
    else
      end = middle;
  }
  return NULL;
}

static const Entry *
entry_at (const Thesaurus *thesaurus, const char *at, const char **end)
{
  const FirstCharacter *first = find_first (thesaurus, character_at (at));
  for (guint i = first ? first->entry : 0; first && i < first[1].entry; i++) {
    const Entry *entry = &thesaurus->entries[i];
    if ((*end = end_of_entry (thesaurus->words + entry->word, entry->length, at)))
      return entry;
  }
  return NULL;
}

static gboolean
is_hiragana (const char *at)
{
  gunichar character = g_utf8_get_char (at);
  return character >= 0x3041 && character <= 0x3096;
}

/* The end of the word at AT that is not listed: a whole word of ASCII, or characters up to hiragana or a listed word. */
static const char *
end_of_unlisted (const Thesaurus *thesaurus, const char *at)
{
  const char *ignored;
  if (g_ascii_isalnum (*at)) {
    while (g_ascii_isalnum (*at))
      at++;
    return at;
  }
  do
    at = g_utf8_next_char (at);
  while (*at && (guchar)*at >= 0x80 && !is_hiragana (at) && !entry_at (thesaurus, at, &ignored));
  return at;
}

/* Figures, or the number of a question: 3, q3. */
static gboolean
is_figure (const char *start, const char *end)
{
  start += *start == 'q';
  for (; start < end; start++)
    if (!g_ascii_isdigit (*start))
      return FALSE;
  return TRUE;
}

/* A word of a name, in the name's order. */
typedef struct {
  const Entry *entry; /* NULL: not listed */
  const char *start, *end;
  gboolean in_brackets;
  gboolean narrows;     /* another word of the name is what the name is about */
  gboolean is_head;     /* what it says of its subject makes another subject of it */
  gboolean after_mark;  /* a mark parts it from the Japanese word before it: 時期・証明書 */
  gboolean is_addition; /* a head that is named beside what the name is about, not said of it */
} Word;

/* Whether WORD, which is not listed, is a verb by the hiragana behind it: 想定した, 長引いた, 届きます; but 構築の, 立会い, 立会いの. */
static gboolean
is_verb (const Word *word)
{
  static const char particles[] = "のにをはがとへでやもかま", nouns[] = "いえきぎけげしせちてみめりれ";
  if (!is_hiragana (word->end) || g_utf8_strchr (particles, -1, g_utf8_get_char (word->end)))
    return FALSE;
  const char *after = g_utf8_next_char (word->end);
  gboolean is_polite = g_str_has_prefix (after, "ます") || g_str_has_prefix (after, "ません");
  gboolean ends = !is_hiragana (after) || (!is_polite && g_utf8_strchr (particles, -1, g_utf8_get_char (after)));
  return !ends || !g_utf8_strchr (nouns, -1, g_utf8_get_char (word->end));
}

/* Whether WORD says nothing: figures, English adverbs. */
static gboolean
says_nothing (const Word *word)
{
  if (word->entry)
    return word->entry->weight <= 0;
  gsize length = word->end - word->start;
  gboolean is_adverb = length > 4 && g_ascii_isalpha (*word->start) && !strncmp (word->end - 2, "ly", 2);
  return is_adverb || is_figure (word->start, word->end);
}

/* Whether WORD is listed as what a name can be about; others only add to it: 状況, 方針, 頻度. */
static gboolean
is_subject (const Word *word)
{
  return word->entry && !word->in_brackets && word->entry->kind != ENTRY_MEASURE &&
         word->entry->weight >= SUBJECT_WEIGHT && word->entry->weight < TERM_OTHER_SUBJECT;
}

/* Marks the words that may make another subject of the name: what follows its last subject, as the head of a name does
 * in Japanese (バックアップ担当者). In English nothing behind the preposition that follows a subject is one (backup for
 * offices). */
static void
mark_heads (GArray *words, gboolean is_english)
{
  guint first = 0, end = words->len;
  gboolean named = FALSE;
  for (guint i = 0; i < end; i++) {
    const Word *word = &g_array_index (words, Word, i);
    if (is_english && named && word->entry && word->entry->kind == ENTRY_PREPOSITION)
      end = i;
    named |= !says_nothing (word) &&
             !(word->entry && (word->entry->kind == ENTRY_MEASURE || word->entry->weight < SUBJECT_WEIGHT));
    first = is_subject (word) && i < end ? i + 1 : first;
  }
  for (guint i = 0; i + 1 < first; i++)
    g_array_index (words, Word, i).narrows = TRUE;
  for (guint i = end; i < words->len; i++)
    g_array_index (words, Word, i).narrows = TRUE;
  gboolean beside = FALSE;
  for (guint i = first; i < end; i++) {
    Word *word = &g_array_index (words, Word, i);
    beside |= i > 0 && word->after_mark;
    word->is_head = !word->in_brackets && (word->entry || !is_verb (word));
    word->is_addition = beside && named;
  }
}

static double
weight_of_word (const Word *word)
{
  if (says_nothing (word))
    return 0;
  double weight = word->entry ? word->entry->weight : TERM_OTHER_SUBJECT;
  if (word->is_addition && word->is_head && weight == TERM_OTHER_SUBJECT)
    return ADDITION_WEIGHT;
  if (!word->entry)
    return word->is_head ? UNLISTED_HEAD_WEIGHT : MODIFIER_WEIGHT;
  if (weight == TERM_OTHER_SUBJECT && !word->is_head && !word->in_brackets)
    return MODIFIER_WEIGHT;
  if (weight < SUBJECT_WEIGHT)
    return weight * ADDED_SHARE;
  gboolean narrows = weight < TERM_OTHER_SUBJECT && (word->narrows || word->in_brackets);
  return narrows ? weight * NARROWING_SHARE : weight;
}

/* Adds WORD, unless it weighs nothing or is there already. */
static void
add_term (const Thesaurus *thesaurus, GArray *terms, const Word *word, double weight)
{
  Term term = {.listed = word->entry != NULL, .weight = weight};
  if (weight <= 0)
    return;
  term.word =
      word->entry ? (char *)thesaurus->words + word->entry->word : g_strndup (word->start, word->end - word->start);
  term.term = word->entry ? word->entry->term : g_str_hash (term.word) | UNLISTED;
  guint place = 0;
  while (place < terms->len && g_array_index (terms, Term, place).term < term.term)
    place++;
  if (place < terms->len && g_array_index (terms, Term, place).term == term.term)
    term_clear (&term);
  else
    g_array_insert_val (terms, place, term);
}

/* The words of SPELLED, an array of Word, which borrow it; the caller frees. */
static GArray *
words_from_spelled (const Thesaurus *thesaurus, const char *spelled)
{
  GArray *words = g_array_sized_new (FALSE, FALSE, sizeof (Word), 16);
  gboolean in_brackets = FALSE;
  for (const char *at = spelled, *end; *at; at = end) {
    gboolean after_mark = at - spelled > 1 && at[-1] == ' ' && (guchar)at[-2] >= 0x80 && (guchar)*at >= 0x80;
    Word word = {
        .entry = entry_at (thesaurus, at, &end), .start = at, .in_brackets = in_brackets, .after_mark = after_mark};
    if (!word.entry && (strchr (" ()", *at) || is_hiragana (at))) {
      in_brackets = *at == '(' || (in_brackets && *at != ')');
      end = g_utf8_next_char (at);
      continue;
    }
    word.end = end = word.entry ? end : end_of_unlisted (thesaurus, at);
    g_array_append_val (words, word);
  }
  return words;
}

static GArray *
terms_new (void)
{
  GArray *terms = g_array_sized_new (FALSE, FALSE, sizeof (Term), 4);
  g_array_set_clear_func (terms, term_clear);
  return terms;
}

GArray *
terms_from_text (const Thesaurus *thesaurus, const char *text)
{
  GArray *terms = terms_new ();
  g_autofree char *spelled = text_spelled (thesaurus->comparing, text);
  g_autoptr (GArray) words = words_from_spelled (thesaurus, spelled);
  mark_heads (words, is_ascii (spelled, strlen (spelled)));
  for (guint i = 0; i < words->len; i++)
    add_term (thesaurus, terms, &g_array_index (words, Word, i), weight_of_word (&g_array_index (words, Word, i)));
  return terms;
}

GArray *
terms_from_known (const Thesaurus *thesaurus, const char *text)
{
  GArray *terms = terms_new ();
  g_autofree char *spelled = text_spelled (thesaurus->comparing, text);
  g_autoptr (GArray) words = words_from_spelled (thesaurus, spelled);
  for (guint i = 0; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);
    add_term (thesaurus, terms, word, says_nothing (word) ? 0 : word->entry ? MIN (word->entry->weight, 1) : 1);
  }
  return terms;
}

/* Compiled terms */

/* A row of compiled terms: (uuuud). */
typedef struct {
  guint32 term, listed;
  guint32 word;   /* where it begins: listed, among the words of the thesaurus, else among the texts */
  guint32 unused; /* 0: padding would have other bytes each time, and the program is built alike each time */
  double weight;
} CompiledTerm;

GVariant *
terms_compiled (const Thesaurus *thesaurus, const GPtrArray *names)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint32)),
                     rows = g_array_new (FALSE, FALSE, sizeof (CompiledTerm));
  g_autoptr (GString) texts = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++) {
    const GArray *terms = names->pdata[i];
    g_array_append_val (counts, terms->len);
    for (guint j = 0; j < terms->len; j++) {
      const Term *term = &g_array_index (terms, Term, j);
      gsize word = term->listed ? (gsize)(term->word - thesaurus->words) : texts->len;
      const CompiledTerm row = {term->term, term->listed, (guint32)word, 0, term->weight};
      g_array_append_val (rows, row);
      if (!term->listed)
        g_string_append_len (texts, term->word, (gssize)strlen (term->word) + 1);
    }
  }
  return g_variant_new ("(@au@a(uuuud)@ay)", compiled_rows ("u", counts), compiled_rows ("(uuuud)", rows),
                        compiled_text (texts));
}

GPtrArray *
terms_from_compiled (const Thesaurus *thesaurus, GVariant *compiled)
{
  gsize count;
  const guint32 *counts = rows_of_compiled (compiled, 0, sizeof *counts, &count);
  const CompiledTerm *row = rows_of_compiled (compiled, 1, sizeof *row, NULL);
  const char *texts = rows_of_compiled (compiled, 2, 1, NULL);
  GPtrArray *names = g_ptr_array_new_full ((guint)count, (GDestroyNotify)g_array_unref);
  for (gsize i = 0; i < count; i++) {
    GArray *terms = terms_new ();
    for (const CompiledTerm *end = row + counts[i]; row < end; row++) {
      char *word = row->listed ? (char *)thesaurus->words + row->word : g_strdup (texts + row->word);
      const Term term = {row->term, row->listed != 0, row->weight, word};
      g_array_append_val (terms, term);
    }
    g_ptr_array_add (names, terms);
  }
  return names;
}

/* How telling words are */

/* How many items have TERM, by COUNTS of listed ones. What is not listed is taken for one item's. */
static double
items_with_term (const Term *term, const guint *counts)
{
  return term->listed ? counts[term->term] : 1;
}

void
terms_weigh (const Thesaurus *thesaurus, GPtrArray *names, const GArray *items)
{
  g_autofree guint *counts = g_new0 (guint, thesaurus->lines);
  g_autofree int *last = g_new0 (int, thesaurus->lines); /* the last item that has the term, from 1 */
  for (guint i = 0; i < names->len; i++) {
    const GArray *terms = names->pdata[i];
    int item = g_array_index (items, int, i) + 1;
    for (guint j = 0; j < terms->len; j++) {
      const Term *term = &g_array_index (terms, Term, j);
      counts[term->listed ? term->term : 0] += term->listed && last[term->term] != item;
      last[term->listed ? term->term : 0] = item;
    }
  }
  for (guint i = 0; i < names->len; i++) {
    GArray *terms = names->pdata[i];
    for (guint j = 0; j < terms->len; j++) {
      Term *term = &g_array_index (terms, Term, j);
      if (term->weight >= SUBJECT_WEIGHT && term->weight < TERM_OTHER_SUBJECT)
        term->weight *= 1 + TELLING / items_with_term (term, counts);
    }
  }
}

/* Likeness */

static const Term *
term_at (const GArray *terms, guint index)
{
  return &g_array_index (terms, Term, index);
}

static const Term *
find_term (const GArray *terms, guint term)
{
  for (guint i = 0; i < terms->len; i++)
    if (term_at (terms, i)->term == term)
      return term_at (terms, i);
  return NULL;
}

/* The weight of TERM in a name, where the name that it is compared with does not have it. */
static double
weight_of_other (const Term *term, const GArray *definition)
{
  gboolean other_subject = term->listed && term->weight >= TERM_OTHER_SUBJECT;
  gboolean known = definition && !other_subject && find_term (definition, term->term);
  return known ? term->weight * TERM_OF_DEFINITION_SHARE : term->weight;
}

double
terms_likeness (const GArray *a, const GArray *b, const GArray *definition)
{
  double common = 0, other = 0;
  for (guint i = 0; i < a->len; i++) {
    const Term *term = term_at (a, i), *same = find_term (b, term->term);
    if (same)
      common += same->weight;
    else
      other += weight_of_other (term, definition);
  }
  for (guint i = 0; i < b->len; i++)
    other += find_term (a, term_at (b, i)->term) ? 0 : term_at (b, i)->weight;
  return common > 0 ? 2 * common / (2 * common + other) : 0;
}

guint64
terms_bits (const GArray *terms)
{
  guint64 bits = 0;
  for (guint i = 0; i < terms->len; i++)
    bits |= G_GUINT64_CONSTANT (1) << term_at (terms, i)->term % 64;
  return bits;
}

/* Whether TERM is not listed and looks like a word of B that A does not have. */
static gboolean
is_misspelt (const Term *term, const GArray *a, const GArray *b)
{
  for (guint i = 0; !term->listed && i < b->len; i++)
    if (!find_term (a, term_at (b, i)->term) && text_similarity (term->word, term_at (b, i)->word) >= MISSPELT_LIKENESS)
      return TRUE;
  return FALSE;
}

double
terms_left_over (const GArray *a, const GArray *b, const GArray *definition)
{
  double weight = 0;
  for (guint i = 0; i < a->len; i++)
    if (!find_term (b, term_at (a, i)->term) && !is_misspelt (term_at (a, i), a, b))
      weight += weight_of_other (term_at (a, i), definition);
  return weight;
}

gboolean
terms_have_other_subject (const GArray *terms)
{
  for (guint i = 0; i < terms->len; i++)
    if (term_at (terms, i)->listed && term_at (terms, i)->weight >= TERM_OTHER_SUBJECT)
      return TRUE;
  return FALSE;
}
