/* cairo_script.c - see cairo_script.h */
#include "read/pdf/cairo_script.h"

#include <string.h>

CairoScript
cairo_script (const char *data, gsize size)
{
  return (CairoScript){.next = data, .end = data + size};
}

double
cairo_script_operand (const CairoScript *script, int from_end)
{
  return script->count >= from_end ? script->operands[script->count - from_end] : 0;
}

static const char *
after (const CairoScript *script, const char *mark)
{
  const char *found = memmem (script->next, script->end - script->next, mark, strlen (mark));
  return found ? found + strlen (mark) : script->end;
}

/* After the ( of a string: past its ). */
static void
skip_string (CairoScript *script)
{
  int depth = 1;
  for (; script->next < script->end && depth > 0; script->next++) {
    if (*script->next == '\\' && script->next + 1 < script->end)
      script->next++;
    else
      depth += *script->next == '(' ? 1 : *script->next == ')' ? -1 : 0;
  }
}

/* After a <: whether it begins bytes, plain (<~) or deflated (<|), both written in base 85. */
static gboolean
begins_data (const CairoScript *script)
{
  return script->next < script->end && (*script->next == '~' || *script->next == '|');
}

/* After the { of a glyph's shape: past its }. Shapes hold pictures, whose bytes may look like braces. */
static void
skip_shape (CairoScript *script)
{
  int depth = 1;
  while (script->next < script->end && depth > 0) {
    char byte = *script->next++;
    if (byte == '<' && begins_data (script))
      script->next = after (script, "~>");
    else
      depth += byte == '{' ? 1 : byte == '}' ? -1 : 0;
  }
}

static gboolean
is_break (char byte)
{
  return g_ascii_isspace (byte) || strchr ("[](){}<>", byte);
}

/* Whether the word is an operator: it is then in NAME. A number is kept. */
static gboolean
take_word (CairoScript *script, const char *word, gsize length, char name[CAIRO_SCRIPT_WORD])
{
  if (length >= CAIRO_SCRIPT_WORD)
    return FALSE;
  memcpy (name, word, length);
  name[length] = 0;
  char *rest;
  double number = g_ascii_strtod (name, &rest);
  if (rest == name || *rest)
    return TRUE;
  if (script->count < CAIRO_SCRIPT_OPERANDS)
    script->operands[script->count++] = number;
  return FALSE;
}

/* The word that begins before the next byte: past it. */
static gboolean
take_word_here (CairoScript *script, char name[CAIRO_SCRIPT_WORD])
{
  const char *word = script->next - 1;
  while (script->next < script->end && !is_break (*script->next))
    script->next++;
  return take_word (script, word, script->next - word, name);
}

gboolean
cairo_script_next (CairoScript *script, char name[CAIRO_SCRIPT_WORD])
{
  script->count = 0;
  while (script->next < script->end) {
    char byte = *script->next++;
    if (byte == '(')
      skip_string (script);
    else if (byte == '{')
      skip_shape (script);
    else if (byte == '<' && begins_data (script))
      script->next = after (script, "~>");
    else if (byte == '%')
      script->next = after (script, "\n");
    else if (!is_break (byte) && take_word_here (script, name))
      return TRUE;
  }
  return FALSE;
}
