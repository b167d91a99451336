/* body.c - see body.h */
#include "fetch/body.h"

#include "run/process.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, GZIP_BEGINS = 0x1f };

void
body_begin (Body *body, guint64 limit)
{
  *body = (Body){.limit = limit, .file = -1};
}

void
body_expand (Body *body)
{
  body->expander = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

static gboolean
fail (Body *body, BodyFault fault)
{
  body->fault = fault;
  return FALSE;
}

static gboolean
write_bytes (Body *body, const char *bytes, gsize length)
{
  if (body->file < 0 && (body->file = temporary_file ()) < 0)
    return fail (body, BODY_NO_ROOM);
  body->bytes += length;
  if (body->bytes > body->limit)
    return fail (body, BODY_TOO_LARGE);
  while (length > 0) {
    gssize written = write (body->file, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return fail (body, BODY_NO_ROOM);
    bytes += written;
    length -= written;
  }
  return TRUE;
}

/* A gzip file may have several members, one after the other (RFC 1952, section 2.2); other bytes after it are
 * ignored. */
static gboolean
begins_anew (Body *body, char first)
{
  if (first != GZIP_BEGINS)
    return FALSE;
  g_converter_reset (body->expander);
  body->expanded = FALSE;
  return TRUE;
}

static gboolean
expand_bytes (Body *body, const char *bytes, gsize length)
{
  char piece[PIECE];
  while (length > 0) {
    gsize read = 0, written = 0;
    if (body->expanded && !begins_anew (body, *bytes))
      return TRUE;
    g_autoptr (GError) error = NULL;
    GConverterResult result =
        g_converter_convert (body->expander, bytes, length, piece, sizeof piece, 0, &read, &written, &error);
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
      return TRUE;
    if (result == G_CONVERTER_ERROR)
      return fail (body, BODY_NOT_GZIP);
    if (written > 0 && !write_bytes (body, piece, written))
      return FALSE;
    body->expanded = result == G_CONVERTER_FINISHED;
    bytes += read;
    length -= read;
  }
  return TRUE;
}

gboolean
body_add (Body *body, const char *bytes, gsize length)
{
  body->received += length;
  if (body->received > body->limit)
    return fail (body, BODY_TOO_LARGE);
  return body->expander ? expand_bytes (body, bytes, length) : write_bytes (body, bytes, length);
}

gboolean
body_finish (Body *body)
{
  if (body->fault != BODY_SOUND)
    return FALSE;
  if (body->expander && body->received > 0 && !body->expanded)
    return fail (body, BODY_NOT_GZIP);
  if (body->file >= 0)
    lseek (body->file, 0, SEEK_SET);
  return TRUE;
}

GBytes *
body_to_bytes (const Body *body)
{
  g_autoptr (GMappedFile) map = body->file >= 0 ? g_mapped_file_new_from_fd (body->file, FALSE, NULL) : NULL;
  return map ? g_mapped_file_get_bytes (map) : NULL;
}

void
body_clear (Body *body)
{
  if (body->file >= 0)
    close (body->file);
  g_clear_object (&body->expander);
  body->file = -1;
}
