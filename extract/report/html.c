/* html.c - see html.h */
#include "report/html.h"

#include <math.h>
#include <string.h>

#define LINK_BYTES_MOST 2000

static const char *
escape_of (gunichar character)
{
  switch (character) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

/* C0 and C1 controls, which HTML forbids, and noncharacters; a tab and the end of a line are text. */
static gboolean
is_forbidden (gunichar character)
{
  if (character == '\n' || character == '\t')
    return FALSE;
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || (character & 0xFFFE) == 0xFFFE ||
         (character >= 0xFDD0 && character <= 0xFDEF);
}

void
html_text (GString *html, const char *text)
{
  for (const char *at = text; at && *at;) {
    gunichar character = g_utf8_get_char_validated (at, -1);
    gboolean valid = character != (gunichar)-1 && character != (gunichar)-2;
    const char *next = valid ? g_utf8_next_char (at) : at + 1;
    const char *escape = escape_of (character);
    if (escape)
      g_string_append (html, escape);
    else if (!valid || is_forbidden (character))
      g_string_append (html, "\xEF\xBF\xBD");
    else
      g_string_append_len (html, at, next - at);
    at = next;
  }
}

static void
append_tag (GString *html, const char *tag, va_list attributes)
{
  g_string_append_c (html, '<');
  g_string_append (html, tag);
  for (const char *name; (name = va_arg (attributes, const char *));) {
    const char *value = va_arg (attributes, const char *);
    if (!value)
      continue;
    g_string_append_printf (html, " %s=\"", name);
    html_text (html, value);
    g_string_append_c (html, '"');
  }
  g_string_append_c (html, '>');
}

void
html_open (GString *html, const char *tag, ...)
{
  va_list attributes;
  va_start (attributes, tag);
  append_tag (html, tag, attributes);
  va_end (attributes);
}

void
html_close (GString *html, const char *tag)
{
  g_string_append_printf (html, "</%s>", tag);
}

void
html_leaf (GString *html, const char *tag, const char *text, ...)
{
  va_list attributes;
  va_start (attributes, text);
  append_tag (html, tag, attributes);
  va_end (attributes);
  html_text (html, text);
  html_close (html, tag);
}

void
html_number (GString *html, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = isfinite (number) ? round (CLAMP (number, -1e7, 1e7) * 100) / 100 : 0;
  g_string_append (html, g_ascii_formatd (text, sizeof text, "%.10g", rounded == 0 ? 0 : rounded));
}

void
html_number_attribute (GString *html, const char *name, double number)
{
  g_string_append_printf (html, " %s=\"", name);
  html_number (html, number);
  g_string_append_c (html, '"');
}

const char *
html_language_of (const char *text, const char *language)
{
  if (!text || g_str_equal (language, "ja") || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if ((character >= 0x3040 && character <= 0x30FF) || (character >= 0x3400 && character <= 0x9FFF))
      return "ja";
  }
  return NULL;
}

/* Only printable ASCII: what is shown is where it goes, without characters of look-alike letters. */
static gboolean
is_plain (const char *text)
{
  for (const char *at = text; *at; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  return strlen (text) <= LINK_BYTES_MOST;
}

static gboolean
is_mail_address (const char *text)
{
  const char *at = strchr (text, '@');
  return at && at > text && strchr (at + 1, '.') && !strpbrk (text, ":/?&#%<>\"'`\\") && !strchr (at + 1, '@');
}

char *
html_link_target (const char *text)
{
  if (!text || !is_plain (text))
    return NULL;
  if (g_ascii_strncasecmp (text, "https://", 8) == 0 || g_ascii_strncasecmp (text, "http://", 7) == 0)
    return g_strdup (text);
  return is_mail_address (text) ? g_strconcat ("mailto:", text, NULL) : NULL;
}
