/* width.c - see width.h */
#include "text/width.h"

static int
character_cells (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

int
text_cells (const char *text)
{
  int cells = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    cells += character_cells (g_utf8_get_char (at));
  return cells;
}

gsize
text_bytes_in_cells (const char *text, int cells)
{
  const char *at = text;
  for (int taken = 0; *at; at = g_utf8_next_char (at)) {
    taken += character_cells (g_utf8_get_char (at));
    if (taken > cells && at != text)
      break;
  }
  return at - text;
}

void
text_append_padded (GString *line, const char *text, gsize bytes, int cells)
{
  g_autofree char *part = g_strndup (text, bytes);
  g_string_append (line, part);
  for (int taken = text_cells (part); taken < cells; taken++)
    g_string_append_c (line, ' ');
}
