/* revision.h - the rows of a revision in corpus.db: what was read, its items, and what it changed. */
#pragma once

#include "change/changes.h"
#include "refresh/store/known.h"

/* The bytes that KNOWN names (address, sha256, …) and that turned out to be SHEET become the current revision of the
 * document. RUN: of which run. DOCUMENT has its row. */
void revision_add (Database *database, Known *known, const Sheet *sheet, const char *status, gint64 run);

/* Writes anew what was read of the current revision. */
void revision_write_sheet (Database *database, const Known *known, const Sheet *sheet, const char *status);

/* Writes anew what the current revision changed. LINES: ndjson_from_changes. */
void revision_write_changes (Database *database, const Known *known, const char *lines);
