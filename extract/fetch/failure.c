/* failure.c - see failure.h */
#include "fetch/failure.h"

#include "read/source.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct {
  long status;
  const char *words;
} StatusWords;

static const StatusWords status_words[] = {
    {204, N_ ("the server answers without a document (%ld)")},
    {206, N_ ("the server sends a part of the document, which was not requested (%ld)")},
    {304, N_ ("the server says that nothing changed (%ld), to a request without conditions")},
    {401, N_ ("the server asks for a password (%ld)")},
    {403, N_ ("the server refuses to give it (%ld)")},
    {404, N_ ("the server has no such document (%ld)")},
    {407, N_ ("a proxy asks for a password (%ld)")},
    {408, N_ ("the server waited too long for the request (%ld)")},
    {410, N_ ("the document is gone for good (%ld)")},
    {429, N_ ("the server received too many requests (%ld)")},
    {451, N_ ("the server may not give it for legal reasons (%ld)")},
    {500, N_ ("the server has an error of its own (%ld)")},
    {502, N_ ("the server's gateway gets no valid answer (%ld)")},
    {503, N_ ("the server is out of service (%ld)")},
    {504, N_ ("the server's gateway gets no answer in time (%ld)")},
};

char *
words_of_http_status (long status)
{
  const char *words = N_ ("the server answers with status %ld");
  if (status >= 300 && status < 400)
    words = N_ ("the server redirects (%ld) and does not say where to");
  for (gsize i = 0; i < G_N_ELEMENTS (status_words); i++)
    if (status_words[i].status == status)
      words = status_words[i].words;
  return g_strdup_printf (_ (words), status);
}

typedef struct {
  CURLcode code;
  gboolean passes;
  const char *words;
} CodeWords;

static const CodeWords code_words[] = {
    {CURLE_COULDNT_RESOLVE_HOST, TRUE, N_ ("unknown host name")},
    {CURLE_COULDNT_CONNECT, TRUE, N_ ("no connection to the host")},
    {CURLE_GOT_NOTHING, TRUE, N_ ("the server closes the connection without an answer")},
    {CURLE_SEND_ERROR, TRUE, N_ ("the connection broke")},
    {CURLE_RECV_ERROR, TRUE, N_ ("the connection broke")},
    {CURLE_PARTIAL_FILE, TRUE, N_ ("the answer is cut short")},
    {CURLE_PEER_FAILED_VERIFICATION, FALSE, N_ ("the server's certificate cannot be verified")},
    {CURLE_SSL_CONNECT_ERROR, TRUE, N_ ("no secure connection to the host (TLS 1.2 or newer)")},
    {CURLE_SSL_CACERT_BADFILE, FALSE,
     N_ ("there are no certificates to verify the server with; install ca-certificates")},
    {CURLE_URL_MALFORMAT, FALSE, N_ ("is not a web address; write it as https://host/path")},
    {CURLE_UNSUPPORTED_PROTOCOL, FALSE, N_ ("the server does not speak HTTP as it should")},
    {CURLE_WEIRD_SERVER_REPLY, FALSE, N_ ("the server does not speak HTTP as it should")},
    {CURLE_BAD_CONTENT_ENCODING, FALSE, N_ ("the answer's compressed bytes are broken")},
};

static const CodeWords *
entry_of (CURLcode code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (code_words); i++)
    if (code_words[i].code == code)
      return &code_words[i];
  return NULL;
}

gboolean
code_may_pass (CURLcode code, gboolean connected)
{
  const CodeWords *entry = entry_of (code);
  return code == CURLE_OPERATION_TIMEDOUT ? !connected : entry && entry->passes;
}

char *
words_of_code (CURLcode code)
{
  const CodeWords *entry = entry_of (code);
  if (entry)
    return g_strdup (_ (entry->words));
  return g_strdup_printf (_ ("the answer cannot be used: %s"), curl_easy_strerror (code));
}

char *
words_of_slowness (gboolean connected)
{
  if (!connected)
    return g_strdup_printf (_ ("no connection to the host within %d seconds"), CONNECT_SECONDS);
  return g_strdup_printf (_ ("the server is too slow; the limit is %d seconds with less than 1 KiB each"),
                          SLOW_SECONDS);
}

char *
words_of_long_fetch (double seconds)
{
  return g_strdup_printf (_ ("too slow: not there after %g seconds, the limit for all requests of a document together; "
                             "--fetch-timeout sets another"),
                          seconds);
}

char *
words_of_fault (BodyFault fault, guint64 limit)
{
  if (fault == BODY_TOO_LARGE)
    return g_strdup_printf (_ ("more than %u MiB, the limit is %u MiB"), mib_of_bytes (limit), mib_of_bytes (limit));
  if (fault == BODY_NOT_GZIP)
    return g_strdup (_ ("is compressed, and the compressed bytes are broken or cut short"));
  return g_strdup_printf (_ ("no space left for it in %s; free some or set TMPDIR"), g_get_tmp_dir ());
}

static const double longest_pause = 60;

gboolean
status_may_pass (long status)
{
  return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

double
retry_after_seconds (const char *value, gint64 now)
{
  if (!value || !*value)
    return -1;
  if (strspn (value, "0123456789") == strlen (value))
    return MIN (g_ascii_strtod (value, NULL), RETRY_AFTER_LONGEST);
  time_t then = curl_getdate (value, NULL);
  if (then == -1)
    return -1;
  return CLAMP ((double)then - (double)now, 0, RETRY_AFTER_LONGEST);
}

double
retry_pause (int failures, double first)
{
  double span = MIN (longest_pause, first * exp2 (MIN (failures, 16) - 1));
  return span > 0 ? g_random_double_range (0, span) : 0;
}
