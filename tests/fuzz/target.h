/* target.h - what the fuzzers share: made-up bytes for one stage each, since a fuzzer needs a thousand executions a second.
 *
 * What is known is opened once, before the first input, which takes as long as a thousand of them.
 */
#pragma once

#include "read/reader.h"

#include <stddef.h>
#include <stdint.h>

typedef GPtrArray *(*Reader) (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);

/* A part of an archive: its name, its text. */
typedef struct {
  const char *name, *text;
} ArchivePart;

/* Reads the bytes with READER as if they were of MEDIA_TYPE. Every error is fine; a crash, a leak and a hang are what is
 * looked for. The pages, or NULL; the caller frees. */
GPtrArray *read_only (Reader reader, const char *media_type, const uint8_t *data, size_t size);

/* The same, and makes blocks, a sheet and JSON of what comes. */
void walk (Reader reader, const char *media_type, const uint8_t *data, size_t size);

/* Blocks, tables, a sheet and JSON of PAGES. */
void walk_pages (GPtrArray *pages);

/* An archive, not packed, of the FIXED parts and of those called NAMES, whose texts are DATA, with NUL between them. Both
 * lists end with NULL. */
GBytes *archive_of_parts (const ArchivePart *fixed, const char *const *names, const uint8_t *data, size_t size);

/* How many inputs read_only could read: where it is none of the seeds, a target tries nothing. */
guint fuzz_inputs_read (void);

/* The built-in files. */
const Knowledge *fuzz_knowledge (void);

/* libFuzzer calls them. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
