/* source.h - the bytes of one input and their type, which is decided by the bytes and never by the name.
 *
 * A document within another (a file of an archive, an attachment of a mail) is a source too: its `member` names it.
 */
#pragma once

#include <glib.h>

/* How much of one input is read; what is more is the error LIMIT_SIZE or LIMIT_PAGES, which says both numbers and the
 * option that raises the limit. */
typedef struct {
  gsize input;    /* bytes */
  gsize unpacked; /* bytes of what is unpacked of it: files of an archive or a mail, parts of a document of Office */
  int pages;      /* of a PDF */
} ReadLimits;

/* An initializer. */
#define USUAL_READ_LIMITS                                                                                              \
  {                                                                                                                    \
    .input = 64 << 20, .unpacked = 128 << 20, .pages = 2000                                                            \
  }

/* A limit or a number of bytes in MiB as messages have it, rounded up: more than a limit is never shown as the limit. */
guint mib_of_bytes (gsize bytes);

typedef struct {
  char *uri;              /* as the caller named it: a path, or "-" for standard input */
  GBytes *bytes;          /* not empty */
  const char *media_type; /* static, see media_type.h */
  char *charset;          /* declared outside the bytes (an HTTP header), or NULL */
  char *sha256;           /* 64 lower-case hexadecimal digits */
  char *member;           /* its path within what it is wrapped in; NULL: it is the input itself */
  int depth;              /* how many wrappings are around it */
  char *address;          /* what the relative addresses in a page are relative to; NULL: unknown */
  ReadLimits limits;      /* of the input and of all that is wrapped in it */
  char **passwords;       /* said to open it and what is wrapped in it, ended by NULL; NULL: none */
  GHashTable *related;    /* address -> Source: what the page may show in frames or take styles from; NULL: nothing */
} Source;

/* Reads a file, or standard input for "-", and detects its type. Errors: IO (missing, unreadable, a folder), DAMAGED
 * (empty), LIMIT_SIZE. */
Source *source_open (const char *path, GError **error);

/* Opens the file PATH for reading; -1 with ERROR (IO) set: it is missing, unreadable, a folder. The caller closes. */
int source_descriptor (const char *path, GError **error);

/* The source of what DESCRIPTOR gives from where it is to its end; URI names it. SHA256 (NULL: not wanted) is set where it
 * is refused too, if that can be told; the caller frees. */
Source *source_from_descriptor (int descriptor, const char *uri, const ReadLimits *limits, char **sha256,
                                GError **error);

/* The same for bytes in memory, with the usual limits; takes BYTES. */
Source *source_new (const char *uri, GBytes *bytes, GError **error);

/* Sets what was declared outside of the bytes: a name in place of the path, an encoding. NULL changes nothing. */
void source_declare (Source *source, const char *uri, const char *charset);

/* The document NAME (UTF-8) within SOURCE; takes BYTES. Never fails: there may be no bytes, and then the type is
 * "application/octet-stream". */
Source *source_new_member (const Source *source, const char *name, GBytes *bytes);

/* An empty table for `related`, which frees what is in it; ADDRESS without its fragment is put there by related_take,
 * unless SOURCE is empty. */
GHashTable *related_new (void);
void related_take (GHashTable *related, const char *address, Source *source);

/* What ADDRESS, as the page PAGE of SOURCE names it, leads to among what is related to SOURCE; borrowed; NULL: nothing.
 */
const Source *source_related (const Source *source, const Source *page, const char *address);

void source_free (Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)
