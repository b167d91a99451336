/* plain.c - see plain.h */
#include "text/plain.h"

#include "text/character.h"

#include <string.h>

/* Characters that NFKC does not change and that look alike. */
static const struct {
  gunichar first, last, plain;
} signs[] = {
    {0x2010, 0x2015, '-'}, /* hyphens and dashes */
    {0x2212, 0x2212, '-'}, /* minus */
    {0x301C, 0x301C, '~'}, /* wave dash */
    {0x223C, 0x223C, '~'}, /* tilde operator */
    {0x2044, 0x2044, '/'}, /* fraction slash */
    {0x2215, 0x2215, '/'}, /* division slash */
    /* Where one glyph of a font is for several characters, a PDF that is written anew names any: a hyphenation point, a
     * bullet operator, a dot operator for the middle dot of katakana. */
    {0x2027, 0x2027, 0x30FB},
    {0x2219, 0x2219, 0x30FB},
    {0x22C5, 0x22C5, 0x30FB},
    {0x2018, 0x2019, '\''},
    {0x201C, 0x201D, '"'},
};

/* What is plain already: most characters of a sheet, decided without a look-up. */
static const struct {
  gunichar first, last;
} plain_ranges[] = {
    {0x4E00, 0x9FFF}, {0x3041, 0x3096}, {0x30A1, 0x30FE}, {' ', '~'},       {'\n', '\n'},
    {0x3001, 0x3002}, {0x3005, 0x301B}, {0x2300, 0x2BFF}, {0x203B, 0x203B},
};

static gboolean
is_plain (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_ranges); i++)
    if (character >= plain_ranges[i].first && character <= plain_ranges[i].last)
      return TRUE;
  return FALSE;
}

/* Appends CHARACTER in plain; FALSE: it is plain itself. */
static gboolean
append_plain (GString *plain, gunichar character)
{
  if (is_plain (character))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (character >= signs[i].first && character <= signs[i].last) {
      g_string_append_unichar (plain, signs[i].plain);
      return TRUE;
    }
  if (g_unichar_isspace (character)) {
    g_string_append_c (plain, ' ');
    return TRUE;
  }
  char text[7] = {0};
  g_unichar_to_utf8 (character, text);
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  gboolean same = !normal || !strcmp (normal, text);
  g_string_append (plain, same ? text : normal);
  return !same;
}

Plain *
plain_from_text (const char *text, gsize bytes)
{
  gsize length = strlen (text);
  GString *plain = g_string_sized_new (length);
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (int), (guint)length + 1);
  const char *at = text;
  for (const char *next; *at && (gsize)(at - text) < bytes; at = next) {
    next = g_utf8_next_char (at);
    gsize before = plain->len;
    append_plain (plain, character_at (at));
    if (plain->len == before)
      g_string_append_len (plain, at, next - at);
    g_array_set_size (places, (guint)plain->len);
    for (; before < plain->len; before++)
      g_array_index (places, int, before) = (int)(at - text);
  }
  int end = (int)(at - text);
  g_array_append_val (places, end);
  Plain *result = g_new (Plain, 1);
  *result = (Plain){g_string_free (plain, FALSE), places};
  return result;
}

void
plain_free (Plain *plain)
{
  if (!plain)
    return;
  g_free (plain->text);
  g_array_unref (plain->places);
  g_free (plain);
}

char *
plain_original (const Plain *plain, const char *original, int start, int end)
{
  int from = g_array_index (plain->places, int, start), to = g_array_index (plain->places, int, end);
  return g_strndup (original + from, to - from);
}

char *
text_made_plain (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean changed = FALSE;
  const char *at = text;
  while (*at && is_plain (character_at (at)))
    at = g_utf8_next_char (at);
  if (!*at)
    return NULL;
  g_string_append_len (plain, text, at - text);
  for (const char *next; *at; at = next) {
    next = g_utf8_next_char (at);
    gsize before = plain->len;
    changed = append_plain (plain, character_at (at)) || changed;
    if (plain->len == before)
      g_string_append_len (plain, at, next - at);
  }
  return changed ? g_string_free (g_steal_pointer (&plain), FALSE) : NULL;
}
