/* target.h - what the fuzzers share: bytes through the whole road, with the reader that is to be tried. */
#pragma once

#include "read/reader.h"

#include <stddef.h>
#include <stdint.h>

typedef GPtrArray *(*Reader) (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);

/* Reads the bytes with READER as if they were of MEDIA_TYPE, and makes blocks, a sheet and JSON of what comes. Every
 * error is fine; a crash, a leak and a hang are what is looked for. */
void walk (Reader reader, const char *media_type, const uint8_t *data, size_t size);

/* The built-in files, made once. */
const Knowledge *fuzz_knowledge (void);

/* libFuzzer calls it. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
