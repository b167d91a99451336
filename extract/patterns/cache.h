/* cache.h - what was found out about a text, so that it is not found out again: a table's cells are asked the same by
 * the search for its head, for its columns, and for shifted rows.
 *
 * Only for what depends on the text and on what is known (knowledge.h) alone. What is kept is bounded; when there is
 * too much, all is forgotten.
 */
#pragma once

#include <glib.h>

typedef struct Cache Cache;

Cache *cache_new (void);
void cache_free (Cache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cache, cache_free)

/* TRUE: *ANSWER is what was kept for TEXT. */
gboolean cache_knows (const Cache *cache, const char *text, int *answer);

/* Keeps ANSWER for TEXT, and returns it. */
int cache_keep (Cache *cache, const char *text, int answer);
