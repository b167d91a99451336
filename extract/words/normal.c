/* normal.c - see normal.h
 *
 * A folding is a Unicode normalisation, then the rules of a file. ICU takes some microseconds for that even for short
 * texts, and every text of a sheet is folded many times. Apart from composition (か + U+3099 = が) each character is
 * folded on its own, so what becomes of it is asked once and remembered. A text with a character that composes
 * with the one before it, or that lies beyond U+FFFF, goes the long way.
 */
#include "words/normal.h"

#include "words/pattern.h"
#include "words/pattern_file.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define REMEMBERED 0x10000 /* the Basic Multilingual Plane */

typedef struct Folding Folding;
struct Folding {
  const char *file;
  Folding *before; /* what is done first, or NULL */
  const UNormalizer2 *(*normalizer) (UErrorCode *status);
  UTransliterator *rules;             /* NULL until first used */
  const char *remembered[REMEMBERED]; /* what becomes of one character; NULL: not asked yet */
};

static Folding writing = {.file = "writing.rules", .normalizer = unorm2_getNFCInstance};
static Folding comparing = {
    .file = "comparing.rules", .before = &writing, .normalizer = unorm2_getNFKCCasefoldInstance};

static Folding changing = {
    .file = "changing.rules", .before = &comparing, .normalizer = unorm2_getNFKCCasefoldInstance};

/* Stands among the remembered for a character that takes the long way. */
static const char long_way[] = "";

/* UTF-16, as ICU wants it. `units` has room for `room`. */
typedef struct {
  UChar *units;
  int32_t length, room;
} Wide;

static void
wide_clear (Wide *wide)
{
  g_free (wide->units);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wide, wide_clear)

static Wide
wide_from_utf8 (const char *text)
{
  Wide wide = {.room = (int32_t)strlen (text) + 1};
  UErrorCode status = U_ZERO_ERROR;
  wide.units = g_new (UChar, wide.room);
  u_strFromUTF8WithSub (wide.units, wide.room, &wide.length, text, -1, 0xFFFD, NULL, &status);
  return wide;
}

static char *
utf8_from_units (const UChar *units, int32_t length)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t room = length * 3 + 1;
  char *text = g_malloc (room);
  u_strToUTF8WithSub (text, room, NULL, units, length, 0xFFFD, NULL, &status);
  return text;
}

/* Rules */

G_GNUC_NORETURN static void
stop_at_rule (const char *file, const Wide *rules, int32_t offset, UErrorCode status)
{
  int number = 1;
  int32_t start = 0, end = 0;
  for (int32_t i = 0; i < MIN (offset, rules->length); i++)
    if (rules->units[i] == '\n')
      number++, start = i + 1;
  for (end = start; end < rules->length && rules->units[end] != '\n';)
    end++;
  g_autofree char *line = utf8_from_units (rules->units + start, end - start);
  FilePlace place = {line, number, offset - start + 1};
  g_autofree char *fault = fault_new (file, place, u_errorName (status));
  g_printerr ("%s\n", fault);
  exit (2);
}

static UTransliterator *
rules_open (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_file_bytes (file, &error);
  if (!bytes) {
    g_printerr ("%s: %s\n", file, error->message);
    exit (2);
  }
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data ? data : "", size);
  g_auto (Wide) wide = wide_from_utf8 (text);
  static const UChar id[] = {'r', 'u', 'l', 'e', 's', 0};
  UParseError where = {0};
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *rules = utrans_openU (id, -1, UTRANS_FORWARD, wide.units, wide.length, &where, &status);
  if (U_FAILURE (status))
    stop_at_rule (file, &wide, where.offset, status);
  return rules;
}

/* Folding, the long way */

