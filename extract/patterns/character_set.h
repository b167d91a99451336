/* character_set.h - which characters a text has, for telling quickly that it lacks some */
#pragma once

#include <glib.h>

/* A character is one of 2048 bits, so that some seem to be in a set that are not. ASCII letters have no case. */
typedef struct {
  guint64 bits[32];
  gboolean digit; /* of any script */
} CharacterSet;

CharacterSet characters_of_text (const char *text, gsize length); /* UTF-8; LENGTH in bytes */

guint bit_of_character (gunichar character);

static inline gboolean
characters_have_bit (const CharacterSet *characters, guint bit)
{
  return (characters->bits[bit / 64] >> bit % 64 & 1) != 0;
}
