/* verify.h - whether a corpus is whole: that what the folders hold, what corpus.db says and what the program makes of the
 * bytes are the same.
 *
 *     store/        each file has the SHA-256 that its name says; a row names it; each that a row names is there
 *     corpus.db     SQLite's own checks; revisions are numbered without a gap, the current one is the last
 *     out/          the sheet of each document is there, of the current revision, with the items that the database has;
 *                   made anew from the bytes it is the same, and so is what the revision changed; what belongs to no
 *                   document is told
 *
 * Nothing of the corpus is changed. Each fault is one line, "PLACE: what is wrong; what to do".
 */
#pragma once

#include "patterns/knowledge.h"
#include "refresh/corpus.h"
#include "run/worker.h"

typedef struct {
  KnowledgeFiles files; /* as in RefreshOptions */
  const Sandbox *sandbox;
  Limits limits; /* of each reading; to be those of the refreshes */
  int jobs;
} VerifyOptions;

/* Looks, and appends the faults to LINES (char *), in the order above. Gives the signal that ended it, or 0. Errors: the
 * patterns are wrong, another process writes (G_FILE_ERROR_AGAIN). */
int verify_corpus (const char *folder, const VerifyOptions *options, GPtrArray *lines, GError **error);
