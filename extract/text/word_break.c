/* word_break.c - see word_break.h */
#include "text/word_break.h"

#include <unicode/ubrk.h>
#include <unicode/utf16.h>

/* A line that ended holds so many characters at least; what is shorter before a space (有 点呼) is a word of its own.
 * The shortest in five real texts has 12; narrow columns have 8. */
#define LINE_LEAST 6

struct WordBreaks {
  UBreakIterator *iterator; /* NULL: not used yet, or ICU has no data for it */
};

WordBreaks *
word_breaks_new (void)
{
  return g_new0 (WordBreaks, 1);
}

void
word_breaks_free (WordBreaks *breaks)
{
  if (!breaks)
    return;
  if (breaks->iterator)
    ubrk_close (breaks->iterator);
  g_free (breaks);
}

static gboolean
is_japanese (gunichar character)
{
  GUnicodeScript script = g_unichar_get_script (character);
  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA ||
         character == 0x30fc; /* ー */
}

static void
append_units (GArray *units, gunichar character)
{
  UChar pair[U16_MAX_LENGTH];
  int length = 0;
  U16_APPEND_UNSAFE (pair, length, character);
  g_array_append_vals (units, pair, (guint)length);
}

/* A space that may be the end of a line. */
typedef struct {
  gsize byte; /* in the text */
  int unit;   /* in the text without such spaces, UTF-16 */
} SpaceCandidate;

/* The spaces of TEXT between two Japanese characters after a line's length; UNITS is filled with TEXT without them. */
static GArray *
candidates_in_text (const char *text, GArray *units)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (SpaceCandidate));
  gunichar before = 0;
  int length = 0;
  for (const char *next = text; *next; next = g_utf8_next_char (next)) {
    gunichar character = g_utf8_get_char (next);
    if (character == ' ' && length >= LINE_LEAST && is_japanese (before) && is_japanese (g_utf8_get_char (next + 1))) {
      SpaceCandidate candidate = {next - text, (int)units->len};
      g_array_append_val (candidates, candidate);
    } else {
      append_units (units, character);
    }
    length = g_unichar_isspace (character) ? 0 : length + 1;
    before = character;
  }
  return candidates;
}

static gboolean
set_text (WordBreaks *breaks, GArray *units)
{
  UErrorCode status = U_ZERO_ERROR;
  if (!breaks->iterator)
    breaks->iterator = ubrk_open (UBRK_WORD, "ja", NULL, 0, &status);
  if (!breaks->iterator || U_FAILURE (status))
    return FALSE;
  ubrk_setText (breaks->iterator, (const UChar *)units->data, (int)units->len, &status);
  return U_SUCCESS (status);
}

char *
text_without_spaces_in_words (const char *text, WordBreaks *breaks)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (UChar));
  g_autoptr (GArray) candidates = candidates_in_text (text, units);
  if (candidates->len == 0 || !set_text (breaks, units))
    return NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  gsize done = 0;
  for (guint i = 0; i < candidates->len; i++) {
    const SpaceCandidate *candidate = &g_array_index (candidates, SpaceCandidate, i);
    if (ubrk_isBoundary (breaks->iterator, candidate->unit))
      continue;
    g_string_append_len (joined, text + done, (gssize)(candidate->byte - done));
    done = candidate->byte + 1;
  }
  if (done == 0)
    return NULL;
  g_string_append (joined, text + done);
  return g_strdup (joined->str);
}
