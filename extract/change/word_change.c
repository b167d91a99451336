/* word_change.c - see word_change.h */
#include "change/word_change.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* The table of the longest common subsequence has no more entries than this. */
#define TABLE_MOST (4u << 20)

struct WordSegmenter {
  const Folding *changing; /* borrowed */
  UBreakIterator *breaks;  /* NULL: ICU has no data for it, and texts have no words */
};

typedef struct {
  int start; /* byte in the text; the word ends where the next one starts */
  char *key; /* folded */
} TextWord;

WordSegmenter *
word_segmenter_new (const Knowledge *knowledge)
{
  WordSegmenter *segmenter = g_new0 (WordSegmenter, 1);
  UErrorCode status = U_ZERO_ERROR;
  segmenter->changing = knowledge->changing;
  segmenter->breaks = ubrk_open (UBRK_WORD, "ja", NULL, 0, &status);
  return segmenter;
}

void
word_segmenter_free (WordSegmenter *segmenter)
{
  if (!segmenter)
    return;
  if (segmenter->breaks)
    ubrk_close (segmenter->breaks);
  g_free (segmenter);
}

static void
word_clear (gpointer data)
{
  g_free (((TextWord *)data)->key);
}

/* TLS 1.2 is TLS1.2. */
static gboolean
needs_space_between (char a, char b)
{
  return (g_ascii_isalpha (a) && g_ascii_isalpha (b)) || (g_ascii_isdigit (a) && g_ascii_isdigit (b));
}

/* TEXT without white space, but for that between two words in Latin letters, or two numbers. PLACES: where each byte
 * was. */
static GString *
squeeze (const char *text, GArray *places)
{
  GString *squeezed = g_string_new (NULL);
  for (const char *at = text; *at;) {
    const char *next = at;
    while (*next && g_unichar_isspace (g_utf8_get_char (next)))
      next = g_utf8_next_char (next);
    int place = (int)(at - text);
    if (next > at && squeezed->len > 0 && needs_space_between (squeezed->str[squeezed->len - 1], *next)) {
      g_string_append_c (squeezed, ' ');
      g_array_append_val (places, place);
    }
    for (const char *end = *next ? g_utf8_next_char (next) : next; next < end; next++) {
      place = (int)(next - text);
      g_string_append_c (squeezed, *next);
      g_array_append_val (places, place);
    }
    at = next;
  }
  return squeezed;
}

/* START: byte in the text. What folds to nothing, such as 。, belongs to the word before. */
static void
add_word (const WordSegmenter *segmenter, GArray *words, const char *text, int start)
{
  char *key = text_folded (segmenter->changing, text);
  if (!*key) {
    g_free (key);
    return;
  }
  TextWord word = {words->len > 0 ? start : 0, key};
  g_array_append_val (words, word);
}

static GArray *
words_from_text (WordSegmenter *segmenter, const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (TextWord));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  GString *squeezed = squeeze (text, places);
  UErrorCode status = U_ZERO_ERROR;
  UText *units = utext_openUTF8 (NULL, squeezed->str, (int64_t)squeezed->len, &status);
  UBreakIterator *breaks = segmenter->breaks;
  g_array_set_clear_func (words, word_clear);
  if (breaks && U_SUCCESS (status))
    ubrk_setUText (breaks, units, &status);
  for (int start = 0, end; breaks && U_SUCCESS (status) && (end = ubrk_next (breaks)) != UBRK_DONE; start = end) {
    g_autofree char *word = g_strndup (squeezed->str + start, end - start);
    add_word (segmenter, words, word, g_array_index (places, int, start));
  }
  utext_close (units);
  g_string_free (squeezed, TRUE);
  return words;
}

/* Two lists of words, and what of them is still to be aligned: from `from` to `old_end` and `new_end`. */
typedef struct {
  const GArray *old, *new;
  guint from, old_end, new_end;
  gboolean *old_kept, *new_kept; /* for each word whether it is in both texts */
} WordAlignment;

