/* shown.c - see shown.h */
#include "text/shown.h"

static const gunichar soft_hyphen = 0xAD, non_joiner = 0x200C, joiner = 0x200D;

gboolean
character_is_shown (gunichar character)
{
  switch (g_unichar_type (character)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return FALSE;
  case G_UNICODE_FORMAT:
    return character == soft_hyphen || character == non_joiner || character == joiner;
  default:
    return TRUE;
  }
}

char *
text_shown (const char *text, ShownForm form)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) shown = g_string_new (NULL);
  for (const char *at = valid, *after; *at; at = after) {
    gunichar character = g_utf8_get_char (at);
    gboolean kept = character_is_shown (character) || (form == SHOWN_LINES && (*at == '\n' || *at == '\t'));
    after = g_utf8_next_char (at);
    if (kept)
      g_string_append_len (shown, at, after - at);
    else
      g_string_append_c (shown, '?');
  }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}
