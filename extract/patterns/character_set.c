/* character_set.c - see character_set.h */
#include "patterns/character_set.h"

#include "text/character.h"

guint
bit_of_character (gunichar character)
{
  gunichar small = character < 0x80 && g_ascii_isalpha ((char)character) ? character | 0x20 : character;
  return small * 0x9E3779B1U >> 21; /* multiplicative hashing (Knuth, The Art of Computer Programming 6.4) to 2048 */
}

/* Most characters are ideographs and kana, and need no look-up. */
static gboolean
is_digit (gunichar character)
{
  if (character < 0x80)
    return g_ascii_isdigit ((char)character);
  return (character < 0x2E80 || character > 0x9FFF) && g_unichar_isdigit (character);
}

CharacterSet
characters_of_text (const char *text, gsize length)
{
  CharacterSet characters = {0};
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at)) {
    gunichar character = character_at (at);
    guint bit = bit_of_character (character);
    characters.bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
    characters.digit |= is_digit (character);
  }
  return characters;
}
