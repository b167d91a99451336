/* xhtml.c - see xhtml.h */
#include "read/html/xhtml.h"

#include <string.h>

#define NAMESPACE "http://www.w3.org/1999/xhtml"
#define HEAD_BYTES 4096
#define ENTITIES_LIMIT 200
#define ENTITY_BYTES 2000            /* of the text of one, entities in it included */
#define EXPANDED_LIMIT (1024 * 1024) /* bytes of all entities that are replaced */
#define EXPANSION_DEPTH 4            /* entities in entities */

typedef struct {
  GString *html;
  char *prefix;         /* "h:"; NULL: none */
  GHashTable *entities; /* name -> text */
  gsize expanded;
} XhtmlReading;

/* Elements without content, which HTML has no end tags of. */
static const char *const void_elements[] = {"area", "base", "br",    "col",    "embed", "hr",  "img",  "input",
                                            "link", "meta", "param", "source", "track", "wbr", "frame"};

static gboolean
is_void (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (void_elements); i++)
    if (strlen (void_elements[i]) == length && !g_ascii_strncasecmp (void_elements[i], name, length))
      return TRUE;
  return FALSE;
}

/* What follows the next END, or the end of the text. */
static const char *
after (const char *text, const char *end)
{
  const char *found = strstr (text, end);
  return found ? found + strlen (end) : text + strlen (text);
}

/* Puts the line ends of what is left out. */
static void
put_line_ends (XhtmlReading *reading, const char *from, const char *to)
{
  for (; from < to; from++)
    if (*from == '\n')
      g_string_append_c (reading->html, '\n');
}

static void
put_escaped (XhtmlReading *reading, const char *from, const char *to)
{
  for (; from < to; from++)
    if (*from == '<')
      g_string_append (reading->html, "&lt;");
    else if (*from == '&')
      g_string_append (reading->html, "&amp;");
    else
      g_string_append_c (reading->html, *from);
}

/* The entities that the document type declares, between BEGIN and END; the first declaration counts (XML 1.0, 4.2). */
static void
read_entities (XhtmlReading *reading, const char *begin, const char *end)
{
  static const char mark[] = "<!ENTITY";
  for (const char *at = begin; (at = g_strstr_len (at, end - at, mark));) {
    at += strlen (mark);
    at += strspn (at, " \t\r\n");
    gsize length = strcspn (at, " \t\r\n>");
    const char *quote = at + length + strspn (at + length, " \t\r\n");
    const char *close = *quote == '"' || *quote == '\'' ? strchr (quote + 1, *quote) : NULL;
    if (!close || close > end || close - quote > ENTITY_BYTES ||
        g_hash_table_size (reading->entities) >= ENTITIES_LIMIT)
      continue;
    g_autofree char *name = g_strndup (at, length);
    if (*name != '%' && !g_hash_table_contains (reading->entities, name))
      g_hash_table_insert (reading->entities, g_steal_pointer (&name), g_strndup (quote + 1, close - quote - 1));
    at = close;
  }
}

static const char *
read_document_type (XhtmlReading *reading, const char *at)
{
  const char *end = strchr (at, '>'), *subset = strchr (at, '[');
  if (subset && end && subset < end) {
    end = strstr (subset, "]");
    for (const char *more = end; more && (more = strstr (more, "]")); more++) {
      const char *close = more + 1 + strspn (more + 1, " \t\r\n");
      end = more;
      if (*close == '>')
        break;
    }
    if (end)
      read_entities (reading, subset, end);
    end = end ? strchr (end, '>') : NULL;
  }
  const char *next = end ? end + 1 : at + strlen (at);
  g_string_append (reading->html, "<!DOCTYPE html>");
  put_line_ends (reading, at, next);
  return next;
}

/* The text of the entity NAME of LENGTH bytes; NULL: it is not the document's own, but one of HTML's. */
static const char *
entity_text (XhtmlReading *reading, const char *name, gsize length)
{
  g_autofree char *key = g_strndup (name, length);
  return g_hash_table_lookup (reading->entities, key);
}

static void put_text (XhtmlReading *reading, const char *from, const char *to, int depth);

/* "&name;" at AT. Returns what follows. */
static const char *
put_reference (XhtmlReading *reading, const char *at, const char *to, int depth)
{
  const char *end = at + 1;
  while (end < to && end - at < 64 && (g_ascii_isalnum (*end) || strchr ("._-", *end)) && *end)
    end++;
  const char *text = end < to && *end == ';' && depth > 0 ? entity_text (reading, at + 1, end - at - 1) : NULL;
  if (!text || reading->expanded > EXPANDED_LIMIT) {
    g_string_append_c (reading->html, '&');
    return at + 1;
  }
  g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n", ' ');
  reading->expanded += strlen (line) + 1;
  put_text (reading, line, line + strlen (line), depth - 1);
  return end + 1;
}

