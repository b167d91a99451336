/* folding.c - see folding.h
 *
 * ICU takes some microseconds to normalise even a short text, and every text of a sheet is folded many times. Apart
 * from composition (か + U+3099 = が) each character is folded on its own, so its result is computed once and cached;
 * most characters do not change, and runs of those are copied. A text with a character that composes with the one
 * before it, or that is outside of the Basic Multilingual Plane, takes the slow path.
 */
#include "text/folding.h"

#include "model/error.h"
#include "text/character.h"
#include "text/compiled.h"
#include "text/fault.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#define CACHED_CHARACTERS 0x10000 /* the Basic Multilingual Plane */
#define CACHED_TEXT_LIMIT 4096    /* bytes */

/* More characters than a set has that is listed or is a property of spaces and signs; [:Han:] is a mistake. */
#define SET_LIMIT 10000

/* What a character becomes by the rules. A row of the compiled folding: (uu). */
typedef struct {
  guint32 character;
  guint32 units; /* where it begins among the units; it ends with 0 */
} FoldingResult;

struct Folding {
  const Folding *before; /* applied first; NULL: none */
  const UNormalizer2 *normalizer;
  GArray *results;        /* FoldingResult, by their characters */
  GArray *units;          /* UChar */
  guint16 *cached;        /* CACHED_CHARACTERS: what each character becomes, a CachedResult */
  GVariant *compiled;     /* has `cached`, with every result; NULL: it is owned */
  GString *computed;      /* texts, each ended by 0; the first is FIRST_COMPUTED in `cached` */
  GString *text, *folded; /* the last text: what a cell means is asked several times in a row */
};

/* In `cached`: the character takes the slow path, or does not change. */
typedef enum { NOT_COMPUTED, SLOW_PATH, UNCHANGED, FIRST_COMPUTED } CachedResult;

/* FoldingResult, UChar, `cached`, `computed`. */
#define COMPILED_FOLDING "(@a(uu)@aq@aq@ay)"

/* UTF-16, as ICU wants it, in a buffer of `room` units. */
typedef struct {
  UChar *units;
  int32_t length, room;
} Utf16Text;

static void
utf16_clear (Utf16Text *wide)
{
  g_free (wide->units);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Utf16Text, utf16_clear)

