/* csv_field.c - see csv_field.h */
#include "write/csv_field.h"

#include <string.h>

void
csv_append (GString *line, const char *text)
{
  if (line->len)
    g_string_append_c (line, ',');
  if (!text)
    return;
  if (!strpbrk (text, ",\"\r\n")) {
    g_string_append (line, text);
    return;
  }
  g_string_append_c (line, '"');
  for (const char *at = text; *at; at++)
    g_string_append_len (line, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
  g_string_append_c (line, '"');
}

/* Whether it gets a "'" in front. */
static gboolean
text_is_guarded (const char *text)
{
  const char *first = text + strspn (text, "'");
  return *first && strchr ("=+-@\t\r", *first);
}

void
csv_append_guarded (GString *line, const char *text)
{
  if (!text || !text_is_guarded (text)) {
    csv_append (line, text);
    return;
  }
  g_autofree char *guarded = g_strconcat ("'", text, NULL);
  csv_append (line, guarded);
}
