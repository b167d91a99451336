/* folding.c - see folding.h
 *
 * A folding is a Unicode normalisation, the rules of a file, and the normalisation again. ICU takes some microseconds
 * for that even for short texts, and every text of a sheet is folded many times. Apart from composition
 * (か + U+3099 = が) each character is folded on its own, so what becomes of it is asked once and remembered; most stay
 * as they are, and runs of those are copied. A text with a character that composes with the one before it, or that lies
 * beyond U+FFFF, goes the long way.
 */
#include "text/folding.h"

#include "text/character.h"
#include "text/rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define REMEMBERED 0x10000 /* the Basic Multilingual Plane */
#define KEPT_BYTES_MOST 4096

typedef struct Folding Folding;
struct Folding {
  const char *file;
  Folding *before; /* what is done first, or NULL */
  const UNormalizer2 *(*normalizer) (UErrorCode *status);
  Rules *rules;                       /* NULL until first used */
  const char *remembered[REMEMBERED]; /* what becomes of one character; NULL: not asked yet */
  char *text, *folded;                /* the last: whoever asks what a cell is asks several times in a row */
};

static Folding writing = {.file = "writing.rules", .normalizer = unorm2_getNFCInstance};
static Folding comparing = {
    .file = "comparing.rules", .before = &writing, .normalizer = unorm2_getNFKCCasefoldInstance};

static Folding changing = {
    .file = "changing.rules", .before = &comparing, .normalizer = unorm2_getNFKCCasefoldInstance};

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

static const Rules *
rules_of (Folding *folding)
{
  if (!folding->rules)
    folding->rules = rules_open (folding->file);
  return folding->rules;
}

static Wide
apply_rules (Folding *folding, const Wide *text)
{
  const Rules *rules = rules_of (folding);
  Wide folded = {.room = text->length + 16};
  folded.units = g_new (UChar, folded.room);
  for (int32_t at = 0, next = 0; at < text->length; at = next) {
    UChar32 character;
    U16_NEXT (text->units, next, text->length, character);
    const UChar *result = rules_result (rules, character);
    if (result)
      wide_append (&folded, result, u_strlen (result));
    else
      wide_append (&folded, text->units + at, next - at);
  }
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

/* Whether neither normalisation nor rules know CHARACTER: told without ICU's going over a text. */
static gboolean
is_left_alone (Folding *folding, gunichar character)
{
  UChar units[2];
  UErrorCode status = U_ZERO_ERROR;
  return (!folding->before || is_left_alone (folding->before, character)) &&
         !rules_result (rules_of (folding), (UChar32)character) &&
         unorm2_getDecomposition (folding->normalizer (&status), (UChar32)character, units, 2, &status) < 0;
}

static const char *
ask_of_character (Folding *folding, gunichar character)
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
fold_character (Folding *folding, gunichar character)
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
fold_short_way (Folding *folding, const char *text)
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
composed_from (const char *text)
{
  g_auto (Wide) wide = wide_from_utf8 (text);
  g_auto (Wide) composed = normalize (&writing, &wide);
  return utf8_from_units (composed.units, composed.length);
}

static char *
fold_anew (Folding *folding, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  text = valid ? valid : text;
  char *folded = fold_short_way (folding, text);
  if (folded)
    return folded;

  /* Decomposed kana, as some systems write them throughout, need no more than this. */
  g_autofree char *composed = composed_from (text);
  folded = fold_short_way (folding, composed);
  return folded ? folded : fold_long_way (folding, composed);
}

static char *
fold (Folding *folding, const char *text)
{
  if (folding->text && !strcmp (folding->text, text))
    return g_strdup (folding->folded);
  char *folded = fold_anew (folding, text);
  if (strlen (text) < KEPT_BYTES_MOST) {
    g_free (folding->text);
    g_free (folding->folded);
    folding->text = g_strdup (text);
    folding->folded = g_strdup (folded);
  }
  return folded;
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
