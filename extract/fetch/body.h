/* body.h - the body of a response, on its way into a file without a name.
 *
 * Compressed bytes are expanded here and not by libcurl: what is counted against the limit is then what is written, at
 * every step, and a stream that ends too early is recognised as cut short.
 */
#pragma once

#include <gio/gio.h>

typedef enum {
  BODY_SOUND,
  BODY_TOO_LARGE, /* before or after it is expanded */
  BODY_NOT_GZIP,  /* declared as gzip, and is not, or is cut short */
  BODY_NO_ROOM,   /* the temporary folder is full */
} BodyFault;

typedef struct {
  guint64 limit;    /* bytes */
  guint64 received; /* before they are expanded */
  guint64 bytes;    /* in the file */
  int file;         /* -1: nothing was received yet */
  BodyFault fault;
  GConverter *expander; /* NULL: the bytes are not compressed */
  gboolean expanded;    /* the compressed stream has ended */
} Body;

void body_begin (Body *body, guint64 limit);

/* The bytes that follow are gzip. */
void body_expand (Body *body);

/* FALSE: the body cannot be used, see FAULT. */
gboolean body_add (Body *body, const char *bytes, gsize length);

/* All bytes were received; FALSE: the body is not whole. Else the file's offset is 0. */
gboolean body_finish (Body *body);

/* The file as bytes; NULL: there is none, or it cannot be read. The caller unrefs. */
GBytes *body_to_bytes (const Body *body);

void body_clear (Body *body);
