/* wrapping.h - what documents are wrapped in: archives, mails, saved pages in one file, PDFs with files attached.
 *
 *     archive.zip ── security/sheet.pdf     a Member each, in the order they are to be looked into;
 *                 └─ readme.txt             its source's `member` is the path from the outermost wrapping
 *
 * A wrapping may be hostile: how much is unpacked, how many members there are, and how deep they lie is bounded. Nothing
 * is written to the disk, so a member's name is only a name.
 */
#pragma once

#include "read/reader.h"

#define WRAPPING_DEPTH_LIMIT 5      /* wrappings within each other */
#define WRAPPING_MEMBERS_LIMIT 1000 /* of one wrapping */

typedef struct {
  Source *source; /* NULL: it cannot be opened, for which FAULT is the reason */
  char *name;     /* its path within the wrapping */
  GError *fault;
  int alternative; /* members with the same number, if it is not 0, say the same: the first with a sheet counts */
  gboolean minor;  /* a picture, a style sheet, a signature: not a document, and not looked into */
} Member;

/* An empty list of Member, which frees them. */
GPtrArray *members_new (void);

/* Appends the member NAME of SOURCE, borrowed from the list. Takes BYTES. */
Member *members_add (GPtrArray *members, const Source *source, const char *name, GBytes *bytes);

/* Appends a member that cannot be opened. Takes FAULT. */
void members_add_fault (GPtrArray *members, const char *name, GError *fault);

/* Whether documents may be within SOURCE. A PDF is a document as well. */
gboolean source_is_wrapping (const Source *source);

/* What is wrapped in SOURCE, a list of Member, which may be empty; the caller frees. OPTIONS' passwords are tried on what
 * is encrypted. Errors: DAMAGED, LIMIT_SIZE, NEEDS_PASSWORD, UNSUPPORTED, IO (a module cannot be opened, with OPTIONS'
 * open_module). */
GPtrArray *members_from_source (const Source *source, const ReadOptions *options, GError **error);

/* The openers, for wrapping.c. */
GPtrArray *members_from_zip (const Source *source, char *const *passwords, GError **error);
GPtrArray *members_from_gzip (const Source *source, char *const *passwords, GError **error);
GPtrArray *members_from_mail (const Source *source, char *const *passwords, GError **error);
GPtrArray *members_from_pdf (const Source *source, char *const *passwords, GError **error); /* attached_files.c */

/* LIMIT_SIZE: what is unpacked of SOURCE is more than its limit. */
void fail_unpacked (const Source *source, GError **error);
