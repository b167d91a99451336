/* squeezed.c - see squeezed.h */
#include "text/squeezed.h"

gsize
text_letters (const char *text)
{
  gsize letters = 0;
  for (const char *at = text; at && *at;) {
    gunichar character = g_utf8_get_char_validated (at, -1);
    gboolean wrong = character == (gunichar)-1 || character == (gunichar)-2;
    letters += wrong || !g_unichar_isspace (character);
    at = wrong ? at + 1 : g_utf8_next_char (at);
  }
  return letters;
}

char *
text_squeezed (const char *text)
{
  GString *squeezed = g_string_new (NULL);
  for (const char *at = text ? text : ""; *at;) {
    const char *next = g_utf8_next_char (at);
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_len (squeezed, at, next - at);
    at = next;
  }
  return g_string_free (squeezed, FALSE);
}
