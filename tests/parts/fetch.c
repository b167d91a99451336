/* fetch.c - the fetcher and its parts, for tests/test_fetch.py.
 *
 *     part-fetch [OPTION…] [REQUEST…]        fetches, and prints a line of JSON a result, in the order of their coming
 *     part-fetch --address TEXT…             what each address is: "public", or what else
 *     part-fetch --robots FILE TARGET…       "yes" or "no" for each; then the delay
 *     part-fetch --retry-after NOW VALUE…    seconds for each
 *
 * A REQUEST is an address, or words with a blank between them: page=… link=… known=… etag=… modified=… for=…
 * page-etag=… page-modified=… not-before=…; "for" is the address that the validators are of. "-" reads requests from
 * standard input, one a line.
 *
 * No packet leaves the machine: names are looked up in the table of --resolve alone, and a connection to what is not
 * loopback is refused, and told on standard error: "connect ADDRESS"; but --route=8.8.8.8 makes that one lead to
 * 127.0.0.1.
 */
#include "fetch/failure.h"
#include "fetch/fetcher.h"
#include "fetch/ip_address.h"
#include "fetch/robots.h"

#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int getaddrinfo (const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
                 struct addrinfo **restrict found);
int connect (int socket, const struct sockaddr *to, socklen_t length);
int getpeername (int socket, struct sockaddr *restrict who, socklen_t *restrict length);

static FetchOptions options;
static char **resolved; /* "NAME=ADDRESS,ADDRESS", the first answer, the second, … and the last again and again */
static char *routed;    /* a public IPv4 address that is 127.0.0.1 in truth; NULL: none */
static double pause_between_reads;
static gboolean die;

/* The answer to the TIMES-th question after a name that the table has; the caller frees. */
static char *
answer_in (const char *line, guint times)
{
  g_auto (GStrv) answers = g_strsplit (strchr (line, '=') + 1, ",", -1);
  return g_strdup (answers[MIN (times, g_strv_length (answers) - 1)]);
}

static gboolean
is_number (const char *name)
{
  guint8 bytes[16];
  return inet_pton (AF_INET, name, bytes) == 1 || strchr (name, ':') ||
         strspn (name, "0123456789abcdefxABCDEFX.") == strlen (name);
}

int
getaddrinfo (const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
             struct addrinfo **restrict found)
{
  static int (*real) (const char *, const char *, const struct addrinfo *, struct addrinfo **);
  static guint times[64];
  if (!real)
    real = (int (*) (const char *, const char *, const struct addrinfo *, struct addrinfo **))dlsym (RTLD_NEXT,
                                                                                                     "getaddrinfo");
  for (guint i = 0; name && resolved && resolved[i] && i < G_N_ELEMENTS (times); i++)
    if (g_str_has_prefix (resolved[i], name) && resolved[i][strlen (name)] == '=') {
      g_autofree char *answer = answer_in (resolved[i], times[i]++);
      return real (answer, service, hints, found);
    }
  if (!name || is_number (name) || !strcmp (name, "localhost") || !strcmp (name, "localhost."))
    return real (name, service, hints, found);
  return EAI_NONAME;
}

static gboolean
is_loopback (const struct sockaddr *address)
{
  g_autofree char *text = ip_address_to_string (address);
  return g_str_has_prefix (text, "127.") || !strcmp (text, "::1") || !strcmp (text, "0.0.0.0") ||
         !strcmp (text, "::") || g_str_has_prefix (text, "::ffff:127.") || g_str_has_prefix (text, "::ffff:0.");
}

