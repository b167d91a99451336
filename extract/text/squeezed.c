/* squeezed.c - see squeezed.h */
#include "text/squeezed.h"

#include <string.h>

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

/* Whether the character at AT is white space. Most are not, which their first bytes tell: of those that begin with E3,
 * only U+3000 is, and of those after it none. */
static gboolean
is_space_at (const char *at)
{
  guchar first = (guchar)*at;
  if (first > 0xE3 || (first > ' ' && first < 0x80))
    return FALSE;
  if (first == 0xE3)
    return (guchar)at[1] == 0x80 && (guchar)at[2] == 0x80;
  return g_unichar_isspace (g_utf8_get_char (at));
}

char *
text_squeezed (const char *text)
{
  text = text ? text : "";
  char *squeezed = g_malloc (strlen (text) + 1), *to = squeezed;
  const char *run = text, *at = text; /* from run on, nothing is white space */
  for (const char *next; *at; at = next) {
    next = g_utf8_next_char (at);
    if (!is_space_at (at))
      continue;
    to = mempcpy (to, run, at - run);
    run = next;
  }
  to = mempcpy (to, run, at - run);
  *to = '\0';
  return squeezed;
}

const char *
text_after_space (const char *text)
{
  while (*text && is_space_at (text))
    text = g_utf8_next_char (text);
  return text;
}

char *
text_chomped (const char *start, const char *end)
{
  while (end > start && is_space_at (g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  return g_strndup (start, MAX (0, end - start));
}

char *
text_trimmed (const char *start, const char *end)
{
  while (start < end && is_space_at (start))
    start = g_utf8_next_char (start);
  return text_chomped (start, end);
}
