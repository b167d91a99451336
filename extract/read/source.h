/* source.h - the bytes of one input and their type, which is decided by the bytes and never by the name. */
#pragma once

#include <glib.h>

#define SOURCE_BYTES_LIMIT (64u * 1024 * 1024) /* larger inputs are the error LIMIT_SIZE */

typedef struct {
  char *uri;              /* as the caller named it: a path, or "-" for standard input */
  GBytes *bytes;          /* not empty */
  const char *media_type; /* static, see media_type.h */
  char *charset;          /* declared outside the bytes (an HTTP header), or NULL */
  char *sha256;           /* 64 lower-case hexadecimal digits */
} Source;

/* Reads a file, or standard input for "-", and detects its type. Errors: IO (missing, unreadable, a folder), DAMAGED
 * (empty), LIMIT_SIZE. */
Source *source_open (const char *path, GError **error);

/* The same for bytes in memory; takes BYTES. */
Source *source_new (const char *uri, GBytes *bytes, GError **error);

/* Sets what was declared outside of the bytes: a name in place of the path, an encoding. NULL changes nothing. */
void source_declare (Source *source, const char *uri, const char *charset);

void source_free (Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)