int
connect (int socket, const struct sockaddr *to, socklen_t length)
{
  static int (*real) (int, const struct sockaddr *, socklen_t);
  if (!real)
    real = (int (*) (int, const struct sockaddr *, socklen_t))dlsym (RTLD_NEXT, "connect");
  struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
  g_autofree char *text = ip_address_to_string (to);
  if (routed && !strcmp (text, routed)) {
    loopback.sin_port = ((const struct sockaddr_in *)to)->sin_port;
    return real (socket, (const struct sockaddr *)&loopback, sizeof loopback);
  }
  if ((to->sa_family != AF_INET && to->sa_family != AF_INET6) || is_loopback (to))
    return real (socket, to, length);
  g_autofree char *line = g_strdup_printf ("connect %s\n", text);
  if (write (STDERR_FILENO, line, strlen (line)) < 0)
    abort ();
  errno = ECONNREFUSED;
  return -1;
}

int
getpeername (int socket, struct sockaddr *restrict who, socklen_t *restrict length)
{
  static int (*real) (int, struct sockaddr *, socklen_t *);
  if (!real)
    real = (int (*) (int, struct sockaddr *, socklen_t *))dlsym (RTLD_NEXT, "getpeername");
  int outcome = real (socket, who, length);
  if (outcome == 0 && routed && who->sa_family == AF_INET && is_loopback (who))
    inet_pton (AF_INET, routed, &((struct sockaddr_in *)who)->sin_addr);
  return outcome;
}

static const char *
word_of (char **words, const char *name)
{
  for (char **word = words; *word; word++)
    if (g_str_has_prefix (*word, name) && (*word)[strlen (name)] == '=')
      return *word + strlen (name) + 1;
  return NULL;
}

/* What its fields point to is kept until the end. */
static FetchRequest
request_from_text (const char *text)
{
  static GPtrArray *kept;
  if (!kept)
    kept = g_ptr_array_new ();
  char **words = g_strsplit (text, " ", -1);
  g_ptr_array_add (kept, words);
  const char *not_before = word_of (words, "not-before");
  FetchRequest request = {
      .page = word_of (words, "page"), .link = word_of (words, "link"), .known = word_of (words, "known")};
  request.url = request.page ? NULL : words[0];
  request.validators = (Validators){(char *)word_of (words, "etag"), (char *)word_of (words, "modified")};
  request.page_validators =
      (Validators){(char *)word_of (words, "page-etag"), (char *)word_of (words, "page-modified")};
  request.validators_address = word_of (words, "for");
  if (!request.validators_address && (request.validators.etag || request.validators.last_modified))
    request.validators_address = request.url;
  request.not_before = not_before ? g_ascii_strtoll (not_before, NULL, 10) : 0;
  return request;
}

static GArray *
requests_from_words (char **words)
{
  GArray *requests = g_array_new (FALSE, FALSE, sizeof (FetchRequest));
  for (char **word = words; *word; word++) {
    char line[8192];
    FetchRequest request;
    if (strcmp (*word, "-")) {
      request = request_from_text (*word);
      g_array_append_val (requests, request);
    } else
      while (fgets (line, sizeof line, stdin)) {
        request = request_from_text (g_strchomp (line));
        g_array_append_val (requests, request);
      }
  }
  return requests;
}

static void
add_text (cJSON *line, const char *name, const char *text)
{
  if (text)
    cJSON_AddStringToObject (line, name, text);
}

static void
print_result (const FetchResult *result)
{
  static const char *const ends[] = {"fetched", "not-modified", "failed", "blocked"};
  cJSON *line = cJSON_CreateObject ();
  cJSON_AddNumberToObject (line, "request", result->request);
  cJSON_AddStringToObject (line, "end", ends[result->end]);
  add_text (line, "reason", result->reason);
  add_text (line, "address", result->address);
  add_text (line, "final", result->final_address);
  add_text (line, "charset", result->charset);
  add_text (line, "etag", result->validators.etag);
  add_text (line, "modified", result->validators.last_modified);
  add_text (line, "page-etag", result->page_validators.etag);
  add_text (line, "page-modified", result->page_validators.last_modified);
  if (result->not_before)
    cJSON_AddNumberToObject (line, "not-before", result->not_before);
  if (result->body >= 0) {
    g_autoptr (GMappedFile) map = g_mapped_file_new_from_fd (result->body, FALSE, NULL);
    g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (map);
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    add_text (line, "sha256", sum);
    cJSON_AddNumberToObject (line, "bytes", result->bytes);
    cJSON_AddNumberToObject (line, "offset", lseek (result->body, 0, SEEK_CUR));
  }
  char *text = cJSON_PrintUnformatted (line);
  puts (text);
  fflush (stdout);
  free (text);
  cJSON_Delete (line);
}

