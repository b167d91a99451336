/* thesaurus.c - see thesaurus.h
 *
 *     entries, by their first character, the longest first       計 ──► 計画停止, 計画, 計算方法, …
 */
#include "patterns/thesaurus.h"

#include "model/error.h"
#include "text/character.h"
#include "text/likeness.h"

#include <glib/gi18n.h>
#include <string.h>

/* Numbers of terms that are not listed: a hash of the word, and this bit. */
#define UNLISTED 0x80000000U

/* What a word that is not listed weighs: by itself; at the head of a name, right before a listed word, which it only
 * narrows (自然災害 is a 災害). Chosen on tests/names.tsv. */
#define UNLISTED_WEIGHT 1.0
#define MODIFIER_WEIGHT 0.5

/* Two words that are this alike (likeness.h) are taken for one with a wrong letter: バックァップ, バックアップ are .73. */
#define MISSPELT_LIKENESS 0.5

typedef struct {
  char *word; /* spelled as the text is, see text_spelled */
  gsize length;
  guint term;
  double weight;
} Entry;

struct Thesaurus {
  const Folding *comparing;
  GHashTable *entries; /* the first character → GPtrArray of Entry, the longest first */
};

static void
entry_free (gpointer data)
{
  g_free (((Entry *)data)->word);
  g_free (data);
}

static void
term_clear (gpointer data)
{
  g_free (((Term *)data)->word);
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

/* Appends TEXT, folded: letters and digits as they are, a space for anything between them. */
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
    if (!left_out && spelled->len && spelled->str[spelled->len - 1] != ' ')
      g_string_append_c (spelled, ' ');
  }
  g_string_append_len (spelled, run, text - run);
}

/* Appends PIECE, the LENGTH bytes up to white space. */
static void
append_piece (GString *spelled, const Folding *comparing, const char *piece, gsize length)
{
  g_autofree char *own = g_strndup (piece, length);
  g_autofree char *folded =
      is_ascii (piece, length) ? g_ascii_strdown (own, (gssize)length) : text_folded (comparing, own);
  gboolean beside = spelled->len && (guchar)spelled->str[spelled->len - 1] < 0x80;
  if (spelled->len && spelled->str[spelled->len - 1] != ' ' && (beside || (guchar)*folded < 0x80))
    g_string_append_c (spelled, ' ');
  append_letters (spelled, folded);
}

/* TEXT as words are compared: folded by `comparing`, but with one space between words of ASCII, and where punctuation
 * was. White space within Japanese is nothing. The caller frees. */
static char *
text_spelled (const Folding *comparing, const char *text)
{
  static const char white[] = " \t\r\n";
  if (!comparing) /* it is spelled so */
    return g_strdup (text);
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

static void
add_entry (Thesaurus *thesaurus, const char *word, guint term, double weight)
{
  Entry *entry = g_new0 (Entry, 1);
  *entry = (Entry){text_spelled (thesaurus->comparing, word), 0, term, weight};
  entry->length = strlen (entry->word);
  gpointer first = GUINT_TO_POINTER (g_utf8_get_char (entry->word));
  GPtrArray *entries = g_hash_table_lookup (thesaurus->entries, first);
  if (!entries)
    g_hash_table_insert (thesaurus->entries, first, entries = g_ptr_array_new_with_free_func (entry_free));
  g_ptr_array_add (entries, entry);
}

static gboolean
add_line (Thesaurus *thesaurus, const char *line, guint term)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  char *end;
  double weight = g_ascii_strtod (fields[0], &end);
  if (end == fields[0] || *end || weight < 0 || !fields[1])
    return FALSE;
  for (char **word = fields + 1; *word; word++)
    if (**word)
      add_entry (thesaurus, *word, term, weight);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(const Entry *const *)a, *other = *(const Entry *const *)b;
  return one->length != other->length ? (one->length < other->length ? 1 : -1) : strcmp (one->word, other->word);
}

