/* corpus.h - the folder of a corpus: what is in it, and who may write to it.
 *
 *     CORPUS/vendors.yaml                          which documents (manifest.h)
 *     CORPUS/patterns/                             optional: pattern files in place of the built-in ones (judgements)
 *     CORPUS/out/<vendor>/<document>.json          the current sheet
 *     CORPUS/out/<vendor>/<document>.changes.json  what the newest revision changed
 *     CORPUS/store/<sha256>                        the bytes of every revision; <sha256>.damaged: what they became
 *     CORPUS/corpus.db                             what is known of each (store/corpus.sql)
 *     CORPUS/ledger.jsonl                          how each document ended, run after run (run/ledger.h)
 *     CORPUS/.lock                                 held by the one process that writes
 */
#pragma once

#include <glib.h>

typedef struct {
  char *folder;
  int lock; /* -1: for reading only */
} Corpus;

/* For writing: takes the lock, makes out/ and store/, and clears away what a program that was killed left half-written.
 * Errors: IO; G_FILE_ERROR_AGAIN: another process holds the lock. */
Corpus *corpus_open (const char *folder, GError **error);

/* For reading only; nothing is made. */
Corpus *corpus_open_to_read (const char *folder);

/* Paths; the caller frees. SUFFIX: ".json" or ".changes.json". */
char *corpus_path (const Corpus *corpus, const char *name);
char *corpus_output (const Corpus *corpus, const char *id, const char *suffix);

/* Makes the folder that corpus_output is in. */
gboolean corpus_make_vendor (const Corpus *corpus, const char *vendor, GError **error);

void corpus_free (Corpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Corpus, corpus_free)