static int
fetch (char **words)
{
  g_autoptr (Knowledge) knowledge = knowledge_open (NULL, NULL);
  options.knowledge = knowledge;
  g_autoptr (GArray) requests = requests_from_words (words);
  g_autoptr (GError) error = NULL;
  g_autoptr (Fetcher) fetcher = fetcher_new ((const FetchRequest *)requests->data, requests->len, &options, &error);
  FetchResult result;
  gboolean done = FALSE;
  if (!fetcher) {
    fprintf (stderr, "%s\n", error->message);
    return EXIT_FAILURE;
  }
  while (!done) {
    if (!fetcher_next (fetcher, 10, &result, &done))
      continue;
    if (die)
      raise (SIGKILL);
    print_result (&result);
    fetch_result_clear (&result);
    g_usleep ((gulong)(pause_between_reads * 1e6));
  }
  return EXIT_SUCCESS;
}

static int
print_addresses (char **words)
{
  for (char **word = words; *word; word++) {
    const char *meaning = ip_address_text_special_purpose (*word);
    puts (meaning ? meaning : "public");
  }
  return EXIT_SUCCESS;
}

static int
print_robots (char **words)
{
  g_autofree char *bytes = NULL;
  gsize length;
  if (!words[0] || !g_file_get_contents (words[0], &bytes, &length, NULL))
    return EXIT_FAILURE;
  g_autoptr (Robots) robots = robots_new (bytes, length, "checksheet");
  for (char **word = words + 1; *word; word++)
    puts (robots_allow (robots, *word) ? "yes" : "no");
  printf ("%g\n", robots_delay (robots));
  return EXIT_SUCCESS;
}

static int
print_retry_after (char **words)
{
  for (char **word = words + 1; words[0] && *word; word++)
    printf ("%g\n", retry_after_seconds (*word, g_ascii_strtoll (words[0], NULL, 10)));
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  gboolean addresses = FALSE, robots = FALSE, retry_after = FALSE;
  g_auto (GStrv) words = NULL;
  options = usual_fetch;
  options.sandbox = sandbox_none ();
  options.pause = 0.05;
  const GOptionEntry entries[] = {
      {"allow-private", 0, 0, G_OPTION_ARG_NONE, &options.allow_private, NULL, NULL},
      {"pause", 0, 0, G_OPTION_ARG_DOUBLE, &options.pause, NULL, NULL},
      {"hosts", 0, 0, G_OPTION_ARG_INT, &options.hosts, NULL, NULL},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, NULL, NULL},
      {"attempts", 0, 0, G_OPTION_ARG_INT, &options.attempts, NULL, NULL},
      {"patience", 0, 0, G_OPTION_ARG_DOUBLE, &options.patience, NULL, NULL},
      {"resolve", 0, 0, G_OPTION_ARG_STRING_ARRAY, &resolved, NULL, NULL},
      {"route", 0, 0, G_OPTION_ARG_STRING, &routed, NULL, NULL},
      {"rest", 0, 0, G_OPTION_ARG_DOUBLE, &pause_between_reads, NULL, NULL},
      {"die", 0, 0, G_OPTION_ARG_NONE, &die, NULL, NULL},
      {"address", 0, 0, G_OPTION_ARG_NONE, &addresses, NULL, NULL},
      {"robots", 0, 0, G_OPTION_ARG_NONE, &robots, NULL, NULL},
      {"retry-after", 0, 0, G_OPTION_ARG_NONE, &retry_after, NULL, NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || !words)
    return 2;
  if (addresses)
    return print_addresses (words);
  if (robots)
    return print_robots (words);
  return retry_after ? print_retry_after (words) : fetch (words);
}
