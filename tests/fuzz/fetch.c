/* fetch.c - a made-up address on the first line, and a made-up robots.txt. */
#include "target.h"

#include "fetch/failure.h"
#include "fetch/ip_address.h"
#include "fetch/robots.h"
#include "fetch/web_address.h"

#include <string.h>

#define SIZE_LIMIT (16 * 1024)

/* What an address is read as is read as the same again: what was checked is what is asked. */
static void
read_twice (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WebAddress) once = web_address_new (text, &error);
  g_assert (once ? !error : error != NULL);
  if (!once)
    return;
  g_autoptr (WebAddress) again = web_address_new (once->text, NULL);
  g_assert (again && g_str_equal (once->text, again->text) && g_str_equal (once->origin, again->origin));
  g_assert (g_str_equal (once->target, again->target) && once->target[0] == '/' && g_str_is_ascii (once->host));
  g_assert (g_str_has_prefix (once->text, once->secure ? "https://" : "http://"));
  g_autofree char *shown = web_address_for_display (once->text);
  g_assert (g_utf8_validate (shown, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *end = size && size < SIZE_LIMIT ? memchr (data, '\n', size) : NULL;
  if (!end)
    return 0;
  g_autofree char *line = g_strndup ((const char *)data, end - data), *shown = web_address_for_display (line);
  g_autofree char *target = g_strconcat ("/", line, NULL), *address = g_strconcat ("http://", line, NULL);
  g_assert (g_utf8_validate (shown, -1, NULL));
  read_twice (line);
  read_twice (address);
  ip_address_text_special_purpose (line);
  double seconds = retry_after_seconds (line, 1700000000);
  g_assert (seconds == -1 || (seconds >= 0 && seconds <= RETRY_AFTER_LONGEST));
  g_autoptr (Robots) robots = robots_new ((const char *)end + 1, size - (end + 1 - data), "checksheet");
  robots_allow (robots, target);
  g_assert (robots_delay (robots) >= 0);
  return 0;
}
