/* cache.c - see cache.h */
#include "patterns/cache.h"

#include <string.h>

#define TEXTS_MOST 4096
#define BYTES_MOST (1024 * 1024)

gboolean
cache_knows (const Cache *memo, const char *text, int *answer)
{
  gpointer kept;
  if (!memo->answers || !g_hash_table_lookup_extended (memo->answers, text, NULL, &kept))
    return FALSE;
  *answer = GPOINTER_TO_INT (kept);
  return TRUE;
}

int
cache_keep (Cache *memo, const char *text, int answer)
{
  gsize length = strlen (text);
  if (!memo->answers)
    memo->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (length > BYTES_MOST / 2)
    return answer;
  if (memo->bytes + length > BYTES_MOST || g_hash_table_size (memo->answers) >= TEXTS_MOST) {
    g_hash_table_remove_all (memo->answers);
    memo->bytes = 0;
  }
  memo->bytes += length;
  g_hash_table_insert (memo->answers, g_strdup (text), GINT_TO_POINTER (answer));
  return answer;
}
