/* css_text.c - see css_text.h */
#include "read/html/css_text.h"

#include <stdlib.h>
#include <string.h>

/* Behind the comment that begins at TEXT, or the end of TEXT. (The sanitizers' strstr measures the whole rest each time.) */
static const char *
behind_comment (const char *text)
{
  const char *star = strchr (text + 2, '*');
  while (star && star[1] != '/')
    star = strchr (star + 1, '*');
  return star ? star + 2 : text + strlen (text);
}

char *
css_without_comments (const char *text)
{
  char *copy = g_malloc (strlen (text) + 1), *end = copy, quote = 0;
  while (*text) {
    if (quote && *text == '\\' && text[1])
      *end++ = *text++;
    else if (quote && (*text == quote || *text == '\n'))
      quote = 0;
    else if (!quote && (*text == '"' || *text == '\''))
      quote = *text;
    gsize mark = quote ? 0 : g_str_has_prefix (text, "<!--") ? 4 : g_str_has_prefix (text, "-->") ? 3 : 0;
    if (!quote && g_str_has_prefix (text, "/*"))
      text = behind_comment (text);
    else if (mark > 0)
      text += mark;
    else {
      *end++ = *text++;
      continue;
    }
    *end++ = ' ';
  }
  *end = '\0';
  return copy;
}

const char *
css_find (const char *text, const char *end, const char *stops)
{
  int depth = 0;
  char quote = 0;
  for (; text < end; text++) {
    if (*text == '\\' && text + 1 < end)
      text++;
    else if (quote)
      quote = *text == quote || *text == '\n' ? 0 : quote;
    else if (*text == '"' || *text == '\'')
      quote = *text;
    else if (depth == 0 && strchr (stops, *text))
      return text;
    else if (strchr ("([{", *text))
      depth++;
    else if (strchr (")]}", *text))
      depth -= depth > 0;
  }
  return end;
}

const char *
css_skip_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

char *
css_plain_value (const char *text, const char *end)
{
  GString *plain = g_string_new (NULL);
  for (; text < end; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (plain, g_ascii_tolower (*text));
    else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  if (plain->len > 0 && plain->str[plain->len - 1] == ' ')
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (plain, FALSE);
}

char *
css_squeezed_value (const char *text, const char *end)
{
  GString *squeezed = g_string_new (NULL);
  for (; text < end; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (squeezed, g_ascii_tolower (*text));
  return g_string_free (squeezed, FALSE);
}

/* Moves the character at *AT, which may be an escape ("\2713 ", "\:"), to TEXT. */
static void
take_character (const char **at, const char *end, GString *text)
{
  char *after;
  gunichar character = **at == '\\' && g_ascii_isxdigit ((*at)[1]) ? strtoul (*at + 1, &after, 16) : 0;
  if (character && character < 0x110000 && g_unichar_validate (character)) {
    g_string_append_unichar (text, character);
    *at = after + (after < end && *after == ' ');
    return;
  }
  *at += **at == '\\' && *at + 1 < end;
  g_string_append_c (text, *(*at)++);
}

static gboolean
is_in_name (const char *at, const char *end)
{
  return g_ascii_isalnum (*at) || *at == '-' || *at == '_' || (*at & 0x80) || (*at == '\\' && at + 1 < end);
}

char *
css_take_name (const char **at, const char *end)
{
  GString *name = g_string_new (NULL);
  while (*at < end && is_in_name (*at, end))
    take_character (at, end, name);
  return g_string_free (name, name->len == 0); /* NULL where the text is freed too */
}

char *
css_written_text (const char *text, const char *end)
{
  GString *plain = g_string_new (NULL);
  text = css_skip_space (text, end);
  char quote = text < end && strchr ("\"'", *text) ? *text++ : 0;
  while (text < end && *text != (quote ? quote : ',') && *text != '!')
    take_character (&text, end, plain);
  return g_strchomp (g_string_free (plain, FALSE));
}