static gboolean
same_word (const WordAlignment *alignment, guint old, guint new)
{
  return g_str_equal (g_array_index (alignment->old, TextWord, old).key,
                      g_array_index (alignment->new, TextWord, new).key);
}

static void
keep (WordAlignment *alignment, guint old, guint new)
{
  alignment->old_kept[old] = alignment->new_kept[new] = TRUE;
}

static void
keep_ends (WordAlignment *alignment)
{
  while (alignment->from < alignment->old_end && alignment->from < alignment->new_end &&
         same_word (alignment, alignment->from, alignment->from)) {
    keep (alignment, alignment->from, alignment->from);
    alignment->from++;
  }
  while (alignment->old_end > alignment->from && alignment->new_end > alignment->from &&
         same_word (alignment, alignment->old_end - 1, alignment->new_end - 1))
    keep (alignment, --alignment->old_end, --alignment->new_end);
}

/* lengths[i][j]: of the longest common subsequence of what follows word i of OLD and word j of NEW. */
static void
keep_longest (WordAlignment *alignment)
{
  guint rows = alignment->old_end - alignment->from, columns = alignment->new_end - alignment->from;
  gsize stride = (gsize)columns + 1;
  if ((rows + 1) * stride > TABLE_MOST || MIN (rows, columns) > G_MAXUINT16)
    return;
  g_autofree guint16 *lengths = g_new0 (guint16, (rows + 1) * stride);
  for (guint i = rows; i-- > 0;)
    for (guint j = columns; j-- > 0;) {
      gsize at = i * stride + j;
      gboolean same = same_word (alignment, alignment->from + i, alignment->from + j);
      lengths[at] = same ? lengths[at + stride + 1] + 1 : MAX (lengths[at + stride], lengths[at + 1]);
    }
  for (guint i = 0, j = 0; i < rows && j < columns;) {
    gsize at = i * stride + j;
    if (same_word (alignment, alignment->from + i, alignment->from + j))
      keep (alignment, alignment->from + i++, alignment->from + j++);
    else if (lengths[at + stride] >= lengths[at + 1])
      i++;
    else
      j++;
  }
}

static int
start_of_word (const GArray *words, guint index, const char *text)
{
  return index < words->len ? g_array_index (words, TextWord, index).start : (int)strlen (text);
}

static GArray *
stretches_from_alignment (const WordAlignment *alignment, const char *old, const char *new)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  for (guint i = 0, j = 0; i < alignment->old->len || j < alignment->new->len;) {
    Stretch stretch = {.old_start = start_of_word (alignment->old, i, old),
                       .new_start = start_of_word (alignment->new, j, new)};
    guint before = i + j;
    while (i < alignment->old->len && j < alignment->new->len && alignment->old_kept[i] && alignment->new_kept[j])
      i++, j++;
    stretch.changed = i + j == before;
    while (stretch.changed && i < alignment->old->len && !alignment->old_kept[i])
      i++;
    while (stretch.changed && j < alignment->new->len && !alignment->new_kept[j])
      j++;
    stretch.old_end = start_of_word (alignment->old, i, old);
    stretch.new_end = start_of_word (alignment->new, j, new);
    g_array_append_val (stretches, stretch);
  }
  return stretches;
}

GArray *
stretches_from_texts (WordSegmenter *segmenter, const char *old, const char *new)
{
  g_autoptr (GArray) before = words_from_text (segmenter, old), now = words_from_text (segmenter, new);
  g_autofree gboolean *old_kept = g_new0 (gboolean, before->len), *new_kept = g_new0 (gboolean, now->len);
  WordAlignment alignment = {before, now, 0, before->len, now->len, old_kept, new_kept};
  keep_ends (&alignment);
  keep_longest (&alignment);
  return stretches_from_alignment (&alignment, old, new);
}