static void
sort_entries (Thesaurus *thesaurus)
{
  GHashTableIter every;
  gpointer entries;
  g_hash_table_iter_init (&every, thesaurus->entries);
  while (g_hash_table_iter_next (&every, NULL, &entries))
    g_ptr_array_sort (entries, compare_entries);
}

/* As thesaurus_from_bytes, of the words as they are spelled where COMPARING is NULL. */
static Thesaurus *
thesaurus_of_words (const char *name, GBytes *bytes, const Folding *comparing, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (Thesaurus) thesaurus = g_new0 (Thesaurus, 1);
  thesaurus->comparing = comparing;
  thesaurus->entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, _ ("%s: is not UTF-8"), name);
    return NULL;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_strchomp (lines[i]);
    if (!*lines[i] || *lines[i] == '#' || add_line (thesaurus, lines[i], i))
      continue;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS,
                 _ ("%s:%u: expected a weight and words, with tabs between them"), name, i + 1);
    return NULL;
  }
  sort_entries (thesaurus);
  return g_steal_pointer (&thesaurus);
}

Thesaurus *
thesaurus_from_bytes (const char *name, GBytes *bytes, gboolean spelled, const Folding *comparing, GError **error)
{
  Thesaurus *thesaurus = thesaurus_of_words (name, bytes, spelled ? NULL : comparing, error);
  if (thesaurus)
    thesaurus->comparing = comparing;
  return thesaurus;
}

static void
append_spelled_line (GString *spelled, const char *line, const Folding *comparing)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_string_append (spelled, fields[0] ? fields[0] : "");
  for (char **word = fields; *word && *++word;) {
    g_autofree char *own = text_spelled (comparing, *word);
    g_string_append_printf (spelled, "\t%s", own);
  }
}

char *
thesaurus_spelled (GBytes *bytes, const Folding *comparing)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *spelled = g_string_new (NULL);
  for (char **line = lines; *line; line++) {
    if (**line != '#') /* the number of each line is that of its term */
      append_spelled_line (spelled, g_strchomp (*line), comparing);
    g_string_append_c (spelled, '\n');
  }
  return g_string_free (spelled, FALSE);
}

