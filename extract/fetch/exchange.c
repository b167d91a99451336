/* exchange.c - see exchange.h */
#include "fetch/exchange.h"

#include "fetch/failure.h"
#include "fetch/ip_address.h"
#include "read/source.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>

struct Exchange {
  CURLM *curls;
  CURL *easy;
  const FetchOptions *options;
  const HttpRequest *request;
  struct curl_slist *headers;
  Body body;
  gboolean begun;   /* the first bytes of the body came */
  char *blocked;    /* the address that was not connected to, and why; NULL: none */
  char *encoding;   /* of the body, where it was not requested */
  gboolean skipped; /* the rest of a body that is not needed was left out */
};

/* The body of an error page is read so that the connection can be reused; a longer one costs more than a new one. */
enum { UNWANTED_BYTES = 256 * 1024, LONGEST_HEADER = 2048 };

static void
block (Exchange *exchange, const char *address, const char *meaning)
{
  g_free (exchange->blocked);
  exchange->blocked = g_strdup_printf ("%s (%s)", address, meaning);
}

static curl_socket_t
open_socket (void *data, curlsocktype purpose, struct curl_sockaddr *to)
{
  Exchange *exchange = data;
  const char *meaning = exchange->options->allow_private ? NULL : ip_address_special_purpose (&to->addr);
  if (meaning) {
    g_autofree char *address = ip_address_to_string (&to->addr);
    block (exchange, address, meaning);
    return CURL_SOCKET_BAD;
  }
  return socket (to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* Before the request is sent: a connection that is reused is checked again. */
static int
check_connection (void *data, char *address, char *own, int port, int own_port)
{
  Exchange *exchange = data;
  const char *meaning = exchange->options->allow_private ? NULL : ip_address_text_special_purpose (address);
  if (!meaning)
    return CURL_PREREQFUNC_OK;
  block (exchange, address, meaning);
  return CURL_PREREQFUNC_ABORT;
}

/* The caller frees; NULL: there is none, or it is too long for a header of its kind, or not text. */
static char *
header_of (Exchange *exchange, const char *name)
{
  struct curl_header *header;
  if (curl_easy_header (exchange->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
    return NULL;
  if (strlen (header->value) > LONGEST_HEADER || !*header->value || !g_utf8_validate (header->value, -1, NULL))
    return NULL;
  for (const char *at = header->value; *at; at++)
    if (g_ascii_iscntrl (*at))
      return NULL;
  return g_strdup (header->value);
}

/* FALSE: the body has an encoding that was not requested. */
static gboolean
begin_body (Exchange *exchange)
{
  exchange->begun = TRUE;
  g_autofree char *encoding = header_of (exchange, "Content-Encoding");
  if (!encoding || !g_ascii_strcasecmp (encoding, "identity"))
    return TRUE;
  if (!g_ascii_strcasecmp (encoding, "gzip") || !g_ascii_strcasecmp (encoding, "x-gzip")) {
    body_expand (&exchange->body);
    return TRUE;
  }
  exchange->encoding = g_steal_pointer (&encoding);
  return FALSE;
}

static size_t
take_bytes (char *bytes, size_t one, size_t length, void *data)
{
  Exchange *exchange = data;
  long status = 0;
  curl_easy_getinfo (exchange->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) {
    exchange->body.received += length;
    exchange->skipped = exchange->body.received > UNWANTED_BYTES;
    return exchange->skipped ? 0 : length;
  }
  if (!exchange->begun && !begin_body (exchange))
    return 0;
  if (body_add (&exchange->body, bytes, length))
    return length;
  if (exchange->body.fault == BODY_TOO_LARGE && exchange->request->may_be_cut) {
    exchange->body.fault = BODY_SOUND;
    exchange->skipped = exchange->body.expanded = TRUE;
  }
  return 0;
}

Exchange *
exchange_new (CURLM *curls, const FetchOptions *options)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  exchange->curls = curls;
  exchange->easy = curl_easy_init ();
  exchange->options = options;
  body_begin (&exchange->body, 0);
  return exchange;
}

/* The certificates of SSL_CERT_FILE, as with OpenSSL, replace the system's: for networks with a certificate authority
 * of their own. */
static void
set_trust (CURL *easy)
{
  const char *own = g_getenv ("SSL_CERT_FILE");
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (own && *own)
    curl_easy_setopt (easy, CURLOPT_CAINFO, own);
}

static void
set_limits (CURL *easy, const HttpRequest *request)
{
  if (!request->may_be_cut)
    curl_easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->limit);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_A_SECOND);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, MAX (1, (long)(request->seconds * 1000)));
}

static void
set_manners (CURL *easy)
{
  curl_easy_setopt (easy, CURLOPT_USERAGENT,
                    "checksheet/" VERSION " (reads published security check sheets; obeys robots.txt)");
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1); /* one request at a time needs no more */
  curl_easy_setopt (easy, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
}

