/* cache.h - numbers that were computed from texts, so that they are not computed again: the search for a table's head,
 * that for its columns and that for shifted rows all ask the same about its cells.
 *
 * Only for what depends on nothing but the text and the Knowledge that owns the cache (knowledge.h). It holds 65,536
 * texts or 2 MiB of them at most; when it is full, it is emptied.
 */
#pragma once

#include <glib.h>

typedef struct Cache Cache;

Cache *cache_new (void);
void cache_free (Cache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cache, cache_free)

/* TRUE: *ANSWER is what was stored for TEXT. */
gboolean cache_has (const Cache *cache, const char *text, int *answer);

/* Stores ANSWER for TEXT, and returns it. */
int cache_store (Cache *cache, const char *text, int answer);
