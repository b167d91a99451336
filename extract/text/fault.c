/* fault.c - see fault.h */
#include "text/fault.h"

char *
fault_new (const char *file, FilePlace place, const char *message)
{
  g_autoptr (GString) caret = g_string_new (NULL);
  const char *at = place.line;
  for (int i = 1; i < place.column && *at; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    g_string_append (caret, character == '\t' ? "\t" : g_unichar_iswide (character) ? "  " : " ");
  }
  return g_strdup_printf ("%s:%d:%d: %s\n  %s\n  %s^", file, place.number, place.column, message, place.line,
                          caret->str);
}
