/* web_address.c - see web_address.h */
#include "fetch/web_address.h"

#include <glib/gi18n.h>
#include <string.h>

#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

/* ASCII that RFC 3986 has no place for, but in escapes. */
static gboolean
is_unwritable (guchar byte)
{
  return byte <= 0x20 || byte == 0x7F || (byte < 0x80 && strchr ("\"<>\\^`{|}", byte));
}

static const char *
after_scheme (const char *text)
{
  static const char *const schemes[] = {"https://", "http://"};
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (!g_ascii_strncasecmp (text, schemes[i], strlen (schemes[i])))
      return text + strlen (schemes[i]);
  return NULL;
}

/* GLib has turned a Japanese host name into ASCII; IPv6 has ":" and, before its zone, "%". */
static gboolean
is_host (const char *host)
{
  gsize length = strlen (host);
  return length > 0 && strspn (host, ".") < length &&
         strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:%") == length;
}

static gboolean
is_of_the_web (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  return (!strcmp (scheme, "http") || !strcmp (scheme, "https")) && g_uri_get_host (uri) &&
         is_host (g_uri_get_host (uri)) && !g_uri_get_userinfo (uri);
}

/* As a browser takes an attribute: white space and controls around it and line ends in it are nothing; what cannot be
 * written is escaped. "\" is "/" up to the query. */
static char *
made_writable (const char *text)
{
  GString *written = g_string_new (NULL);
  gsize length = strlen (text);
  gboolean path = TRUE;
  while (length > 0 && (guchar)text[length - 1] <= 0x20)
    length--;
  for (gsize i = 0; i < length; i++) {
    path = path && text[i] != '?' && text[i] != '#';
    if ((written->len == 0 && (guchar)text[i] <= 0x20) || (text[i] && strchr ("\t\r\n", text[i])))
      continue;
    if (path && text[i] == '\\')
      g_string_append_c (written, '/');
    else if (is_unwritable (text[i]))
      g_string_append_printf (written, "%%%02X", (guchar)text[i]);
    else
      g_string_append_c (written, text[i]);
  }
  return g_string_free (written, FALSE);
}

char *
web_address_from_text (const char *text, const char *base)
{
  g_autofree char *written = made_writable (text);
  g_autoptr (GUri) from = base ? g_uri_parse (base, FLAGS, NULL) : NULL;
  if (base && !from)
    return NULL;
  g_autoptr (GUri) uri = g_uri_parse_relative (from, written, FLAGS | G_URI_FLAGS_PARSE_RELAXED, NULL);
  return uri && is_of_the_web (uri) ? g_uri_to_string (uri) : NULL;
}

/* The first character that no address has, NULL: there is none. */
static char *
fault_of_character (const char *text)
{
  for (; *text; text++)
    if (*text == ' ')
      return g_strdup (_ ("an address has no spaces; write %20 for one"));
    else if (is_unwritable (*text))
      return g_strdup_printf (_ ("an address does not have '%c' in it; write %%%02X for it"), *text, *text);
  return NULL;
}

static gboolean
has_wrong_escape (const char *text)
{
  for (const char *at = strchr (text, '%'); at; at = strchr (at + 1, '%'))
    if (!g_ascii_isxdigit (at[1]) || !g_ascii_isxdigit (at[2]))
      return TRUE;
  return FALSE;
}

char *
web_address_fault (const char *text)
{
  const char *rest = after_scheme (text);
  if (!rest)
    return g_strdup (_ ("an address begins with https:// or http://; this one does not"));
  char *fault = fault_of_character (text);
  if (fault)
    return fault;
  if (strchr ("/?#:", *rest)) /* or there is nothing */
    return g_strdup (_ ("the address has no host; write it as https://host/path"));
  if (memchr (rest, '@', strcspn (rest, "/?#")))
    return g_strdup (_ ("the address has a name or password before '@'; take it out"));
  if (has_wrong_escape (rest))
    return g_strdup (_ ("'%' stands before two digits of 0-9 and A-F; write %25 for a '%' itself"));
  g_autofree char *address = web_address_from_text (text, NULL);
  return address ? NULL : g_strdup (_ ("is no address; write it as https://host/path"));
}
