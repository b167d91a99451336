/* source.h - the bytes of one input and what they are.
 *
 * The type is decided by the bytes, never by the name.
 */
#pragma once

#include <glib.h>

/* Larger inputs end in CHECKSHEET_ERROR_LIMIT_SIZE. */
#define SOURCE_BYTES_LIMIT (64u * 1024 * 1024)

typedef struct {
  char *uri;              /* as the caller named it: a path, or "-" for standard input */
  GBytes *bytes;          /* not empty */
  const char *media_type; /* static, see media_type.h */
  char *charset;          /* declared outside the bytes (an HTTP header), or NULL */
  char *sha256;           /* 64 lower-case hexadecimal digits */
} Source;

/* Reads a file (or standard input for "-") and tells its type. Errors: IO (missing, unreadable, a folder),
 * DAMAGED (empty), LIMIT_SIZE. */
Source *source_open (const char *path, GError **error);

/* The same for bytes at hand; takes BYTES. */
Source *source_new (const char *uri, GBytes *bytes, GError **error);

/* What was said of it outside of its bytes: a name in place of the path, a charset. NULL: nothing. */
void source_declare (Source *source, const char *uri, const char *charset);

void source_free (Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)
