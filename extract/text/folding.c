/* folding.c - see folding.h
 *
 * ICU takes some microseconds for a normalisation even of short texts, and every text of a sheet is folded many times.
 * Apart from composition (か + U+3099 = が) each character is folded on its own, so what becomes of it is computed once
 * and remembered; most stay as they are, and runs of those are copied. A text with a character that composes with the
 * one before it, or that lies beyond U+FFFF, goes the long way.
 */
#include "text/folding.h"

#include "model/error.h"
#include "text/character.h"
#include "text/fault.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#define REMEMBERED 0x10000 /* the Basic Multilingual Plane */
#define KEPT_BYTES_MOST 4096

/* More characters than a set lists by hand or by a property of spaces and signs; [:Han:] is a typing error. */
#define SET_LIMIT 10000

struct Folding {
  const Folding *before; /* what is done first, or NULL */
  const UNormalizer2 *normalizer;
  GHashTable *results;     /* UChar32 -> UChar *, what a character becomes by the rules, with a 0 at its end */
  const char **remembered; /* REMEMBERED: what becomes of one character; NULL: not computed yet */
  char **text, **folded;   /* the last: whoever asks what a cell is asks several times in a row */
};

/* These stand among the remembered for a character that takes the long way, and for one that stays as it is. */
static const char long_way[] = "?", stays[] = "=";

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

