/* store.h - the bytes of every revision, each in a file of CORPUS/store/ named by its SHA-256.
 *
 * A file is written under another name, synced and renamed (run/output.h), so that one that exists is whole. Nothing is
 * ever overwritten, and what a revision has is never removed; bytes that two documents share are stored once.
 */
#pragma once

#include "refresh/corpus.h"

/* Puts the file DESCRIPTOR, from its start, into the store; the caller keeps DESCRIPTOR. Gives the SHA-256, 64
 * lower-case hexadecimal digits, which the caller frees; *BYTES is how many. CORPUS NULL: nothing is stored. Errors:
 * IO; LIMIT_SIZE, more than LIMIT bytes. */
char *store_add (const Corpus *corpus, int descriptor, guint64 limit, guint64 *bytes, GError **error);

/* The same for the file at PATH. Where it is stored already nothing is written. */
char *store_add_file (const Corpus *corpus, const char *path, guint64 limit, guint64 *bytes, GError **error);

/* Where the bytes are; the caller frees. */
char *store_path (const Corpus *corpus, const char *sha256);

/* For bytes that do not match their name any more: ".damaged" is added to it, and the store does not have them. */
void store_set_aside (const Corpus *corpus, const char *sha256);

/* For bytes that are no revision. */
void store_remove (const Corpus *corpus, const char *sha256);

gboolean store_has (const Corpus *corpus, const char *sha256);
