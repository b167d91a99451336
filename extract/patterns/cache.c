/* cache.c - see cache.h */
#include "patterns/cache.h"

#include <string.h>

#define TEXTS_LIMIT 65536
#define BYTES_LIMIT (2 * 1024 * 1024)

struct Cache {
  GHashTable *answers; /* char * -> int */
  gsize bytes;         /* of all texts */
};

Cache *
cache_new (void)
{
  Cache *cache = g_new0 (Cache, 1);
  cache->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return cache;
}

void
cache_free (Cache *cache)
{
  if (!cache)
    return;
  g_hash_table_unref (cache->answers);
  g_free (cache);
}

gboolean
cache_has (const Cache *cache, const char *text, int *answer)
{
  gpointer stored;
  if (!g_hash_table_lookup_extended (cache->answers, text, NULL, &stored))
    return FALSE;
  *answer = GPOINTER_TO_INT (stored);
  return TRUE;
}

int
cache_store (Cache *cache, const char *text, int answer)
{
  gsize length = strlen (text);
  if (length > BYTES_LIMIT / 2)
    return answer;
  if (cache->bytes + length > BYTES_LIMIT || g_hash_table_size (cache->answers) >= TEXTS_LIMIT) {
    g_hash_table_remove_all (cache->answers);
    cache->bytes = 0;
  }
  cache->bytes += length;
  g_hash_table_insert (cache->answers, g_strdup (text), GINT_TO_POINTER (answer));
  return answer;
}