/* BYTES: how long TEXT is, -1: up to its NUL. */
static Wide
wide_from_utf8 (const char *text, int32_t bytes)
{
  Wide wide = {.room = (bytes < 0 ? (int32_t)strlen (text) : bytes) + 1};
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
  Wide file;
  int32_t at;
  GHashTable *results;
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

/* Passes over the sign that must come next. */
static gboolean
take_sign (RulesReading *reading, char sign, const char *message)
{
  skip_space (reading);
  if (next_character (reading) != (UChar32)sign)
    return fail_at (reading, reading->at, message);
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

/* 'words': characters in quotes mean themselves; two quotes are one, in quotes or not. */
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

/* Characters up to a sign that means something. */
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
    return fail_at (reading, reading->at, _ ("this set has too many characters"));
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

/* Of several rules for a character the first holds. */
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
  gboolean good = take_characters (reading, characters) && take_sign (reading, '>', _ ("expected '>'")) &&
                  take_text (reading, result) &&
                  take_sign (reading, ';', _ ("expected ';' at the end of the rule; signs must be quoted"));
  if (good)
    keep_result (reading->results, characters, result);
  uset_close (characters);
  return good;
}

Folding *
folding_new (const char *name, GBytes *rules, FoldingNormalizer normalizer, const Folding *before, GError **error)
{
  UErrorCode status = U_ZERO_ERROR;
  gsize size;
  const char *data = g_bytes_get_data (rules, &size);
  g_autoptr (Folding) folding = g_new0 (Folding, 1);
  folding->before = before;
  folding->normalizer =
      normalizer == FOLDING_NFC ? unorm2_getNFCInstance (&status) : unorm2_getNFKCCasefoldInstance (&status);
  folding->results = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  folding->remembered = g_new0 (const char *, REMEMBERED);
  folding->text = g_new0 (char *, 1);
  folding->folded = g_new0 (char *, 1);
  g_auto (Wide) file = wide_from_utf8 (data ? data : "", (int32_t)size);
  RulesReading reading = {.name = name, .file = file, .results = folding->results, .error = error};
  for (skip_space (&reading); reading.at < file.length; skip_space (&reading))
    if (!take_rule (&reading))
      return NULL;
  return g_steal_pointer (&folding);
}

void
folding_free (Folding *folding)
{
  if (!folding)
    return;
  for (guint i = 0; i < REMEMBERED; i++)
    if (folding->remembered[i] != long_way && folding->remembered[i] != stays)
      g_free ((char *)folding->remembered[i]);
  g_free (folding->remembered);
  g_hash_table_unref (folding->results);
  g_free (*folding->text);
  g_free (*folding->folded);
  g_free (folding->text);
  g_free (folding->folded);
  g_free (folding);
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
    folded.length =
        unorm2_normalize (folding->normalizer, text->units, text->length, folded.units, folded.room, &status);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return folded;
}

static void
wide_append (Wide *wide, const UChar *units, int32_t length)
{
  if (wide->length + length > wide->room) {
    wide->room = 2 * (wide->length + length);
    wide->units = g_renew (UChar, wide->units, wide->room);
  }
  memcpy (wide->units + wide->length, units, length * sizeof (UChar));
  wide->length += length;
}

static Wide
apply_rules (const Folding *folding, const Wide *text)
{
  Wide folded = {.room = text->length + 16};
  folded.units = g_new (UChar, folded.room);
  for (int32_t at = 0, next = 0; at < text->length; at = next) {
    UChar32 character;
    U16_NEXT (text->units, next, text->length, character);
    const UChar *result = g_hash_table_lookup (folding->results, GINT_TO_POINTER (character));
    if (result)
      wide_append (&folded, result, u_strlen (result));
    else
      wide_append (&folded, text->units + at, next - at);
  }
  return folded;
}

/* Normalised again at the end, since what a rule drops may have stood between two characters that compose. */
static char *
fold_long_way (const Folding *folding, const char *text)
{
  g_autofree char *first = folding->before ? fold_long_way (folding->before, text) : NULL;
  g_auto (Wide) wide = wide_from_utf8 (first ? first : text, -1);
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

/* Whether neither normalisation nor rules know CHARACTER: told without ICU's going over a text. */
static gboolean
is_left_alone (const Folding *folding, gunichar character)
{
  UChar units[2];
  UErrorCode status = U_ZERO_ERROR;
  return (!folding->before || is_left_alone (folding->before, character)) &&
         !g_hash_table_contains (folding->results, GUINT_TO_POINTER (character)) &&
         unorm2_getDecomposition (folding->normalizer, (UChar32)character, units, 2, &status) < 0;
}

static const char *
ask_of_character (const Folding *folding, gunichar character)
{
  char text[8] = {0};
  if (composes (character))
    return long_way;
  if (is_left_alone (folding, character))
    return stays;
  g_unichar_to_utf8 (character, text);
  g_autofree char *folded = fold_long_way (folding, text);
  if (composes (g_utf8_get_char (folded)))
    return long_way;
  return strcmp (text, folded) ? g_steal_pointer (&folded) : stays;
}

static const char *
fold_character (const Folding *folding, gunichar character)
{
  if (character >= REMEMBERED)
    return long_way;
  const char **remembered = &folding->remembered[character];
  if (!*remembered)
    *remembered = ask_of_character (folding, character);
  return *remembered;
}

/* NULL: TEXT must go the long way. */
static char *
fold_short_way (const Folding *folding, const char *text)
{
  g_autoptr (GString) folded = g_string_sized_new (strlen (text) + 16);
  const char *run = text, *at = text; /* from run on, everything stays */
  for (const char *next; *at; at = next) {
    const char *character = fold_character (folding, character_at (at));
    next = g_utf8_next_char (at);
    if (character == stays)
      continue;
    if (character == long_way)
      return NULL;
    g_string_append_len (folded, run, at - run);
    g_string_append (folded, character);
    run = next;
  }
  g_string_append_len (folded, run, at - run);
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* Unicode NFC by ICU: GLib's takes time by the square of the length. */
static char *
composed_from (const Folding *folding, const char *text)
{
  while (folding->before)
    folding = folding->before; /* the one of NFC */
  g_auto (Wide) wide = wide_from_utf8 (text, -1);
  g_auto (Wide) composed = normalize (folding, &wide);
  return utf8_from_units (composed.units, composed.length);
}

static char *
fold_anew (const Folding *folding, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  text = valid ? valid : text;
  char *folded = fold_short_way (folding, text);
  if (folded)
    return folded;

  /* Decomposed kana, as some systems write them throughout, need no more than this. */
  g_autofree char *composed = composed_from (folding, text);
  folded = fold_short_way (folding, composed);
  return folded ? folded : fold_long_way (folding, composed);
}

char *
text_folded (const Folding *folding, const char *text)
{
  if (*folding->text && !strcmp (*folding->text, text))
    return g_strdup (*folding->folded);
  char *folded = fold_anew (folding, text);
  if (strlen (text) < KEPT_BYTES_MOST) {
    g_free (*folding->text);
    g_free (*folding->folded);
    *folding->text = g_strdup (text);
    *folding->folded = g_strdup (folded);
  }
  return folded;
}
