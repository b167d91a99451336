/* rebuild.h - corpus.db, made anew from what else a corpus has, where it is lost or damaged.
 *
 *     ledger.jsonl   which bytes each document had, one after the other, and when they were first seen
 *     out/           which bytes the current sheet is of, where the ledger does not say
 *     store/         the bytes, which are read again: items, facts, what each revision changed
 *     vendors.yaml   which documents are listed; the others are retired
 *
 * What no file has is lost and said: validators of servers (the next refresh asks without), failures, what was told.
 * When bytes were fetched is the time of their record in the ledger, else of their file. The old database is kept beside
 * the new one (corpus.db.old), and replaced only when that is complete.
 */
#pragma once

#include "refresh/verify.h"

/* Appends to LINES (char *) what was done and what could not be known, a line each. Gives the signal that ended it, or
 * 0: then, as with an error, the old database is in place. Errors: IO, the manifest or the patterns are wrong, another
 * process writes (G_FILE_ERROR_AGAIN). */
int rebuild_database (const char *folder, const VerifyOptions *options, GPtrArray *lines, GError **error);