static void
set_callbacks (Exchange *exchange)
{
  curl_easy_setopt (exchange->easy, CURLOPT_PRIVATE, exchange);
  curl_easy_setopt (exchange->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt (exchange->easy, CURLOPT_OPENSOCKETDATA, exchange);
  curl_easy_setopt (exchange->easy, CURLOPT_PREREQFUNCTION, check_connection);
  curl_easy_setopt (exchange->easy, CURLOPT_PREREQDATA, exchange);
  curl_easy_setopt (exchange->easy, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt (exchange->easy, CURLOPT_WRITEDATA, exchange);
}

static void
add_header (Exchange *exchange, const char *name, const char *value)
{
  g_autofree char *line = value ? g_strdup_printf ("%s: %s", name, value) : NULL;
  if (line && !strpbrk (line, "\r\n"))
    exchange->headers = curl_slist_append (exchange->headers, line);
}

void
exchange_begin (Exchange *exchange, const HttpRequest *request)
{
  exchange->request = request;
  body_begin (&exchange->body, request->limit);
  curl_easy_reset (exchange->easy);
  set_callbacks (exchange);
  set_manners (exchange->easy);
  set_trust (exchange->easy);
  set_limits (exchange->easy, request);
  add_header (exchange, "Accept-Encoding", "gzip");
  if (request->validators) {
    add_header (exchange, "If-None-Match", request->validators->etag);
    add_header (exchange, "If-Modified-Since", request->validators->last_modified);
  }
  curl_easy_setopt (exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
  curl_easy_setopt (exchange->easy, CURLOPT_CURLU, request->address->parts);
  curl_multi_add_handle (exchange->curls, exchange->easy);
}

Exchange *
exchange_of (CURL *easy)
{
  Exchange *exchange = NULL;
  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &exchange);
  return exchange;
}

/* "text/html; charset=Shift_JIS" */
static char *
charset_of (Exchange *exchange)
{
  g_autofree char *type = header_of (exchange, "Content-Type");
  g_auto (GStrv) parts = g_strsplit (type ? type : "", ";", 16);
  for (int i = 1; parts[0] && parts[i]; i++) {
    g_strstrip (parts[i]);
    if (g_ascii_strncasecmp (parts[i], "charset=", 8))
      continue;
    char *name = g_strstrip (g_strdelimit (parts[i] + 8, "\"'", ' '));
    return *name && strlen (name) <= 64 ? g_strdup (name) : NULL;
  }
  return NULL;
}

static char *
words_of_timeout (const Exchange *exchange, gboolean connected)
{
  double seconds = 0;
  curl_easy_getinfo (exchange->easy, CURLINFO_TOTAL_TIME, &seconds);
  if (seconds + 0.01 >= exchange->request->seconds) /* libcurl counts whole milliseconds */
    return words_of_long_fetch (exchange->options->seconds);
  return words_of_slowness (connected);
}

static void
fail_by_curl (Exchange *exchange, CURLcode code, HttpResponse *response)
{
  curl_off_t connected = 0;
  curl_easy_getinfo (exchange->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
  if (exchange->blocked) {
    response->end = RESPONSE_BLOCKED;
    response->words = g_strdup_printf (_ ("is at %s, which is not a public address; convert, show and refresh fetch it "
                                          "with --allow-private-addresses"),
                                       exchange->blocked);
  } else if (exchange->encoding) {
    response->end = RESPONSE_USELESS;
    response->words = g_strdup_printf (_ ("is encoded as '%.40s', which was not requested"), exchange->encoding);
  } else if (response->body.fault == BODY_TOO_LARGE || code == CURLE_FILESIZE_EXCEEDED) {
    response->end = RESPONSE_TOO_LARGE;
    response->words = words_of_fault (BODY_TOO_LARGE, exchange->request->limit);
  } else if (response->body.fault != BODY_SOUND) {
    response->end = response->body.fault == BODY_NOT_GZIP ? RESPONSE_BROKEN : RESPONSE_USELESS;
    response->words = words_of_fault (response->body.fault, response->body.limit);
  } else {
    response->end = code_may_pass (code, connected > 0) ? RESPONSE_BROKEN : RESPONSE_USELESS;
    response->words =
        code == CURLE_OPERATION_TIMEDOUT ? words_of_timeout (exchange, connected > 0) : words_of_code (code);
  }
}

static void
read_headers (Exchange *exchange, HttpResponse *response)
{
  const char *location = NULL;
  curl_easy_getinfo (exchange->easy, CURLINFO_REDIRECT_URL, &location);
  response->location = g_strdup (location);
  response->retry_after = header_of (exchange, "Retry-After");
  response->charset = charset_of (exchange);
  response->validators = (Validators){header_of (exchange, "ETag"), header_of (exchange, "Last-Modified")};
}

HttpResponse
exchange_end (Exchange *exchange, CURLcode code)
{
  HttpResponse response = {.end = RESPONSE_WHOLE, .body = exchange->body};
  const char *address = NULL;
  curl_easy_getinfo (exchange->easy, CURLINFO_RESPONSE_CODE, &response.status);
  curl_easy_getinfo (exchange->easy, CURLINFO_PRIMARY_IP, &address);
  response.private = address && *address && ip_address_text_special_purpose (address);
  body_begin (&exchange->body, 0);
  if ((code != CURLE_OK && !exchange->skipped) || !body_finish (&response.body))
    fail_by_curl (exchange, code, &response);
  else
    read_headers (exchange, &response);
  curl_multi_remove_handle (exchange->curls, exchange->easy);
  g_clear_pointer (&exchange->headers, curl_slist_free_all);
  g_clear_pointer (&exchange->blocked, g_free);
  g_clear_pointer (&exchange->encoding, g_free);
  exchange->begun = exchange->skipped = FALSE;
  return response;
}

void
exchange_free (Exchange *exchange)
{
  curl_easy_cleanup (exchange->easy);
  curl_slist_free_all (exchange->headers);
  body_clear (&exchange->body);
  g_free (exchange->blocked);
  g_free (exchange->encoding);
  g_free (exchange);
}

void
http_response_clear (HttpResponse *response)
{
  g_free (response->words);
  g_free (response->location);
  g_free (response->retry_after);
  g_free (response->charset);
  validators_clear (&response->validators);
  body_clear (&response->body);
}
