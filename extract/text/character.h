/* character.h - the character that a UTF-8 text begins with.
 *
 * As g_utf8_get_char, but inline: the function call costs more than the rest of a loop over a text.
 */
#pragma once

#include <glib.h>

/* TEXT must be valid UTF-8. */
static inline gunichar
character_at (const char *text)
{
  const guchar *at = (const guchar *)text;
  if (at[0] < 0x80)
    return at[0];
  if (at[0] >= 0xE0 && at[0] < 0xF0)
    return (at[0] & 0x0FU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU);
  return g_utf8_get_char (text);
}