void
thesaurus_free (Thesaurus *thesaurus)
{
  if (!thesaurus)
    return;
  g_hash_table_unref (thesaurus->entries);
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

/* Where ENTRY, which begins with the same character, ends in the text at AT; NULL: it is not there. A word of ASCII is
 * whole there, perhaps in the plural. */
static const char *
end_of_entry (const Entry *entry, const char *at)
{
  for (gsize i = g_utf8_next_char (at) - at; i < entry->length; i++)
    if (at[i] != entry->word[i])
      return NULL;
  const char *end = at + entry->length;
  if (!g_ascii_isalpha (end[-1]))
    return end;
  end += plural_length (end);
  return g_ascii_isalnum (*end) ? NULL : end;
}

static const Entry *
entry_at (const Thesaurus *thesaurus, const char *at, const char **end)
{
  const GPtrArray *entries = g_hash_table_lookup (thesaurus->entries, GUINT_TO_POINTER (g_utf8_get_char (at)));
  for (guint i = 0; entries && i < entries->len; i++)
    if ((*end = end_of_entry (entries->pdata[i], at)))
      return entries->pdata[i];
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

/* What the word from START to END, which is not listed, weighs; IS_FIRST: the name begins with it. */
static double
weight_of_unlisted (const Thesaurus *thesaurus, const char *start, const char *end, gboolean is_first)
{
  if (g_ascii_isalnum (*start)) {
    gboolean is_adverb = end - start > 4 && !strncmp (end - 2, "ly", 2);
    return is_figure (start, end) || is_adverb ? 0 : UNLISTED_WEIGHT;
  }
  const char *ignored;
  const Entry *next = is_first && *end && (guchar)*end >= 0x80 ? entry_at (thesaurus, end, &ignored) : NULL;
  gboolean narrows = next && next->weight >= MODIFIER_WEIGHT && next->weight < TERM_OTHER_SUBJECT;
  return narrows ? MODIFIER_WEIGHT : UNLISTED_WEIGHT;
}

/* Adds the term of WEIGHT from START to END, unless it weighs nothing or is there already. */
static void
add_term (GArray *terms, const Entry *entry, double weight, const char *start, const char *end)
{
  Term term = {.listed = entry != NULL, .weight = weight};
  if (weight <= 0)
    return;
  term.word = g_strndup (start, end - start);
  term.term = entry ? entry->term : g_str_hash (term.word) | UNLISTED;
  guint place = 0;
  while (place < terms->len && g_array_index (terms, Term, place).term < term.term)
    place++;
  if (place < terms->len && g_array_index (terms, Term, place).term == term.term)
    g_free (term.word);
  else
    g_array_insert_val (terms, place, term);
}

GArray *
terms_from_text (const Thesaurus *thesaurus, const char *text)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (terms, term_clear);
  g_autofree char *spelled = text_spelled (thesaurus->comparing, text);
  for (const char *at = spelled, *end; *at; at = end) {
    const Entry *entry = entry_at (thesaurus, at, &end);
    if (!entry && (*at == ' ' || is_hiragana (at))) {
      end = g_utf8_next_char (at);
      continue;
    }
    if (!entry)
      end = end_of_unlisted (thesaurus, at);
    add_term (terms, entry, entry ? entry->weight : weight_of_unlisted (thesaurus, at, end, at == spelled), at, end);
  }
  return terms;
}

/* Likeness */

static const Term *
term_at (const GArray *terms, guint index)
{
  return &g_array_index (terms, Term, index);
}

static gboolean
has_term (const GArray *terms, guint term)
{
  for (guint i = 0; i < terms->len; i++)
    if (term_at (terms, i)->term == term)
      return TRUE;
  return FALSE;
}

/* The weight of TERM in a name, where the name that it is compared with does not have it. */
static double
weight_of_other (const Term *term, const GArray *definition)
{
  gboolean known = definition && term->weight < TERM_OTHER_SUBJECT && has_term (definition, term->term);
  return known ? term->weight * TERM_OF_DEFINITION_SHARE : term->weight;
}

double
terms_likeness (const GArray *a, const GArray *b, const GArray *definition)
{
  double common = 0, other = 0;
  for (guint i = 0; i < a->len; i++) {
    const Term *term = term_at (a, i);
    if (has_term (b, term->term))
      common += term->weight;
    else
      other += weight_of_other (term, definition);
  }
  for (guint i = 0; i < b->len; i++)
    other += has_term (a, term_at (b, i)->term) ? 0 : term_at (b, i)->weight;
  return common > 0 ? 2 * common / (2 * common + other) : 0;
}

/* Whether TERM is not listed and looks like a word of B that A does not have. */
static gboolean
is_misspelt (const Term *term, const GArray *a, const GArray *b)
{
  for (guint i = 0; !term->listed && i < b->len; i++)
    if (!has_term (a, term_at (b, i)->term) && text_similarity (term->word, term_at (b, i)->word) >= MISSPELT_LIKENESS)
      return TRUE;
  return FALSE;
}

double
terms_left_over (const GArray *a, const GArray *b, const GArray *definition)
{
  double weight = 0;
  for (guint i = 0; i < a->len; i++)
    if (!has_term (b, term_at (a, i)->term) && !is_misspelt (term_at (a, i), a, b))
      weight += weight_of_other (term_at (a, i), definition);
  return weight;
}

gboolean
terms_have_other_subject (const GArray *terms)
{
  for (guint i = 0; i < terms->len; i++)
    if (term_at (terms, i)->weight >= TERM_OTHER_SUBJECT)
      return TRUE;
  return FALSE;
}
