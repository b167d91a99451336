/* history.h - the revisions of a corpus's documents and what each changed, out of corpus.db. */
#pragma once

#include "refresh/store/database.h"

/* For people, the newest revision first:
 *
 *     example/sla  https://vendor.example/sla.pdf
 *       failing since 2026-11-28 (3 tries): fetch-error: the server has an error of its own (500)
 *       2  fetched 2026-11-21  published 2026-11-20  version 1.1  51 items
 *          changed  5 サービス稼働率
 *          added    50 …  (not declared)
 *       1  fetched 2026-10-01  published 2026-04-01  version 1.0  50 items
 *
 * WORDS (ended by NULL): vendors or "vendor/document"s; empty: all. The caller frees; "" where they name no
 * document. */
char *history_text (Database *database, char *const *words);

/* The same as JSON, one document a line, its revisions from the first: {"document", "address", "retired" (since
 * when, or null), "failure": {"status", "reason", "since", "tries"} or null, "revisions": [{"number", "sha256", "bytes", "media_type", "address", "fetched", "published", "title", "version", "status", "items", "changes":
 * [as `refresh --changes` writes them]}]}. */
char *history_json (Database *database, char *const *words);
