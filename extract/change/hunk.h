/* hunk.h - the changed places of a text, each with the words around it.
 *
 *   ■サービス稼働率 {+2024年稼働率 99.99%+} 2023年稼働率 …      … marks what is left out because it stayed as it was
 */
#pragma once

#include "change/marked_text.h"
#include "patterns/knowledge.h"

typedef struct {
  GArray *old, *new; /* runs: the place in either text, what changed marked */
} Hunk;

/* A list of Hunk, which frees them. OLD and NEW may be NULL: there was no such text. BESIDE: they will stand side by
 * side, so that a hunk ends where a line ends in both. */
GPtrArray *hunks_from_texts (const Knowledge *knowledge, const char *old, const char *new, gboolean beside);

/* All hunks as one text: [-old-]{+new+}. The caller frees the runs. */
GArray *runs_from_texts (const Knowledge *knowledge, const char *old, const char *new);
