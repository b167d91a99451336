/* web_address.c - see web_address.h */
#include "fetch/web_address.h"

#include "model/error.h"
#include "modules/module.h"

#include <glib/gi18n.h>
#include <string.h>

enum { BYTES_LIMIT = 8192, SHOWN_LIMIT = 300, ROUNDS_LIMIT = 5 };

#define NOT_A_WEB_ADDRESS N_ ("is not a web address; write it as https://host/path")

/* The caller frees; NULL: there is none. */
static char *
part_of (CURLU *parts, CURLUPart which, guint flags)
{
  char *part = NULL;
  if (curl_url_get (parts, which, &part, flags) != CURLUE_OK)
    return NULL;
  char *copy = g_strdup (part);
  curl_free (part);
  return copy;
}

/* ASCII characters that RFC 3986 allows in escapes only. */
static gboolean
is_unwritable (guchar byte)
{
  return byte <= 0x20 || byte == 0x7F || (byte < 0x80 && strchr ("\"<>\\^`{|}", byte));
}

/* TEXT in the characters of RFC 3986, without its fragment. Escapes in the host are decoded by libcurl. */
static char *
escaped (const char *text)
{
  GString *written = g_string_new (NULL);
  gboolean query = FALSE;
  for (gsize i = 0, length = strcspn (text, "#"); i < length; i++) {
    guchar byte = text[i];
    query = query || byte == '?';
    if (byte == '\\' && !query)
      g_string_append_c (written, '/');
    else if (byte >= 0x80 || is_unwritable (byte))
      g_string_append_printf (written, "%%%02X", byte);
    else
      g_string_append_c (written, byte);
  }
  return g_string_free (written, FALSE);
}

/* TEXT without white space and control characters around it, and without line ends and tabs. */
static char *
without_white_space (const char *text)
{
  GString *written = g_string_new (NULL);
  gsize length = strlen (text);
  while (length > 0 && (guchar)text[length - 1] <= 0x20)
    length--;
  for (gsize i = 0; i < length; i++)
    if ((written->len > 0 || (guchar)text[i] > 0x20) && !strchr ("\t\r\n", text[i]))
      g_string_append_c (written, text[i]);
  return g_string_free (written, FALSE);
}

/* NULL: TEXT begins with another scheme, or with none. */
static const char *
after_scheme (const char *text)
{
  static const char *const schemes[] = {"https:", "http:"};
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (!g_ascii_strncasecmp (text, schemes[i], strlen (schemes[i])))
      return text + strlen (schemes[i]);
  return NULL;
}

/* Whether the host of TEXT is where all parsers expect it: after two slashes, neither one nor three. */
static gboolean
has_two_slashes (const char *text, gboolean may_be_relative)
{
  const char *rest = after_scheme (text);
  if (!rest && may_be_relative)
    return !g_str_has_prefix (text, "///");
  return rest && g_str_has_prefix (rest, "//") && rest[2] != '/';
}

/* Done here, since libcurl would ask the locale what the bytes mean. */
static gboolean
make_host_ascii (CURLU *parts)
{
  g_autofree char *host = part_of (parts, CURLUPART_HOST, 0);
  if (!host || g_str_is_ascii (host))
    return TRUE;
  g_autofree char *ascii = g_utf8_validate (host, -1, NULL) ? g_hostname_to_ascii (host) : NULL;
  return ascii && curl_url_set (parts, CURLUPART_HOST, ascii, 0) == CURLUE_OK;
}

/* An address that was parsed and printed may be parsed differently the next time ("%30", "0", "0.0.0.0"): this is
 * repeated until nothing changes. Only an address made to deceive needs many rounds; NULL: more than are tried. */
