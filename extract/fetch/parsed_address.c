/* parsed_address.c - see parsed_address.h */
#include "fetch/parsed_address.h"

#include "model/error.h"

#include <curl/curl.h>
#include <glib/gi18n.h>
#include <string.h>

enum { LONGEST = 8192, LONGEST_SHOWN = 300 };

typedef CURLU Parts;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parts, curl_url_cleanup)

/* The caller frees; NULL: there is none. */
static char *
part_of (Parts *parts, CURLUPart which, guint flags)
{
  char *part = NULL;
  if (curl_url_get (parts, which, &part, flags) != CURLUE_OK)
    return NULL;
  char *copy = g_strdup (part);
  curl_free (part);
  return copy;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH, message);
  return FALSE;
}

/* A host in other digits, letters or dots than ASCII's is the one in ASCII that they stand for (RFC 3490). It is done
 * here, since libcurl would ask the locale what the bytes mean. */
static gboolean
make_host_ascii (Parts *parts)
{
  g_autofree char *host = part_of (parts, CURLUPART_HOST, 0);
  if (!host || g_str_is_ascii (host))
    return TRUE;
  g_autofree char *ascii = g_utf8_validate (host, -1, NULL) ? g_hostname_to_ascii (host) : NULL;
  return ascii && curl_url_set (parts, CURLUPART_HOST, ascii, 0) == CURLUE_OK;
}

/* A name, a number, or IPv6 in brackets: nothing in it that one reader takes for a letter and the next for a sign. */
static gboolean
is_host (const char *host)
{
  static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return *host == '[' || (*host && strspn (host, characters) == strlen (host));
}

/* What is taken apart and put together again may read otherwise ("%30", "0", "0.0.0.0"); to no end, if at all, only
 * where someone means to deceive. */
static gboolean
make_plain (Parts *parts)
{
  for (int i = 0; i < 4 && make_host_ascii (parts); i++) {
    g_autofree char *text = part_of (parts, CURLUPART_URL, 0);
    if (!text || curl_url_set (parts, CURLUPART_URL, text, CURLU_URLENCODE) != CURLUE_OK)
      return FALSE;
    g_autofree char *again = part_of (parts, CURLUPART_URL, 0);
    if (again && g_str_equal (text, again))
      return TRUE;
  }
  return FALSE;
}

static gboolean
parse (Parts *parts, const char *text, GError **error)
{
  static const CURLUPart taken_away[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT};
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, _ ("the address is not UTF-8"));
  if (strlen (text) > LONGEST)
    return fail (error, _ ("the address is longer than 8 KiB"));
  for (const char *at = text; *at; at++)
    if (g_ascii_iscntrl (*at))
      return fail (error, _ ("the address has a control character in it"));
  if (curl_url_set (parts, CURLUPART_URL, text, CURLU_URLENCODE | CURLU_ALLOW_SPACE))
    return fail (error, _ ("this is no address of the web; it begins with https:// or http://"));
  for (gsize i = 0; i < G_N_ELEMENTS (taken_away); i++)
    curl_url_set (parts, taken_away[i], NULL, 0);
  return make_plain (parts) || fail (error, _ ("this is no address of the web; it begins with https:// or http://"));
}

/* "HOST." is HOST. */
static char *
plain_host (const char *host)
{
  char *lower = g_ascii_strdown (host, -1);
  gsize length = strlen (lower);
  if (length > 1 && lower[length - 1] == '.')
    lower[length - 1] = 0;
  return lower;
}

ParsedAddress *
parsed_address_new (const char *text, GError **error)
{
  g_autoptr (Parts) parts = curl_url ();
  if (!parse (parts, text, error))
    return NULL;
  g_autofree char *scheme = part_of (parts, CURLUPART_SCHEME, 0), *host = part_of (parts, CURLUPART_HOST, 0);
  g_autofree char *port = part_of (parts, CURLUPART_PORT, CURLU_DEFAULT_PORT),
                  *path = part_of (parts, CURLUPART_PATH, 0);
  g_autofree char *query = part_of (parts, CURLUPART_QUERY, 0);
  gboolean secure = scheme && !g_ascii_strcasecmp (scheme, "https");
  if (!host || !is_host (host) || !port || (!secure && (!scheme || g_ascii_strcasecmp (scheme, "http")))) {
    fail (error, _ ("this is no address of the web; it begins with https:// or http://"));
    return NULL;
  }
  g_autoptr (ParsedAddress) address = g_new0 (ParsedAddress, 1);
  address->text = part_of (parts, CURLUPART_URL, 0);
  address->host = plain_host (host);
  address->origin = g_strdup_printf ("%s://%s:%s", secure ? "https" : "http", address->host, port);
  address->target = g_strconcat (path ? path : "/", query ? "?" : "", query, NULL);
  address->secure = secure;
  return g_steal_pointer (&address);
}

void
parsed_address_free (ParsedAddress *address)
{
  if (!address)
    return;
  g_free (address->text);
  g_free (address->host);
  g_free (address->origin);
  g_free (address->target);
  g_free (address);
}

/* Controls, and the marks that turn text around (Unicode, "Cc", "Cf", "Zl", "Zp"). */
static gboolean
moves_the_cursor (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* TEXT from behind the "@" of its authority, with its scheme in front. */
static char *
without_user (const char *text)
{
  const char *authority = strstr (text, "://");
  if (!authority)
    return g_strdup (text);
  authority += strlen ("://");
  const char *end = authority + strcspn (authority, "/?#\\");
  const char *at = g_strrstr_len (authority, end - authority, "@");
  return at ? g_strdup_printf ("%.*s%s", (int)(authority - text), text, at + 1) : g_strdup (text);
}

char *
address_for_eyes (const char *text)
{
  g_autofree char *plain = without_user (text), *valid = g_utf8_make_valid (plain, -1);
  GString *shown = g_string_new (NULL);
  int length = 0;
  for (const char *at = valid; *at && length < LONGEST_SHOWN; at = g_utf8_next_char (at), length++) {
    gunichar character = g_utf8_get_char (at);
    g_string_append_unichar (shown, moves_the_cursor (character) ? 0xfffd : character);
  }
  if (length == LONGEST_SHOWN)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}
