/* link.c - a made-up page, and on its first line a made-up pattern. */
#include "target.h"

#include "fetch/link.h"

#include <string.h>

#define SIZE_LIMIT (16 * 1024)

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *end = size && size < SIZE_LIMIT ? memchr (data, '\n', size) : NULL;
  if (!end)
    return 0;
  g_autofree char *line = g_strndup ((const char *)data, end - data), *pattern = g_utf8_make_valid (line, -1);
  g_autoptr (GBytes) bytes = g_bytes_new (end + 1, size - (end + 1 - data));
  g_autoptr (GError) error = NULL;
  g_autofree char *found =
      newest_link (fuzz_knowledge (), bytes, NULL, "https://vendor.example/a/b.html?c", pattern, &error);
  g_assert (found ? !error : error != NULL);
  g_assert (!found || (g_str_has_prefix (found, "http") && g_str_is_ascii (found) && !strchr (found, '#')));
  return 0;
}
