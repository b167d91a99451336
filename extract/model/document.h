/* document.h - what a document says around its items: who, what, when, which version, what was revised, which certificates.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *number, *date, *note; /* the date ISO 8601 where it could be read, else as written; NULL: the cell is empty */
  GPtrArray *items;           /* char *: the sheet's numbers that the note names */
} Revision;

typedef struct {
  char *scheme, *holder, *number, *branch, *scope, *body; /* NULL: the document does not say */
  char *valid_until;                                      /* ISO 8601 */
} Certification;

typedef struct {
  char *title, *vendor, *product, *version; /* NULL: the document does not say */
  char *issued, *revised;                   /* ISO 8601 dates */
  GPtrArray *revisions;                     /* Revision */
  GPtrArray *certifications;                /* Certification */
} DocumentFacts;

/* With its list of items, empty. It belongs into a list of revisions_new, which frees it. */
Revision *revision_new (void);
GPtrArray *revisions_new (void);

/* A list of Certification, which frees them. */
GPtrArray *certifications_new (void);

void certification_free (Certification *certification);

void document_facts_clear (DocumentFacts *facts);
