/* rules.c - see rules.h */
#include "text/rules.h"

#include "patterns/pattern_file.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

/* More characters than a set names by hand or by a property of spaces and signs; [:Han:] is a slip of the pen. */
#define SET_LIMIT 10000

struct Rules {
  GHashTable *results; /* UChar32 -> UChar * */
};

/* A file being read. */
typedef struct {
  const char *name;
  UChar *units; /* the whole file */
  int32_t length, at;
  Rules *rules;
} RulesReading;

const UChar *
rules_result (const Rules *rules, UChar32 character)
{
  return g_hash_table_lookup (rules->results, GINT_TO_POINTER (character));
}

/* Faults */

static char *
utf8_from_units (const UChar *units, int32_t length)
{
  char *text = g_malloc (length * 3 + 1);
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub (text, length * 3 + 1, NULL, units, length, 0xFFFD, NULL, &status);
  return text;
}

G_GNUC_NORETURN static void
stop_at (const RulesReading *reading, int32_t place, const char *message)
{
  int number = 1;
  int32_t start = 0, end;
  for (int32_t i = 0; i < MIN (place, reading->length); i++)
    if (reading->units[i] == '\n')
      number++, start = i + 1;
  for (end = start; end < reading->length && reading->units[end] != '\n';)
    end++;
  char *line = utf8_from_units (reading->units + start, end - start);
  int column = u_countChar32 (reading->units + start, MIN (place, end) - start) + 1;
  char *fault = fault_new (reading->name, (FilePlace){line, number, column}, message);
  g_printerr ("%s\n", fault);
  g_free (fault);
  g_free (line);
  exit (2);
}

/* Reading */

static UChar32
character_at (const RulesReading *reading, int32_t at)
{
  UChar32 character = 0;
  if (at < reading->length)
    U16_GET (reading->units, 0, at, reading->length, character);
  return character;
}

static gboolean
is_space (UChar32 character)
{
  return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* White space, and remarks to the end of their line. */
static void
skip_to_words (RulesReading *reading)
{
  for (; reading->at < reading->length; reading->at++) {
    if (reading->units[reading->at] == '#')
      while (reading->at + 1 < reading->length && reading->units[reading->at + 1] != '\n')
        reading->at++;
    else if (!is_space (reading->units[reading->at]))
      return;
  }
}

/* Passes over the sign that must come next. */
static void
take_sign (RulesReading *reading, char sign, const char *message)
{
  skip_to_words (reading);
  if (character_at (reading, reading->at) != (UChar32)sign)
    stop_at (reading, reading->at, _ (message));
  reading->at++;
}

static UChar
unit_at (int32_t offset, void *units)
{
  return ((const UChar *)units)[offset];
}

static UChar32
take_escaped (RulesReading *reading)
{
  int32_t after = reading->at + 1;
  UChar32 character = u_unescapeAt (unit_at, &after, reading->length, reading->units);
  if (character < 0)
    stop_at (reading, reading->at, _ ("after '\\' stands u and four, or U and eight hexadecimal digits"));
  reading->at = after;
  return character;
}

static void
append_character (GArray *text, UChar32 character)
{
  UChar units[2];
  int32_t length = 0;
  U16_APPEND_UNSAFE (units, length, character);
  g_array_append_vals (text, units, length);
}

/* 'words': what stands in quotes stands for itself; two quotes are one, in quotes or not. */
static void
take_quoted (RulesReading *reading, GArray *text)
{
  int32_t start = reading->at++;
  if (character_at (reading, reading->at) == '\'') {
    append_character (text, '\'');
    reading->at++;
    return;
  }
  for (;;) {
    UChar32 character = character_at (reading, reading->at);
    if (!character || character == '\n')
      stop_at (reading, start, _ ("the quote has no end"));
    reading->at += U16_LENGTH (character);
    if (character == '\'' && character_at (reading, reading->at) != '\'')
      return;
    reading->at += character == '\'';
    append_character (text, character);
  }
}

/* Characters up to a sign that means something. */
static void
take_text (RulesReading *reading, GArray *text)
{
  for (;;) {
    skip_to_words (reading);
    UChar32 character = character_at (reading, reading->at);
    if (character == '\'')
      take_quoted (reading, text);
    else if (character == '\\')
      append_character (text, take_escaped (reading));
    else if (!character || (character < 0x80 && !g_ascii_isalnum ((char)character)))
      return;
    else {
      append_character (text, character);
      reading->at += U16_LENGTH (character);
    }
  }
}

/* The characters that a rule is for. */
static USet *
take_set (RulesReading *reading)
{
  UErrorCode status = U_ZERO_ERROR;
  USet *set = uset_openEmpty ();
  int32_t read =
      uset_applyPattern (set, reading->units + reading->at, reading->length - reading->at, USET_IGNORE_SPACE, &status);
  if (U_FAILURE (status))
    stop_at (reading, reading->at, _ ("this set of characters cannot be read"));
  if (uset_size (set) > SET_LIMIT)
    stop_at (reading, reading->at, _ ("this set has too many characters"));
  reading->at += read;
  return set;
}

static USet *
take_characters (RulesReading *reading)
{
  if (character_at (reading, reading->at) == '[')
    return take_set (reading);
  int32_t start = reading->at;
  g_autoptr (GArray) text = g_array_new (TRUE, FALSE, sizeof (UChar));
  take_text (reading, text);
  const UChar *units = (const UChar *)(gpointer)text->data;
  UChar32 character = 0;
  if (text->len)
    U16_GET (units, 0, 0, (int32_t)text->len, character);
  if (!text->len || U16_LENGTH (character) != (int)text->len)
    stop_at (reading, start, _ ("before '>' stands one character or a set of them; signs stand in quotes"));
  return uset_open (character, character);
}

static void
keep (Rules *rules, USet *characters, const GArray *result)
{
  for (int32_t i = 0; i < uset_size (characters); i++) {
    gpointer character = GINT_TO_POINTER (uset_charAt (characters, i));
    if (!g_hash_table_contains (rules->results, character))
      g_hash_table_insert (rules->results, character, g_memdup2 (result->data, (result->len + 1) * sizeof (UChar)));
  }
}

/* One rule: characters > result ; */
static void
take_rule (RulesReading *reading)
{
  USet *characters = take_characters (reading);
  take_sign (reading, '>', N_ ("here stands '>'"));
  g_autoptr (GArray) result = g_array_new (TRUE, TRUE, sizeof (UChar));
  take_text (reading, result);
  take_sign (reading, ';', N_ ("here stands ';', the end of a rule; signs stand in quotes"));
  keep (reading->rules, characters, result);
  uset_close (characters);
}

static UChar *
units_from_bytes (GBytes *bytes, int32_t *length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  UChar *units = g_new0 (UChar, size + 1);
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub (units, (int32_t)size + 1, length, data ? data : "", (int32_t)size, 0xFFFD, NULL, &status);
  return units;
}

Rules *
rules_open (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_file_bytes (name, &error);
  if (!bytes) {
    g_printerr ("%s: %s\n", name, error->message);
    exit (2);
  }
  Rules *rules = g_new (Rules, 1);
  rules->results = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  RulesReading reading = {.name = name, .rules = rules};
  reading.units = units_from_bytes (bytes, &reading.length);
  for (skip_to_words (&reading); reading.at < reading.length; skip_to_words (&reading))
    take_rule (&reading);
  g_free (reading.units);
  return rules;
}
