/* cache.h - what was found out about a text, so that it is not found out again: a table's cells are asked the same by
 * the search for its head, for its columns, and for shifted rows.
 *
 * Only for what depends on the text alone. What is kept is bounded; when there is too much, all is forgotten.
 */
#pragma once

#include <glib.h>

/* Static; all zero at the start. */
typedef struct {
  GHashTable *answers; /* char * -> int */
  gsize bytes;
} Cache;

/* TRUE: *ANSWER is what was kept for TEXT. */
gboolean cache_knows (const Cache *memo, const char *text, int *answer);

/* Keeps ANSWER for TEXT, and gives it. */
int cache_keep (Cache *memo, const char *text, int answer);