/* BYTES: the length of TEXT, -1: up to its NUL. */
static Utf16Text
utf16_from_utf8 (const char *text, int32_t bytes)
{
  Utf16Text wide = {.room = (bytes < 0 ? (int32_t)strlen (text) : bytes) + 1};
  UErrorCode status = U_ZERO_ERROR;
  wide.units = g_new (UChar, wide.room);
  u_strFromUTF8WithSub (wide.units, wide.room, &wide.length, text, bytes, 0xFFFD, NULL, &status);
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

/* Reading the rules */

typedef struct {
  const char *name;
  Utf16Text file;
  int32_t at;
  GHashTable *results; /* UChar32 -> UChar *, ended by 0 */
  GError **error;
} RulesReading;

/* Always FALSE. */
static gboolean
fail_at (const RulesReading *reading, int32_t place, const char *message)
{
  const UChar *units = reading->file.units;
  int number = 1;
  int32_t start = 0, end;
  for (int32_t i = 0; i < MIN (place, reading->file.length); i++)
    if (units[i] == '\n')
      number++, start = i + 1;
  for (end = start; end < reading->file.length && units[end] != '\n';)
    end++;
  g_autofree char *line = utf8_from_units (units + start, end - start);
  int column = u_countChar32 (units + start, MIN (place, end) - start) + 1;
  g_autofree char *fault = fault_new (reading->name, (FilePlace){line, number, column}, message);
  g_set_error_literal (reading->error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, fault);
  return FALSE;
}

/* The character at the place, 0 at the end of the file. */
static UChar32
next_character (const RulesReading *reading)
{
  UChar32 character = 0;
  if (reading->at < reading->file.length)
    U16_GET (reading->file.units, 0, reading->at, reading->file.length, character);
  return character;
}

static gboolean
is_space (UChar32 character)
{
  return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* White space, and comments to the end of their line. */
static void
skip_space (RulesReading *reading)
{
  const UChar *units = reading->file.units;
  for (; reading->at < reading->file.length; reading->at++) {
    if (units[reading->at] == '#')
      while (reading->at + 1 < reading->file.length && units[reading->at + 1] != '\n')
        reading->at++;
    else if (!is_space (units[reading->at]))
      return;
  }
}

/* Passes over SIGN, which must come next; else MESSAGE, to be translated, is the fault. */
static gboolean
take_sign (RulesReading *reading, char sign, const char *message)
{
  skip_space (reading);
  if (next_character (reading) != (UChar32)sign)
    return fail_at (reading, reading->at, _ (message));
  reading->at++;
  return TRUE;
}

static UChar
unit_at (int32_t offset, void *units)
{
  return ((const UChar *)units)[offset];
}

static void
append_character (GArray *text, UChar32 character)
{
  UChar units[2];
  int32_t length = 0;
  U16_APPEND_UNSAFE (units, length, character);
  g_array_append_vals (text, units, length);
}

static gboolean
take_escaped (RulesReading *reading, GArray *text)
{
  int32_t after = reading->at + 1;
  UChar32 character = u_unescapeAt (unit_at, &after, reading->file.length, reading->file.units);
  if (character < 0)
    return fail_at (reading, reading->at, _ ("expected 'u' and four or 'U' and eight hexadecimal digits after '\\'"));
  append_character (text, character);
  reading->at = after;
  return TRUE;
}

/* 'words': characters in quotes are literal; two quotes are one, in quotes or not. */
static gboolean
take_quoted (RulesReading *reading, GArray *text)
{
  int32_t start = reading->at++;
  if (next_character (reading) == '\'') {
    append_character (text, '\'');
    reading->at++;
    return TRUE;
  }
  for (;;) {
    UChar32 character = next_character (reading);
    if (!character || character == '\n')
      return fail_at (reading, start, _ ("unterminated quote"));
    reading->at += U16_LENGTH (character);
    if (character == '\'' && next_character (reading) != '\'')
      return TRUE;
    reading->at += character == '\'';
    append_character (text, character);
  }
}

/* Characters up to a sign of the syntax. */
static gboolean
take_text (RulesReading *reading, GArray *text)
{
  for (gboolean good = TRUE; good;) {
    skip_space (reading);
    UChar32 character = next_character (reading);
    if (character == '\'')
      good = take_quoted (reading, text);
    else if (character == '\\')
      good = take_escaped (reading, text);
    else if (!character || (character < 0x80 && !g_ascii_isalnum ((char)character)))
      return TRUE;
    else {
      append_character (text, character);
      reading->at += U16_LENGTH (character);
    }
  }
  return FALSE;
}

/* [...]: the characters that a rule is for. */
static gboolean
take_set (RulesReading *reading, USet *set)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t read = uset_applyPattern (set, reading->file.units + reading->at, reading->file.length - reading->at,
                                    USET_IGNORE_SPACE, &status);
  if (U_FAILURE (status))
    return fail_at (reading, reading->at, _ ("invalid set of characters"));
  if (uset_size (set) > SET_LIMIT)
    return fail_at (reading, reading->at, _ ("too many characters in this set"));
  reading->at += read;
  return TRUE;
}

static gboolean
take_characters (RulesReading *reading, USet *set)
{
  if (next_character (reading) == '[')
    return take_set (reading, set);
  int32_t start = reading->at;
  g_autoptr (GArray) text = g_array_new (TRUE, FALSE, sizeof (UChar));
  if (!take_text (reading, text))
    return FALSE;
  const UChar *units = (const UChar *)(gpointer)text->data;
  UChar32 character = 0;
  if (text->len)
    U16_GET (units, 0, 0, (int32_t)text->len, character);
  if (!text->len || U16_LENGTH (character) != (int)text->len)
    return fail_at (reading, start, _ ("expected one character or a set before '>'; signs must be quoted"));
  uset_add (set, character);
  return TRUE;
}

/* Of several rules for a character the first one applies. */
static void
keep_result (GHashTable *results, const USet *characters, const GArray *result)
{
  for (int32_t i = 0; i < uset_size (characters); i++) {
    gpointer character = GINT_TO_POINTER (uset_charAt (characters, i));
    if (!g_hash_table_contains (results, character))
      g_hash_table_insert (results, character, g_memdup2 (result->data, (result->len + 1) * sizeof (UChar)));
  }
}

/* One rule: characters > result ; */
static gboolean
take_rule (RulesReading *reading)
{
  USet *characters = uset_openEmpty ();
  g_autoptr (GArray) result = g_array_new (TRUE, TRUE, sizeof (UChar));
  gboolean good = take_characters (reading, characters) && take_sign (reading, '>', N_ ("expected '>'")) &&
                  take_text (reading, result) &&
                  take_sign (reading, ';', N_ ("expected ';' at the end of the rule; signs must be quoted"));
  if (good)
    keep_result (reading->results, characters, result);
  uset_close (characters);
  return good;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const FoldingResult *one = a, *other = b;
  return one->character < other->character ? -1 : one->character > other->character;
}

/* Without what a character becomes. */
static Folding *
folding_empty (FoldingNormalizer normalizer, const Folding *before)
{
  UErrorCode status = U_ZERO_ERROR;
  Folding *folding = g_new0 (Folding, 1);
  folding->before = before;
  folding->normalizer =
      normalizer == FOLDING_NFC ? unorm2_getNFCInstance (&status) : unorm2_getNFKCCasefoldInstance (&status);
  folding->text = g_string_new (NULL);
  folding->folded = g_string_new (NULL);
  return folding;
}

/* RESULTS: those of RulesReading. */
static Folding *
folding_from_results (GHashTable *results, FoldingNormalizer normalizer, const Folding *before)
{
  Folding *folding = folding_empty (normalizer, before);
  folding->results = g_array_new (FALSE, FALSE, sizeof (FoldingResult));
  folding->units = g_array_new (FALSE, FALSE, sizeof (UChar));
  folding->cached = g_new0 (guint16, CACHED_CHARACTERS);
  folding->computed = g_string_new (NULL);
  GHashTableIter every;
  gpointer character, units;
  g_hash_table_iter_init (&every, results);
  while (g_hash_table_iter_next (&every, &character, &units)) {
    const FoldingResult result = {GPOINTER_TO_UINT (character), folding->units->len};
    g_array_append_val (folding->results, result);
    g_array_append_vals (folding->units, units, (guint)u_strlen (units) + 1);
  }
  g_array_sort (folding->results, compare_results);
  return folding;
}

Folding *
folding_new (const char *name, GBytes *rules, FoldingNormalizer normalizer, const Folding *before, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (rules, &size);
  g_autoptr (GHashTable) results = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_auto (Utf16Text) file = utf16_from_utf8 (data ? data : "", (int32_t)size);
  RulesReading reading = {.name = name, .file = file, .results = results, .error = error};
  for (skip_space (&reading); reading.at < file.length; skip_space (&reading))
    if (!take_rule (&reading))
      return NULL;
  return folding_from_results (results, normalizer, before);
}

Folding *
folding_from_compiled (GVariant *compiled, FoldingNormalizer normalizer, const Folding *before)
{
  gsize size;
  Folding *folding = folding_empty (normalizer, before);
  folding->results = array_of_compiled (compiled, 0, sizeof (FoldingResult));
  folding->units = array_of_compiled (compiled, 1, sizeof (UChar));
  folding->compiled = g_variant_ref (compiled);
  folding->cached = (guint16 *)rows_of_compiled (compiled, 2, sizeof (guint16), NULL);
  const char *computed = rows_of_compiled (compiled, 3, 1, &size);
  folding->computed = g_string_new_len (computed, (gssize)size);
  return folding;
}

void
folding_free (Folding *folding)
{
  if (!folding)
    return;
  if (folding->compiled)
    g_variant_unref (folding->compiled);
  else
    g_free (folding->cached);
  g_array_unref (folding->results);
  g_array_unref (folding->units);
  g_string_free (folding->computed, TRUE);
  g_string_free (folding->text, TRUE);
  g_string_free (folding->folded, TRUE);
  g_free (folding);
}

/* Folding, the slow path */

static Utf16Text
normalize (const Folding *folding, const Utf16Text *text)
{
  Utf16Text folded = {.room = text->length + 16};
  UErrorCode status;
  do {
    g_free (folded.units);
    folded.room *= 2;
    folded.units = g_new (UChar, folded.room);
    status = U_ZERO_ERROR;
    folded.length =
        unorm2_normalize (folding->normalizer, text->units, text->length, folded.units, folded.room, &status);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return folded;
}

static void
utf16_append (Utf16Text *wide, const UChar *units, int32_t length)
{
  if (wide->length + length > wide->room) {
    wide->room = 2 * (wide->length + length);
    wide->units = g_renew (UChar, wide->units, wide->room);
  }
  memcpy (wide->units + wide->length, units, length * sizeof (UChar));
  wide->length += length;
}

/* What CHARACTER becomes by the rules; NULL: no rule is for it. */
static const UChar *
find_result (const Folding *folding, UChar32 character)
{
  guint place;
  const FoldingResult wanted = {.character = (guint32)character};
  if (!g_array_binary_search (folding->results, &wanted, compare_results, &place))
    return NULL;
  return &g_array_index (folding->units, UChar, g_array_index (folding->results, FoldingResult, place).units);
}

static Utf16Text
apply_rules (const Folding *folding, const Utf16Text *text)
{
  Utf16Text folded = {.room = text->length + 16};
  folded.units = g_new (UChar, folded.room);
  for (int32_t at = 0, next = 0; at < text->length; at = next) {
    UChar32 character;
    U16_NEXT (text->units, next, text->length, character);
    const UChar *result = find_result (folding, character);
    if (result)
      utf16_append (&folded, result, u_strlen (result));
    else
      utf16_append (&folded, text->units + at, next - at);
  }
  return folded;
}

/* Normalised again at the end, since a rule may drop what was between two characters that compose. */
static char *
fold_slowly (const Folding *folding, const char *text)
{
  g_autofree char *first = folding->before ? fold_slowly (folding->before, text) : NULL;
  g_auto (Utf16Text) wide = utf16_from_utf8 (first ? first : text, -1);
  g_auto (Utf16Text) normal = normalize (folding, &wide);
  g_auto (Utf16Text) ruled = apply_rules (folding, &normal);
  g_auto (Utf16Text) folded = normalize (folding, &ruled);
  return utf8_from_units (folded.units, folded.length);
}

/* Folding, character by character */

static gboolean
composes (gunichar character)
{
  UErrorCode status = U_ZERO_ERROR;
  return character >= 0x300 && !unorm2_hasBoundaryBefore (unorm2_getNFKCInstance (&status), (UChar32)character);
}

/* Whether neither normalisation nor rules change CHARACTER: decided without folding a text. */
static gboolean
is_unchanged (const Folding *folding, gunichar character)
{
  UChar units[2];
  UErrorCode status = U_ZERO_ERROR;
  return (!folding->before || is_unchanged (folding->before, character)) &&
         !find_result (folding, (UChar32)character) &&
         unorm2_getDecomposition (folding->normalizer, (UChar32)character, units, 2, &status) < 0;
}

static guint16
computed_result (const Folding *folding, gunichar character)
{
  char text[8] = {0};
  if (composes (character))
    return SLOW_PATH;
  if (is_unchanged (folding, character))
    return UNCHANGED;
  g_unichar_to_utf8 (character, text);
  g_autofree char *folded = fold_slowly (folding, text);
  if (composes (g_utf8_get_char (folded)))
    return SLOW_PATH;
  if (!strcmp (text, folded))
    return UNCHANGED;
  gsize place = FIRST_COMPUTED + folding->computed->len;
  if (place > G_MAXUINT16)
    return SLOW_PATH;
  g_string_append_len (folding->computed, folded, (gssize)strlen (folded) + 1);
  return (guint16)place;
}

/* What a character becomes whose RESULT was computed. */
static const char *
computed_text (const Folding *folding, guint16 result)
{
  return folding->computed->str + (result - FIRST_COMPUTED);
}

static guint16
fold_character (const Folding *folding, gunichar character)
{
  if (character >= CACHED_CHARACTERS)
    return SLOW_PATH;
  guint16 *cached = &folding->cached[character];
  if (*cached == NOT_COMPUTED)
    *cached = computed_result (folding, character);
  return *cached;
}

GVariant *
folding_compiled (const Folding *folding)
{
  g_autoptr (GArray) cached = g_array_sized_new (FALSE, FALSE, sizeof (guint16), CACHED_CHARACTERS);
  for (gunichar character = 0; character < CACHED_CHARACTERS; character++) {
    guint16 result = g_unichar_validate (character) ? fold_character (folding, character) : SLOW_PATH;
    g_array_append_val (cached, result);
  }
  return g_variant_ref_sink (g_variant_new (COMPILED_FOLDING, compiled_rows ("(uu)", folding->results),
                                            compiled_rows ("q", folding->units), compiled_rows ("q", cached),
                                            compiled_text (folding->computed)));
}

/* The bytes that TEXT is folded to, with its NUL; 0: it must take the slow path. *CHANGED: something of it changes. */
static gsize
folded_size (const Folding *folding, const char *text, gboolean *changed)
{
  gsize gained = 0, lost = 0;
  const char *at = text;
  for (; *at; at = g_utf8_next_char (at)) {
    guint16 result = fold_character (folding, character_at (at));
    if (result == UNCHANGED)
      continue;
    if (result == SLOW_PATH)
      return 0;
    gained += strlen (computed_text (folding, result));
    lost += g_utf8_next_char (at) - at;
  }
  *changed = lost > 0;
  return at - text + gained - lost + 1;
}

/* NULL: TEXT must take the slow path. */
static char *
fold_by_character (const Folding *folding, const char *text)
{
  gboolean changed = FALSE;
  gsize size = folded_size (folding, text, &changed);
  if (size == 0)
    return NULL;
  if (!changed)
    return g_memdup2 (text, size);
  char *folded = g_malloc (size), *to = folded;
  const char *run = text, *at = text; /* from run on, everything is unchanged */
  for (const char *next; *at; at = next) {
    guint16 result = fold_character (folding, character_at (at));
    next = g_utf8_next_char (at);
    if (result == UNCHANGED)
      continue;
    to = mempcpy (to, run, at - run);
    to = stpcpy (to, computed_text (folding, result));
    run = next;
  }
  memcpy (to, run, at - run + 1);
  return folded;
}

/* Unicode NFC by ICU: the time of GLib's grows with the square of the length. */
static char *
composed_from (const Folding *folding, const char *text)
{
  while (folding->before)
    folding = folding->before; /* that of NFC */
  g_auto (Utf16Text) wide = utf16_from_utf8 (text, -1);
  g_auto (Utf16Text) composed = normalize (folding, &wide);
  return utf8_from_units (composed.units, composed.length);
}

static char *
fold_anew (const Folding *folding, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  text = valid ? valid : text;
  char *folded = fold_by_character (folding, text);
  if (folded)
    return folded;

  /* That is enough for decomposed kana, as some systems write them. */
  g_autofree char *composed = composed_from (folding, text);
  folded = fold_by_character (folding, composed);
  return folded ? folded : fold_slowly (folding, composed);
}

char *
text_folded (const Folding *folding, const char *text)
{
  if (!strcmp (folding->text->str, text)) /* before the first one: "", which is folded to itself */
    return g_memdup2 (folding->folded->str, folding->folded->len + 1);
  char *folded = fold_anew (folding, text);
  if (strlen (text) < CACHED_TEXT_LIMIT) {
    g_string_assign (folding->text, text);
    g_string_assign (folding->folded, folded);
  }
  return folded;
}