static Wide
normalize (const Folding *folding, const Wide *text)
{
  Wide folded = {.room = text->length + 16};
  UErrorCode status;
  do {
    g_free (folded.units);
    folded.room *= 2;
    folded.units = g_new (UChar, folded.room);
    status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = folding->normalizer (&status);
    folded.length = unorm2_normalize (normalizer, text->units, text->length, folded.units, folded.room, &status);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return folded;
}

static Wide
apply_rules (Folding *folding, const Wide *text)
{
  if (!folding->rules)
    folding->rules = rules_open (folding->file);
  Wide folded = {.room = text->length + 64};
  UErrorCode status;
  do {
    g_free (folded.units);
    folded.room *= 4;
    folded.units = g_new (UChar, folded.room);
    memcpy (folded.units, text->units, text->length * sizeof (UChar));
    folded.length = text->length;
    int32_t limit = text->length;
    status = U_ZERO_ERROR;
    utrans_transUChars (folding->rules, folded.units, &folded.length, folded.room, 0, &limit, &status);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return folded;
}

/* Normalised again at the end, since what a rule drops may have stood between two characters that compose. */
static char *
fold_long_way (Folding *folding, const char *text)
{
  g_autofree char *first = folding->before ? fold_long_way (folding->before, text) : NULL;
  g_auto (Wide) wide = wide_from_utf8 (first ? first : text);
  g_auto (Wide) normal = normalize (folding, &wide);
  g_auto (Wide) ruled = apply_rules (folding, &normal);
  g_auto (Wide) folded = normalize (folding, &ruled);
  return utf8_from_units (folded.units, folded.length);
}

/* Folding, character by character */

static gboolean
composes (gunichar character)
{
  UErrorCode status = U_ZERO_ERROR;
  return character >= 0x300 && !unorm2_hasBoundaryBefore (unorm2_getNFKCInstance (&status), (UChar32)character);
}

static const char *
fold_character (Folding *folding, gunichar character)
{
  if (character >= REMEMBERED)
    return long_way;
  const char **remembered = &folding->remembered[character];
  if (*remembered)
    return *remembered;
  char text[8] = {0};
  g_unichar_to_utf8 (character, text);
  g_autofree char *folded = fold_long_way (folding, text);
  gboolean alone = !composes (character) && !composes (g_utf8_get_char (folded));
  *remembered = alone ? g_steal_pointer (&folded) : long_way;
  return *remembered;
}

/* NULL: TEXT must go the long way. */
static char *
fold_short_way (Folding *folding, const char *text)
{
  g_autoptr (GString) folded = g_string_sized_new (strlen (text) + 16);
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    const char *character = fold_character (folding, g_utf8_get_char (at));
    if (character == long_way)
      return NULL;
    g_string_append (folded, character);
  }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static char *
fold (Folding *folding, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  text = valid ? valid : text;
  char *folded = fold_short_way (folding, text);
  if (folded)
    return folded;

  /* Decomposed kana, as some systems write them throughout, need no more than this. */
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  folded = fold_short_way (folding, composed);
  return folded ? folded : fold_long_way (folding, composed);
}

char *
text_for_writing (const char *text)
{
  return fold (&writing, text);
}

char *
text_for_comparing (const char *text)
{
  return fold (&comparing, text);
}

char *
text_for_changes (const char *text)
{
  return fold (&changing, text);
}

/* Likeness */

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *)a, second = *(const guint64 *)b;
  return first < second ? -1 : first > second;
}

TextFeatures *
text_features (const char *text)
{
  TextFeatures *features = g_new0 (TextFeatures, 1);
  features->numbers = g_new (guint64, 2 * strlen (text) + 1);
  guint64 before = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    guint64 character = g_utf8_get_char (at);
    features->numbers[features->count++] = character;
    if (before)
      features->numbers[features->count++] = before << 32 | character;
    before = character;
  }
  qsort (features->numbers, features->count, sizeof (guint64), order_numbers);
  return features;
}

void
text_features_free (TextFeatures *features)
{
  if (!features)
    return;
  g_free (features->numbers);
  g_free (features);
}

double
text_features_similarity (const TextFeatures *a, const TextFeatures *b)
{
  guint common = 0;
  for (guint i = 0, j = 0; i < a->count && j < b->count;) {
    guint64 ours = a->numbers[i], theirs = b->numbers[j];
    common += ours == theirs;
    i += ours <= theirs;
    j += theirs <= ours;
  }
  return common > 0 ? 2.0 * common / (a->count + b->count) : 0;
}

double
text_similarity (const char *a, const char *b)
{
  g_autoptr (TextFeatures) ours = text_features (a), theirs = text_features (b);
  return text_features_similarity (ours, theirs);
}