static void
put_text (XhtmlReading *reading, const char *from, const char *to, int depth)
{
  while (from < to)
    if (*from == '&' && g_hash_table_size (reading->entities) > 0)
      from = put_reference (reading, from, to, depth);
    else
      g_string_append_c (reading->html, *from++);
}

/* The end of the tag at AT, its '>' included. */
static const char *
tag_end (const char *at)
{
  char quote = 0;
  for (; *at && (quote || *at != '>'); at++)
    if (quote ? *at == quote : (*at == '"' || *at == '\''))
      quote = quote ? 0 : *at;
  return *at ? at + 1 : at;
}

/* What is in <script> and <style> is not parsed; the marks of CDATA around it go. */
static const char *
put_raw (XhtmlReading *reading, const char *at, const char *name, gsize length)
{
  g_autofree char *close = g_strdup_printf ("</%s%.*s", reading->prefix ? reading->prefix : "", (int)length, name);
  const char *end = strstr (at, close);
  end = end ? end : at + strlen (at);
  while (at < end) {
    gboolean open = g_str_has_prefix (at, "<![CDATA["), shut = g_str_has_prefix (at, "]]>");
    if (!open && !shut)
      g_string_append_c (reading->html, *at);
    at += open ? strlen ("<![CDATA[") : shut ? strlen ("]]>") : 1;
  }
  return at;
}

/* A tag at AT, "<name …>" or "</name>". */
static const char *
put_tag (XhtmlReading *reading, const char *at)
{
  const char *next = tag_end (at), *name = at + 1 + (at[1] == '/');
  gboolean closing = at[1] == '/', whole = next[-1] == '>';
  gsize prefix = reading->prefix && g_str_has_prefix (name, reading->prefix) ? strlen (reading->prefix) : 0;
  name += prefix;
  gsize length = strcspn (name, " \t\r\n/>");
  gboolean empty = whole && !closing && next[-2] == '/' && next - 2 >= name + length;
  g_string_append (reading->html, closing ? "</" : "<");
  put_text (reading, name, empty ? next - 2 : next, EXPANSION_DEPTH);
  if (empty)
    g_string_append_c (reading->html, '>');
  if (empty && !is_void (name, length))
    g_string_append_printf (reading->html, "</%.*s>", (int)length, name);
  gboolean raw = !closing && !empty && (length == 6 || length == 5) &&
                 (!g_ascii_strncasecmp (name, "script", length) || !g_ascii_strncasecmp (name, "style", length));
  return raw ? put_raw (reading, next, name, length) : next;
}

static const char *
put_markup (XhtmlReading *reading, const char *at)
{
  const char *next;
  if (g_str_has_prefix (at, "<!--")) {
    next = after (at + 4, "-->");
    g_string_append_len (reading->html, at, next - at);
    return next;
  }
  if (g_str_has_prefix (at, "<![CDATA[")) {
    at += strlen ("<![CDATA[");
    next = after (at, "]]>");
    put_escaped (reading, at, g_str_has_prefix (next - 3, "]]>") ? next - 3 : next);
    return next;
  }
  if (!g_ascii_strncasecmp (at, "<!DOCTYPE", 9))
    return read_document_type (reading, at);
  if (at[1] == '?') {
    next = after (at, "?>");
    put_line_ends (reading, at, next);
    return next;
  }
  if (g_ascii_isalpha (at[1]) || at[1] == '_' || (at[1] == '/' && g_ascii_isalpha (at[2])))
    return put_tag (reading, at);
  g_string_append_c (reading->html, *at);
  return at + 1;
}

/* The prefix of the namespace, with its colon: xmlns:h="…" gives "h:". NULL: none. */
static char *
prefix_in (const char *head)
{
  for (const char *at = strstr (head, "xmlns:"); at; at = strstr (at + 1, "xmlns:")) {
    const char *name = at + strlen ("xmlns:");
    gsize length = strcspn (name, "= \t\r\n");
    const char *value = name + length + strspn (name + length, "= \t\r\n\"'");
    if (length > 0 && length < 32 && g_str_has_prefix (value, NAMESPACE))
      return g_strdup_printf ("%.*s:", (int)length, name);
  }
  return NULL;
}

char *
html_from_xhtml (const char *text)
{
  g_autofree char *head = g_strndup (text, HEAD_BYTES);
  if (!g_str_has_prefix (head + strspn (head, " \t\r\n"), "<?xml") && !strstr (head, NAMESPACE))
    return NULL;
  g_autofree char *prefix = prefix_in (head);
  g_autoptr (GHashTable) entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  XhtmlReading reading = {.html = g_string_new (NULL), .prefix = prefix, .entities = entities};
  while (*text)
    if (*text == '<')
      text = put_markup (&reading, text);
    else {
      gsize length = strcspn (text, "<");
      put_text (&reading, text, text + length, EXPANSION_DEPTH);
      text += length;
    }
  return g_string_free (reading.html, FALSE);
}
