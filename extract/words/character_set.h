/* character_set.h - which characters a text has, for telling quickly that it lacks some */
#pragma once

#include <glib.h>

/* ASCII letters are in it without their case. Some characters may seem to be in it that are not. */
typedef struct {
  guint64 bits[32];
  gboolean digit; /* 0 to 9 */
} CharacterSet;

CharacterSet characters_of_text (const char *text, gsize length); /* UTF-8; LENGTH in bytes */

gboolean characters_have (const CharacterSet *characters, gunichar character);