static char *
settle (CURLU *parts, const char *parsed)
{
  g_autofree char *last = g_strdup (parsed);
  for (int i = 0; i < ROUNDS_LIMIT && make_host_ascii (parts); i++) {
    char *text = part_of (parts, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
    if (!text || g_str_equal (text, last))
      return text;
    g_free (last);
    last = text;
    if (curl_url_set (parts, CURLUPART_URL, text, 0) != CURLUE_OK)
      return NULL;
  }
  return NULL;
}

/* A name, a number, or IPv6 in brackets: no character that one parser takes for a letter and the next for a
 * delimiter. */
static gboolean
is_host (const char *host)
{
  static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return *host == '[' || (host[strspn (host, ".")] && strspn (host, characters) == strlen (host));
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

/* Fills the fields from PARTS, which were parsed from PARSED. */
static gboolean
fill (WebAddress *address, const char *parsed)
{
  static const CURLUPart dropped[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT};
  CURLU *parts = address->parts;
  for (gsize i = 0; i < G_N_ELEMENTS (dropped); i++)
    curl_url_set (parts, dropped[i], NULL, 0);
  address->text = settle (parts, parsed);
  if (!address->text)
    return FALSE;
  g_autofree char *host = part_of (parts, CURLUPART_HOST, 0);
  g_autofree char *port = part_of (parts, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  g_autofree char *path = part_of (parts, CURLUPART_PATH, 0), *query = part_of (parts, CURLUPART_QUERY, 0);
  address->secure = g_str_has_prefix (address->text, "https://");
  if (!host || !is_host (host) || !port || !(address->secure || g_str_has_prefix (address->text, "http://")))
    return FALSE;
  address->host = plain_host (host);
  address->origin = g_strdup_printf ("%s://%s:%s", address->secure ? "https" : "http", address->host, port);
  address->target = g_strconcat (path ? path : "/", query ? "?" : "", query, NULL);
  return TRUE;
}

/* An empty reference is BASE itself (RFC 3986, section 5.2.2), which libcurl reads differently. */
static WebAddress *
address_from_text (const char *text, const WebAddress *base, guint flags)
{
  g_autoptr (WebAddress) address = g_new0 (WebAddress, 1);
  g_autofree char *written = escaped (text);
  if (strlen (written) > 3 * BYTES_LIMIT || !has_two_slashes (written, base != NULL))
    return NULL;
  address->parts = base ? curl_url_dup (base->parts) : curl_url ();
  if (!(base && !*written) && curl_url_set (address->parts, CURLUPART_URL, written, flags) != CURLUE_OK)
    return NULL;
  return fill (address, written) ? g_steal_pointer (&address) : NULL;
}

static WebAddress *
fail (GError **error, const char *message)
{
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH, message);
  return NULL;
}

WebAddress *
web_address_new (const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, _ ("the address is not UTF-8"));
  if (strlen (text) > BYTES_LIMIT)
    return fail (error, _ ("the address is longer than 8 KiB"));
  for (const char *at = text; *at; at++)
    if (g_ascii_iscntrl (*at))
      return fail (error, _ ("the address contains a control character"));
  WebAddress *address = address_from_text (text, NULL, 0);
  return address ? address : fail (error, _ (NOT_A_WEB_ADDRESS));
}

MODULE_ENTRY WebAddress *
web_address_from_link (const char *text, const WebAddress *base)
{
  g_autofree char *written = without_white_space (text);
  return address_from_text (written, base, CURLU_DISALLOW_USER);
}

/* NULL: every character may be in an address. */
static char *
fault_of_character (const char *text)
{
  for (; *text; text++)
    if (*text == ' ')
      return g_strdup (_ ("an address cannot contain a space; write %20 for it"));
    else if (is_unwritable (*text))
      return g_strdup_printf (_ ("an address cannot contain '%c'; write %%%02X for it"), *text, *text);
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

MODULE_ENTRY char *
web_address_fault (const char *text)
{
  const char *rest = after_scheme (text);
  if (!rest || !g_str_has_prefix (rest, "//"))
    return g_strdup (_ ("an address begins with https:// or http://; this one does not"));
  char *fault = fault_of_character (text);
  if (fault)
    return fault;
  rest += strlen ("//");
  if (strchr ("/?#:", *rest)) /* or the text ends */
    return g_strdup (_ ("the address has no host; write it as https://host/path"));
  if (memchr (rest, '@', strcspn (rest, "/?#")))
    return g_strdup (_ ("the address has a name or password before '@'; take it out"));
  if (has_wrong_escape (rest))
    return g_strdup (_ ("expected two hexadecimal digits after '%'; write %25 for a '%' itself"));
  g_autoptr (WebAddress) address = web_address_from_link (text, NULL);
  return address ? NULL : g_strdup (_ (NOT_A_WEB_ADDRESS));
}

/* Control characters, and the marks that turn text around (Unicode, "Cc", "Cf", "Zl", "Zp"). */
static gboolean
moves_the_cursor (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* The "@" after a name or password in TEXT, which need not be an address, and where these begin; NULL: it has none. One
 * slash too many does not hide them. */
static const char *
end_of_user (const char *text, const char **user)
{
  const char *scheme = strstr (text, "://");
  if (!scheme)
    return NULL;
  *user = scheme + strlen ("://");
  *user += strspn (*user, "/\\");
  return g_strrstr_len (*user, strcspn (*user, "/?#\\"), "@");
}

static char *
without_user (const char *text)
{
  const char *user, *at = end_of_user (text, &user);
  return at ? g_strdup_printf ("%.*s%s", (int)(user - text), text, at + 1) : g_strdup (text);
}

char *
web_address_masked (const char *text)
{
  const char *user, *at = end_of_user (text, &user);
  return at ? g_strdup_printf ("%.*s***%s", (int)(user - text), text, at) : NULL;
}

char *
web_address_for_display (const char *text)
{
  g_autofree char *plain = without_user (text), *valid = g_utf8_make_valid (plain, -1);
  GString *shown = g_string_new (NULL);
  int length = 0;
  for (const char *at = valid; *at && length < SHOWN_LIMIT; at = g_utf8_next_char (at), length++) {
    gunichar character = g_utf8_get_char (at);
    g_string_append_unichar (shown, moves_the_cursor (character) ? 0xfffd : character);
  }
  if (length == SHOWN_LIMIT)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

MODULE_ENTRY void
web_address_free (WebAddress *address)
{
  if (!address)
    return;
  curl_url_cleanup (address->parts);
  g_free (address->text);
  g_free (address->host);
  g_free (address->origin);
  g_free (address->target);
  g_free (address);
}
