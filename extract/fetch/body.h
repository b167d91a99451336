/* body.h - the bytes of an answer, on their way into a file without a name.
 *
 * Compressed bytes are expanded here and not by libcurl: what is counted against the limit is then what is written, at
 * every step, and a stream that ends before its own end is known to be cut.
 */
#pragma once

#include <gio/gio.h>

typedef enum {
  BODY_SOUND,
  BODY_TOO_LARGE, /* before or after it is expanded */
  BODY_NOT_GZIP,  /* said to be, and is not, or is cut short */
  BODY_NO_ROOM,   /* the temporary folder is full */
} BodyFault;

typedef struct {
  guint64 limit;    /* bytes */
  guint64 received; /* as they came */
  guint64 bytes;    /* in the file */
  int file;         /* -1: no byte came yet */
  BodyFault fault;
  GConverter *expander; /* NULL: the bytes are as they are */
  gboolean expanded;    /* the compressed stream has ended */
} Body;

void body_begin (Body *body, guint64 limit);

/* What comes from now on is gzip. */
void body_expand (Body *body);

/* FALSE: no more is wanted, see FAULT. */
gboolean body_add (Body *body, const char *bytes, gsize length);

/* All has come; FALSE: it is not whole. The file's offset is then 0. */
gboolean body_finish (Body *body);

/* The file as bytes; NULL: there is none, or it cannot be read. The caller unrefs. */
GBytes *body_to_bytes (const Body *body);

void body_clear (Body *body);
